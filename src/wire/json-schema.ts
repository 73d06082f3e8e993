import * as z from 'zod/mini';
import type { CommandType, EventType } from '../messages/index.ts';
import { descriptions as arrival } from './arrival.ts';
import { descriptions as assignment } from './assignment.ts';
import { descriptions as attestation } from './attestation.ts';
import { descriptions as closing } from './closing.ts';
import { anyReportedAct, descriptions as corrections, quotable, reportedAct } from './corrections.ts';
import { descriptions as exceptions } from './exceptions.ts';
import { descriptions as identity } from './identity.ts';
import { descriptions as inspection } from './inspection.ts';
import { descriptions as instructions } from './instructions.ts';
import { descriptions as materials } from './materials.ts';
import { common, type Descriptions, parts as describedParts } from './part-descriptions.ts';
import { commandSchemas, eventSchemas, messageTypes } from './schemas.ts';
import { fieldMetadata } from './text.ts';
import { descriptions as transit } from './transit.ts';
import { descriptions as work } from './work.ts';

/** A JSON Schema document, plain JSON. @since 0.1.0 */
export type JsonSchema = { readonly [key: string]: unknown };

type Definitions = { [name: string]: unknown };

/**
 * One JSON Schema (draft 2020-12) of every command and event, in their normalised form: instants in UTC with
 * milliseconds, strings in NFC. `$defs` has each under its type, and the parts they share; the document itself accepts
 * any of them. Personal fields carry `"x-personal": true`. It cannot say that a date is real, that a quantity has at
 * most three decimals, that positions ascend, that a fact is named once, that marks are not piled up, how many bytes a message may take, or what a host's own keys in the
 * metadata may hold; `parseCommand` and `parseEvent` do. Every message, part and field has a `description`, in English, so
 * that a form can be made of it. Built at each call.
 *
 * @since 0.1.0
 */
export function jsonSchema(): JsonSchema {
  const { commands, events } = messageTypes;
  const messages: Definitions = {};
  const parts: Definitions = {};
  for (const type of commands) messages[type] = message(type, type, definition(commandSchemas[type], parts));
  for (const [index, type] of events.entries()) {
    messages[type] = message(type, commands[index] ?? '', definition(eventSchemas[type], parts));
  }
  for (const [name, part] of Object.entries(parts)) parts[name] = withDescriptions(part as Node, findParts(name));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:auxilio:schema:1',
    title: 'Commands and events of a home-assistance visit',
    anyOf: [...commands, ...events].map((type: CommandType | EventType) => ({ $ref: `#/$defs/${type}` })),
    $defs: { ...messages, ...parts },
  };
}

/** The schema of one message; what it shares with others goes to `parts`. */
function definition(schema: z.ZodMiniType, parts: Definitions): Definitions {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, {
    metadata: fieldMetadata,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: node }) => {
      markPersonal(node);
      if (Object.is(zodSchema, reportedAct())) Object.assign(node, reportedActs(parts));
    },
  });
  Object.assign(parts, $defs);
  return rest;
}

/** The fields of a reported act, whose data are those of the event of its type. */
function reportedActs(parts: Definitions): Definitions {
  const { properties, ...any } = definition(anyReportedAct(), parts) as { readonly properties?: Definitions };
  const { type, data: _, ...findings } = properties ?? {};
  const anyOf = Object.values(quotable).map(({ event }) => ({
    properties: { type: { const: event }, data: { $ref: `#/$defs/${event}/properties/data` } },
  }));
  return { ...any, properties: { type, data: {}, ...findings }, anyOf };
}

/** An extension keyword begins with `x-`; the name of a definition is its key, not a field of it. */
function markPersonal(node: z.core.JSONSchema.BaseSchema): void {
  if (node.personal === true) node['x-personal'] = true;
  delete node.personal;
}

type Node = { readonly description?: string; readonly properties?: Readonly<Record<string, Node>> };

/** Parts that are no types of their own. */
const own: Readonly<Record<string, string>> = {
  Label: 'A word of the trade: a service, an item, a unit, a shot, a reference.',
  Name: "A person's full name.",
  Quantity: 'A number above 0 with at most three decimals.',
};

const findParts = (name: string) => describedParts[name] ?? { self: own[name] ?? '' };

/** A node whose fields have their descriptions, and it its own; a reference keeps its own beside it. */
function withDescriptions({ properties, ...node }: Node, texts: Readonly<Record<string, string>>): Node {
  const described = Object.entries(properties ?? {}).map(([field, inner]) => {
    const description = texts[field];
    return [field, description === undefined ? inner : { description, ...inner }] as const;
  });
  return {
    ...(texts.self !== undefined && { description: texts.self }),
    ...node,
    ...(properties !== undefined && { properties: Object.fromEntries(described) }),
  };
}

/** A message with its description, and those of its envelope and its data. */
function message(type: string, command: string, schema: Definitions): Definitions {
  const descriptions = listDescriptions();
  const envelope = describedParts[type === command ? 'Command' : 'Event'];
  const whole = withDescriptions(schema as Node, { ...envelope, self: descriptions[type]?.self ?? '' });
  const { self: _, ...texts } = { ...common, ...descriptions[command], ...descriptions[type] };
  const { data, ...rest } = whole.properties ?? {};
  const order = Object.keys(whole.properties ?? {});
  const all: Record<string, Node | undefined> = { ...rest, data: data && withDescriptions(data, texts) };
  return { ...whole, properties: Object.fromEntries(order.map((field) => [field, all[field]])) };
}

/**
 * Lists the descriptions of all messages and of the fields of their data; for an event, those that its command does not have
 * in the same words. It is a function so that a bundle without the JSON Schema has none of them.
 */
function listDescriptions(): Descriptions {
  const visit = Object.assign({}, assignment, transit, arrival, instructions, identity, inspection, materials, work);
  return Object.assign(visit, closing, exceptions, corrections, attestation);
}
