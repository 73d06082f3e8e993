/** The changes that a correction would make to a visit. */

import type { Instant, PaymentCondition, Phase, VisitEvent } from 'auxilio';
import { decide, dossier, explain, replay, type VisitCommand } from 'auxilio/core';
import { isTakenOver } from '../../ui/returning.ts';
import { lengthOf } from '../../ui/time.ts';
import { instant, phaseText, policy, t, useLanguage } from './app.ts';
import { session } from './session.ts';
import type { Log } from './visit-log.ts';

export type Changes = readonly Readonly<{ what: string; from: string; to: string }>[];

type Act = Readonly<{ type: VisitCommand['type']; data: object }>;

/** The lines that change in the dossier; a refusal is a line, too. */
export function changesOf({ events, state, visitId }: Log, { type, data }: Act): Changes {
  const actor = { role: 'contact-center', id: session.value?.actorId ?? '' } as const;
  const decision = decide({ type, data: { ...data, visitId }, metadata: { actor } } as VisitCommand, state, policy);
  const words = t();
  if (!decision.ok)
    return [{ what: words.refused, from: '', to: explain(decision.rejection, useLanguage(), 'contact-center') }];
  const [before, after] = [summaryOf(events), summaryOf([...events, ...decision.events])];
  return before.flatMap(({ what, text }, place) => {
    const to = after[place]?.text ?? '';
    return text === to ? [] : [{ what, from: text, to }];
  });
}

function summaryOf(events: readonly VisitEvent[], until: Instant = instant()) {
  const words = t();
  const { phase, workedMs, unmetForPayment } = dossier(events, { policy, until });
  return [
    { what: words.phase, text: phaseText(phase, isTakenOver({ state: replay(events), events })) },
    { what: words.worked, text: lengthOf(workedMs) },
    { what: words.payment, text: paymentText(unmetForPayment, phase) },
  ];
}

/** The conditions that payment still lacks, in words; of a visit that was closed, nothing can meet them. */
export function paymentText(unmet: readonly PaymentCondition[], phase: Phase): string {
  const words = t();
  if (phase === 'closed' && !unmet.includes('discrepancy-open')) return words.notPayable;
  return unmet.length === 0 ? words.payable : `${words.forPayment} ${unmet.map(words.conditions).join(', ')}`;
}
