import type { LineFinding } from '../../logs/index.ts';
import { recordOf } from '../../reading/explain/facts.ts';
import { explain as explained, type FindingKind } from '../../reading/index.ts';
import type { Violation } from '../../visit/index.ts';
import { type Context, say, sayJson } from '../context.ts';
import { EXIT, Failure } from '../failure.ts';
import { reporting, textOfFinding } from '../findings.ts';
import { jsonAt } from '../inputs.ts';
import { plain } from '../plain.ts';

const kinds: readonly FindingKind[] = [
  'late',
  'other-visit',
  'unknown-event',
  'unreadable',
  'chain',
  'id-reused',
  'repeated',
  'measure',
  'deviation',
];

/** Says a refusal, or a finding of an audit, in words. */
export async function explain(file: string | undefined, context: Context): Promise<number> {
  const text = told(await jsonAt(file, context), context);
  if (context.json) await sayJson(context, { text });
  else for (const line of text.split('\n')) await say(context, plain(line));
  return EXIT.ok;
}

/** A violation, a rejection, the decision that it came in, or a finding. */
function told(given: unknown, context: Context): string {
  const { rejection = given } = recordOf(given);
  const { violations, rule, clause, kind, facts = {} } = recordOf(rejection);
  const isFinding = kinds.some((one) => one === kind) || rule === 'as-decided';
  if (isFinding) {
    if (typeof facts !== 'object' || facts === null) throw new Failure(({ failures }) => failures.noRefusal);
    const finding = { ...(rejection as object), facts } as LineFinding;
    return textOfFinding(finding, context.words, reporting(context, undefined));
  }
  const isRefusal = Array.isArray(violations) || typeof rule === 'string' || typeof clause === 'string';
  if (!isRefusal) throw new Failure(({ failures }) => failures.noRefusal);
  return explained(rejection as Violation, context.locale);
}
