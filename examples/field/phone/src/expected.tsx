/** What is said of a visit beside the name and place of the client. */
import type { ReplicaVisit } from 'auxilio/replica';
import { hour, t, usePhone, when } from './app.tsx';

const isTheirs = ({ provider }: ReplicaVisit['local']) => provider === null || provider.id === usePhone().actorId;

/** The phase of a visit, in words; of another provider's, that it is theirs. */
export const phaseOf = ({ local }: ReplicaVisit): string => (isTheirs(local) ? t().phases(local.phase) : t().ofAnother);

/** The time by which the provider is expected, or at which they said that they come back, in words; null in between. */
export function expected({ local, events, own, pending }: ReplicaVisit): string | null {
  if (!isTheirs(local)) return null;
  if (local.phase === 'in-transit') return local.arriveBy && t().expectedBy(hour(local.arriveBy));
  if (local.phase !== 'away') return null;
  const pauses = [
    ...[...events, ...own].flatMap((event) => (event.type === 'Paused' ? [event.data] : [])),
    ...pending.flatMap(({ command }) => (command.type === 'PauseWork' ? [command.data] : [])),
  ];
  const returning = pauses.at(-1)?.returnExpected;
  return returning === undefined ? null : t().returns(when(returning));
}
