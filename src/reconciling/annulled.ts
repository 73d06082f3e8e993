import type { EventType, Instant, VisitEvent } from '../messages/index.ts';
import { isIgnored } from '../visit/act.ts';
import type { VisitState } from '../visit/index.ts';
import { actOfEvent } from '../visit/table.ts';
import { incrementalFold } from '../visit/visit.ts';

/** The types of the facts that an annulment takes back and that the contact center may record for a provider. */
const factTypes: readonly EventType[] = ['ProviderArrived', 'ClientAbsenceReported', 'CompletionReported', 'Completed'];

/** The times of these facts, in the same order; null where none stands. */
const factTimes = ({ arrival, closing }: VisitState): readonly (Instant | null)[] => [
  arrival.arrivedAt,
  arrival.absentSince,
  closing.completionReportedAt,
  closing.completedAt,
];

/**
 * Starts to find the events of a log that were annulled, or undone by an annulment (PROTOCOL §4, *Mistakes*): answers with
 * their indexes, each time for the log as it has grown.
 */
export function trackAnnulled(): (log: readonly VisitEvent[]) => ReadonlySet<number> {
  const { state, step } = incrementalFold();
  const grounds = factTypes.map((): number[] => []);
  const annulled = new Set<number>();
  let next = 0;
  return (log) => {
    if (!log.some(({ type }) => type === 'ActAnnulled')) return annulled;
    for (const event of log.slice(next)) {
      const { type } = event;
      const act = actOfEvent(type);
      const changes = act !== undefined && !isIgnored(act, event, state);
      step(event);
      for (const [nth, time] of factTimes(state).entries()) {
        if (time !== null) {
          if (changes && type === factTypes[nth]) grounds[nth]?.push(next);
          continue;
        }
        if (type === 'ActAnnulled') for (const index of grounds[nth] ?? []) annulled.add(index);
        grounds[nth] = [];
      }
      next += 1;
    }
    return annulled;
  };
}
