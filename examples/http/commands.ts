import type { Id, VisitCommand, VisitState } from 'auxilio';
import type { CommandResult, HandleOptions } from 'auxilio/service';
import { type Caller, isId } from './access.ts';
import type { App, Asked } from './app.ts';
import { bodyOf } from './body.ts';
import { json, type Reply } from './call.ts';
import { refusalOf } from './failures.ts';
import { commandOf } from './message.ts';
import { etagOf, expectationOf } from './preconditions.ts';
import { wrong } from './problem.ts';
import type { CommandReply } from './replies.ts';

/** `POST /visits/:id/commands` */
export async function postCommand(app: App, { call, caller, visitId }: Asked): Promise<Reply> {
  const { service, access } = app;
  const expectation = expectationOf(call);
  const commandId = keyOf(call.header('idempotency-key'));
  const command = commandOf(await bodyOf(call), { actor: caller.actor, visitId, commandId });
  const guard = app.photos && (await guardedBy(app, caller, visitId, command));
  const authorize = (state: VisitState) => {
    if (!access.mayRead(caller, visitId, state)) return false;
    guard?.(state);
    return true;
  };
  const options: HandleOptions = { ...expectation, authorize };
  const settles = command.type === 'SettleDiscrepancy';
  const answer = await (settles ? service.settle(command, options) : service.handle(command, options));
  if (!answer.ok) {
    const { state, rejection } = answer;
    throw refusalOf(rejection.violations, state, caller.actor.role);
  }
  return json(commandReply(visitId, answer), { etag: etagOf(answer.version) });
}

/** A host without photographs does not load what guards them. */
const guardedBy = async (app: App, caller: Caller, visitId: Id, command: VisitCommand) =>
  (await import('./photo-guard.ts')).guardCommands(app, caller, visitId, [command]);

/** The reply to an accepted command. */
export function commandReply(visitId: Id, answer: Extract<CommandResult, { ok: true }>): CommandReply {
  const { events, state, version, repeated, recognisedBy } = answer;
  return {
    visitId,
    commandId: events[0]?.metadata?.commandId ?? '',
    version: Number(version),
    repeated,
    ...(recognisedBy && { recognisedBy }),
    phase: state.phase,
    events,
  };
}

/** The key, which some send as the quoted string of the draft standard, and others as it is. */
function keyOf(header: string | null): Id | undefined {
  if (header === null) return undefined;
  const key = header.trim().replace(/^"(.*)"$/, '$1');
  if (!isId(key)) throw wrong('header', 'Idempotency-Key', 'invalid-id');
  return key;
}
