/**
 * The only door for untrusted data: from text or values to messages, and back to a schema.
 *
 * @packageDocumentation
 */

export { isId } from './wire/characters.ts';
export type { FieldKind, Issue, IssueCode, IssueDetails, StandardIssue } from './wire/issues.ts';
export { type JsonSchema, jsonSchema } from './wire/json-schema.ts';
export { LIMITS } from './wire/limits.ts';
export { type Lines, type ParsedLine, parseCommands, parseLog } from './wire/log.ts';
export type {
  EventRefused,
  ParsedCommand,
  ParsedEvent,
  ParseFailure,
} from './wire/parse.ts';
export type { ParsedPolicy } from './wire/policy.ts';
export { validationMode } from './wire/reader.ts';
export {
  type CommandSchemas,
  commandSchemas,
  type EventSchemas,
  eventSchemas,
  type MessageSchema,
} from './wire/schemas.ts';
export {
  parseCommand,
  parseEvent,
  parsePolicy,
  type StandardParser,
} from './wire/standard-schema.ts';
export { fieldMetadata } from './wire/text.ts';
export { type RawEvent, type UpcastStep, upcast, upcasterOf } from './wire/upcast.ts';
export { explainIssue } from './wire/words/explain-issue.ts';
