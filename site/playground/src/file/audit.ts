/** The audit of a file: loaded with the first one. */
import type { Dossier, Locale, VisitEvent } from 'auxilio';
import {
  auditLog,
  auditSheet,
  countVisits,
  type LineFinding,
  linesOf,
  type SheetMapping,
  type VisitAudit,
} from 'auxilio/logs';
import { reportHtmlStream, type VisitLog } from 'auxilio/report';
import { partsOf, type Source } from './source.ts';

/** The result of one visit. Its events are kept as text, which takes a third of the room. */
export type Audited = Readonly<{
  visitId: string | null;
  caseNumber: string | null;
  lines: readonly number[];
  clean: boolean;
  findings: readonly LineFinding[];
  integrity: VisitAudit['integrity'];
  chain: VisitAudit['chain'];
  dossier: Dossier | null;
  events: string;
}>;

type Watch = Readonly<{ signal: AbortSignal; onBytes: (bytes: number) => void }>;

const keep = ({ visitId, lines, audit, integrity, chain, dossier, events }: VisitAudit): Audited => ({
  visitId,
  caseNumber: dossier?.caseNumber ?? null,
  lines,
  clean: audit.clean,
  findings: audit.findings,
  integrity,
  chain,
  dossier: dossier ?? null,
  events: JSON.stringify(events ?? []),
});

/** Audits the visits of a log, in two readings: the first counts their lines, so that few visits are held at a time. */
export async function* auditLogFile(source: Source, { signal, onBytes }: Watch): AsyncGenerator<Audited> {
  const lines = () =>
    source.kind === 'log-array' ? arrayLines(source, signal) : linesOf(partsOf(source, onBytes, signal));
  const expected = await countVisits(lines());
  for await (const visit of auditLog(lines(), { expected, dossier: true, events: true, signal })) yield keep(visit);
}

/** The items of a JSON array as lines, so that each has a number. An array that is damaged is one line that cannot be read. */
async function* arrayLines({ file }: Source, signal: AbortSignal): AsyncGenerator<string> {
  const text = await file.text();
  signal.throwIfAborted();
  let items: unknown;
  try {
    items = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    items = null;
  }
  if (!Array.isArray(items)) yield text.slice(0, 100_000).replaceAll('\n', ' ');
  else for (const item of items) yield JSON.stringify(item);
}

/** Audits the visits of a sheet by a mapping. @throws a `MappingError` for a mapping that cannot be used */
export async function* auditSheetFile(
  source: Source,
  mapping: SheetMapping,
  { signal, onBytes }: Watch,
): AsyncGenerator<Audited> {
  const parts = partsOf(source, onBytes, signal);
  for await (const visit of auditSheet(parts, mapping, { dossier: true, events: true, signal })) yield keep(visit);
}

/** The report of the visits as one HTML file. */
export async function makeReport(
  visits: readonly Audited[],
  { name, kind }: Source,
  locale: Locale,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: string[] = [];
  const logs = visits.filter(({ visitId }) => visitId !== null).map((visit) => toLog(visit, name, kind));
  for await (const part of reportHtmlStream(logs, { locale, signal, provenance: { sources: [{ file: name }] } })) {
    parts.push(part);
  }
  return new Blob(parts, { type: 'text/html' });
}

function toLog({ events, lines, chain, integrity }: Audited, file: string, kind: Source['kind']): VisitLog {
  const origins = lines.map((line) => (kind === 'sheet' ? { file, row: line } : { file, line }));
  return { events: JSON.parse(events) as VisitEvent[], origins, ...(chain && { chain }), integrity };
}

export { MappingError } from 'auxilio/logs';
export { guessMapping } from '../../../../src/cli/guess/mapping.ts';
export { readTable } from '../../../../src/cli/guess/table.ts';
export { tryOut } from '../../../../src/cli/guess/try-out.ts';
export { checkReceipt } from './check-receipt.ts';
