import { mustKnowKeys } from '../kernel/known.ts';
import type { Id } from '../messages/index.ts';
import { isStoreError, StoreError } from '../stores/errors.ts';
import {
  type ActAnswer,
  type ActCommand,
  type ActOptions,
  changeQueued,
  completeCommand,
  recordAct,
  releaseAct,
  type UndoAnswer,
  undoAct,
} from './acting.ts';
import { asWithheld } from './copies/confirming.ts';
import { asLenient, readCopy, refreshCopies, updateCopy, updateStoredCopy } from './copies/copies.ts';
import { type Lead, prefixOf } from './copies/copy.ts';
import { dismissLosses } from './copies/losses.ts';
import { createPhotos, type ReplicaPhotos } from './copies/photographs.ts';
import { type ReplicaVisit, viewCopy } from './copies/view.ts';
import { createDrafts, type ReplicaDrafts } from './drafts.ts';
import { type ForgetAnswer, type ForgetOptions, forgetVisit, freeRoom } from './forgetting.ts';
import { createHost, type Host } from './host.ts';
import { type ReplicaOptions, resolveOptions } from './options.ts';
import { createOutcomes, type WatchOutcome } from './outcomes.ts';
import { forgetErased, type RefetchAnswer, refetchVisit } from './refetching.ts';
import { createRounds, type ReplicaSyncOptions } from './rounds.ts';
import { deriveEntry, type ReplicaChange, type ReplicaStatus, type ReplicaVisitEntry } from './status.ts';
import type { SyncReport } from './sync/round.ts';
import { type StartOptions, startTriggers } from './triggers.ts';
import { exportUnsent, type UnsentOptions } from './unsent.ts';

/** The visits of one person on one device. @since 0.5.0 */
export type Replica = Readonly<{
  /**
   * Records an act: judges it on what the user knows, stores it durably, then answers. Acts of one visit are judged in the order
   * in which they were asked for.
   *
   * @throws StoreError when it cannot be stored (`full` …), or the replica was closed (`closed`): it is not recorded, and must be said to
   *   the user
   * @throws TypeError for an act of another person
   */
  act(command: ActCommand, options?: ActOptions): Promise<ActAnswer>;
  /**
   * Takes back an act within `undoMs`, as long as it was not sent. One that is withheld can be taken back at any time, unless the server may
   * have it: what was recorded after it goes on without it already.
   */
  undo(commandId: Id): Promise<UndoAnswer>;
  /**
   * Withholds a command that the server does not take, so that those after it go on; `message` says why. It stays on the device and
   * in the file of `exportUnsent`. Answers false if no command waits under the id.
   */
  withhold(commandId: Id, message: string): Promise<boolean>;
  /** Lets a withheld command be sent again, with its photographs. What is withheld for a reason that may pass is sent again by itself, too. */
  release(commandId: Id): Promise<boolean>;
  /**
   * Makes this device lead a visit, so that it may record acts and the others of the user only read. Without a signal the lead is still
   * taken, and the answer is not `confirmed`: warn the user that the other device may go on; what both record is
   * reconciled.
   */
  takeLead(visitId: Id): Promise<Lead>;
  /** The visit as it is on the device; an empty one if it is not here. */
  visit(visitId: Id): Promise<ReplicaVisit>;
  /** The visits on the device, in the order of their last change, the newest first. */
  visits(): Promise<readonly ReplicaVisitEntry[]>;
  /**
   * Sends what waits, visit by visit, in order, and fetches what is new. A visit that fails stops no other. Never throws for the server. Acts
   * that can still be undone are not sent while the browser knows of no network.
   */
  sync(options?: ReplicaSyncOptions): Promise<SyncReport>;
  /**
   * Replaces the events of a visit by those of the server: the way out of a `failure` of the kind `diverged`, as after the server was
   * restored from an older backup. What waits is kept, and the user's acts that the server lacks wait again, before it; photographs
   * stay. One write: a kill in the middle changes nothing. It may be called for any visit.
   */
  refetch(visitId: Id): Promise<RefetchAnswer>;
  /**
   * Syncs by itself: at once, after acts, when the network or the page comes back, and from time to time; not while the browser knows
   * that there is no network. The answer ends it.
   */
  start(options?: StartOptions): () => void;
  /** Calls a listener after each change, in this tab or another; the answer ends it. */
  subscribe(listener: (change: ReplicaChange) => void): () => void;
  readonly status: ReplicaStatus;
  readonly photos: ReplicaPhotos;
  readonly drafts: ReplicaDrafts;
  /**
   * Writes all that was not sent into a file, as lines of JSON under a seal: `parseUnsent` reads it. The acts come first; photographs that do
   * not fit, or cannot be read, are named. An act that is in it cannot be undone.
   */
  exportUnsent(options?: UnsentOptions): Promise<Blob>;
  /** Removes a visit that has ended and is synced from the device, or with `erased` the texts that the server no longer has. */
  forget(visitId: Id, options?: ForgetOptions): Promise<ForgetAnswer>;
  /** Ends the report of the losses in `status`, once the user knows of them. */
  dismissLosses(): void;
  /** Ends it: listeners, timers, other tabs. It records no act after it. The store stays open; it is the application's. */
  close(): void;
}>;

/**
 * Creates the replica of a person on a device. It works on what is stored there: nothing is sent or fetched before `sync` or
 * `start`.
 *
 * @throws TypeError for an unknown or invalid option
 * @since 0.5.0
 */
export function createReplica(given: ReplicaOptions): Replica {
  const host: Host = createHost(resolveOptions(given), (writing) => freeRoom(host, writing));
  const { actor, undoMs, copies, opened, ended } = host;
  const sync = createRounds(host);
  const watchOutcome = createOutcomes(copies, host.changes.add, ended);
  // The status is known soon, whatever is called first.
  void opened().catch(() => undefined);

  return {
    act: (command, options) => act(host, watchOutcome, command, options),
    undo: (commandId) =>
      changeQueued<UndoAnswer>(host, commandId, { ok: false, reason: 'unknown' }, (copy, queued) =>
        undoAct(host, copy, queued),
      ),
    withhold: (commandId, message) =>
      changeQueued(host, commandId, false, (copy, { place }) => ({
        copy: asWithheld(copy, place, { reason: 'given-up', message }),
        answer: true,
      })),
    release: (commandId) => changeQueued(host, commandId, false, releaseAct),
    takeLead: (visitId) => takeLead(host, visitId),
    async visit(visitId) {
      await opened();
      await refreshCopies(copies, visitId).catch(ifUnreadable);
      return viewCopy(await readCopy(copies, visitId), host);
    },
    async visits() {
      await opened();
      await refreshCopies(asLenient(copies)).catch(ifUnreadable);
      const entries = [...copies.heads.values()].map((head) => deriveEntry(head, host.losses));
      return entries.sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
    },
    sync,
    refetch: (visitId) => refetchVisit(host, visitId),
    start(options) {
      const stop = startTriggers({ sync, onAct: host.acts.add, undoMs }, options);
      ended.addEventListener('abort', stop);
      if (ended.aborted) stop();
      return () => {
        ended.removeEventListener('abort', stop);
        stop();
      };
    },
    subscribe: host.changes.add,
    get status() {
      return host.status();
    },
    photos: createPhotos(host),
    drafts: createDrafts(host, `drafts/${prefixOf(actor)}`),
    async exportUnsent(options = {}) {
      mustKnowKeys('exportUnsent', options, { photos: 0 });
      await opened().catch(() => undefined);
      return exportUnsent({ ...host, copies: asLenient(host.copies) }, options);
    },
    async forget(visitId, options = {}) {
      mustKnowKeys('forget', options, { erased: 0 });
      await opened();
      return options.erased ? forgetErased(host, visitId) : forgetVisit(host, visitId);
    },
    dismissLosses() {
      dismissLosses(host.losses);
      void host.settings.flush().catch(() => undefined);
      host.notify(null);
    },
    close: host.close,
  };
}

/** Goes on with what is known while the store, which another process may have changed, cannot be read. */
function ifUnreadable(error: unknown): void {
  if (!isStoreError(error)) throw error;
}

async function act(
  host: Host,
  watchOutcome: WatchOutcome,
  command: ActCommand,
  options: ActOptions = {},
): Promise<ActAnswer> {
  mustKnowKeys('act', options, { despite: 0, atConfirmed: 0 });
  const parsed = completeCommand(command, options, host);
  if (!parsed.ok) return { ok: false, reason: 'malformed', issues: parsed.issues };
  if (host.ended.aborted) throw new StoreError('closed', 'The replica is closed');
  await host.opened();
  if (host.rounds.revoked) return { ok: false, reason: 'device-revoked' };
  const estimate = options.atConfirmed ? null : host.clock.suspect();
  if (estimate !== null) return { ok: false, reason: 'clock-suspect', estimate };
  const { visitId } = parsed.value.data;
  const answer = await updateStoredCopy(host.copies, visitId, (copy) => recordAct(host, parsed.value, copy));
  if (!answer.ok) return answer;
  host.acts.call();
  return { ...answer, outcome: watchOutcome(parsed.value) };
}

async function takeLead({ opened, server, device, ended, copies }: Host, visitId: Id): Promise<Lead> {
  await opened();
  const answered = await server.takeLead?.(visitId, device, { signal: ended });
  const lead = { device, confirmed: answered?.ok === true };
  return updateCopy(copies, visitId, (copy) => ({ copy: { ...copy, lead }, answer: lead }));
}
