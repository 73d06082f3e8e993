import type { Facts } from '../../kernel/index.ts';
import { clause, isClauseId, type Locale } from '../../protocol/index.ts';
import type { RuleId } from '../../visit/index.ts';
import { past as en } from './en-past.ts';
import { past as esCR } from './es-cr-past.ts';
import { asRecord, lookup, textOf } from './text.ts';

type PastTemplate = string | ((facts: Facts, clause: string) => string);

/**
 * The finding of a rule about a past act: a statement in the past tense, without an instruction and without the note on
 * waivers.
 */
export type PastWording = {
  readonly rules: Readonly<Record<RuleId | 'well-formed' | 'assigned-once', PastTemplate>>;
  /** Of a rule that this release does not know. */
  readonly unknownRule: (clause: string, text: string) => string;
};

/** Says to a reader of a log what was not as it should be, where `explain` says to somebody about to act what to do. */
export function explainPast(violation: unknown, locale: Locale): string {
  const { rules, unknownRule } = locale === 'en' ? en : esCR;
  const { rule, clause: cited, facts } = asRecord(violation);
  const telling = lookup<PastTemplate | null>(rules, rule, null);
  if (typeof telling === 'string') return telling;
  if (telling !== null) return telling(asRecord(facts), textOf(cited));
  return isClauseId(cited) ? unknownRule(cited, clause(cited).text[locale]) : unknownRule('', '');
}
