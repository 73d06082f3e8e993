/** The state of a visit on which a person decides. */
import type { CommandType } from 'auxilio';
import { useEffect, useState } from 'preact/hooks';
import { namedEvent, t, when } from './app.ts';
import { lineOf } from './details.ts';
import { type Log, readAgain } from './visit-log.ts';

/** Acts by which two operators can decide opposite things. */
const decisions: ReadonlySet<CommandType> = new Set<CommandType>([
  'AmendAssignment',
  'ReassignProvider',
  'CoordinateMaterials',
  'GiveInstruction',
  'CloseVisit',
  'AnnulAct',
  'CorrectTime',
  'SettleDiscrepancy',
]);

/** True for an act that is recorded only on the version on which it was decided. */
export const isDecision = (type: CommandType): boolean => decisions.has(type);

export type Seen = Readonly<{
  /** The number of events that were shown when it was opened. */
  from: number;
  /** The version on which a decision is taken. */
  version: number;
  /** Reads what came meanwhile: the next decision is taken on this version, once it is shown. */
  renew: (version: number) => void;
}>;

/** The version of a visit on which a form or a case was opened. It stays the same until the server has refused a decision on it. */
export function useSeen({ events }: Log): Seen {
  const [from] = useState(events.length);
  const [version, setVersion] = useState(from);
  const [next, setNext] = useState(from);
  useEffect(() => {
    if (events.length >= next) setVersion(next);
  }, [next, events.length]);
  return {
    from,
    version,
    renew(to) {
      setNext(to);
      readAgain();
    },
  };
}

type MeanwhileProps = Readonly<{
  log: Log;
  seen: Seen;
  isBusy: boolean;
  /** The decision that was refused since another one came first: it is shown beside what was recorded. */
  own?: string | null;
}>;

/** The acts that others recorded since, with their contents; what comes while an act is sent may be that act. */
export function Meanwhile({ log: { events }, seen, isBusy, own = null }: MeanwhileProps) {
  const words = t();
  const acts = isBusy ? [] : events.slice(seen.from);
  return (
    <div role="status">
      {acts.length > 0 && (
        <div class="unseen">
          {own !== null && (
            <div class="own">
              <p>{words.yourDecision}</p>
              <p>{own}</p>
            </div>
          )}
          <div>
            <p>{words.meanwhile}</p>
            <ul>
              {acts.map((event, place) => (
                <li key={seen.from + place}>
                  {[namedEvent(event.type), lineOf(event), when(event.data.at)].filter(Boolean).join(' · ')}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}
