import { parseJson } from '../util/json.ts';

/** A value of a JSON text: the line where it begins, from 1, and its text. */
type JsonValue = { readonly line: number; readonly text: string };

/** The key under which an envelope has its events. */
const EVENTS = 'events';

/** The most levels of which the brackets are kept: more than an array of envelopes has down to its events. */
const KEPT = 8;

/**
 * The values of a JSON text other than NDJSON: printed over several lines, one after the other; the items of an array;
 * the events of an envelope, `{ "events": [ … ] }`, alone or in an array. Reads it chunk by chunk without parsing:
 * invalid JSON is returned unchanged. Holds one value at a time, and only the beginning of a long one.
 */
export async function* jsonValuesIn(texts: AsyncIterable<string>, longest: number): AsyncGenerator<JsonValue> {
  const scanner = new Scanner(longest);
  for await (const text of texts) yield* scanner.read(text);
  yield* scanner.end();
}

/** The effect of a character: it ends the value with or before itself, or shows that it is an envelope; undefined: it goes on. */
type Step = 'end' | 'end before' | 'envelope' | undefined;

class Scanner {
  private readonly longest: number;
  /** The brackets that are open; of those further in only the number is kept. */
  private readonly open: string[] = [];
  private deeper = 0;
  /** The depth of the value that is read; -1 between values. */
  private base = -1;
  /** The depth of the events of an envelope. */
  private eventsDepth = -1;
  private line = 1;
  private begin = 1;
  private value = '';
  private inText = false;
  private isEscaped = false;
  /** The last text, as far as it may be the key. */
  private key = '';

  constructor(longest: number) {
    this.longest = longest;
  }

  *read(text: string): Generator<JsonValue> {
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text.charAt(at);
      if (character === '\n') this.line += 1;
      if (this.inText) {
        this.readText(character);
        continue;
      }
      if (this.base < 0) from = at;
      const step = this.step(character);
      if (step === 'envelope') this.value = '';
      if (step !== 'end' && step !== 'end before') continue;
      yield this.taken(text.slice(from, step === 'end' ? at + 1 : at));
    }
    if (this.base >= 0) this.keep(text.slice(from));
  }

  *end(): Generator<JsonValue> {
    if (this.base >= 0) yield this.taken('');
  }

  private readText(character: string): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (character === '\\') this.isEscaped = true;
    else if (character === '"') this.inText = false;
    else if (this.key.length <= EVENTS.length) this.key += character;
  }

  private step(character: string): Step {
    if (character === '"') {
      this.inText = true;
      this.key = '';
    }
    const isOpening = character === '{' || character === '[';
    return this.base < 0 ? this.stepBetween(character, isOpening) : this.stepWithin(character, isOpening);
  }

  private stepBetween(character: string, isOpening: boolean): Step {
    const { open } = this;
    const isContainer = character === '[' && open.length === 0;
    if (this.mayBegin() && !isContainer && !/[\s,:\]}]/.test(character)) {
      this.base = this.depth();
      this.begin = this.line;
    }
    if (isOpening) this.push(character);
    else if (character === '}' || character === ']') this.close();
    return undefined;
  }

  private stepWithin(character: string, isOpening: boolean): Step {
    const { open, base } = this;
    if (isOpening) {
      const isEnvelope = character === '[' && this.depth() === base + 1 && open[base] === '{' && this.key === EVENTS;
      this.push(character);
      if (!isEnvelope) return undefined;
      this.base = -1;
      this.eventsDepth = this.depth();
      return 'envelope';
    }
    const isClosing = character === '}' || character === ']';
    const isScalarOver = this.depth() === base && (isClosing || character === ',' || character === '\n');
    if (isClosing) this.close();
    if (isScalarOver) return 'end before';
    return isClosing && this.depth() === base ? 'end' : undefined;
  }

  private depth(): number {
    return this.open.length + this.deeper;
  }

  private push(character: string): void {
    if (this.open.length < KEPT) this.open.push(character);
    else this.deeper += 1;
  }

  private close(): void {
    if (this.deeper > 0) this.deeper -= 1;
    else this.open.pop();
    if (this.depth() < this.eventsDepth) this.eventsDepth = -1;
  }

  /** A value stands alone, in the array that is the whole, or among the events of an envelope. */
  private mayBegin(): boolean {
    const depth = this.depth();
    return depth === 0 || (depth === 1 && this.open[0] === '[') || depth === this.eventsDepth;
  }

  private keep(text: string): void {
    if (this.value.length < this.longest) this.value += text.slice(0, this.longest);
  }

  private taken(rest: string): JsonValue {
    this.keep(rest);
    const { begin: line, value: text } = this;
    this.value = '';
    this.base = -1;
    return { line, text };
  }
}

/**
 * True if a log is such a text and not NDJSON, by its beginning: an array, an object over several lines, or an
 * envelope.
 */
export function isJsonText(beginning: string): boolean {
  // A byte order mark is white space.
  const text = beginning.trimStart();
  if (text.startsWith('[')) return true;
  if (!text.startsWith('{')) return false;
  const feed = text.indexOf('\n');
  const first = feed < 0 ? text : text.slice(0, feed);
  const whole = parseJson(first) as Readonly<Record<string, unknown>> | undefined;
  if (whole !== undefined) return Array.isArray(whole[EVENTS]) && whole.type === undefined;
  // A line that is longer than the beginning, or an object that goes on with a key on the next line.
  if (feed < 0) return /^\{[^{]{0,200}"events"\s{0,9}:\s{0,9}\[/.test(first);
  return first.trim() === '{' ? /^\s*["}]/.test(text.slice(feed)) : /^\s+"/.test(text.slice(feed));
}
