import { mustBeKeys } from '../kernel/known.ts';
import type { AttestedFact, Instant, WhoseWord } from '../messages/index.ts';
import { asRecord } from '../util/json.ts';
import { type ActKey, pickPublic, thumbprint } from './act-keys.ts';
import { checkEntries, pickContent, type Sealable } from './entries.ts';
import { parseEnvelope } from './envelope.ts';
import { factEvents } from './fact-events.ts';
import { FORMAT, parseReceipt, type Receipt, type ReceiptLine } from './receipt-shape.ts';
import { exportHead } from './verify.ts';

/** A fact that stands, as `dossier` lists it. @since 0.10.0 */
export type StandingFact = {
  readonly fact: AttestedFact;
  readonly recorded: Instant;
  /** The index of the event that made it, and that of the client's last word on it. */
  readonly index: number;
  readonly word: WhoseWord;
  readonly said: number | null;
};

/** The facts and the keys of {@link receipt}. @since 0.10.0 */
export type ReceiptOptions = {
  /** The facts that stand in the log: `dossier(log).facts`. */
  readonly facts: readonly StandingFact[];
  /** The keys that the host enrolled. The receipt has those that signed its lines. */
  readonly keys?: readonly ActKey[];
};

/**
 * Makes the receipt of a client: a JSON document with the facts that stand, whose word each is, a line for each event of the log
 * with its hash, and the keys by which the client's words are signed.
 *
 * It has the content of the lines that the client recorded themselves. Of a line that makes a fact it has the type, and the
 * content if that is the time, the assigned provider and answers alone; of each other line the hash alone.
 *
 * @throws Error for a log without events, or whose chain is not intact: read it as it was stored, before a codec decodes it
 * @since 0.10.0
 */
export async function receipt(log: Iterable<Sealable>, options: ReceiptOptions): Promise<Receipt> {
  mustBeKeys('receipt', options, { facts: 0, keys: 0 });
  const { facts, keys = [] } = options;
  const events = Array.from(checkEntries(log));
  const head = exportHead(events);
  if (head === null || events.some((event) => asRecord(event.metadata).hash === undefined))
    throw new Error('A receipt is made of a log that is sealed from its first event on');
  const sources = new Map(facts.map(({ index, recorded }) => [index, recorded]));
  const provider = findAssigned(events);
  const lines = events.map((event, index) => lineOf(event, index, sources.get(index), provider));
  const made: Receipt = {
    format: FORMAT,
    visitId: String(asRecord(events[0]?.data).visitId),
    head,
    facts: facts.map(({ fact, recorded, index, word, said }) => ({
      ...{ fact, recorded, version: index + 1, word, said: said === null ? null : said + 1 },
    })),
    lines,
    keys: await listSigners(lines, keys),
  };
  const parsed = parseReceipt(made);
  if (!parsed.ok) throw new Error(`No receipt can be made of this log: ${parsed.reason} at ${parsed.at}`);
  return parsed.receipt;
}

/** True for a line that is the client's word: it is theirs, and no provider recorded it for them. */
export const isOwnLine = (data: unknown): boolean => {
  const { by, recordedBy } = asRecord(data);
  return asRecord(by).role === 'client' && asRecord(recordedBy).role !== 'provider';
};

/** True for an event that makes a fact. */
export const isSourceOf = (fact: AttestedFact, type: unknown): boolean => factEvents[fact].some((one) => one === type);

/** Fields without a text and without a person other than the one who recorded the act. */
const plainData = ['visitId', 'at', 'by', 'clientPresent', 'clientConsented'];
const plainMetadata = ['schemaVersion', 'eventId', 'commandId', 'recordedAt', 'previousHash'];

const hasOnly = (value: object, fields: readonly string[]) => Object.keys(value).every((key) => fields.includes(key));

function lineOf(event: Sealable, index: number, recorded: Instant | undefined, provider: unknown): ReceiptLine {
  const { type, data, metadata } = pickContent(event);
  const { hash, previousHash = null } = asRecord(event.metadata);
  const place = { version: index + 1, hash, previousHash } as ReceiptLine;
  const { at, by } = asRecord(data);
  const { role, id } = asRecord(by);
  const isPlain = hasOnly(data, plainData) && hasOnly(metadata, plainMetadata);
  const isAssigned = role === 'provider' && id === provider && hasOnly(asRecord(by), ['role', 'id']);
  // A time that was corrected is not the one in the line.
  if (isOwnLine(data) || (recorded === at && isPlain && isAssigned)) return { ...place, type, data, metadata };
  return recorded === undefined ? place : { ...place, type };
}

/** The id of the provider now assigned, whom the client may know. */
function findAssigned(events: readonly Sealable[]): unknown {
  const last = events.findLast(({ type }) => type === 'VisitAssigned' || type === 'ProviderReassigned');
  return asRecord(asRecord(last?.data).provider).id;
}

/** The keys of clients that signed the lines, each once. */
export async function listSigners(lines: readonly ReceiptLine[], keys: readonly ActKey[]): Promise<Receipt['keys']> {
  const signers = new Set(lines.map(({ metadata }) => parseEnvelope(asRecord(metadata).signature)?.header.kid));
  const listed = new Map<string, Receipt['keys'][number]>();
  for (const { key, actor } of keys) {
    const { role, id } = actor;
    const kid = await thumbprint(key);
    if (role === 'client' && signers.has(kid))
      listed.set(`${kid} ${id}`, { key: pickPublic(key), actor: { role, id } });
  }
  return [...listed.values()];
}
