import type { RuleId, Violation } from 'auxilio';
import { explain, type Language } from 'auxilio/core';
import { namedEvent, t, useLanguage } from './app.ts';
import type { Case } from './case.ts';

const center = 'contact-center';

/** Rules on the visit as a whole: with one of them failed, what else is missing says nothing. */
const isGeneral: ReadonlySet<string> = new Set<RuleId>(['not-ended', 'assigned-provider', 'not-frozen', 'not-closing']);

/** The reasons why the roots were refused: each reason once, with the acts that it concerns. */
export function Why({ found: { acts } }: { found: Case }) {
  const words = t();
  const language = useLanguage();
  const reasons = new Map<string, string[]>();
  for (const { act } of acts) {
    if (act.kind !== 'root') continue;
    const general = act.violations.filter(({ rule }) => isGeneral.has(rule));
    for (const violation of general.length > 0 ? general : act.violations) {
      // Its words send a provider to the center, who is asked here.
      const isOfAnother = violation.rule === 'assigned-provider';
      const text = isOfAnother ? words.ofAnother : told({ ...violation, facts: {} } as Violation, language);
      reasons.set(text, [...(reasons.get(text) ?? []), namedEvent(act.type)]);
    }
  }
  if (reasons.size === 0) return null;
  return (
    <section>
      <h2>{words.whyAsked}</h2>
      <ul class="reasons">
        {[...reasons]
          .sort(byCount)
          .slice(0, 2)
          .map(([text, names]) => (
            <li key={text}>
              {text} <small>{names.length > 3 ? words.actsCount(names.length) : names.join(', ')}</small>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** One reason, without what an instruction could have waived before the act. */
const told = (violation: Violation, language: Language): string =>
  explain({ violations: [violation] }, language, center).split('\n')[0] ?? '';

const byCount = ([, one]: [string, string[]], [, other]: [string, string[]]) => other.length - one.length;
