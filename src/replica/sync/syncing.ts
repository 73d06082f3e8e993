/** A round of syncing: what waits is sent, visit by visit; then what is new is fetched. */
import type { Id } from '../../messages/index.ts';
import { readCopy, refreshCopies } from '../copies/copies.ts';
import type { Head, Problem } from '../copies/copy.ts';
import { type Syncing, sendCommands } from './exchange.ts';
import { isAnswered, isDue } from './failing.ts';
import { isStuck, type Progress, pullChanged, pullIfBehind, pullStuck } from './pulling.ts';
import { pushVisit } from './pushing.ts';
import { attempt, beginRound, endFailures, type Round, type RoundReport, type SyncReport } from './round.ts';

/** Sends what waits of every visit, and fetches what is new. Visits that failed while the server answered others come last. */
export async function syncRound(syncing: Syncing, progress: Progress): Promise<RoundReport> {
  const round = beginRound(syncing, progress.cursor);
  await refreshCopies(syncing.copies);
  const push = async (visits: readonly Id[]) => {
    for (const visitId of visits) {
      await attempt(round, visitId, async (own) => {
        const pulled = await pullIfBehind(own, visitId);
        return pulled.end === 'done' ? pushVisit(own, visitId, round.sent) : pulled;
      });
    }
  };
  const { first, last } = planVisits(syncing);
  await push(first);
  if (round.ended !== 'busy' && !isGivenUp(round)) await pullChanged(round, progress);
  await push(last);
  if (!isGivenUp(round)) await pullStuck(round);
  if (round.ended === null && !isGivenUp(round) && round.unlisted === null) await acknowledge(round);
  if (round.ended !== 'busy') await endFailures(round);
  const result = deriveResult(round);
  if (result === 'done' && round.storeErrors.length > 0) throw round.storeErrors[0];
  const failures = [...round.failures].map(([visitId, failure]) => ({ visitId, failure }));
  const { sent, retryAfterMs, isReached } = round;
  return { result, sent, failures, retryAfterMs, isReached };
}

/** True if the device was revoked: it hands in what it has, and fetches nothing more. */
const isGivenUp = ({ isRevoked, syncing: { copies } }: Round): boolean =>
  // A server keeps acts for an operator only since the device was revoked.
  isRevoked || [...copies.heads.values()].some(({ quarantined }) => quarantined > 0);

function deriveResult(round: Round): SyncReport['result'] {
  if (round.ended === 'busy') return 'busy';
  if (round.syncing.signal.aborted) return 'aborted';
  if (round.ended !== null) return round.ended;
  if (isGivenUp(round)) return 'revoked';
  if (round.unlisted === null) return 'done';
  return isAnswered(round.unlisted) ? 'unavailable' : 'offline';
}

/**
 * Plans the visits of which acts, photographs or the lead wait: those that are sent before others are fetched, and those that failed and
 * are sent afterwards, the one that failed most often at the end.
 */
function planVisits({ copies: { heads }, now }: Syncing): Readonly<{ first: readonly Id[]; last: readonly Id[] }> {
  const at = now();
  const isLeadWaiting = ({ lead, hasEnded }: Head) => lead?.confirmed === false && !hasEnded;
  const isTriedAgain = (problem: Problem) => {
    const tried = problem.what === 'act' ? problem.tried : problem.what === 'photo' ? problem : undefined;
    return tried !== undefined && isDue(tried, at);
  };
  const waiting = [...heads.values()].filter(
    (one) => one.waiting + one.photosWaiting > 0 || isLeadWaiting(one) || one.problems.some(isTriedAgain),
  );
  const rounds = ({ failure }: Head) => failure?.rounds ?? 0;
  waiting.sort((one, other) => rounds(one) - rounds(other));
  const listIds = (isLast: boolean) => waiting.filter((head) => isStuck(head) === isLast).map(({ visitId }) => visitId);
  return { first: listIds(false), last: listIds(true) };
}

/**
 * Acknowledges the events that others recorded and that have arrived here: by a batch without commands for each visit that goes on. One
 * that the server did not get is sent in the next round.
 */
async function acknowledge(round: Round): Promise<void> {
  const { syncing } = round;
  const { copies, mayGoOn, unacknowledged } = syncing;
  for (const visitId of [...unacknowledged]) {
    if (!mayGoOn()) {
      round.ended = 'busy';
      return;
    }
    const isOpen = copies.heads.get(visitId)?.hasEnded === false;
    if (isOpen) {
      const copy = await readCopy(copies, visitId);
      const answered = await sendCommands(syncing, copy, copy.events.length, []);
      if (!answered.ok && answered.failure.kind === 'unavailable') return;
    }
    unacknowledged.delete(visitId);
  }
}
