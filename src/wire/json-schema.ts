import * as z from 'zod/mini';
import type { CommandType, EventType } from '../messages/index.ts';
import { commandSchemas, eventSchemas, messageTypes } from './schemas.ts';
import { fieldMetadata } from './text.ts';

/** A JSON Schema document, plain JSON. @since 0.1.0 */
export type JsonSchema = { readonly [key: string]: unknown };

type Definitions = { [name: string]: unknown };

/**
 * One JSON Schema (draft 2020-12) of every command and event, in their normalised form: instants in UTC with
 * milliseconds, strings in NFC. `$defs` has each under its type, and the parts they share; the document itself accepts
 * any of them. Personal fields carry `"x-personal": true`. It cannot say that a date is real, that a quantity has at
 * most three decimals, that marks are not piled up, how many bytes a message may take, or what a host's own keys in the
 * metadata may hold; `parseCommand` and `parseEvent` do. Built anew at each call.
 *
 * @since 0.1.0
 */
export function jsonSchema(): JsonSchema {
  const { commands, events } = messageTypes;
  const messages: Definitions = {};
  const parts: Definitions = {};
  for (const type of commands) messages[type] = definition(commandSchemas[type], parts);
  for (const type of events) messages[type] = definition(eventSchemas[type], parts);
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
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, { metadata: fieldMetadata, override: marked });
  Object.assign(parts, $defs);
  return rest;
}

/** An extension keyword begins with `x-`; the name of a definition is its key, not a field of it. */
function marked({ jsonSchema: node }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (node.personal === true) node['x-personal'] = true;
  delete node.personal;
}
