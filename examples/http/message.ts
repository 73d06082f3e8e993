import type { Actor, Id, VisitCommand } from 'auxilio';
import { parseCommand } from 'auxilio/wire';
import { Problem, wrong } from './problem.ts';

/** The context of a command besides its body: the caller, and the visit if the route names one. */
export type Sending = Readonly<{ actor: Actor; visitId?: Id; commandId?: Id | undefined }>;

/**
 * The command of a message, by an authenticated actor. The message may omit its actor and its `commandId`; if present,
 * they must match.
 */
export function commandOf(message: unknown, { actor, visitId, commandId }: Sending): VisitCommand {
  const parsed = parseCommand(isRecord(message) ? stamped(message, actor, commandId) : message);
  if (!parsed.ok) {
    if (parsed.issues.some(({ path, code }) => path === '' && code === 'too-large')) throw new Problem('too-large');
    throw new Problem('malformed', {
      issues: parsed.issues.map(({ path, code, ...details }) => ({ in: 'body', at: path, code, details })),
    });
  }
  const command = parsed.value;
  if (visitId !== undefined && command.data.visitId !== visitId) {
    throw wrong('body', '/data/visitId', 'other-than-path', {}, 'contradiction');
  }
  return command;
}

function stamped(message: Fields, actor: Actor, commandId: Id | undefined): Fields {
  const { metadata = {} } = message;
  if (!isRecord(metadata)) return message;
  const { actor: claimed, commandId: own } = metadata;
  if (claimed !== undefined && !isActor(claimed, actor)) throw new Problem('other-actor');
  if (own !== undefined && commandId !== undefined && own !== commandId) {
    throw wrong('header', 'Idempotency-Key', 'other-than-body', {}, 'contradiction');
  }
  const id = own ?? commandId;
  return { ...message, metadata: { ...metadata, actor, ...(id !== undefined && { commandId: id }) } };
}

type Fields = { readonly [key: string]: unknown };

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isActor = (claimed: unknown, { role, id }: Actor): boolean =>
  isRecord(claimed) && claimed.role === role && claimed.id === id;
