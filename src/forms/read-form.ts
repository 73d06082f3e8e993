import { mustBe, mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { CommandType, Instant, WaivableRule } from '../messages/index.ts';
import { isTimeZone } from '../util/instant.ts';
import { isObject } from '../util/json.ts';
import { toInstant } from '../wire/instant.ts';
import { exceedsBytes, LIMITS } from '../wire/limits.ts';
import { fillSlots } from '../words/slots.ts';
import { acts } from './acts.ts';
import type { EnteredData } from './entered.ts';
import { type FormValues, readEntries } from './entries.ts';
import type { Form, FormField } from './form.ts';
import { formOf, listShapes, mustBeWords, rowFields } from './form-of.ts';
import { readFields } from './read-fields.ts';
import { invalid } from './read-value.ts';
import type { FieldProblem, FieldProblemCode, FormWords, MissingField } from './words.ts';

/** Options of {@link readForm}, {@link valuesOf} and {@link describeData}. @since 0.5.0 */
export type FormOptions = {
  /** IANA time zone of times without an offset; `America/Costa_Rica` by default. */
  readonly timeZone?: string;
  /** The present. With it, a time at which something happened is a problem if it is later; without, none is. */
  readonly now?: Instant;
  /**
   * The waivers of the visit and of its policy, `[...state.waivers, ...policy.waive]`: a field that their rules ask for needs no
   * answer. None by default.
   * @since 0.6.0
   */
  readonly waivers?: readonly { readonly rule: WaivableRule }[];
};

/**
 * The data of the act, apart from those of the host; or the problems with what was entered. `problems` has a sentence for each field
 * that needs another value, in the order of the form, and `missing` those of these fields that were left blank.
 *
 * @since 0.5.0
 */
export type FormResult<T extends CommandType = CommandType> =
  | { readonly ok: true; readonly data: EnteredData<T> }
  | {
      readonly ok: false;
      readonly problems: readonly FieldProblem[];
      /** The fields that the act needs and that were left blank. @since 0.6.0 */
      readonly missing: readonly MissingField[];
    };

/** The zone of the default policy. */
const costaRica = 'America/Costa_Rica';

/** The time zone of options; refuses unknown options and zones. */
export function readZone(what: string, options: FormOptions): string {
  mustKnowKeys(what, options, { timeZone: 0, now: 0, waivers: 0 } satisfies Record<keyof FormOptions, 0>);
  const { timeZone = costaRica, now, waivers = [] } = options;
  // Asking for one takes as long as drawing a form.
  mustBe(timeZone === costaRica || isTimeZone(timeZone), `${what} takes timeZone, an IANA time zone`, timeZone);
  mustBe(now === undefined || toInstant(now) !== null, `${what} takes now, an instant`, now);
  mustBe(Array.isArray(waivers), `${what} takes waivers, a list of { rule }`, waivers);
  return timeZone;
}

/**
 * Reads what a person entered in the form of an act: the data of its command, to which the host adds its own
 * ({@link HostField}), or the problems by field, in words. Texts are trimmed, without control and bidirectional marks;
 * what is blank is absent. Fields whose condition fails are not read. `parseCommand` takes what it answers.
 *
 * A datum that was left blank is never judged: if the data are invalid without it, or a rule refuses the act without it, its field is
 * `missing`. All that was answered is for `decide` to judge, *no* where a rule asks for *yes* as well.
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
  const timeZone = readZone('readForm', options);
  const problems = new Map<string, FieldProblem>();
  const note = (name: string, code: FieldProblemCode, limit?: number): typeof invalid => {
    problems.set(`${name} ${code}`, { name, code, message: fillSlots(words.problems[code], () => `${limit ?? ''}`) });
    return invalid;
  };
  const entries = readEntries(values);
  const now = options.now === undefined ? null : toInstant(options.now);
  const waived = new Set<string>();
  for (const waiver of options.waivers ?? []) {
    mustKnow('waivable rule', waiver?.rule, Object.keys(words.codes.requirement));
    waived.add(waiver.rule);
  }
  const data = readFields(listShapes(command), '', { entries, words, timeZone, now, waived, note });
  if (entries.isCut || isTooLarge(data)) note('', 'too-large');
  if (problems.size === 0) return { ok: true, data: data as EnteredData<T> };
  const noted = [...problems.values()];
  return { ok: false, problems: noted, missing: missingIn(formOf(command, words), noted) };
}

/** The fields of a form whose problem is that they are blank. */
const missingIn = ({ fields }: Form, problems: readonly FieldProblem[]): readonly MissingField[] =>
  problems.flatMap(({ name, code }) => {
    const field = code === 'required' ? fieldAt(fields, name) : undefined;
    return field === undefined ? [] : { name, label: field.label, clauses: field.clauses };
  });

/** The field of a name; of a datum that the device fills in, the field that it is within. */
function fieldAt(fields: readonly FormField[], name: string): FormField | undefined {
  const field = fields.find((one) => name === one.name || name.startsWith(`${one.name}.`));
  if (field === undefined || field.name === name || !('fields' in field)) return field;
  const isRow = field.kind === 'rows' || field.kind === 'photographs';
  const within = isRow ? rowFields(field, Number.parseInt(name.slice(field.name.length + 1), 10)) : field.fields;
  return fieldAt(within, name) ?? field;
}

/** Bytes and values that the host's part of a command may take: its metadata, and the data of {@link HostField}. */
const ofHost = { bytes: 12 * 1024, nodes: 32 };

/** True if the data would make a command larger than `parseCommand` takes. */
const isTooLarge = (data: object): boolean =>
  exceedsBytes(JSON.stringify(data), LIMITS.commandBytes - ofHost.bytes) ||
  countNodes(data) > LIMITS.nodes - ofHost.nodes;

const countNodes = (value: unknown): number =>
  isObject(value) ? Object.values(value).reduce((nodes: number, one) => nodes + countNodes(one), 1) : 1;
