/** What is said of a visit beside the name and place of the client. */
import type { ReplicaVisit } from 'auxilio/replica';
import { returnOf } from '../../ui/returning.ts';
import { hour, t, usePhone, when } from './app.tsx';

const isTheirs = ({ provider }: ReplicaVisit['local']) => provider === null || provider.id === usePhone().actorId;

/** The phase of a visit, in words; of another provider's, that it is theirs. */
export const phaseOf = ({ local }: ReplicaVisit): string => (isTheirs(local) ? t().phases(local.phase) : t().ofAnother);

/** The time by which the provider is expected, or at which they said that they come back, in words; null in between. */
export function expected({ local, events, own, pending }: ReplicaVisit): string | null {
  if (!isTheirs(local) || (local.phase !== 'in-transit' && local.phase !== 'away')) return null;
  const returning = local.phase === 'in-transit' ? null : returnOf([...events, ...own], pending);
  if (returning === null) return local.arriveBy && t().expectedBy(hour(local.arriveBy));
  return returning === undefined ? null : t().returns(when(returning));
}
