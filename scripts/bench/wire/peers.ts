/**
 * The validators of others for our events, made of our own JSON Schema: they hold the same structure, lengths and patterns. They
 * do not hold that dates are real and decimals few, and normalise nothing.
 */
import { TypeCompiler } from '@sinclair/typebox/compiler';
import { type TSchema, Type } from '@sinclair/typebox/type';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { jsonSchema } from 'auxilio/wire';
import * as v from 'valibot';

/** True if a value is an event of that type. */
type Check = (value: unknown) => boolean;

type Node = Readonly<{
  $ref?: string;
  type?: string;
  const?: string;
  enum?: readonly string[];
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Node;
  properties?: Readonly<Record<string, Node>>;
  required?: readonly string[];
  additionalProperties?: unknown;
}>;

const document = jsonSchema();
const definitions = document.$defs as Readonly<Record<string, Node>>;

function definitionOf({ $ref = '' }: Node): Node {
  const found = definitions[$ref.replace('#/$defs/', '')];
  if (found === undefined) throw new RangeError(`There is no definition ${$ref}`);
  return found;
}

/** The validators of each, by the type of the event. */
export const peers: Readonly<Record<'ajv' | 'valibot' | 'typebox', (type: string) => Check>> = {
  ajv: ajvOf(),
  valibot: (type) => {
    const schema = valibotOf(definitions[type] as Node);
    return (value) => v.safeParse(schema, value).success;
  },
  typebox: (type) => {
    const compiled = TypeCompiler.Compile(typeboxOf(definitions[type] as Node));
    return (value) => compiled.Check(value);
  },
};

function ajvOf(): (type: string) => Check {
  const ajv = new Ajv2020({ unicodeRegExp: true, strict: false });
  ajv.addSchema(document);
  return (type) => ajv.compile({ $ref: `${document.$id}#/$defs/${type}` }) as Check;
}

function isWithin({ minimum = -Infinity, maximum = Infinity, exclusiveMinimum = -Infinity }: Node) {
  return (figure: number) => figure >= minimum && figure <= maximum && figure > exclusiveMinimum;
}

function valibotOf(node: Node): v.GenericSchema {
  if (node.$ref !== undefined) return valibotOf(definitionOf(node));
  if (node.const !== undefined) return v.literal(node.const);
  if (node.enum !== undefined) return v.picklist(node.enum);
  switch (node.type) {
    case 'string': {
      const { maxLength = Number.POSITIVE_INFINITY, pattern = '' } = node;
      return v.pipe(v.string(), v.maxLength(maxLength), v.regex(new RegExp(pattern, 'u')));
    }
    case 'boolean':
      return v.boolean();
    case 'integer':
      return v.pipe(v.number(), v.integer(), v.check(isWithin(node)));
    case 'number':
      return v.pipe(v.number(), v.check(isWithin(node)));
    case 'array': {
      const { items = {}, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = node;
      return v.pipe(v.array(valibotOf(items)), v.minLength(minItems), v.maxLength(maxItems));
    }
    case 'object': {
      const { properties = {}, required = [] } = node;
      const field = ([name, item]: [string, Node]) =>
        [name, required.includes(name) ? valibotOf(item) : v.exactOptional(valibotOf(item))] as const;
      const fields = Object.fromEntries(Object.entries(properties).map(field));
      return node.additionalProperties === false ? v.strictObject(fields) : v.looseObject(fields);
    }
    default:
      return v.unknown();
  }
}

function typeboxOf(node: Node): TSchema {
  if (node.$ref !== undefined) return typeboxOf(definitionOf(node));
  if (node.const !== undefined) return Type.Literal(node.const);
  if (node.enum !== undefined) return Type.Union(node.enum.map((word) => Type.Literal(word)));
  const { type, items = {}, properties = {}, required = [], additionalProperties, ...limits } = node;
  switch (type) {
    case 'string':
      return Type.Intersect([
        Type.String({ maxLength: limits.maxLength ?? 8192 }),
        Type.RegExp(new RegExp(limits.pattern ?? '', 'u')),
      ]);
    case 'boolean':
      return Type.Boolean();
    case 'integer':
      return Type.Integer(limits);
    case 'number':
      return Type.Number(limits);
    case 'array':
      return Type.Array(typeboxOf(items), limits);
    case 'object': {
      const field = ([name, item]: [string, Node]) =>
        [name, required.includes(name) ? typeboxOf(item) : Type.Optional(typeboxOf(item))] as const;
      const fields = Object.fromEntries(Object.entries(properties).map(field));
      return Type.Object(fields, { additionalProperties: additionalProperties !== false });
    }
    default:
      return Type.Unknown();
  }
}
