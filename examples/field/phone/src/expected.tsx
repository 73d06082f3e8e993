/** What is said of a visit beside the name and place of the client. */
import type { ReplicaVisit } from 'auxilio/replica';
import { returnOf } from '../../ui/returning.ts';
import { t, usePhone, when } from './app.tsx';

const isTheirs = ({ provider }: ReplicaVisit['local']) => provider === null || provider.id === usePhone().actorId;

/** The return that was announced, as `returnOf` says it. */
const returning = ({ events, own, pending }: ReplicaVisit) => returnOf([...events, ...own], pending);

/** The phase of a visit, in words; of another provider's, that it is theirs. */
export function phaseOf(visit: ReplicaVisit): string {
  const { local } = visit;
  if (!isTheirs(local)) return t().ofAnother;
  return local.phase === 'away' && returning(visit) === null ? t().takenOver : t().phases(local.phase);
}

/** The time by which the provider is expected, or at which they said that they come back, in words; null in between. */
export function expected(visit: ReplicaVisit): string | null {
  const { local } = visit;
  if (!isTheirs(local) || (local.phase !== 'in-transit' && local.phase !== 'away')) return null;
  const back = local.phase === 'in-transit' ? null : returning(visit);
  if (back === null) return local.arriveBy && t().expectedBy(when(local.arriveBy));
  return back === undefined ? null : t().returns(when(back));
}
