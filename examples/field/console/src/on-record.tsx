import type { CommandType, Instant, VisitState } from 'auxilio';
import type { FormHost } from '../../ui/host.ts';
import { t, when } from './app.ts';
import type { Log } from './visit-log.ts';

type Recorded = Readonly<{ value: string; at: Instant }>;

const there = (value: string, at: Instant | null): readonly Recorded[] => (at === null ? [] : [{ value, at }]);

/** The acts of a visit that can be annulled, and the times that can be corrected, as they stand on record. */
function recordedIn(type: CommandType, { arrival, work, closing }: VisitState): readonly Recorded[] {
  if (type === 'AnnulAct') {
    return [
      ...there('ProviderArrived', arrival.arrivedAt),
      ...there('WorkStarted', work.startedAt),
      ...there('Completed', closing.completedAt),
      ...there('VisitClosed', closing.closedAt),
    ];
  }
  return [
    ...there('arrival', arrival.arrivedAt),
    ...there('start', work.startedAt),
    ...work.intervals.slice(1).flatMap(({ from }) => there('resumption', from)),
    ...work.intervals.flatMap(({ to }) => (to === closing.completedAt ? [] : there('interruption', to))),
    ...there('completion-call', closing.completionReportedAt),
    ...there('end', closing.completedAt ?? closing.closedAt),
  ];
}

type OnRecordProps = Readonly<{ type: CommandType; log: Log; host: FormHost }>;

/** The fields that are filled in by choosing among what is on record, to the millisecond. */
export const isChosen = (name: string): boolean => name === 'act' || name === 'what' || name === 'recorded';

/** The acts and times on record, to choose by a touch the one that is to be corrected. */
export function OnRecord({ type, log: { state }, host: { entered, enter, problems } }: OnRecordProps) {
  const words = t();
  const name = type === 'AnnulAct' ? 'act' : 'what';
  const problem = problems[name] ?? problems.recorded;
  return (
    <fieldset class="field">
      <legend>{words.onRecord}</legend>
      <div class="chips">
        {recordedIn(type, state).map(({ value, at }) => (
          <button
            type="button"
            class="chip"
            key={`${value} ${at}`}
            aria-pressed={entered[name]?.[0] === value && entered.recorded?.[0] === at}
            onClick={() =>
              enter({ [name]: [value], recorded: [at], ...(type === 'CorrectTime' && { corrected: [at] }) })
            }
          >
            {words.recordedFacts(value)} {when(at)}
          </button>
        ))}
      </div>
      {problem !== undefined && <p class="problem">{problem}</p>}
    </fieldset>
  );
}
