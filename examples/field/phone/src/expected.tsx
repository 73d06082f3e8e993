import type { ReplicaVisit } from 'auxilio/replica';
import { t, when } from './app.tsx';

/** The time by which the provider is expected, or at which they said that they come back, in words; null in between. */
export function expected({ local, events, own, pending }: ReplicaVisit): string | null {
  if (local.phase === 'in-transit') return local.arriveBy && t().expectedBy(when(local.arriveBy));
  if (local.phase !== 'away') return null;
  const pauses = [
    ...[...events, ...own].flatMap((event) => (event.type === 'Paused' ? [event.data] : [])),
    ...pending.flatMap(({ command }) => (command.type === 'PauseWork' ? [command.data] : [])),
  ];
  const returning = pauses.at(-1)?.returnExpected;
  return returning === undefined ? null : t().returns(when(returning));
}
