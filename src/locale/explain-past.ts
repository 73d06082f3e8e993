import { isClauseId, type Locale } from '../protocol/index.ts';
import { asRecord } from '../util/json.ts';
import { past as en } from '../words/en/past.ts';
import { past as esCR } from '../words/es-cr/past.ts';
import type { PastTemplate } from '../words/messages.ts';
import { lookup, textOf } from '../words/text.ts';
import { clause } from './clauses.ts';

/** Words a finding for a reader of a log, in the past tense; `explain` words a refusal for a person about to act. */
export function explainPast(violation: unknown, locale: Locale): string {
  const { rules, unknownRule } = locale === 'en' ? en : esCR;
  const { rule, clause: cited, facts } = asRecord(violation);
  const telling = lookup<PastTemplate | null>(rules, rule, null);
  if (typeof telling === 'string') return telling;
  if (telling !== null) return telling(asRecord(facts), textOf(cited));
  return isClauseId(cited) ? unknownRule(cited, clause(cited).text[locale]) : unknownRule('', '');
}
