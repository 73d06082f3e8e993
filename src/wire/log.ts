import { mustBe } from '../kernel/known.ts';
import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import { yieldIfDue } from '../util/slices.ts';
import type { Issue } from './issues.ts';
import { parseCommand, parseEvent } from './parse.ts';

/**
 * A line of a log: its number, from 1, and its content. An unreadable line keeps its text, code unit for code unit, and
 * has `unknown` if it is an event of a newer release.
 *
 * @since 0.1.0
 */
export type ParsedLine<T> =
  | { readonly line: number; readonly ok: true; readonly value: T }
  | {
      readonly line: number;
      readonly ok: false;
      readonly issues: readonly Issue[];
      readonly unknown?: true;
      readonly text: string;
    };

/**
 * Lines of text, with or without their ends, in order. A whole text is taken too. The parts of a file are not its lines:
 * `linesOf` of `auxilio/logs` makes them so. Bytes, or anything but a text, are refused with a TypeError.
 *
 * @since 0.1.0
 */
export type Lines = AsyncIterable<string> | Iterable<string>;

/**
 * Reads a log of events, one JSON text a line. Blank lines are skipped and counted, a byte order mark before the first
 * is ignored, lines may end in CRLF; a bad line never stops the rest. Throws only errors of `lines` itself, and a
 * TypeError for a line that is not a text. Holds one line at a time.
 *
 * @since 0.1.0
 */
export const parseLog = (lines: Lines): AsyncIterable<ParsedLine<VisitEvent>> => parseLines(lines, parseEvent);

/**
 * Reads a list of commands, one JSON text a line, as `parseLog` reads events.
 *
 * @since 0.1.0
 */
export const parseCommands = (lines: Lines): AsyncIterable<ParsedLine<VisitCommand>> => parseLines(lines, parseCommand);

/** The lines of a text, or those that come one by one. */
export function readLines(lines: Lines): Lines {
  mustBeNoPath(lines);
  if (typeof lines === 'string') return splitLines(lines);
  const isIterable = Symbol.asyncIterator in Object(lines) || Symbol.iterator in Object(lines);
  mustBe(isIterable, 'A log is a text, or its lines as an array or another iterable', lines);
  return lines;
}

/** The lines of a text, one by one: to split a long one takes long. */
function* splitLines(text: string): Generator<string> {
  let from = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    yield text.slice(from, end);
    from = end + 1;
  }
  yield text.slice(from);
}

/** Refuses a line that is not a text: a stream of Node, whose parts are bytes, compiles as lines. */
export function mustBeLine(given: unknown): string {
  if (typeof given === 'string') return given;
  throw new TypeError('a line is a text; linesOf (auxilio/logs) makes lines of the bytes or parts of a file');
}

type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly Issue[]; readonly unknown?: true };

const BLANK = /^[ \t\r\n]*$/;

async function* parseLines<T>(lines: Lines, parse: (text: string) => Result<T>): AsyncGenerator<ParsedLine<T>> {
  let line = 0;
  for await (const given of readLines(lines)) {
    const text = mustBeLine(given);
    const due = yieldIfDue();
    if (due !== undefined) await due;
    line += 1;
    const json = line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
    if (BLANK.test(json)) continue;
    const result = parse(json);
    yield result.ok ? { line, ...result } : { line, ...result, text };
  }
}

/** True for a text that is the path of a file, and not what stands in one. */
const isFilePath = (text: string): boolean =>
  text.length <= 4096 && !/[\n{]/.test(text) && /\.(?:ndjson|jsonl?|csv|txt|log|xlsx)$/i.test(text);

/** Refuses the path of a file in place of its text. */
export function mustBeNoPath(given: unknown): void {
  if (typeof given !== 'string' || !isFilePath(given)) return;
  throw new TypeError(
    `Takes the text of a file or its parts, not its path; got ${given.slice(-100)}. In Node: linesOf(createReadStream(path))`,
  );
}
