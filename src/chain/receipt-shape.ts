import type { Actor, AttestedFact, ChainHead, Id, Instant, Sha256, WhoseWord } from '../messages/index.ts';
import { asArray, asRecord, isObject, parseJson } from '../util/json.ts';
import type { PublicActKey } from './act-keys.ts';
import { isSha256 } from './entries.ts';
import { factEvents } from './fact-events.ts';

/** The format of a receipt, with its version. */
export const FORMAT = 'auxilio-receipt-1';

/** A line of a receipt: an event of the log, with its content only where the client may read all of it. @since 0.10.0 */
export type ReceiptLine = {
  /** Its place in the log, from 1. */
  readonly version: number;
  readonly hash: Sha256;
  /** The hash of the line before; null at the beginning. */
  readonly previousHash: Sha256 | null;
  /** The type of its event, where a fact rests on it or its content is shown. */
  readonly type?: string;
  /** Its content, from which the hash can be computed; with its `type`. */
  readonly data?: object;
  /** The metadata of the event, without its hash. */
  readonly metadata?: object;
};

/** A fact that stood, whose word it was, and the lines that say so. @since 0.10.0 */
export type ReceiptFact = {
  readonly fact: AttestedFact;
  readonly recorded: Instant;
  /** The line that made it. */
  readonly version: number;
  readonly word: WhoseWord;
  /** The line with the client's last word on it; null without one. */
  readonly said: number | null;
};

/** A document that a client keeps: what stood in the log of their visit, and the lines that it rests on. @since 0.10.0 */
export type Receipt = {
  readonly format: typeof FORMAT;
  readonly visitId: Id;
  /** The number of events of the log, and the hash of the last. */
  readonly head: ChainHead;
  readonly facts: readonly ReceiptFact[];
  /** A line for each event of the log. */
  readonly lines: readonly ReceiptLine[];
  /** The keys that signed the client's lines. */
  readonly keys: readonly { readonly key: PublicActKey; readonly actor: Actor }[];
};

/** The reason why a document is no receipt, and the field (a JSON pointer) that shows it. @since 0.10.0 */
export type ReceiptRefusal = {
  readonly ok: false;
  readonly reason: 'not-a-receipt' | 'newer-version' | 'too-large';
  readonly at: string;
};

/** Most characters of a receipt, and most lines and levels of it. */
const LONGEST = 1 << 22;
const MOST_LINES = 20_000;
const DEEPEST = 64;

/** Parses a receipt, a text or a value. What it answers is a copy. */
export function parseReceipt(input: unknown): { readonly ok: true; readonly receipt: Receipt } | ReceiptRefusal {
  const text = typeof input === 'string' ? input : writeJson(input);
  if (text.length > LONGEST) return { ok: false, reason: 'too-large', at: '' };
  const value = parseJson(text);
  const { format, lines } = asRecord(value);
  if (typeof format === 'string' && format !== FORMAT && /^auxilio-receipt-\d{1,9}$/.test(format))
    return { ok: false, reason: 'newer-version', at: '/format' };
  if (asArray(lines).length > MOST_LINES) return { ok: false, reason: 'too-large', at: '/lines' };
  const at = findFault(value, '') ?? isReceipt(value, '');
  return at === null ? { ok: true, receipt: value as Receipt } : { ok: false, reason: 'not-a-receipt', at };
}

function writeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}

/** Finds a text with a null character, the key `__proto__`, or too many levels. */
function findFault(value: unknown, at: string, depth = 0): string | null {
  if (typeof value === 'string') return value.includes('\0') ? at : null;
  if (!isObject(value)) return null;
  if (depth === DEEPEST) return at;
  for (const [key, item] of Object.entries(value)) {
    const place = `${at}/${escapeKey(key)}`;
    if (key === '__proto__' || key.includes('\0')) return at;
    const found = findFault(item, place, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

const escapeKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

/** Answers the place of the first fault of a value; null for one that has the shape. */
type Shape = (value: unknown, at: string) => string | null;

const when =
  (test: (value: unknown) => boolean): Shape =>
  (value, at) =>
    test(value) ? null : at;

const list =
  (item: Shape, most: number): Shape =>
  (value, at) => {
    if (!Array.isArray(value) || value.length > most) return at;
    for (const [index, one] of value.entries()) {
      const found = item(one, `${at}/${index}`);
      if (found !== null) return found;
    }
    return null;
  };

/** An object with these fields and no other; a name that ends in `?` may be missing. */
const record = (fields: Readonly<Record<string, Shape>>): Shape => {
  const names = Object.keys(fields).map((name) => name.replace('?', ''));
  return (value, at) => {
    if (!isObject(value) || Array.isArray(value)) return at;
    const other = Object.keys(value).find((key) => !names.includes(key));
    if (other !== undefined) return `${at}/${escapeKey(other)}`;
    for (const [name, shape] of Object.entries(fields)) {
      const key = name.replace('?', '');
      if (name !== key && !Object.hasOwn(value, key)) continue;
      const found = shape(asRecord(value)[key], `${at}/${key}`);
      if (found !== null) return found;
    }
    return null;
  };
};

const isText = (most: number) => when((value) => typeof value === 'string' && value !== '' && value.length <= most);
const isVersion = (value: unknown) => Number.isSafeInteger(value) && Number(value) > 0;
const isPlain = (value: unknown) => isObject(value) && !Array.isArray(value);
const words: readonly unknown[] = ['denied', 'client', 'both', 'provider', 'contact-center'] satisfies WhoseWord[];

const isReceipt = record({
  format: when((value) => value === FORMAT),
  visitId: isText(128),
  head: record({ count: when(isVersion), hash: when(isSha256) }),
  facts: list(
    record({
      fact: when((value) => typeof value === 'string' && Object.hasOwn(factEvents, value)),
      recorded: isText(64),
      version: when(isVersion),
      word: when((value) => words.includes(value)),
      said: when((value) => value === null || isVersion(value)),
    }),
    Object.keys(factEvents).length,
  ),
  lines: list(
    record({
      version: when(isVersion),
      hash: when(isSha256),
      previousHash: when((value) => value === null || isSha256(value)),
      'type?': isText(128),
      'data?': when(isPlain),
      'metadata?': when(isPlain),
    }),
    MOST_LINES,
  ),
  keys: list(
    record({
      key: record({ kty: isText(8), crv: isText(16), x: isText(128), y: isText(128) }),
      actor: record({ role: when((value) => value === 'client'), id: isText(128) }),
    }),
    64,
  ),
});
