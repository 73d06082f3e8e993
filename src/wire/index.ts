/**
 * The only door for untrusted data: from text or values to messages, and back to a schema.
 *
 * @packageDocumentation
 */

export { isId } from './characters.ts';
export { explainIssue } from './explain-issue.ts';
export type { FieldKind, IssueDetails } from './issue-details.ts';
export type { Issue, IssueCode } from './issues.ts';
export { type JsonSchema, jsonSchema } from './json-schema.ts';
export { LIMITS } from './limits.ts';
export { type Lines, type ParsedLine, parseCommands, parseLog } from './log.ts';
export {
  type EventRefused,
  type ParsedCommand,
  type ParsedEvent,
  type ParseFailure,
  parseCommand,
  parseEvent,
} from './parse.ts';
export { type ParsedPolicy, parsePolicy } from './policy.ts';
export { validationMode } from './reader.ts';
export {
  type CommandSchemas,
  commandSchemas,
  type EventSchemas,
  eventSchemas,
  type MessageSchema,
} from './schemas.ts';
export { fieldMetadata } from './text.ts';
export { type RawEvent, type UpcastStep, upcast, upcasterOf } from './upcast.ts';
