import { unmetForPayment, worked } from 'auxilio/core';
import type { ReplicaVisit } from 'auxilio/replica';
import { lengthOf } from '../../ui/time.ts';
import { t } from './app.tsx';

/** The time that was worked, and what payment still lacks, by what the center has; nothing of a visit that was not completed. */
export function Payment({ visit: { confirmed } }: { visit: ReplicaVisit }) {
  const words = t();
  if (confirmed.phase !== 'completed') return null;
  const unmet = unmetForPayment(confirmed);
  return (
    <span class="payment">
      {words.worked}: {lengthOf(worked(confirmed).workedMs)}.{' '}
      {unmet.length === 0 ? words.payable : `${words.forPayment}: ${unmet.map(words.conditions).join('; ')}.`}
    </span>
  );
}
