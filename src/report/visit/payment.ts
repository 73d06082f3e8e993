import { actName } from '../../locale/index.ts';
import type { Dossier } from '../../reading/index.ts';
import { formatList } from '../../words/text.ts';
import type { Context } from '../context.ts';

/** True if a visit is payable and no verdict on its payment evidence is missing, late or contradicted. */
export const isFlawless = (dossier: Dossier): boolean => dossier.payable && remarkedVerdicts(dossier).length === 0;

const remarkedVerdicts = ({ payment }: Dossier) =>
  payment.filter(({ status }) => status === 'missing' || status === 'late' || status === 'contradicted');

/** The state of the payment in a sentence: missing acts, conditions that can no longer be met, or verdicts with remarks. */
export function standing({ words }: Context, dossier: Dossier): string {
  const { payable, unmetForPayment, missing } = dossier;
  const list = (items: readonly string[]) => formatList(items, words.locale, 'conjunction');
  const flaws = remarkedVerdicts(dossier).map(({ clause }) => clause);
  if (payable) return flaws.length === 0 ? words.visit.nothingMissing : words.payment.flaws(list(flaws));
  if (missing.found && missing.acts.length > 0) {
    return words.visit.missing(list(missing.acts.map((act) => actName(act, words.locale))));
  }
  const unmet = words.payment.unmet(list(unmetForPayment.map((condition) => words.payment.conditions[condition])));
  return missing.found ? unmet : `${words.unreached[missing.reason]}. ${unmet}`;
}
