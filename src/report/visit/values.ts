import { requirementName } from '../../locale/index.ts';
import type { Locale } from '../../protocol/index.ts';
import { asArray, asRecord } from '../../util/json.ts';
import { isWaivable } from '../../visit/index.ts';
import type { Codes } from '../../words/codes.ts';
import { formatAmount, formatNumber, lookup } from '../../words/text.ts';
import { nameEntry, text, timeElement } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, joinParts, type Part } from '../html.ts';
import type { Kind } from './shapes.ts';

type Teller = (context: Context, value: unknown) => Part;

const tellers: Readonly<Record<Exclude<Kind, keyof Codes>, Teller>> = {
  text: ({ words }, value) => (typeof value === 'number' ? formatNumber(value, words.locale) : text(value)),
  hash: (_, value) => html`<code>${text(value)}</code>`,
  texts: (_, value) => list(asArray(value).map(text)),
  moved: ({ words }, value) => list(asArray(value).map(text)) ?? words.visit.nothingToMove,
  flag: ({ words }, value) => (typeof value === 'boolean' ? (value ? words.visit.yes : words.visit.no) : text(value)),
  moment: ({ clock }, value) => timeElement(value, clock.short),
  person: (_, value) => person(value),
  contact,
  position,
  photos: (_, value) => list(asArray(value).map(photo)),
  materials: ({ words }, value) => list(asArray(value).map((item) => material(item, words.locale))) ?? words.visit.none,
  tests: (context, value) => list(asArray(value).map((test) => describeTest(context, test))),
  mismatches: (context, value) => list(asArray(value).map((mismatch) => describeMismatch(context, mismatch))),
  reported: (context, value) =>
    list(
      asArray(value).map((act, place) => reportedAct(context, act, place)),
      '; ',
    ),
  words: (context, value) =>
    list(
      asArray(value).map((word) => factWord(context, word)),
      '; ',
    ),
  // Places count from 0, people from 1.
  places: ({ words }, value) => list(asArray(value).map((place) => text(Number(place) + 1))) ?? words.visit.none,
  rules: (context, value) => list(asArray(value).map((rule) => nameRequirement(context, rule))),
};

/** A datum of an act in words; null for an empty one. Takes any value. */
export function renderValue(context: Context, kind: Kind, value: unknown): Part {
  if (value === undefined || value === null) return null;
  return isCoded(kind) ? coded(context.words.codes[kind], value) : tellers[kind](context, value);
}

const isCoded = (kind: Kind): kind is keyof Codes => !Object.hasOwn(tellers, kind);

const list = (items: readonly Part[], mark = ', '): Part => (items.length === 0 ? null : joinParts(items, mark));

/** The name of a value in a closed list, or the value itself; of several, all of them. */
function coded(names: Readonly<Record<string, string>>, value: unknown): Part {
  const nameEntry = (one: unknown) => lookup<string | Html>(names, one, text(one));
  return Array.isArray(value) ? list(value.map(nameEntry)) : nameEntry(value);
}

/** A person by name, with the form of address if there is one. */
export function person(value: unknown): Part {
  const { name, title } = asRecord(value);
  return title === 'don' || title === 'doña' ? html`${title} ${text(name)}` : text(name);
}

function contact({ words, clock }: Context, value: unknown): Part {
  const { at, reference, operatorId } = asRecord(value);
  return [
    timeElement(at, clock.seconds),
    reference !== undefined && [', ', text(reference)],
    typeof operatorId === 'string' && [', ', words.visit.attended(operatorId)],
  ];
}

function position({ words }: Context, value: unknown): Part {
  const { latitude, longitude, accuracyMeters } = asRecord(value);
  const within = typeof accuracyMeters === 'number' && ` (± ${formatNumber(accuracyMeters, words.locale)} m)`;
  return [text(latitude), ', ', text(longitude), within];
}

function photo(value: unknown): Part {
  const { photoId, shot } = asRecord(value);
  return [text(photoId), shot !== undefined && [' (', text(shot), ')']];
}

function material(value: unknown, locale: Locale): Part {
  const { item, quantity, unit, kind, quality } = asRecord(value);
  const more = [kind, quality].filter((one) => typeof one === 'string').map(text);
  return [
    text(item),
    ': ',
    text(formatAmount(quantity, unit, locale)),
    more.length > 0 && [' (', joinParts(more, ', '), ')'],
  ];
}

function describeTest({ words }: Context, value: unknown): Part {
  const { name, passed } = asRecord(value);
  return [text(name), ': ', passed === true ? words.visit.passed : words.visit.failed];
}

function describeMismatch({ words }: Context, value: unknown): Part {
  const { item, reasons, note } = asRecord(value);
  const why = coded(words.codes.mismatch, asArray(reasons));
  return [text(item), why !== null && [' (', why, ')'], note !== undefined && [': ', text(note)]];
}

function nameRequirement({ words }: Context, rule: unknown): Part {
  return typeof rule === 'string' && isWaivable(rule) ? requirementName(rule, words.locale) : text(rule);
}

/** A client's word on a fact: the fact, its time on record, yes or no, and what they say of it. */
function factWord({ words, clock }: Context, value: unknown): Part {
  const { fact, recorded, agrees, what } = asRecord(value);
  const said = agrees === true ? words.visit.yes : words.visit.no;
  return [
    coded(words.codes.fact, fact),
    [' (', timeElement(recorded, clock.short), '): '],
    said,
    what !== undefined && [', ', text(what)],
  ];
}

/** A reported act by its number in the report, its name and its time. */
function reportedAct(context: Context, value: unknown, place: number): Part {
  const { type, data } = asRecord(value);
  return [place + 1, '. ', nameEntry(context, type), ', ', timeElement(asRecord(data).at, context.clock.short)];
}
