import { sampleData } from 'auxilio/testing';
import { commandSchemas, eventSchemas, fieldMetadata } from 'auxilio/wire';
import type * as z from 'zod/mini';
import { anyReportedAct } from '../../src/wire/corrections.ts';

type Found = { readonly name?: string; readonly word?: string; readonly isText?: boolean };

/** The kinds of fields in which a person writes freely. */
const kinds: readonly (string | undefined)[] = ['Name', 'Label', 'Text'];

/** The names of all fields within, which of them are free texts, and the words that the others allow. */
function foundIn(schema: z.core.SomeType, name: string): readonly Found[] {
  // Chooses by its type at run time, and so has no parts of its own.
  if (fieldMetadata.get(schema as z.core.$ZodType)?.id === 'ReportedAct') return foundIn(anyReportedAct(), name);
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'optional':
      return foundIn(def.innerType, name);
    case 'array':
      return foundIn(def.element, name);
    case 'literal':
      return def.values.map((word) => ({ word: String(word) }));
    case 'enum':
      return Object.values(def.entries).map((word) => ({ word: String(word) }));
    case 'object':
      return Object.entries(def.shape).flatMap(([key, inner]) => [{ name: key }, ...foundIn(inner, key)]);
    default:
      return [{ name, isText: kinds.includes(fieldMetadata.get(schema as z.core.$ZodType)?.id) }];
  }
}

const found = [commandSchemas, eventSchemas].flatMap((schemas) =>
  Object.values<z.core.SomeType>(schemas).flatMap((schema) => foundIn(schema, '')),
);

const distinct = (texts: readonly (string | undefined)[]): ReadonlySet<string> =>
  new Set(texts.filter((text) => text !== undefined));

/** The fields of an act in a report, whose schema is chosen by its type when it is read. */
const reported = sampleData.ReportDiscrepancy.acts.flatMap(({ violations, despite = {}, ...act }) =>
  [act, { violations, despite }, despite, ...violations].flatMap(Object.keys),
);

/** The name of every field of every message. */
export const fieldNames = distinct([...found.map(({ name }) => name), ...reported]);

/** The names of the fields in which a person writes freely. */
export const textNames = distinct(found.filter(({ isText }) => isText).map(({ name }) => name));

/** Every type, and every word of a field that allows only some. */
export const fieldWords = distinct(found.map(({ word }) => word));
