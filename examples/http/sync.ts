import type { VisitCommand } from 'auxilio';
import type { SyncOutcome, SyncRequest } from 'auxilio/service';
import { LIMITS } from 'auxilio/wire';
import type { App, Asked } from './app.ts';
import { bodyOf } from './body.ts';
import { json, type Reply } from './call.ts';
import { problemOf } from './failures.ts';
import { commandOf } from './message.ts';
import { guardPhotos } from './photo-guard.ts';
import { Problem, type Told, wrong } from './problem.ts';
import type { OutcomeReply, SyncReply } from './replies.ts';
import { loadView, maySync, viewOf } from './views.ts';

/** The most bytes of a batch: its commands, and what is around them. */
const maxBytes = LIMITS.batchBytes + 1024;

/** `POST /visits/:id/sync`: what a phone recorded offline, reconciled with the log of its visit. */
export async function postSync(app: App, asked: Asked): Promise<Reply> {
  const { caller, visitId, call } = asked;
  if (caller.actor.role === 'client') throw new Problem('not-yours');
  const batch = batchOf(asked, await bodyOf(call, maxBytes));
  const { basedOn } = batch;
  const before = await loadView(app, asked);
  // A former provider has seen nothing after their replacement: the end of the log is not theirs to learn.
  if (basedOn > before.events.length) throw new Problem('malformed', { reason: 'based-on-invalid' });
  const may = maySync(app.access, caller, visitId);
  const guard = app.photos && (await guardPhotos(app.photos, before.visit.events, batch.commands));
  const { events, state, outcomes } = await app.service.sync(batch, caller.actor, {
    authorize: (visit) => {
      if (!may(visit)) return false;
      guard?.(visit);
      return true;
    },
  });
  const log = [...before.visit.events.slice(0, basedOn), ...events];
  const { events: seen, own } = viewOf(app.access, caller, visitId, { events: log, state });
  const body: SyncReply = {
    visitId,
    version: seen.length,
    outcomes: outcomes.map((outcome) => outcomeReply(outcome, own !== undefined)),
    events: seen.slice(basedOn),
    ...(own && { own }),
    serverTime: app.now(),
  };
  return json(body);
}

/** An outcome as the sender may see it: the facts of a refusal say how the visit stands by now. */
function outcomeReply(outcome: SyncOutcome, isFormer: boolean): OutcomeReply {
  if (outcome.outcome !== 'refused' || !isFormer) return outcome;
  return { ...outcome, violations: outcome.violations.map((violation) => ({ ...violation, facts: {} })) };
}

function batchOf(asked: Asked, body: unknown): SyncRequest {
  const { visitId } = asked;
  const { basedOn, commands } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof basedOn !== 'number' || !Number.isSafeInteger(basedOn) || basedOn < 0) {
    throw wrong('body', '/basedOn', basedOn === undefined ? 'missing' : 'not-a-count', { expected: 'number' });
  }
  if (!Array.isArray(commands)) {
    throw wrong('body', '/commands', commands === undefined ? 'missing' : 'invalid-type', { expected: 'list' });
  }
  if (commands.length > LIMITS.batchCommands) throw new Problem('too-large', { reason: 'too-many-commands' });
  return { visitId, basedOn, commands: commands.map((message, index) => commandAt(asked, message, index)) };
}

/** The command at a place of the batch. A problem of it names the place, so that the phone can send the others. */
function commandAt({ caller, visitId }: Asked, message: unknown, index: number): VisitCommand {
  try {
    const command = commandOf(message, { actor: caller.actor, visitId });
    if (command.metadata.commandId === undefined) {
      throw wrong('body', '/metadata/commandId', 'missing', { expected: 'id' });
    }
    return command;
  } catch (error) {
    const { code, told } = problemOf(error);
    const issues = told.issues?.map((issue) =>
      issue.in === 'body' ? { ...issue, at: `/commands/${index}${issue.at}` } : issue,
    );
    throw new Problem(code, { ...told, index, ...(issues && { issues }) } satisfies Told);
  }
}
