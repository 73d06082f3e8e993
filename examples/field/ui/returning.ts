import type { Instant, VisitCommand, VisitEvent, VisitState } from 'auxilio';

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

/** True if work that was begun waits for a provider who announced no second visit: it was given to them. */
export const isTakenOver = ({
  state,
  events,
}: Readonly<{ state: VisitState; events: readonly VisitEvent[] }>): boolean =>
  state.phase === 'away' && returnOf(events) === null;
