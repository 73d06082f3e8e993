import type { CommandType, EventType, VisitEvent } from 'auxilio';
import type { ReplicaVisit } from 'auxilio/replica';
import { useState } from 'preact/hooks';
import { Icon } from '../../../ui/icon.tsx';
import { hrefOf } from '../../../ui/route.ts';
import { centerPhone, named, t, usePhone, when } from '../app.tsx';
import { Header, Missing, useVisit } from './visit.tsx';

type Entry = Readonly<{
  id: string;
  type: CommandType;
  at: string;
  status: 'sent' | 'waiting' | 'review' | 'taken' | 'notTaken' | 'annulled';
}>;

const statusTexts = {
  sent: 'statusSent',
  waiting: 'statusWaiting',
  review: 'statusReview',
  taken: 'statusTaken',
  notTaken: 'statusNotTaken',
  annulled: 'annulled',
} as const;

/** The acts of the user in a visit, the newest first: those that the center has, those in review, and those that wait. */
function entriesOf(
  { events, own, pending }: ReplicaVisit,
  actorId: string,
  commandOf: CommandOfEvent,
): readonly Entry[] {
  const log = [...events, ...own];
  const annulled = new Set(
    log.flatMap((event) => (event.type === 'ActAnnulled' ? [`${event.data.act} ${event.data.recorded}`] : [])),
  );
  const settled = new Map(
    log.flatMap((event) => (event.type === 'DiscrepancySettled' ? [[event.data.discrepancyId, event.data.taken]] : [])),
  );
  const entries: Entry[] = [];
  for (const event of log) {
    if (event.type === 'DiscrepancyReported') {
      const taken = settled.get(event.data.discrepancyId);
      event.data.acts.forEach((act, place) => {
        // The center has recorded the same fact, which is listed.
        if (act.twinOf !== undefined) return;
        const status = taken === undefined ? 'review' : taken.includes(place) ? 'taken' : 'notTaken';
        const type = commandOf(act.type);
        if (type !== undefined) entries.push({ id: act.commandId, type, at: act.data.at, status });
      });
      continue;
    }
    const type = commandOf(event.type);
    const id = event.metadata?.commandId;
    if (type === undefined || id === undefined || !isOf(event, actorId)) continue;
    entries.push({
      id,
      type,
      at: event.data.at,
      status: annulled.has(`${event.type} ${event.data.at}`) ? 'annulled' : 'sent',
    });
  }
  for (const { command } of pending) {
    entries.push({
      id: command.metadata.commandId ?? command.data.at,
      type: command.type,
      at: command.data.at,
      status: 'waiting',
    });
  }
  return entries.reverse();
}

/** True for an act of the user, also one that the center recorded, and for one of the client that they recorded. */
const isOf = ({ data }: VisitEvent, actorId: string) =>
  'by' in data && (data.by.id === actorId || data.recordedBy?.id === actorId);

type CommandOfEvent = (event: EventType) => CommandType | undefined;

export function Done({ visitId }: { visitId: string }) {
  const visit = useVisit(visitId);
  const phone = usePhone();
  const [asked, setAsked] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const words = t();
  if (visit === undefined) return <Missing />;
  const entries = entriesOf(visit, phone.actorId, phone.commandOf);

  async function ask({ id, status }: Entry) {
    setAsked(id);
    setProblem(null);
    if (status !== 'waiting') setProblem(words.mistakeLate);
  }
  async function undo(id: string) {
    const { undo, withhold } = phone.replica;
    const answer = await undo(id);
    // Later than that it can still be kept from being sent, if no act after it builds on it.
    const isLast = visit?.pending.at(-1)?.command.metadata.commandId === id;
    if (answer.ok || (answer.reason === 'too-late' && isLast && (await withhold(id, words.mistake)))) setAsked(null);
    else setProblem(answer.reason === 'sent' || answer.reason === 'unknown' ? words.mistakeLate : words.mistakeNeeded);
  }

  return (
    <main>
      <Header visit={visit} to={hrefOf('visit', visitId)} />
      <h1>{words.done}</h1>
      <ol class="done">
        {entries.map((entry) => (
          <li key={entry.id} class={entry.status}>
            <div>
              <strong>{named(entry.type)}</strong>
              <span>
                {when(entry.at)} · {words[statusTexts[entry.status]]}
              </span>
            </div>
            <button type="button" onClick={() => ask(entry)}>
              {words.mistake}
            </button>
            {asked === entry.id && (
              <div class="ask" role="alert">
                {problem === null ? (
                  <>
                    <p>{words.mistakeUnsent}</p>
                    <button type="button" class="primary" onClick={() => undo(entry.id)}>
                      <Icon name="undo" /> {words.undo}
                    </button>
                  </>
                ) : (
                  <>
                    <p>{problem}</p>
                    <a class="button" href={`tel:${centerPhone}`}>
                      <Icon name="call" /> {words.call}
                    </a>
                  </>
                )}
              </div>
            )}
          </li>
        ))}
      </ol>
    </main>
  );
}
