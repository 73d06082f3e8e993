import type { VisitCommand, VisitEvent } from '../messages/index.ts';
import type { Policy } from '../visit/policy.ts';
import type { Issue, StandardIssue } from './issues.ts';
import * as parse from './parse.ts';
import * as policy from './policy.ts';

/**
 * The property of a parser that makes it a [Standard Schema](https://standardschema.dev), version 1: hand the
 * function itself to a library that takes one, such as the validators of Hono, tRPC or TanStack Form. `InferInput` and
 * `InferOutput` are both the type of the message; JSON text is read, too.
 *
 * @since 0.8.0
 */
export type StandardParser<T> = {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'auxilio';
    readonly validate: (
      value: unknown,
    ) => { readonly value: T; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };
    readonly types?: { readonly input: T; readonly output: T };
  };
};

/** `/data/photos/0` as `['data', 'photos', 0]`. */
const segmentsOf = (path: string) =>
  path
    .split('/')
    .slice(1)
    .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment));

const toStandard = (issue: Issue): StandardIssue => {
  const path = segmentsOf(issue.path);
  return { ...issue, path, message: `${path.length === 0 ? 'message' : path.join('.')}: ${issue.code}` };
};

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

/** Makes a parser a Standard Schema; the function stays the same. */
function asSchema<T, P extends Parsed<T>>(parser: (input: unknown) => P): ((input: unknown) => P) & StandardParser<T> {
  const validate = (value: unknown) => {
    const parsed = parser(value);
    return parsed.ok ? { value: parsed.value } : { issues: parsed.issues.map(toStandard) };
  };
  return Object.assign(parser, { '~standard': Object.freeze({ version: 1, vendor: 'auxilio', validate } as const) });
}

/**
 * Reads a command from JSON text or from a value. Never throws, never changes the input, and gives a fresh object:
 * keys in the order of the protocol, strings in NFC, instants in UTC with milliseconds. Absent is absent: a field that
 * is `undefined` is refused. Of two keys of one name in a text the last one counts, as in `JSON.parse`. A refusal has at
 * most 20 issues, with codes and paths. It is a Standard Schema (`StandardParser`).
 *
 * @example
 * ```ts
 * import { explainIssue, parseCommand } from 'auxilio/wire';
 *
 * const parsed = parseCommand('{ "type": "StartWork", "data": { "visitId": "v-1" } }');
 * if (parsed.ok) console.log(parsed.value);
 * else for (const issue of parsed.issues) console.log(issue.path, explainIssue(issue, 'en'));
 * ```
 * @since 0.1.0
 */
export const parseCommand = /* @__PURE__ */ asSchema<VisitCommand, parse.ParsedCommand>(parse.parseCommand);

/**
 * Reads an event from JSON text or from a value, and brings it to the current schema version. Never throws, never
 * changes the input, and gives a fresh object as `parseCommand` does; keys that a host added to `metadata` are kept as
 * they are. An event of a later time (`unknown`) is refused, but is no error of the log. It is a Standard Schema.
 *
 * @since 0.1.0
 */
export const parseEvent = /* @__PURE__ */ asSchema<VisitEvent, parse.ParsedEvent>(parse.parseEvent);

/**
 * Reads a host's policy from JSON text or from a value, as `parseCommand` reads a command: never throws, never changes
 * the input, gives a fresh object, and reports errors as issues. Unknown keys and thresholds, rules that cannot be
 * waived and time zones that do not exist are refused; texts come out in NFC. It is a Standard Schema.
 *
 * @since 0.5.0
 */
export const parsePolicy = /* @__PURE__ */ asSchema<Policy, policy.ParsedPolicy>(policy.parsePolicy);
