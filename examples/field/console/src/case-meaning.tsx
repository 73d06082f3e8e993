/** The meaning of a decision, in words. */
import { lengthOf } from '../../ui/time.ts';
import { hour, phaseText, t } from './app.ts';
import type { Meaning } from './case.ts';
import type { Way } from './case-options.ts';
import { paymentText } from './changes.ts';

/** The hours that a decision leaves. Work that is not ended goes on counting. */
function countedIn(way: Way, { workedMs, isRunning }: Meaning): string {
  const words = t();
  const length = lengthOf(workedMs);
  if (way === 'none' && workedMs === 0 && !isRunning) return words.notCounted;
  const counted = isRunning ? words.runsOn(length) : words.counts(length);
  return way === 'none' ? words.kept(counted) : counted;
}

export const meaningText = (way: Way, meaning: Meaning) => (
  <>
    <b>{countedIn(way, meaning)}</b>
    {meaning.cutAt !== null && `, ${t().countsUntil(hour(meaning.cutAt))}`}
    {' · '}
    {phaseText(meaning.phase, meaning.isTakenOver)} · {paymentText(meaning.unmet, meaning.phase)}
  </>
);
