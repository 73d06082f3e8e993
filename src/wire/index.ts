/**
 * The only door for untrusted data: from text or values to messages, and back to a schema.
 *
 * @packageDocumentation
 */
export type { Issue, IssueCode } from './issues.ts';
export { type JsonSchema, jsonSchema } from './json-schema.ts';
export { LIMITS } from './limits.ts';
export { type Lines, type ParsedLine, parseCommands, parseLog } from './log.ts';
export {
  type EventRefused,
  type ParsedCommand,
  type ParsedEvent,
  parseCommand,
  parseEvent,
  type Refused,
} from './parse.ts';
export { type CommandSchemas, commandSchemas, type EventSchemas, eventSchemas, wireMode } from './schemas.ts';
export { fieldMetadata } from './text.ts';
export { type RawEvent, type UpcastStep, upcast, upcasterOf } from './upcast.ts';
