import type { Facts } from '../kernel/decision.ts';
import { asArray, asRecord } from '../util/json.ts';
import type { ActOfRule, ClauseTexts, Messages, MessageTemplate } from './language.ts';
import { fillSlots } from './slots.ts';
import { cleanText, formatList, formatMaterial, formatNumber, inBrackets, lookup, truncate } from './text.ts';

/** One for each violation, and at the end the note on what can be waived, if anything can. */
export function wordRefusal(
  violations: readonly unknown[],
  words: Messages,
  isCenter: boolean,
  texts?: ClauseTexts,
  actOf?: ActOfRule,
): readonly string[] {
  const said = violations.map((violation) => wordViolation(violation, words, isCenter, texts, actOf));
  const waivable = violations.flatMap((violation) =>
    lookup<string | []>(words.names.requirements, asRecord(violation).rule, []),
  );
  if (waivable.length === 0) return said;
  const what = violations.length === 1 ? '' : formatList([...new Set(waivable)], words.locale, 'conjunction');
  return [...said, fillSlots(words.waivable[isCenter ? 1 : 0], () => what)];
}

function wordViolation(
  violation: unknown,
  words: Messages,
  isCenter: boolean,
  texts?: ClauseTexts,
  actOf?: ActOfRule,
): string {
  const { rule, clause, facts } = asRecord(violation);
  const template = lookup<MessageTemplate>(words.rules, rule, '');
  if (typeof template === 'function') return template(asRecord(facts), cleanText(clause));
  const own = typeof template === 'string' ? template : template[isCenter ? 1 : 0];
  if (own) return fillSlots(own, (name) => formatFact(asRecord(facts), clause, name, words));
  const act = actOf?.(rule);
  if (act !== undefined) return fillSlots(words.first, () => words.names.acts[act]);
  const text = lookup(texts ?? {}, clause, '');
  return `${words.unmet}${text || texts === undefined ? inBrackets(cleanText(clause)) : ''}.${text && ` ${text}`}`;
}

/**
 * A fact in words: a text, the word of a code, all of a list, or with `#` the number of its items. `missing` are those that
 * are true or false and have words. `clause` and `ended` are the words of the clause: of the call it asks for, of the end.
 */
function formatFact(facts: Facts, clause: unknown, name: string, { locale, more, terms }: Messages): string {
  const findWord = (fact: string, value: unknown) => {
    const words = terms[fact];
    if (words === undefined) return cleanText(value) || (formatMaterial(value, locale) ?? '');
    return lookup(words, typeof value === 'boolean' ? `${value}` : value, '');
  };
  const listed = (words: readonly string[]) =>
    formatList(truncate(words.filter(Boolean), more), locale, name === 'allowed' ? 'disjunction' : 'conjunction');
  if (name === 'clause' || name === 'ended') return findWord(name, clause);
  if (name === 'missing') {
    return listed(
      Object.entries(facts).map(([fact, value]) => (typeof value === 'boolean' ? findWord(fact, value) : '')),
    );
  }
  if (name.startsWith('#')) return formatNumber(asArray(facts[name.slice(1)]).length || null, locale);
  const value = facts[name];
  return Array.isArray(value) ? listed(value.map((item) => findWord(name, item))) : findWord(name, value);
}
