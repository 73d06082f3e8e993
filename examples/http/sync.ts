import type { Actor, VisitCommand, VisitState } from 'auxilio';
import type { ProviderView, SyncOutcome, SyncRequest, SyncResult } from 'auxilio/service';
import { LIMITS } from 'auxilio/wire';
import type { App, Asked } from './app.ts';
import { bodyOf } from './body.ts';
import { json, type Reply } from './call.ts';
import { deviceOf } from './device-routes.ts';
import type { DeviceName } from './devices.ts';
import { problemOf } from './failures.ts';
import { commandOf } from './message.ts';
import { guardPhotos } from './photo-guard.ts';
import { Problem, type Told, wrong } from './problem.ts';
import type { OutcomeReply, SyncReply } from './replies.ts';
import { type Head, leadFor, loadView, maySync, mustContinue, viewOf } from './views.ts';

/** The most bytes of a batch: its commands, and what is around them. */
const maxBytes = LIMITS.batchBytes + 1024;

/** `POST /visits/:id/sync`: what a phone recorded offline, reconciled with the log of its visit. */
export async function postSync(app: App, asked: Asked): Promise<Reply> {
  const { caller, visitId, call } = asked;
  const given = await bodyOf(call, maxBytes);
  const batch = batchOf(asked, given);
  const { basedOn } = batch;
  const device = app.devices && deviceOf(caller, call, (given as { device?: unknown }).device);
  const head = headOf(given);
  const before = await loadView(app, asked);
  if (device && (await app.devices?.isRevoked(device))) throw await revoked(app, asked, { ...batch, head }, device);
  mustContinue(before, head);
  // A former provider has seen nothing after their replacement: the end of the log is not theirs to learn.
  if (basedOn > before.events.length) throw new Problem('malformed', { reason: 'based-on-invalid' });
  if (device) await app.devices?.contact({ ...device, at: app.now(), visitId, basedOn });
  const may = maySync(app.access, caller, visitId);
  const { events, state, outcomes } = await reconcileGuarded(app, { ...batch, head }, caller.actor, before, may);
  const log = [...before.visit.events.slice(0, basedOn), ...events];
  const { events: seen, own } = viewOf(app.access, caller, visitId, { events: log, state });
  const body: SyncReply = {
    visitId,
    version: seen.length,
    outcomes: outcomes.map((outcome) => outcomeReply(outcome, own !== undefined)),
    events: seen.slice(basedOn),
    ...(own && { own }),
    ...(await leadFor(app, asked, own === undefined, batch.commands.length > 0 ? device : undefined)),
    serverTime: app.now(),
  };
  return json(body);
}

/**
 * Reconciles a batch that says of no photograph that it is sent whose bytes are missing, as far as the sender may see: a former
 * provider is not to learn of the photographs of the next one.
 */
export async function reconcileGuarded(
  { service, photos }: App,
  batch: SyncRequest,
  sender: Actor,
  { events, own }: ProviderView,
  may: (visit: VisitState) => boolean,
): Promise<SyncResult> {
  const guard = photos && (await guardPhotos(photos, [...events, ...(own ?? [])], batch.commands));
  const authorize = (visit: VisitState) => {
    if (!may(visit)) return false;
    if (own === undefined) guard?.(visit);
    return true;
  };
  return service.sync(batch, sender, { authorize });
}

/** Keeps the batch of a revoked device for an operator; the problem has the id under which it waits. */
async function revoked(app: App, asked: Asked, batch: SyncRequest, { device }: DeviceName): Promise<Problem> {
  if (app.quarantine === undefined || batch.commands.length === 0) return new Problem('device-revoked');
  const sender = asked.caller.actor;
  const quarantineId = await app.quarantine.add({ ...batch, sender, device, receivedAt: app.now() });
  return new Problem('device-revoked', quarantineId === null ? {} : { quarantineId });
}

/** An outcome as the sender may see it: the facts of a refusal say how the visit stands by now. */
export function outcomeReply(outcome: SyncOutcome, isFormer: boolean): OutcomeReply {
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

/** The last event that the phone has; undefined for a phone that does not say. */
function headOf(body: unknown): Head | undefined {
  const { head } = body as { head?: unknown };
  if (head === undefined) return undefined;
  const { version, lastEventId, lastOwnEventId } = Object(head) as Partial<Head>;
  const areIds = [lastEventId, lastOwnEventId ?? ''].every((id) => typeof id === 'string');
  if (Number.isSafeInteger(version) && areIds) return head as Head;
  throw wrong('body', '/head', 'invalid-type', { expected: 'object' });
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
