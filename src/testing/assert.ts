import { differences, shown } from './diff.ts';

/**
 * A violation of the port by a store: the expected and the actual result.
 *
 * @since 0.4.0
 */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

export function fail(...lines: readonly string[]): never {
  throw new ConformanceError(lines.join('\n'));
}

export function ensure(holds: boolean, ...lines: readonly string[]): void {
  if (!holds) fail(...lines);
}

/** Equal in every field, to the type: `1n` is not `1`, and an undefined field is not an absent one. */
export function same(expected: unknown, actual: unknown, what: string): void {
  const different = differences(expected, actual);
  if (different.length === 0) return;
  const more = different.length > 10 ? [`and ${different.length - 10} more`] : [];
  fail(what, ...different.slice(0, 10), ...more);
}

/** Equal in those fields that are expected. */
export function sameFields(expected: object, actual: unknown, what: string): void {
  same(expected, fieldsOf(actual, expected), what);
}

/** The fields of a value that are expected, as far as it has them. */
function fieldsOf(actual: unknown, expected: object): object {
  const found = typeof actual === 'object' && actual !== null ? actual : {};
  const picked = Object.keys(expected).filter((key) => key in found);
  return Object.fromEntries(picked.map((key) => [key, Reflect.get(found, key)]));
}

/** Asserts equal texts; the message shows characters other than ASCII by their codes, since many look alike. */
export function sameText(expected: string, actual: unknown, what: string): void {
  if (expected === actual) return;
  if (typeof actual !== 'string') fail(what, `expected the text ${excerpt(expected, 0)}, got ${shown(actual)}`);
  let same = 0;
  while (same < expected.length && expected[same] === actual[same]) same += 1;
  const from = Math.max(0, same - 40);
  fail(what, `expected ${excerpt(expected, from)}`, `got      ${excerpt(actual, from)}`);
}

function excerpt(text: string, from: number): string {
  const part = text.slice(from, from + 100);
  return `${from > 0 ? '...' : ''}"${ascii(part)}"${from + part.length < text.length ? '...' : ''}`;
}

export function ascii(text: string): string {
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Returns what `work` throws or rejects with; fails if it does neither. */
export async function errorOf(work: Promise<unknown> | (() => unknown), what: string): Promise<unknown> {
  let answer: unknown;
  try {
    answer = await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return error;
  }
  return fail(what, `expected a refusal, got the answer ${shown(answer)}`);
}

/** Asserts that `work` is refused with an error of those fields. */
export async function refused(
  work: Promise<unknown> | (() => unknown),
  fields: Readonly<Record<string, unknown>>,
  what: string,
): Promise<void> {
  const error = await errorOf(work, what);
  const different = differences(fields, fieldsOf(error, fields), 'error');
  if (different.length > 0) fail(what, ...different, `the error is ${String(error)}`);
}
