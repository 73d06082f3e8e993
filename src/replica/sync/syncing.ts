/** A round of syncing: what waits is sent, visit by visit; then what is new is fetched. */
import type { Id } from '../../messages/index.ts';
import type { Head, Problem, SyncFailure } from '../copies/copy.ts';
import { LeaseLostError } from '../device/locking.ts';
import { acknowledge } from './acknowledging.ts';
import type { Syncing } from './exchange.ts';
import { type Progress, pullChanged, pullIfBehind } from './pulling.ts';
import { pushVisit } from './pushing.ts';
import { attempt, beginRound, RoundEnded, type SyncReport } from './round.ts';
import { isDue } from './trying.ts';

/** Sends what waits of every visit, and fetches what is new. */
export async function syncRound(syncing: Syncing, progress: Progress): Promise<SyncReport> {
  const round = beginRound(syncing, progress.cursor);
  const { sent } = round;
  const end = (result: SyncReport['result']): SyncReport => {
    const { failures, retryAfterMs } = round;
    return { result: syncing.signal.aborted ? 'aborted' : result, sent, failures, retryAfterMs };
  };
  try {
    await syncing.copies.refresh();
    for (const visitId of waitingVisits(syncing)) {
      await attempt(round, visitId, async () => {
        await pullIfBehind(syncing, visitId);
        await pushVisit(syncing, visitId, sent);
      });
    }
    if (round.isRevoked || isHandedIn(syncing)) return end('revoked');
    await pullChanged(round, progress);
    await acknowledge(syncing);
    if (round.storeErrors.length > 0) throw round.storeErrors[0];
    return end('done');
  } catch (error) {
    if (error instanceof RoundEnded) return end(error.result);
    if (error instanceof LeaseLostError) return end('busy');
    throw error;
  }
}

/** The visits of which something waits, be it the lead alone; those that failed last, the most often at the end. */
function waitingVisits({ copies: { heads }, now }: Syncing): readonly Id[] {
  const at = now();
  const isLeadWaiting = ({ lead, hasEnded }: Head) => lead?.confirmed === false && !hasEnded;
  const isTriedAgain = (problem: Problem) => {
    const tried = problem.what === 'act' ? problem.tried : problem.what === 'photo' ? problem : undefined;
    return tried !== undefined && isDue(tried, at);
  };
  const waiting = [...heads.values()].filter(
    (one) => one.waiting + one.photosWaiting > 0 || isLeadWaiting(one) || one.problems.some(isTriedAgain),
  );
  const rounds = (failure: SyncFailure | null) => failure?.rounds ?? 0;
  return waiting.sort((one, other) => rounds(one.failure) - rounds(other.failure)).map(({ visitId }) => visitId);
}

/** True if the server keeps what the device sent for an operator, since it was revoked. */
const isHandedIn = ({ copies: { heads } }: Syncing) => [...heads.values()].some(({ quarantined }) => quarantined > 0);
