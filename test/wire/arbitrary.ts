import fc from 'fast-check';
import type * as z from 'zod/mini';
import { chosenFor } from '../../src/wire/schema-path.ts';
import { fieldMetadata } from '../../src/wire/text.ts';

/** Texts in NFC with something to see; the rest of Unicode is the business of other tests. */
const text = (max: number) =>
  fc
    .tuple(fc.constantFrom('a', 'Ñ', '水', '💧', '<', '0'), fc.string({ unit: 'grapheme', maxLength: max / 40 }))
    .map(
      ([first, rest]) =>
        `${first}${rest.replaceAll(/[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')}`,
    )
    .map((whole) => whole.normalize('NFC'));

const leaves: { readonly [id: string]: fc.Arbitrary<unknown> } = {
  Id: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,40}$/),
  Instant: fc
    .date({ min: new Date('0001-01-01T00:00:00.000Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  Sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  Signature: fc.stringMatching(/^[\w-]{1,200}\.\.[\w-]{1,100}$/),
  Quantity: fc.integer({ min: 1, max: 1_000_000_000 }).map((thousandths) => thousandths / 1000),
  Name: text(200),
  Label: text(200),
  Text: text(2000),
};

/** The normalised messages that a schema accepts: keys in any order, optional fields there or not. */
export function messagesOf(schema: z.core.SomeType): fc.Arbitrary<unknown> {
  if (isOfPositions(schema)) return fc.uniqueArray(fc.nat(9)).map((positions) => positions.sort());
  const leaf = leaves[fieldMetadata.get(schema as z.core.$ZodType)?.id ?? ''];
  if (leaf !== undefined) return leaf;
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'literal':
      return fc.constantFrom(...def.values);
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return numberBetween(bound(def, 'greater_than', 0), bound(def, 'less_than', 1_000), 'format' in def);
    case 'array':
      return fc.array(messagesOf(def.element), { minLength: bound(def, 'min_length', 0), maxLength: 4 });
    case 'optional':
      return messagesOf(def.innerType);
    case 'object':
      return objectOf(def.shape);
    case 'transform':
      return fc.oneof(...types.map((type) => messagesOf(chosenFor(schema, { type }) as z.core.SomeType)));
    default:
      throw new Error(`no messages of ${def.type}`);
  }
}

/** True for a list of numbers, which are positions in another. */
function isOfPositions(schema: z.core.SomeType): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'array' && (def.element as z.core.$ZodTypes)._zod.def.type === 'number';
}

/** Some types that are read by their own schemas. */
const types = ['VisitAssigned', 'ProviderArrived', 'PhotosTaken', 'WorkExplained', 'VisitClosed'];

/** The parameter of a schema check. */
function bound({ checks = [] }: z.core.$ZodTypeDef, kind: string, otherwise: number): number {
  const check = checks.map(({ _zod }) => _zod.def as { check: string; value?: number; minimum?: number });
  const found = check.find(({ check }) => check === kind);
  return found?.value ?? found?.minimum ?? otherwise;
}

const numberBetween = (min: number, max: number, isInteger: boolean): fc.Arbitrary<number> =>
  isInteger ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true }).map((value) => value + 0);

function objectOf(shape: Readonly<Record<string, z.core.SomeType>>): fc.Arbitrary<object> {
  const fields = Object.entries(shape).map(([key, schema]) => [key, messagesOf(schema)] as const);
  const requiredKeys = Object.keys(shape).filter(
    (key) => (shape[key] as z.core.$ZodTypes)._zod.def.type !== 'optional',
  );
  return fc.record(Object.fromEntries(fields), { requiredKeys, noNullPrototype: true });
}
