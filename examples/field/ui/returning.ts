import type { Instant, VisitCommand, VisitEvent } from 'auxilio';

/**
 * The time at which the provider who left for a second visit said that they come back; `undefined` if they said none, and `null` if
 * the visit was given to another one since. What waits on the phone comes after the log.
 */
export function returnOf(
  events: readonly VisitEvent[],
  waiting: readonly Readonly<{ command: VisitCommand; withheld?: unknown }>[] = [],
): Instant | null | undefined {
  const leaving = waiting.findLast(
    ({ command, withheld }) => command.type === 'PauseWork' && withheld === undefined,
  )?.command;
  if (leaving?.type === 'PauseWork') return leaving.data.returnExpected;
  const last = events.findLast(
    (event) => event.type === 'ProviderReassigned' || (event.type === 'Paused' && event.data.kind === 'second-visit'),
  );
  return last?.type === 'Paused' ? last.data.returnExpected : null;
}
