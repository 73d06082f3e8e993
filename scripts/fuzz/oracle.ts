import { isDeepStrictEqual } from 'node:util';
import {
  commandSchemas,
  eventSchemas,
  type Issue,
  type IssueCode,
  LIMITS,
  parseCommand,
  parseEvent,
} from 'auxilio/wire';
import { faultOfAct, faultOfFold } from './core.ts';
import { fieldNames, fieldWords } from './fields.ts';

const shared: readonly object[] = [Object.prototype, Array.prototype, Function.prototype, String.prototype];

const keysOfAll = () => shared.reduce((count, owner) => count + Reflect.ownKeys(owner).length, 0);
const before = keysOfAll();

/** Says so when a prototype has other keys than when this was loaded. */
export function touchedGlobal(): string | undefined {
  return keysOfAll() === before ? undefined : 'a prototype was touched';
}

const UNFIT = /\p{Cc}|\p{Cs}|\p{Bidi_C}/u;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** True if a value equals the JSON: the same keys and items, texts in NFC, instants in UTC. */
function isReadAs(json: unknown, value: unknown): boolean {
  if (typeof json === 'string') return typeof value === 'string' && isTextAs(json, value);
  if (typeof json !== 'object' || json === null) return value === json;
  if (typeof value !== 'object' || value === null || Array.isArray(json) !== Array.isArray(value)) return false;
  const keys = Reflect.ownKeys(json);
  const isSameKey = (key: string | symbol) =>
    Object.hasOwn(value, key) && isReadAs(Reflect.get(json, key), Reflect.get(value, key));
  return keys.length === Reflect.ownKeys(value).length && keys.every(isSameKey);
}

function isTextAs(given: string, read: string): boolean {
  if (read === given || read === given.normalize('NFC')) return true;
  return INSTANT.test(read) && Date.parse(read) === Date.parse(given);
}

/** True if every text within is in NFC and free of control characters, bidi marks and lone surrogates. */
function isNormal(value: unknown): boolean {
  if (typeof value === 'string') return !UNFIT.test(value) && value.normalize('NFC') === value;
  return typeof value !== 'object' || value === null || Object.values(value).every(isNormal);
}

const codes: Readonly<Record<IssueCode, true>> = {
  'too-large': true,
  'invalid-json': true,
  'not-json': true,
  'not-finite': true,
  cyclic: true,
  unreadable: true,
  'too-deep': true,
  'too-many-nodes': true,
  'too-many-keys': true,
  'too-many-items': true,
  'too-few-items': true,
  missing: true,
  'unrecognized-key': true,
  'invalid-type': true,
  'invalid-value': true,
  'unknown-type': true,
  'newer-version': true,
  'invalid-id': true,
  'invalid-instant': true,
  'invalid-sha256': true,
  'invalid-signature': true,
  'null-character': true,
  'control-character': true,
  'bidi-character': true,
  repeated: true,
  'lone-surrogate': true,
  'too-many-marks': true,
  blank: true,
  'too-long': true,
  'too-small': true,
  'too-big': true,
  'too-precise': true,
  'not-ascending': true,
  'too-many-issues': true,
};

/** Every code that an issue can carry; the compiler knows when one is missing. */
export const issueCodes: ReadonlySet<string> = new Set(Object.keys(codes));

/** The classification of a text. */
export type Outcome = 'command' | 'event' | 'refused';

/** The classification of a text, and the fault of the results for it, if any. */
export type Judgement = {
  readonly outcome: Outcome;
  /** The type that was accepted, or the codes of the issues. */
  readonly said: readonly string[];
  readonly fault?: string;
};

type Parsed = ReturnType<typeof parseCommand> | ReturnType<typeof parseEvent>;

/**
 * Gives a text to both parsers, and what they accept to the core. At fault is a throw; an accepted value that is not
 * what the text says, in its normal form, that JSON changes, or that is refused or changed when parsed again; an answer
 * that the plain schema does not share; an issue with a word that is not ours; a prototype that was touched; and what
 * the core must not do.
 */
export function faultOf(text: string): Judgement {
  const [event, command] = [faultOfEvent(text), faultOfCommand(text)];
  const outcome = command.outcome === 'refused' ? event.outcome : command.outcome;
  return judged(outcome, [...event.said, ...command.said], event.fault ?? command.fault);
}

/** As {@link faultOf}, of events alone. */
export const faultOfEvent = (text: string): Judgement =>
  guarded(() => {
    const parsed = parseEvent(text);
    if (!parsed.ok) return refusal(text, parsed.issues, eventSchemas);
    const fault = faultOfParsed(text, parsed, parseEvent, eventSchemas) ?? faultOfFold(parsed.value);
    return judged('event', [parsed.value.type], fault ?? touchedGlobal());
  });

/** As {@link faultOf}, of commands alone. */
export const faultOfCommand = (text: string): Judgement =>
  guarded(() => {
    const parsed = parseCommand(text);
    if (!parsed.ok) return refusal(text, parsed.issues, commandSchemas);
    const fault = faultOfParsed(text, parsed, parseCommand, commandSchemas) ?? faultOfAct(parsed.value);
    return judged('command', [parsed.value.type], fault ?? touchedGlobal());
  });

const refusal = (text: string, issues: readonly Issue[], schemas: object): Judgement =>
  judged(
    'refused',
    issues.map(({ code }) => code),
    faultOfRefusal(text, issues, schemas) ?? touchedGlobal(),
  );

const judged = (outcome: Outcome, said: readonly string[], fault: string | undefined): Judgement =>
  fault === undefined ? { outcome, said } : { outcome, said, fault };

function guarded(judge: () => Judgement): Judgement {
  try {
    return judge();
  } catch (error) {
    return judged('refused', [], `threw ${error instanceof Error ? error.stack : error}`);
  }
}

function faultOfParsed(
  text: string,
  parsed: Parsed & { ok: true },
  parse: (input: unknown) => Parsed,
  schemas: object,
): string | undefined {
  const written = JSON.stringify(parsed.value);
  if (!isDeepStrictEqual(JSON.parse(written), parsed.value)) return 'what was accepted is changed by JSON';
  for (const input of [written, parsed.value]) {
    const again = parse(input);
    if (!again.ok) return 'what was accepted is refused when parsed again';
    if (JSON.stringify(again.value) !== written) return 'what was accepted is changed when parsed again';
  }
  if (!isReadAs(JSON.parse(text), parsed.value)) return 'accepted, but something was lost, added or changed';
  if (!isNormal(parsed.value.data)) return 'accepted, but not in the normal form';
  const plainly = interpreted(text, schemas);
  if (plainly === undefined) return 'accepted, but not by the schema';
  return isDeepStrictEqual(plainly, parsed.value) ? undefined : 'the schema gives another value';
}

/** `undefined` when it is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Parses a text by the schema of its type, without limits and without compiled code. */
function interpreted(text: string, schemas: object): unknown {
  const json = jsonOf(text);
  const { type } = Object(json);
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) return undefined;
  return Reflect.get(schemas, type).safeParse(json).data;
}

/** Why a text that its schema would let in may be refused all the same. */
const limits: readonly IssueCode[] = [
  'too-large',
  'too-deep',
  'too-many-nodes',
  'too-many-keys',
  'too-many-items',
  'too-long',
  'lone-surrogate',
  'not-finite',
  'unrecognized-key',
  'too-many-issues',
];

function faultOfRefusal(text: string, issues: readonly Issue[], schemas: object): string | undefined {
  if (issues.length === 0) return 'refused without an issue';
  if (issues.length > LIMITS.issues + 1) return 'more issues than are reported';
  const foreign = issues.find((issue) => !isOurs(issue));
  if (foreign !== undefined) return `an issue repeats its input: ${JSON.stringify(foreign)}`;
  const isByLimit = issues.every(({ code }) => limits.includes(code));
  return isByLimit || interpreted(text, schemas) === undefined ? undefined : 'refused, but not by the schema';
}

const segment = (text: string): boolean =>
  /^\d{1,4}$/.test(text) ? Number(text) < LIMITS.items : fieldNames.has(text);

const details: readonly string[] = [
  'path',
  'code',
  'key',
  'allowed',
  'nearest',
  'expected',
  'limit',
] satisfies (keyof Issue)[];

const isWord = (word: string) => fieldNames.has(word) || fieldWords.has(word);

/**
 * True if an issue consists of field names, indexes, a code and our words: nothing of the input but a key that is spelt like a field name.
 */
function isOurs({ path, code, key = 'at', allowed = [], nearest = 'at', ...rest }: Issue): boolean {
  const [root, ...segments] = path.split('/');
  const words = [...allowed, nearest];
  return (
    Object.keys(rest).every((name) => details.includes(name)) &&
    root === '' &&
    segments.every(segment) &&
    issueCodes.has(code) &&
    words.every(isWord) &&
    /^[a-z][A-Za-z_-]{0,31}\d{0,2}$/.test(key)
  );
}
