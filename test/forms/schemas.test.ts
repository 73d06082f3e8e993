import { type FormField, formOf, formsEn, formsEsCR, notForPeople } from 'auxilio/forms';
import { jsonSchema } from 'auxilio/wire';
import { describe, expect, it } from 'vitest';
import { createdTypes } from '../../src/visit/creators.ts';

type Node = {
  readonly $ref?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly 'x-personal'?: true;
};

const { $defs } = jsonSchema() as { readonly $defs: Readonly<Record<string, Node>> };

const inOrder =
  'captions stand in the order of the values of the wire: codes, or `requirements`, of each language in src/words';

/** A node with what its reference stands for, and the name of that. */
const resolved = (node: Node): Node & { readonly name?: string } => {
  if (node.$ref === undefined) return node;
  const name = node.$ref.replace('#/$defs/', '');
  return { ...$defs[name], name };
};

const parts: Readonly<Record<string, readonly FormField['kind'][]>> = {
  Name: ['text'],
  Label: ['text'],
  Text: ['long-text'],
  Id: ['id'],
  Instant: ['instant'],
  Quantity: ['quantity'],
  Position: ['position'],
  Contact: ['contact'],
  Client: ['group'],
  Provider: ['group'],
  Representative: ['group'],
};

/** The data within a field that no person enters. */
const hiddenIn = (command: 'RecordArrival' | 'TakePhotos', field: string) =>
  notForPeople(command).flatMap((path) => (path.startsWith(`${field}.`) ? path.slice(field.length + 1) : []));

/** Fails unless a field is what the schema of its datum says. */
function compare(field: FormField, given: Node): void {
  const node = resolved(given);
  const { kind } = field;
  if (node.name !== undefined && !('choices' in field)) expect(parts[node.name]).toContain(kind);
  switch (kind) {
    case 'text':
    case 'long-text':
      expect(field.maxLength).toBe(node.maxLength);
      break;
    case 'id':
      expect(new RegExp((node as { pattern: string }).pattern).test('a'.repeat(field.maxLength))).toBe(true);
      expect(new RegExp((node as { pattern: string }).pattern).test('a'.repeat(field.maxLength + 1))).toBe(false);
      break;
    case 'choice':
      if (field.open) expect([node.name, field.maxLength]).toEqual(['Label', node.maxLength]);
      if (node.name !== 'Label')
        expect(
          field.choices.map(({ value }) => value),
          inOrder,
        ).toEqual(node.enum);
      break;
    case 'choices': {
      const item = resolved(node.items ?? {});
      if (item.name !== 'Label')
        expect(
          field.choices.map(({ value }) => value),
          inOrder,
        ).toEqual(item.enum);
      expect([field.minItems, field.maxItems]).toEqual([node.minItems ?? 0, node.maxItems]);
      break;
    }
    case 'yes-no':
      expect(node.type).toBe('boolean');
      break;
    case 'quantity':
      expect([0, field.max]).toEqual([node.exclusiveMinimum, node.maximum]);
      break;
    case 'list': {
      const item = resolved(node.items ?? {});
      expect([field.item]).toEqual(parts[item.name ?? '']);
      expect(field.maxLength).toBe(item.maxLength);
      expect([field.minItems, field.maxItems]).toEqual([node.minItems ?? 0, node.maxItems]);
      expect(field.personal).toBe(item['x-personal'] === true);
      return;
    }
    case 'rows':
      expect([field.minItems, field.maxItems]).toEqual([node.minItems ?? 0, node.maxItems]);
      compareAll(field.fields, resolved(node.items ?? {}), []);
      break;
    case 'group':
    case 'contact':
      compareAll(
        field.fields.map((one) => ({ ...one, name: one.name.replace(`${field.name}.`, '') })),
        node,
        [],
      );
      return;
    case 'photographs': {
      const item = resolved(node.items ?? {});
      expect(field.maxItems).toBe(node.maxItems);
      expect(item.name).toBe(field.from === 'camera' ? 'Photo' : 'Id');
      if (field.from === 'camera') compareAll(field.fields, item, hiddenIn('TakePhotos', 'photos'));
      return;
    }
    case 'reported-acts':
      expect([node.items?.type, node.items?.minimum, node.maxItems]).toEqual(['integer', 0, field.maxItems]);
      break;
    case 'position':
      expect(Object.keys(node.properties ?? {})).toEqual(hiddenIn('RecordArrival', 'position'));
      break;
    case 'instant':
      break;
  }
  expect(field.personal).toBe(node['x-personal'] === true);
}

function compareAll(fields: readonly FormField[], { properties = {}, required = [] }: Node, hidden: readonly string[]) {
  expect(fields.map(({ name }) => name).sort()).toEqual(
    Object.keys(properties)
      .filter((name) => !hidden.includes(name))
      .sort(),
  );
  for (const field of fields) {
    expect([field.name, field.required]).toEqual([field.name, required.includes(field.name)]);
    compare(field, properties[field.name] ?? {});
  }
}

describe('the fields of a form are the data of the schema', () => {
  it.each(createdTypes)('%s', (command) => {
    const data = $defs[command]?.properties?.data ?? {};
    for (const words of [formsEsCR, formsEn]) {
      const { fields } = formOf(command, words);
      compareAll(fields, data, notForPeople(command));
      const order = Object.keys(data.properties ?? {}).filter((name) => name !== 'at');
      expect(fields.map(({ name }) => name)).toEqual([
        ...order.filter((name) => fields.some((field) => field.name === name)),
        ...(fields.length > 0 ? ['at'] : []),
      ]);
    }
    const paths = notForPeople(command).map((path) => path.split('.')[0] as string);
    expect(Object.keys(data.properties ?? {})).toEqual(expect.arrayContaining(paths));
  });
});
