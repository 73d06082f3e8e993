import { explain as explained } from '../../locale/index.ts';
import type { LineFinding } from '../../logs.ts';
import type { FindingKind } from '../../reading/index.ts';
import { asRecord } from '../../util/json.ts';
import type { Violation } from '../../visit/index.ts';
import { type Context, EXIT, Failure, printJson, printText } from '../console/context.ts';
import { formatFinding, reporting } from '../console/findings.ts';
import { sanitize } from '../console/text.ts';
import { jsonLinesAt } from '../input/inputs.ts';

const kinds: readonly FindingKind[] = [
  'violation',
  'late',
  'other-visit',
  'unknown-event',
  'unreadable',
  'chain',
  'id-reused',
  'repeated',
  'measure',
  'deviation',
  'signature',
  'correction',
];

const isKind = (kind: unknown): kind is FindingKind => kinds.some((one) => one === kind);

/** Explains a refusal, or a finding of an audit, in words. */
export async function explain(file: string | undefined, context: Context): Promise<number> {
  const values = await jsonLinesAt(file, context);
  for (const value of values) {
    if (isAudit(value)) await printAudit(value, context);
    else {
      const text = explainValue(value, context);
      if (context.json) await printJson(context, { text });
      else for (const line of text.split('\n')) await printText(context, sanitize(line));
    }
  }
  return EXIT.ok;
}

/** One visit in the output of `audit --json`. */
type AuditLine = { readonly visitId?: unknown; readonly file?: unknown; readonly findings: readonly unknown[] };

const isAudit = (value: unknown): value is AuditLine => Array.isArray(asRecord(value).findings);

/** Prints the findings of a visit, each with its file and line, where it has them: those of `audit` in the core have none. */
async function printAudit({ visitId, file, findings }: AuditLine, context: Context): Promise<void> {
  const { words, json } = context;
  const report = reporting(context, undefined);
  const texts = findings.map((value) => {
    const { kind, line, facts } = asRecord(value);
    if (!isKind(kind)) throw new Failure(({ failures }) => failures.noRefusal);
    const finding = { ...(value as object), facts: asRecord(facts) } as LineFinding;
    return { line, text: formatFinding(finding, words, report) };
  });
  const name = typeof file === 'string' ? file : '';
  if (json) {
    await printJson(context, { file: name, visitId, findings: texts });
    return;
  }
  const visit = typeof visitId === 'string' ? words.output.visit(sanitize(visitId)) : words.output.noVisit;
  await printText(context, [visit, ...(texts.length === 0 ? [words.output.clean] : [])].join(' · '));
  for (const { line, text } of texts) {
    const places = typeof line === 'number' ? [words.output.atLines([String(line)], 0)] : [];
    const place = [...(name === '' ? [] : [sanitize(name)]), ...places].join(', ');
    await printText(context, sanitize(place === '' ? `  ${text}` : `  ${place}: ${text}`));
  }
}

/** A violation, a rejection, the decision that it came in, or a finding. */
function explainValue(given: unknown, context: Context): string {
  const { rejection = given } = asRecord(given);
  const { violations, rule, clause, kind, facts = {} } = asRecord(rejection);
  const isDecided = rule === 'as-decided';
  if (isDecided || (isKind(kind) && kind !== 'violation')) {
    if (typeof facts !== 'object' || facts === null) throw new Failure(({ failures }) => failures.noRefusal);
    const finding = { ...(rejection as object), kind: isDecided ? 'violation' : kind, facts } as LineFinding;
    return formatFinding(finding, context.words, reporting(context, undefined));
  }
  const isRefusal = Array.isArray(violations) || typeof rule === 'string' || typeof clause === 'string';
  if (!isRefusal) throw new Failure(({ failures }) => failures.noRefusal);
  return explained(rejection as Violation, context.locale);
}
