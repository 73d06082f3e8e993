import { mustBe, mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { CommandType, Instant } from '../messages/index.ts';
import { isObject } from '../util/json.ts';
import { isTimeZone } from '../util/time-zone.ts';
import { toInstant } from '../wire/instant.ts';
import { exceedsBytes, LIMITS } from '../wire/limits.ts';
import { filled } from '../words/slots.ts';
import { acts } from './acts.ts';
import type { EnteredData } from './entered.ts';
import { entriesOf, type FormValues } from './entries.ts';
import { mustBeWords, shapesOf } from './form-of.ts';
import type { FieldProblem, FieldProblemCode } from './problem.ts';
import { readFields } from './read-fields.ts';
import { invalid } from './read-value.ts';
import type { FormWords } from './words.ts';

/** Options of {@link readForm}, {@link valuesOf} and {@link describeData}. @since 0.5.0 */
export type FormOptions = {
  /** IANA time zone of times without an offset; `America/Costa_Rica` by default. */
  readonly timeZone?: string;
  /** The present. With it, a time at which something happened is a problem if it is later; without, none is. */
  readonly now?: Instant;
};

/** The data of the act, apart from those of the host; or the problems with what was entered. @since 0.5.0 */
export type FormResult<T extends CommandType = CommandType> =
  | { readonly ok: true; readonly data: EnteredData<T> }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** The zone of the default policy. */
const costaRica = 'America/Costa_Rica';

/** The time zone of options; refuses unknown options and zones. */
export function zoneOf(what: string, options: FormOptions): string {
  mustKnowKeys(what, options, { timeZone: 0, now: 0 } satisfies Record<keyof FormOptions, 0>);
  const { timeZone = costaRica, now } = options;
  // Asking for one takes as long as drawing a form.
  mustBe(timeZone === costaRica || isTimeZone(timeZone), `${what} takes timeZone, an IANA time zone`, timeZone);
  mustBe(now === undefined || toInstant(now) !== null, `${what} takes now, an instant`, now);
  return timeZone;
}

/**
 * Reads what a person entered in the form of an act: the data of its command, to which the host adds its own
 * ({@link HostField}), or the problems by field, in words. Texts are trimmed, without control and bidirectional marks;
 * what is blank is absent. Fields whose condition fails are not read. `parseCommand` takes what it answers; the rules are asked by
 * `decide` alone.
 *
 * @throws TypeError for a type of command, an option or a time zone that is not known
 * @since 0.5.0
 */
export function readForm<T extends CommandType>(
  command: T,
  values: FormValues,
  words: FormWords,
  options: FormOptions = {},
): FormResult<T> {
  mustKnow('command', command, Object.keys(acts));
  mustBeWords('readForm', words);
  const timeZone = zoneOf('readForm', options);
  const problems = new Map<string, FieldProblem>();
  const note = (name: string, code: FieldProblemCode, limit?: number): typeof invalid => {
    problems.set(`${name} ${code}`, { name, code, message: filled(words.problems[code], () => `${limit ?? ''}`) });
    return invalid;
  };
  const entries = entriesOf(values);
  const now = options.now === undefined ? null : toInstant(options.now);
  const data = readFields(shapesOf(command), '', { entries, words, timeZone, now, note });
  if (entries.isCut || isTooLarge(data)) note('', 'too-large');
  return problems.size > 0
    ? { ok: false, problems: [...problems.values()] }
    : { ok: true, data: data as EnteredData<T> };
}

/** Bytes and values that the host's part of a command may take: its metadata, and the data of {@link HostField}. */
const ofHost = { bytes: 12 * 1024, nodes: 32 };

/** True if the data would make a command larger than `parseCommand` takes. */
const isTooLarge = (data: object): boolean =>
  exceedsBytes(JSON.stringify(data), LIMITS.commandBytes - ofHost.bytes) || nodesOf(data) > LIMITS.nodes - ofHost.nodes;

const nodesOf = (value: unknown): number =>
  isObject(value) ? Object.values(value).reduce((nodes: number, one) => nodes + nodesOf(one), 1) : 1;
