import { mustBeKeys } from '../kernel/known.ts';
import type { WhoseWord } from '../messages/index.ts';
import { canonicalJson } from '../stores/canonical.ts';
import { asArray, asRecord } from '../util/json.ts';
import type { ActKey } from './act-keys.ts';
import { checkEntries, hashContent, readLink, type Sealable } from './entries.ts';
import { isOwnLine, isSourceOf, listSigners, receipt as makeReceipt, type StandingFact } from './receipt.ts';
import {
  parseReceipt,
  type Receipt,
  type ReceiptFact,
  type ReceiptLine,
  type ReceiptRefusal,
} from './receipt-shape.ts';
import { type SignatureStatus, verifyActs } from './verify-acts.ts';

/**
 * A fault of a receipt:
 *
 * - `order`: a line is missing, comes twice, or does not follow the one before it;
 * - `head`: it is not that of the last line;
 * - `changed`: the content of a line does not have its hash, or is of another visit;
 * - `signature`: a line of the client has a signature that proves nothing;
 * - `word`: the lines do not say what the fact says, or do not show that it is the client's word;
 * - `key`: the keys are not those of the given ones that signed the lines;
 * - `log`: the log has other events there, or fewer;
 * - `withheld`: the log has it otherwise, or more of it than the receipt shows.
 *
 * @since 0.10.0
 */
export type ReceiptFault = 'order' | 'head' | 'changed' | 'signature' | 'word' | 'key' | 'log' | 'withheld';

/** A fault, and its place in the receipt (a JSON pointer). @since 0.10.0 */
export type ReceiptFinding = { readonly fault: ReceiptFault; readonly at: string };

/** The result of {@link verifyReceipt}. @since 0.10.0 */
export type ReceiptReport =
  | {
      readonly ok: true;
      /** True if there are no findings. */
      readonly sound: boolean;
      readonly findings: readonly ReceiptFinding[];
      readonly receipt: Receipt;
      /** The signature of each line that the client recorded, by its version; `atDoor` as `verifyActs` has it. */
      readonly signatures: readonly {
        readonly version: number;
        readonly status: SignatureStatus;
        readonly atDoor?: true;
      }[];
    }
  | ReceiptRefusal;

/** The log and the keys of {@link verifyReceipt}. @since 0.10.0 */
export type VerifyReceiptOptions = {
  /** The log as it was stored, from its first event; it may have grown since. */
  readonly log?: Iterable<unknown>;
  /** Reads the facts that stand in a log: `(log) => dossier(log).facts`. Only with a `log`. */
  readonly readFacts?: (log: readonly unknown[]) => readonly StandingFact[];
  /** The keys that the host enrolled; without them, those of the receipt are taken. */
  readonly keys?: readonly ActKey[];
};

/**
 * Verifies a receipt, a text or a value: its lines, their hashes, the signatures of the client's lines, and that no fact says
 * otherwise than the lines which it shows. With a `log` it also verifies that the log still has those lines, and with `readFacts` that
 * its facts were those.
 *
 * Without the log, a line of which the receipt shows the hash alone may be anything: the time of a fact, and whether a provider or the
 * contact center recorded it, are what the receipt says. Nor does it show a denial that was reduced to its hash.
 *
 * Rejects for no content of the receipt or the log; a log that cannot be iterated is a `TypeError`.
 *
 * @since 0.10.0
 */
export async function verifyReceipt(input: unknown, options: VerifyReceiptOptions = {}): Promise<ReceiptReport> {
  mustBeKeys('verifyReceipt', options, { log: 0, readFacts: 0, keys: 0 });
  const { log, readFacts, keys } = options;
  const entries = log === undefined ? undefined : Array.from(checkEntries(log));
  const parsed = parseReceipt(input);
  if (!parsed.ok) return parsed;
  const { receipt } = parsed;
  const known = keys ?? receipt.keys;
  const signatures = await listSignatures(receipt, known);
  const findings = [
    ...checkLines(receipt),
    ...signatures
      .filter(({ status }) => status !== 'valid' && status !== 'unsigned')
      .map(({ version }) => found('signature', `/lines/${version - 1}`)),
    ...checkFacts(receipt, entries),
    ...(await checkKeys(receipt, known)),
    ...(entries === undefined ? [] : await compareWithLog(receipt, entries, readFacts)),
  ];
  return { ok: true, sound: findings.length === 0, findings, receipt, signatures };
}

const found = (fault: ReceiptFault, at: string): ReceiptFinding => ({ fault, at });

function* checkLines({ visitId, head, lines }: Receipt): Iterable<ReceiptFinding> {
  for (const [index, line] of lines.entries()) {
    const at = `/lines/${index}`;
    const previous = lines[index - 1]?.hash ?? null;
    if (line.version !== index + 1 || line.previousHash !== previous) yield found('order', at);
    if (!isWhole(line) || (line.data !== undefined && asRecord(line.data).visitId !== visitId))
      yield found('changed', at);
  }
  if (head.count !== lines.length || head.hash !== lines.at(-1)?.hash) yield found('head', '/head');
}

/** True for a line without content, or whose content has its hash. */
function isWhole({ type, data, metadata, hash, previousHash }: ReceiptLine): boolean {
  if (data === undefined && metadata === undefined) return true;
  if (type === undefined || data === undefined || metadata === undefined) return false;
  return (asRecord(metadata).previousHash ?? null) === previousHash && hashContent({ type, data, metadata }) === hash;
}

/** The signatures of the lines that the client recorded. */
async function listSignatures({ lines }: Receipt, keys: readonly ActKey[]) {
  const log = lines.map(({ type, data, metadata, hash }) => ({ type, data, metadata: { ...metadata, hash } }));
  const { acts } = await verifyActs(log, keys);
  return acts
    .filter(({ index, act }) => act === null && isOwnLine(lines[index]?.data))
    .map(({ index, status, atDoor }) => ({ version: index + 1, status, ...(atDoor && { atDoor }) }));
}

function* checkFacts({ facts, lines }: Receipt, log: readonly unknown[] | undefined): Iterable<ReceiptFinding> {
  for (const [index, fact] of facts.entries()) {
    const source = lines[fact.version - 1];
    const isFirst = facts.findIndex((one) => one.fact === fact.fact) === index;
    const isMade = source !== undefined && isSourceOf(fact.fact, source.type) && agreesWith(fact, source);
    const last = findLastWord(fact, lines);
    const makers = findMakers(source?.data, log?.[fact.version - 1]);
    const isRight = isMade && fact.said === (last?.version ?? null) && wordsOn(makers, last).includes(fact.word);
    if (!isFirst || !isRight) yield found('word', `/facts/${index}`);
  }
}

/** True if a line, where it is shown, has the time of the fact. */
const agreesWith = ({ recorded }: ReceiptFact, { data }: ReceiptLine) =>
  data === undefined || asRecord(data).at === recorded;

/** The last line in which the client gave their word on a fact and a time, and that word. */
function findLastWord({ fact, recorded }: ReceiptFact, lines: readonly ReceiptLine[]) {
  for (const { version, type, data } of lines.toReversed()) {
    if (type !== 'FactsAttested' || !isOwnLine(data)) continue;
    const word = asArray(asRecord(data).facts)
      .map(asRecord)
      .find((one) => one.fact === fact && one.recorded === recorded);
    if (word !== undefined) return { version, agrees: word.agrees === true };
  }
  return undefined;
}

/** The words that a fact may have, by those who may have made it and the client's last word on it. */
function wordsOn(makers: readonly WhoseWord[], last: { readonly agrees: boolean } | undefined): readonly WhoseWord[] {
  if (last === undefined) return makers;
  if (!last.agrees) return ['denied'];
  return makers.map((maker) => (maker === 'client' ? 'client' : 'both'));
}

/** Those whose word a line may be. A line that is not shown is the client's only if the log says so. */
function findMakers(shown: unknown, entry: unknown): readonly WhoseWord[] {
  const roleOf = (data: unknown) => asRecord(asRecord(data).by).role as WhoseWord;
  if (shown !== undefined) return [roleOf(shown)];
  const isClients = roleOf(asRecord(entry).data) === 'client';
  return ['provider', 'contact-center', ...(isClients ? (['client'] as const) : [])];
}

/** Checks that a receipt has those of the known keys that signed its lines, and no other. */
async function checkKeys({ keys, lines }: Receipt, known: readonly ActKey[]): Promise<readonly ReceiptFinding[]> {
  const wanted = (await listSigners(lines, known)).map(canonicalJson).sort();
  const stated = keys.map(canonicalJson).sort();
  return canonicalJson(wanted) === canonicalJson(stated) ? [] : [found('key', '/keys')];
}

/** Compares a receipt with the one that the log, up to the head, makes. */
async function compareWithLog(
  receipt: Receipt,
  log: readonly unknown[],
  readFacts: VerifyReceiptOptions['readFacts'],
): Promise<readonly ReceiptFinding[]> {
  const { lines, head, keys } = receipt;
  const other = lines.findIndex(({ hash }, index) => readLink(log[index]).hash !== hash);
  if (other >= 0) return [found('log', `/lines/${other}`)];
  const part = log.slice(0, head.count);
  const own = receipt.facts.map(({ version, said, ...fact }) => ({
    ...{ ...fact, index: version - 1, said: said === null ? null : said - 1 },
  }));
  const remake = async () =>
    makeReceipt(part as readonly Sealable[], { facts: readFacts === undefined ? own : readFacts(part), keys });
  const made = await remake().catch(() => null);
  if (made === null) return [found('log', '/head')];
  return [
    ...differences(made, receipt, 'lines'),
    ...differences(made, receipt, 'facts'),
    ...(made.visitId === receipt.visitId ? [] : [found('withheld', '/visitId')]),
  ];
}

/** The places of a list that are other than in the receipt that the log makes. */
function differences(made: Receipt, given: Receipt, list: 'lines' | 'facts'): readonly ReceiptFinding[] {
  const [wanted, stated] = [made[list], given[list]];
  const most = Math.max(wanted.length, stated.length);
  return Array.from({ length: most }, (_, index) => index)
    .filter((index) => canonicalJson(wanted[index]) !== canonicalJson(stated[index]))
    .map((index) => found('withheld', `/${list}/${index}`));
}
