import { documents, grouped } from './documents.ts';
import { oddities } from './edge-values.ts';
import { textNames } from './fields.ts';
import { oneOf, type Source } from './source.ts';

/** Fragments that do not belong in a JSON text, or in this one. */
const pieces = [
  '\0',
  '\ufeff',
  '\u2028',
  '\ud800',
  '"',
  '\\',
  '\\u0000',
  '\\ud800',
  '\\u202e',
  ',',
  '}',
  ']',
  '{',
  '[',
  ':',
  'null',
  '-0',
  '1e309',
  '0.1e-9',
  '"__proto__":{"polluted":true},',
  '"type":"constructor",',
];

const numbers = ['-0', '1e309', '1E2', '0.0000001', '01'];

const damages: readonly ((text: string, at: number, from: Source) => string)[] = [
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text,
  (text, at, from) => text.slice(0, at) + String.fromCharCode(from.below(0x10000)) + text.slice(at + 1),
  (text, at, from) => text.slice(0, at) + oneOf(pieces, from) + text.slice(at),
  (text, _, from) => text.replace('{', `{${oneOf(pieces, from)}`),
  (text, _, from) => text.replace(/:-?\d[^,}\]]*/, `:${oneOf(numbers, from)}`),
  (text) => text.replace('{', '{"type":"StartWork",'),
  (text) => text.replaceAll(/[:,]/g, '$& \t\n'),
];

/** The text with one thing wrong at one place. */
const damaged = (text: string, from: Source): string => oneOf(damages, from)(text, from.below(text.length + 1), from);

type Container = { [key: string]: unknown };

/** The path of a value in a message, and the name of its field. */
type Place = { readonly owner: Container; readonly key: string; readonly name: string };

/** The places of all values in a container, from the outside in. */
function placesIn(owner: Container, within = ''): Place[] {
  return Object.keys(owner).flatMap((key) => {
    const value = owner[key];
    const name = Array.isArray(owner) ? within : key;
    const inner = typeof value === 'object' && value !== null ? placesIn(value as Container, name) : [];
    return [{ owner, key, name }, ...inner];
  });
}

const types = [...documents.keys()];
const documentFrom = (from: Source): string => oneOf(documents.get(oneOf(types, from)) ?? [], from);

/** The fields of a few valid messages of each type, by their name. */
const fields = grouped(
  [...documents.values()].flatMap((lines) => lines.slice(0, 5)).flatMap((line) => placesIn(JSON.parse(line))),
  ({ name }) => name,
);
const names = [...fields.keys()];

const copyOf = (value: unknown): unknown => (typeof value === 'object' ? structuredClone(value) : value);

/** A value that a field of this name has in a valid message. */
function usual(name: string, from: Source): unknown {
  const places = fields.get(name) ?? [];
  if (places.length === 0) return null;
  const { owner, key } = oneOf(places, from);
  return copyOf(owner[key]);
}

const oddity = (from: Source): unknown => copyOf(oneOf(oddities, from));

const hostile = ['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'then', '', '0', '\ud800', 'x/y~z'];

/** As an own property, whatever its name. */
function put({ owner, key }: Omit<Place, 'name'>, value: unknown): void {
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });
}

function remove({ owner, key }: Place): void {
  if (Array.isArray(owner)) owner.splice(Number(key), 1);
  else delete owner[key];
}

/** A text with something in it, another number, the other truth. */
function touched(value: unknown, from: Source): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return oneOf([-value, value + 1, value / 3, value * 1e9, String(value)], from);
  if (typeof value !== 'string') return [value];
  const odd = oddity(from);
  const at = from.below(value.length + 1);
  return value.slice(0, at) + (typeof odd === 'string' ? odd : from.word()) + value.slice(at + from.below(2));
}

function add(owner: Container, key: string, value: unknown): void {
  if (Array.isArray(owner)) owner.push(value);
  else put({ owner, key }, value);
}

type Change = (place: Place, from: Source, all: readonly Place[]) => void;

/** An item of a list, there twice. */
const repeat: Change = ({ owner, key }) => {
  if (Array.isArray(owner)) owner.push(copyOf(owner[Number(key)]));
};

/** A value of a field of the same name elsewhere: the message often stays valid. */
const swap: Change = (place, from) => put(place, usual(place.name, from));

/** The same word wherever a person may write freely: the message stays valid if it is a text. */
const fillIn: Change = (_, from, all) => {
  const odd = oddity(from);
  const word = typeof odd === 'string' ? odd : from.word();
  for (const place of all) {
    if (textNames.has(place.name) && typeof place.owner[place.key] === 'string') put(place, word);
  }
};

const addField: Change = ({ owner }, from) => {
  const name = oneOf(names, from);
  add(owner, name, usual(name, from));
};

/** The ways in which a valid message goes wrong, or becomes another valid one. */
const changes: readonly Change[] = [
  ...Array<Change>(6).fill(swap),
  fillIn,
  fillIn,
  (place, from) => put(place, from.word()),
  (place, from) => put(place, oddity(from)),
  (place, from) => put(place, usual(oneOf(names, from), from)),
  (place, from) => put(place, touched(place.owner[place.key], from)),
  (place, from) => put(place, Array(from.below(120)).fill(place.owner[place.key])),
  (place) => put(place, [place.owner[place.key]]),
  (place) => remove(place),
  repeat,
  ({ owner, name }, from) => add(owner, name, usual(name, from)),
  addField,
  addField,
  ({ owner }, from) => add(owner, oneOf(hostile, from), oddity(from)),
];

/** A valid message with one to three things changed, one in eight of them damaged as a text too. */
export function mutant(from: Source): string {
  const root: Container = { message: JSON.parse(documentFrom(from)) };
  for (let left = 1 + from.below(3); left > 0; left -= 1) {
    const places = placesIn(root);
    if (places.length > 0) oneOf(changes, from)(oneOf(places, from), from, places);
  }
  const text = JSON.stringify(root.message) ?? '';
  return from.below(8) === 0 ? damaged(text, from) : text;
}
