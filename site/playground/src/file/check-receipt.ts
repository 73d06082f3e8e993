/** The verification of a receipt: loaded with the first file. */
import { dossier, type VisitEvent } from 'auxilio';
import { type ReceiptRefusal, type ReceiptReport, verifyReceipt } from 'auxilio/chain';
import { linesOf } from 'auxilio/logs';
import { thumbprint } from '../../../../src/chain/act-keys.ts';
import { partsOf, type Source } from './source.ts';

/** A receipt that was verified, the names of its keys, and the name of the log with which it was compared. */
export type Checked = Exclude<ReceiptReport, ReceiptRefusal> &
  Readonly<{ keyNames: readonly string[]; log: string | null }>;

/** Verifies the receipt of a file, with a log if it is given; null for a file that is not a receipt. */
export async function checkReceipt({ file }: Source, log: Source | null): Promise<Checked | null> {
  const text = (await file.text()).replace(/^\uFEFF/, '');
  const alone = await verifyReceipt(text);
  if (!alone.ok) return null;
  const keyNames = await Promise.all(alone.receipt.keys.map(({ key }) => thumbprint(key)));
  if (log === null) return { ...alone, keyNames, log: null };
  const entries = await eventsOf(log, alone.receipt.visitId);
  const readFacts = (events: readonly unknown[]) => dossier(events as readonly VisitEvent[]).facts;
  const held = await verifyReceipt(text, { log: entries, readFacts });
  return held.ok ? { ...held, keyNames, log: log.name } : null;
}

/** The events of one visit as they are in the file: their hashes are of that text. */
async function eventsOf(source: Source, visitId: string): Promise<readonly unknown[]> {
  if (source.kind === 'log-array') return ofVisit(parsed(await source.file.text()), visitId);
  const events: unknown[] = [];
  for await (const line of linesOf(partsOf(source, () => {}, new AbortController().signal)))
    events.push(...ofVisit([parsed(line)], visitId));
  return events;
}

const ofVisit = (entries: unknown, visitId: string): readonly unknown[] =>
  Array.isArray(entries) ? entries.filter((entry) => entry?.data?.visitId === visitId) : [];

function parsed(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}
