import { dossier } from 'auxilio/core';
import type { ReplicaVisit } from 'auxilio/replica';
import { lengthOf } from '../../ui/time.ts';
import { t } from './app.tsx';

/** The time that was worked, and what payment still lacks; nothing of a visit that was not completed. */
export function Payment({ visit }: { visit: ReplicaVisit }) {
  const words = t();
  const { workedMs, payable, unmetForPayment, outcome } = dossier(visit.events);
  if (outcome !== 'completed') return null;
  return (
    <span class="payment">
      {words.worked}: {lengthOf(workedMs)}.{' '}
      {payable ? words.payable : `${words.forPayment}: ${unmetForPayment.map(words.conditions).join('; ')}.`}
    </span>
  );
}
