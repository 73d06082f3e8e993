import { actName } from '../../locale/index.ts';
import type { Dossier } from '../../reading/index.ts';
import type { Integrity } from '../../reading/integrity.ts';
import { formatList, lookup } from '../../words/text.ts';
import { capitalize } from '../components.ts';
import type { Context } from '../context.ts';

/** True if a visit is payable and no verdict on its payment evidence is missing, late or contradicted. */
export const isFlawless = (dossier: Dossier): boolean => dossier.payable && remarkedVerdicts(dossier).length === 0;

const remarkedVerdicts = ({ payment }: Dossier) =>
  payment.filter(({ status }) => status === 'missing' || status === 'late' || status === 'contradicted');

type Words = Pick<Context, 'words'>;
type PlaceKind = keyof Context['words']['integrity']['places'];

/** The fault that breaks the integrity of a log, at the number of its act, line or row; null for a log that is not broken. */
export function integrityFault(
  { words: { integrity: words } }: Words,
  integrity: Integrity,
  kind: PlaceKind = 'place',
  numberAt = (index: number) => index + 1,
): string | null {
  if (integrity.status !== 'broken') return null;
  const { at, reason } = integrity;
  return lookup(words.faults, reason, words.faults.changed)(words.places[kind](numberAt(at ?? 0)));
}

/** The integrity of a log in a few words. */
export const integrityText = (
  context: Words,
  integrity: Integrity,
  kind?: PlaceKind,
  numberAt?: (at: number) => number,
) =>
  integrity.status === 'broken'
    ? integrityFault(context, integrity, kind, numberAt)
    : context.words.integrity[integrity.status];

/**
 * The state of the payment: missing acts, conditions that can no longer be met, or verdicts with remarks; after a fault of the
 * integrity, that it is not to be paid until a person looked at it.
 */
export function standing(
  context: Context,
  dossier: Dossier,
  fault = integrityFault(context, dossier.integrity),
): string {
  if (fault === null) return describePayment(context, dossier);
  const hold = context.words.integrity.hold(fault);
  const sentence = `${capitalize(hold)}.`;
  return dossier.unmetForPayment.length === 0 ? sentence : `${sentence} ${describePayment(context, dossier)}`;
}

function describePayment({ words }: Context, dossier: Dossier): string {
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
