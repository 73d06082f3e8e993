import { thumbprint } from '../../chain/act-keys.ts';
import { type Receipt, type ReceiptRefusal, type ReceiptReport, verifyReceipt } from '../../chain.ts';
import type { VisitEvent } from '../../messages/index.ts';
import { dossier } from '../../reading/index.ts';
import { asRecord } from '../../util/json.ts';
import { type Context, EXIT, Failure, printJson, printText } from '../console/context.ts';
import { reporting } from '../console/findings.ts';
import { sanitize } from '../console/text.ts';
import { factsText } from '../dossier/lists.ts';
import { jsonLinesAt, sourceAt } from '../input/inputs.ts';
import { wholeText } from '../input/source.ts';

type Verified = Exclude<ReceiptReport, ReceiptRefusal>;

/** Verifies the receipt of a client, by itself or with a log. */
export async function receipt(path: string, { log }: { readonly log?: string }, context: Context): Promise<number> {
  const source = await sourceAt(path, context);
  const text = (await wholeText(source)).replace(/^\uFEFF/, '');
  const values = log === undefined ? undefined : (await jsonLinesAt(log, context)).flat();
  const alone = mustBeReceipt(await verifyReceipt(text), source.name);
  const entries = values?.filter((entry) => asRecord(asRecord(entry).data).visitId === alone.receipt.visitId);
  const readFacts = (events: readonly unknown[]) => dossier(events as readonly VisitEvent[]).facts;
  const report =
    entries === undefined ? alone : mustBeReceipt(await verifyReceipt(text, { log: entries, readFacts }), source.name);
  const { sound, findings, signatures } = report;
  const { visitId, head, facts, keys } = report.receipt;
  const kids = await Promise.all(keys.map(({ key }) => thumbprint(key)));
  if (context.json) {
    const withLog = entries !== undefined;
    await printJson(context, {
      file: source.path,
      visitId,
      sound,
      withLog,
      findings,
      head,
      facts,
      signatures,
      keys: kids,
    });
  } else for (const line of formatReport(report, kids, entries !== undefined, context)) await printText(context, line);
  return sound ? EXIT.ok : EXIT.found;
}

function mustBeReceipt(report: ReceiptReport, file: string): Verified {
  if (report.ok) return report;
  const { reason, at } = report;
  throw new Failure(({ failures }) => failures.noReceipt(file, reason, sanitize(at)));
}

function formatReport(
  { receipt, findings, signatures }: Verified,
  kids: readonly string[],
  withLog: boolean,
  context: Context,
): readonly string[] {
  const { words, paint } = context;
  const { receipt: said, seal, visit } = words.output;
  const verdict =
    findings.length === 0 ? paint('green', said.sound(withLog)) : paint('red', said.unsound(findings.length));
  return [
    `${paint('bold', visit(sanitize(receipt.visitId)))} · ${seal.head(receipt.head.count, receipt.head.hash)}`,
    verdict,
    ...findings.map(
      ({ fault, at }) => `  ${paint('red', '✗')} ${placeIn(at, receipt, context)}: ${said.faults[fault]}`,
    ),
    ...factsText(receipt, reporting(context, undefined)).map((line) => `  ${line}`),
    ...signatures.map(
      ({ version, status, atDoor = false }) =>
        `  ${said.line(version)}: ${said.statuses[status]}${atDoor ? ` (${said.atDoor})` : ''}`,
    ),
    ...kids.map((kid) => `  ${said.key(sanitize(kid))}`),
    ...(withLog ? [] : [paint('dim', said.alone)]),
  ];
}

/** The place of a finding for a person: a line by its number, a fact by its name. */
function placeIn(at: string, { facts }: Receipt, context: Context): string {
  const [, list = '', index = ''] = at.split('/');
  const { line } = context.words.output.receipt;
  const fact = facts[Number(index)]?.fact;
  if (list === 'lines') return line(Number(index) + 1);
  return list === 'facts' && fact !== undefined ? reporting(context, undefined).words.codes.fact[fact] : list;
}
