/** What is open: a file while it is read, its mapping, its results. */
import { batch, signal } from '@preact/signals';
import type { SheetMapping } from 'auxilio/logs';
import type { Guess } from '../../../../src/cli/guess/mapping.ts';
import type { Tried } from '../../../../src/cli/guess/try-out.ts';
import { language } from '../language.ts';
import type { Audited } from './audit.ts';
import type { Checked } from './check-receipt.ts';
import { inspect, type Source, type SourceProblem } from './source.ts';
import { t } from './words.ts';

export type Opened = Readonly<{ source: Source; visits: readonly Audited[] }>;
export type Draft = Readonly<{ source: Source; guess: Guess; sample: string; text: string; isPartial: boolean }>;
/** A receipt that was opened, and the result of verifying it with the log that is open, if there is one. */
export type Kept = Readonly<{ source: Source; checked: Checked }>;
type Problem = 'no-receipt' | SourceProblem | 'failed' | 'no-sheet' | 'no-visits';

export const opened = signal<Opened | null>(null);
/** The receipt that is open, beside a log or a sheet. */
export const kept = signal<Kept | null>(null);
/** The mapping of the sheet that is open. */
export const draft = signal<Draft | null>(null);
export const problem = signal<Readonly<{ name: string; code: Problem }> | null>(null);
export const mappingProblems = signal<readonly string[]>([]);
/** What the mapping reads of the beginning of the sheet. */
export const tried = signal<Tried | null>(null);
export const reading = signal<Readonly<{ name: string; part: number; visits: number }> | null>(null);

let running: AbortController | null = null;

/** Ends what is being read. What was open before stays. */
export function cancel(): void {
  running?.abort();
  running = null;
  reading.value = null;
}

/** Opens a file: a log is audited at once, a sheet once its mapping was looked at. What is open stays until it is read. */
export async function open(name: string, file: Blob): Promise<void> {
  cancel();
  problem.value = null;
  const source = await inspect(name, file);
  if (typeof source === 'string') problem.value = { name, code: source };
  else if (source.kind === 'sheet') await propose(source);
  else if (source.kind === 'receipt') await check(source);
  else await audit(source, null);
}

/** Verifies a receipt, with the log that is open if there is one. */
async function check(source: Source): Promise<void> {
  const log = opened.peek()?.source ?? null;
  const { checkReceipt } = await import('./audit.ts');
  const checked = await checkReceipt(source, log?.kind === 'sheet' ? null : log);
  if (checked === null) problem.value = { name: source.name, code: 'no-receipt' };
  else kept.value = { source, checked };
}

/** Cells of this many characters are looked at for a mapping: the whole sheet is read by it. */
const mostGuessed = 1_000_000;

async function propose(source: Source): Promise<void> {
  const { guessMapping, readTable } = await import('./audit.ts');
  const { head, file, name } = source;
  const isJson = /^\s*[[{]/.test(head);
  const text = isJson ? await new Response(file).text() : head.slice(0, mostGuessed);
  const table = await readTable(text);
  if (table === null) {
    problem.value = { name, code: 'no-sheet' };
    return;
  }
  const texts = t();
  const guess = guessMapping(table, { place: (need) => texts.place(texts[`need-${need}`]), ignored: texts.ignored });
  batch(() => {
    mappingProblems.value = [];
    const mapping = JSON.stringify(guess.mapping, null, 2);
    draft.value = { source, guess, sample: text, text: mapping, isPartial: text.length < file.size / 2 };
  });
  await edit(draft.peek()?.text ?? '');
}

/** Takes another text of the mapping, and tries it out. */
export async function edit(text: string): Promise<void> {
  const now = draft.peek();
  if (now === null) return;
  draft.value = { ...now, text };
  const mapping = readMapping();
  const found = mapping === null ? null : await tryMapping(now.sample, mapping);
  if (draft.peek()?.text === text) tried.value = found;
}

async function tryMapping(sample: string, mapping: SheetMapping): Promise<Tried | null> {
  const { MappingError, tryOut } = await import('./audit.ts');
  try {
    return await tryOut(sample, mapping);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    mappingProblems.value = error.message.split('; ');
    return null;
  }
}

/** The mapping as it was edited; null, with the problem said, where it is no JSON. */
function readMapping(): SheetMapping | null {
  mappingProblems.value = [];
  try {
    return JSON.parse(draft.peek()?.text ?? '');
  } catch {
    mappingProblems.value = [t().mappingNoJson];
    return null;
  }
}

/** Reads the sheet that is open by its mapping, as it was edited. */
export async function auditDraft(): Promise<void> {
  const now = draft.peek();
  const mapping = readMapping();
  if (now !== null && mapping !== null) await audit(now.source, mapping);
}

async function audit(source: Source, mapping: SheetMapping | null): Promise<void> {
  cancel();
  const controller = new AbortController();
  running = controller;
  const { signal: aborted } = controller;
  const readings = mapping === null && source.kind === 'log' ? 2 : 1;
  let bytes = 0;
  const visits: Audited[] = [];
  const show = () => {
    const part = Math.min(1, bytes / Math.max(1, source.file.size * readings));
    reading.value = { name: source.name, part, visits: visits.length };
  };
  const watch = {
    signal: aborted,
    onBytes: (more: number) => {
      bytes += more;
      show();
    },
  };
  show();
  const { auditLogFile, auditSheetFile, MappingError } = await import('./audit.ts');
  try {
    const found = mapping === null ? auditLogFile(source, watch) : auditSheetFile(source, mapping, watch);
    for await (const visit of found) visits.push(visit);
    finish(source, visits, mapping !== null);
    const receipt = kept.peek();
    if (receipt !== null) await check(receipt.source);
  } catch (error) {
    if (aborted.aborted) return;
    if (error instanceof MappingError) mappingProblems.value = error.message.split('; ');
    else problem.value = { name: source.name, code: 'failed' };
  } finally {
    if (running === controller) cancel();
  }
}

function finish(source: Source, visits: readonly Audited[], isSheet: boolean): void {
  if (!visits.some(({ visitId }) => visitId !== null) && visits.every(({ lines }) => lines.length === 0)) {
    problem.value = { name: source.name, code: 'no-visits' };
    return;
  }
  batch(() => {
    opened.value = { source, visits };
    problem.value = null;
    if (!isSheet) draft.value = null;
  });
}

/** Makes the report of what is open. */
export async function report(): Promise<Blob | null> {
  const now = opened.peek();
  if (now === null) return null;
  const { makeReport } = await import('./audit.ts');
  const controller = new AbortController();
  running = controller;
  reading.value = { name: now.source.name, part: 0, visits: now.visits.length };
  try {
    return await makeReport(now.visits, now.source, language.peek(), controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return null;
    throw error;
  } finally {
    if (running === controller) cancel();
  }
}
