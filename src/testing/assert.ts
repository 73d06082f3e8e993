import { mustBe } from '../kernel/known.ts';

/** Lists the differences of two JSON values, one a line: the path, the expected and the actual value. Empty if they are equal. */
export function differences(expected: unknown, actual: unknown, path = ''): readonly string[] {
  if (Object.is(expected, actual)) return [];
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const longer = expected.length > actual.length ? expected : actual;
    return [...longer.keys()].flatMap((index) => differencesAt(expected, actual, index, `${path}[${index}]`));
  }
  if (isRecord(expected) && isRecord(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => differencesAt(expected, actual, key, path === '' ? key : `${path}.${key}`));
  }
  return [`${path === '' ? 'the value' : path}: expected ${show(expected)}, got ${show(actual)}`];
}

function differencesAt(expected: object, actual: object, key: string | number, path: string): readonly string[] {
  const [wanted, found] = [Reflect.get(expected, key), Reflect.get(actual, key)];
  if (!Object.hasOwn(actual, key)) return [`${path}: expected ${show(wanted)}, got nothing`];
  if (!Object.hasOwn(expected, key)) return [`${path}: expected nothing, got ${show(found)}`];
  return differences(wanted, found, path);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Date) return `a Date, ${String(value)}`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  const text = JSON.stringify(value, bigintsAsText) ?? String(value);
  const length = typeof value === 'string' ? ` (${value.length} characters)` : '';
  return text.length > 120 ? `${text.slice(0, 117)}...${length}` : text;
}

const bigintsAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value);

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
  same(expected, pickFields(actual, expected), what);
}

/** The fields of a value that are expected, as far as it has them. */
function pickFields(actual: unknown, expected: object): object {
  const found = typeof actual === 'object' && actual !== null ? actual : {};
  const picked = Object.keys(expected).filter((key) => key in found);
  return Object.fromEntries(picked.map((key) => [key, Reflect.get(found, key)]));
}

/** Asserts equal texts; the message shows characters other than ASCII by their codes, since many look alike. */
export function sameText(expected: string, actual: unknown, what: string): void {
  if (expected === actual) return;
  if (typeof actual !== 'string') fail(what, `expected the text ${excerpt(expected, 0)}, got ${show(actual)}`);
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
  return fail(what, `expected a refusal, got the answer ${show(answer)}`);
}

/** Asserts that `work` is refused with an error of those fields. */
export async function refuses(
  work: Promise<unknown> | (() => unknown),
  fields: Readonly<Record<string, unknown>>,
  what: string,
): Promise<void> {
  const error = await errorOf(work, what);
  const different = differences(fields, pickFields(error, fields), 'error');
  if (different.length > 0) fail(what, ...different, `the error is ${String(error)}`);
}

/** Refuses a subject that lacks a function which is looked at. */
export function mustHave<T extends object>(what: string, subject: T, names: readonly (keyof T & string)[]): void {
  const expected = `${what} takes { ${names.join(', ')} }, each a function`;
  for (const name of names) mustBe(typeof subject?.[name] === 'function', expected, subject);
}

/** A case of a suite, for a test of its own. */
export type SuiteCase = {
  /** Unique in the suite: the subject, then what must hold. */
  readonly name: string;
  /** Why it does not run, as `not claimed: feed` or `needs expired`; false when it runs. */
  readonly skip: false | string;
  /**
   * Prepares the subject, tests it, and discards it. Rejects with the expected and the actual result.
   *
   * A case that does not run is skipped through the context that vitest and node:test hand to a test. Elsewhere it
   * rejects, so that it never counts as passed: check `skip` first.
   */
  readonly run: (context?: unknown) => Promise<void>;
};

export function suiteCase(name: string, skip: false | string, test: () => Promise<void>): SuiteCase {
  // Without a parameter of its own, since a runner may take one for a callback that it must wait for.
  const run = async (...[context]: readonly unknown[]) => (skip === false ? test() : skipTest(skip, context));
  return { name, skip, run };
}

function skipTest(why: string, context: unknown): void {
  const { skip } = (context ?? {}) as { skip?: unknown };
  if (typeof skip === 'function') skip.call(context, why);
  else fail(`${why}: skip this case where its \`skip\` says so`);
}
