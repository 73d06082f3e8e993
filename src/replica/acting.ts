/** Acts of the user: judged on what they know, stored, then answered; undone, withheld or sent again while they wait. */
import type { Actor, CommandMetadata, Despite, Id, Instant, Sha256, VisitCommand } from '../messages/index.ts';
import { isRecordable } from '../reconciling/batch.ts';
import { collectCommandIds, firstOutcome } from '../reconciling/repeats.ts';
import { deepEqual } from '../util/equality.ts';
import { decide, type Policy, type Rejection, type Violation } from '../visit/index.ts';
import { createEvent } from '../visit/visit.ts';
import type { Issue } from '../wire/issues.ts';
import { parseCommand } from '../wire/parse.ts';
import { idOf, photosSentBy, readable, withPhoto } from './copies/confirming.ts';
import { type Change, readCopy, refreshCopies, updateStoredCopy } from './copies/copies.ts';
import { type Copy, isUndoable, type Lead, type Queued, type ReplicaPhoto } from './copies/copy.ts';
import { foldLocal, type ReplicaVisit, viewCopy } from './copies/view.ts';
import type { Host } from './host.ts';
import type { ActOutcome } from './outcomes.ts';

/** An act as the application hands it over: a command, whose metadata the replica completes. @since 0.5.0 */
export type ActCommand = VisitCommand extends infer C
  ? C extends VisitCommand
    ? Omit<C, 'metadata'> & Readonly<{ metadata?: Partial<CommandMetadata> }>
    : never
  : never;

/** Options of `act` of a {@link Replica}. @since 0.5.0 */
export type ActOptions = Readonly<{
  /**
   * The person who let it be done, and why: what the copy refuses is still recorded, since it happened. A text is split at its first
   * comma: `'op-7, by telephone, 10:14'`.
   */
  despite?: Despite | string;
  /** True if the user confirmed the `at` of the act, after an answer `clock-suspect`. */
  atConfirmed?: boolean;
}>;

/**
 * The answer to an act. `ok`: it is on the disk, and will be sent; `outcome` says what came of it at the server, whichever tab sends it.
 * Else nothing was recorded:
 *
 * - `refused`: by these rules, on what the user knows; the contact center may let it be done (`despite`), unless it is an act
 *   that the user's role may never record;
 * - `malformed`: it cannot be read, for these reasons;
 * - `clock-suspect`: the clock of the device is more than two minutes away from `estimate`; show both, and repeat the act with
 *   the `at` that the user confirmed, and `atConfirmed`;
 * - `needs-upgrade`: the visit has events of a later release, which cannot be judged here;
 * - `not-here`: the visit is not on the device, so that no rule was judged and the server may never take it: sync first;
 * - `led-elsewhere`: another device of the user leads the visit; `takeLead` hands it over to this one;
 * - `device-revoked`: the server said so.
 *
 * @since 0.5.0
 */
export type ActAnswer =
  | Readonly<{
      ok: true;
      commandId: Id;
      visit: ReplicaVisit;
      violations: readonly Violation[];
      outcome: Promise<ActOutcome>;
    }>
  | Readonly<{ ok: false; reason: 'not-here' }>
  | Readonly<{ ok: false; reason: 'refused'; violations: Rejection['violations']; visit: ReplicaVisit }>
  | Readonly<{ ok: false; reason: 'malformed'; issues: readonly Issue[] }>
  | Readonly<{ ok: false; reason: 'clock-suspect'; estimate: Instant }>
  | Readonly<{ ok: false; reason: 'needs-upgrade'; visit: ReplicaVisit }>
  | Readonly<{ ok: false; reason: 'led-elsewhere'; lead: Lead; visit: ReplicaVisit }>
  | Readonly<{ ok: false; reason: 'device-revoked' }>;

/**
 * The answer to an undo. Not undone: `unknown`, no command waits under this id; `sent`, the server or a file may have it; `too-late`, it
 * waits for longer than `undoMs`, and is not withheld; `needed`, later acts depend on it: undo these first.
 *
 * @since 0.5.0
 */
export type UndoAnswer =
  | Readonly<{ ok: true; visit: ReplicaVisit }>
  | Readonly<{ ok: false; reason: 'unknown' | 'sent' | 'too-late' | 'needed' }>;

/** Splits a text of who let it be done, and why. */
function parseDespite(given: Despite | string): Despite {
  if (typeof given !== 'string') return given;
  const comma = given.indexOf(',');
  if (comma === -1) return { by: given, reason: given };
  return { by: given.slice(0, comma).trim(), reason: given.slice(comma + 1).trim() };
}

/** Completes and parses an act. @throws TypeError for an act of another person */
export function completeCommand(
  given: ActCommand,
  { despite }: ActOptions,
  { actor, device, now, newId }: Host,
): ReturnType<typeof parseCommand> {
  const metadata: Partial<CommandMetadata> = given?.metadata ?? {};
  const other = metadata.actor;
  if (other !== undefined && (other.role !== actor.role || other.id !== actor.id)) {
    throw new TypeError('act records the acts of the actor of the replica, and of no other person');
  }
  return parseCommand({
    ...given,
    metadata: {
      commandId: newId(),
      device,
      enteredAt: now(),
      ...metadata,
      actor,
      ...(despite !== undefined && { despite: parseDespite(despite) }),
    },
  });
}

/** The answer to an act before its outcome is watched. */
export type Recorded = Omit<Extract<ActAnswer, { ok: true }>, 'outcome'> | Extract<ActAnswer, { ok: false }>;

/** Judges a command on what its user knows, and queues it. */
export function recordAct(host: Host, command: VisitCommand, copy: Copy): Change<Recorded> {
  const { actor, device, policy, now } = host;
  const { metadata } = command;
  const commandId = metadata.commandId ?? '';
  const visit = viewCopy(copy, host);
  if (isOnRecord(copy, command)) return { copy, answer: { ok: true, commandId, visit, violations: [] } };
  if (visit.needsUpgrade) return { copy, answer: { ok: false, reason: 'needs-upgrade', visit } };
  const { lead } = copy;
  if (lead !== null && lead.device !== device)
    return { copy, answer: { ok: false, reason: 'led-elsewhere', lead, visit } };
  const isHere = copy.events.length + copy.own.length + copy.queue.length > 0;
  if (!isHere) return { copy, answer: { ok: false, reason: 'not-here' } };
  const decision = decide(command, visit.local, policy);
  const violations = decision.ok ? [] : decision.rejection.violations;
  const mayRecord = isRecordable(command.type, actor);
  if (!decision.ok && (metadata.despite === undefined || !mayRecord)) {
    return { copy, answer: { ok: false, reason: 'refused', violations: decision.rejection.violations, visit } };
  }
  if (!mayRecord) {
    throw new TypeError(`${command.type} is no act of a ${actor.role}: reconciling makes it`);
  }
  const queued: Queued = { place: copy.nextPlace, command, basedOn: copy.events.length, recordedAt: now() };
  const undone = copy.undone.filter((id) => id !== commandId);
  const after = { ...copy, nextPlace: copy.nextPlace + 1, queue: [...copy.queue, queued], undone };
  return {
    copy: after,
    answer: { ok: true, commandId, visit: viewCopy(after, host), violations },
    journaled: true,
  };
}

/**
 * True if the command was recorded before: it waits, or the server has it.
 *
 * @throws TypeError for another command under its id
 */
function isOnRecord({ queue, events, own }: Copy, command: VisitCommand): boolean {
  const { type, data, metadata } = command;
  const { commandId = '' } = metadata;
  const queued = queue.find((one) => one.command.metadata.commandId === commandId)?.command;
  if (queued !== undefined) {
    if (queued.type === type && deepEqual(queued.data, data)) return true;
    throw new TypeError(`Another command waits under the id ${commandId}`);
  }
  const log = readable([...events, ...own]);
  const ids = collectCommandIds(log);
  if (!ids.has(commandId)) return false;
  if (firstOutcome({ log, reported: [], ids }, command) !== null) return true;
  throw new TypeError(`Another command is on record under the id ${commandId}`);
}

/** Takes back an act that the server does not have. */
export function undoAct(host: Host, copy: Copy, queued: Queued): Change<UndoAnswer> {
  const { actor, policy, now, undoMs } = host;
  const refuse = (reason: 'sent' | 'too-late' | 'needed'): Change<UndoAnswer> => ({
    copy,
    answer: { ok: false, reason },
  });
  const isRefused = ['malformed', 'too-large'].includes(queued.withheld?.reason ?? '');
  if (queued.sentAt !== undefined && !isRefused) return refuse('sent');
  if (queued.withheld === undefined) {
    if (!isUndoable(queued, now(), undoMs)) return refuse('too-late');
    if (isNeeded(copy, queued, actor, policy)) return refuse('needed');
  }
  const queue = copy.queue.filter((one) => one !== queued);
  const after = { ...copy, queue, undone: [...copy.undone, idOf(queued)] };
  return { copy: after, answer: { ok: true, visit: viewCopy(after, host) }, journaled: true };
}

/** True if a later act that the copy accepted would be refused without this one. */
function isNeeded(copy: Copy, { place }: Queued, actor: Actor, policy: Policy): boolean {
  const earlier = copy.queue.filter((queued) => queued.place < place);
  const fold = foldLocal({ ...copy, queue: earlier }, actor);
  const later = copy.queue.filter((queued) => queued.place > place && queued.withheld === undefined);
  return later.some(({ command }) => {
    const isRefused = command.metadata.despite === undefined && !decide(command, fold.state, policy).ok;
    if (!isRefused) fold.step(createEvent(command, fold.state));
    return isRefused;
  });
}

/** Changes the copy in whose queue a command waits; answers `missing` if none has it. */
export async function changeQueued<T>(
  { copies, opened }: Host,
  commandId: Id,
  missing: T,
  change: (copy: Copy, queued: Queued) => Change<T>,
): Promise<T> {
  const findIn = ({ queue }: Copy) => queue.find((queued) => idOf(queued) === commandId);
  const findVisit = async (): Promise<Id | null> => {
    for (const { visitId, waiting, withheld } of [...copies.heads.values()]) {
      if (waiting + withheld > 0 && findIn(await readCopy(copies, visitId)) !== undefined) return visitId;
    }
    return null;
  };
  await opened();
  let visitId = await findVisit();
  if (visitId === null) {
    // Another tab may have recorded it.
    await refreshCopies(copies);
    visitId = await findVisit();
  }
  if (visitId === null) return missing;
  return updateStoredCopy(copies, visitId, (copy) => {
    const queued = findIn(copy);
    return queued === undefined ? { copy, answer: missing } : change(copy, queued);
  });
}

/** Lets a withheld command be sent again, and its refused photographs with it. */
export function releaseAct(copy: Copy, queued: Queued): Change<boolean> {
  const { withheld: _, ...waiting } = queued;
  const queue = copy.queue.map((one) => (one === queued ? waiting : one));
  return { copy: photosSentBy(copy, queued).reduce(withoutRefusal, { ...copy, queue }), answer: true };
}

function withoutRefusal(copy: Copy, sha256: Sha256): Copy {
  const { refused, ...photo } = copy.photos.get(sha256) ?? {};
  return refused === undefined ? copy : withPhoto(copy, photo as ReplicaPhoto);
}
