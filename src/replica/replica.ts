/** The replica: the visits of one person on one device, which works without a signal and loses nothing. */
import { mustKnowKeys } from '../kernel/known.ts';
import type { Actor, Id, Instant } from '../messages/index.ts';
import { isSettled } from '../reconciling/own-view.ts';
import { replay } from '../visit/index.ts';
import {
  type ActAnswer,
  type ActCommand,
  type ActOptions,
  completeCommand,
  recordAct,
  type UndoAnswer,
  undoAct,
  withholdAct,
} from './acting.ts';
import { boundedRemote } from './calls.ts';
import { createClock } from './clock.ts';
import { type Change, type Copies, createCopies } from './copies.ts';
import { type Copy, type Lead, prefixOf } from './copy.ts';
import { createDrafts, type ReplicaDrafts } from './drafts.ts';
import { leaseLock, type SyncLock, webLock, webLocksOf } from './locking.ts';
import { type ReplicaOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { createPhotos, dropSentBytes, dropUnused, type ReplicaPhotos } from './photographs.ts';
import type { Syncing } from './pushing.ts';
import { removeSynced } from './revoking.ts';
import { createSettings } from './settings.ts';
import { entryOf, type ReplicaStatus, type ReplicaVisitEntry, statusOf } from './status.ts';
import { type SyncReport, syncRound } from './syncing.ts';
import { connectTabs } from './tabs.ts';
import { type StartOptions, startTriggers } from './triggers.ts';
import { exportUnsent, type UnsentOptions } from './unsent.ts';
import { isOver, type ReplicaVisit, viewOf } from './view.ts';

/** Options of {@link Replica.sync}. @since 0.5.0 */
export type ReplicaSyncOptions = Readonly<{
  /** Ends the round; what was not sent still waits. */
  signal?: AbortSignal;
}>;

/**
 * The answer to {@link Replica.forget}. Not forgotten: `unknown`, it is not here; `waiting`, something of it was not sent, or is
 * withheld; `open`, it has not ended, or a report of the user's is not settled.
 *
 * @since 0.5.0
 */
export type ForgetAnswer = Readonly<{ ok: true }> | Readonly<{ ok: false; reason: 'unknown' | 'waiting' | 'open' }>;

/** The visits of one person on one device. @since 0.5.0 */
export type Replica = Readonly<{
  /**
   * Records an act: judges it on what the user knows, stores it durably, then answers. Acts of one visit are judged in the order
   * in which they were asked for.
   *
   * @throws StoreError when it cannot be stored (`full`, `closed` …): it is not recorded, and must be said to the user
   * @throws TypeError for an act of another person
   */
  act(command: ActCommand, options?: ActOptions): Promise<ActAnswer>;
  /** Takes back an act within `undoMs`, as long as it was not sent. */
  undo(commandId: Id): Promise<UndoAnswer>;
  /**
   * Withholds a command that the server does not take, so that those after it go on; `message` says why. It stays on the device and
   * in the file of `exportUnsent`. Answers false if no command waits under the id.
   */
  withhold(commandId: Id, message: string): Promise<boolean>;
  /** Lets a withheld command be sent again. */
  release(commandId: Id): Promise<boolean>;
  /**
   * Makes this device lead a visit, so that it may record acts and the others of the user only read. Without a signal the lead is taken
   * all the same, and the answer is not `confirmed`: warn the user that the other device may still go on; what both record is
   * reconciled.
   */
  takeLead(visitId: Id): Promise<Lead>;
  /** The visit as it is on the device; an empty one if it is not here. */
  visit(visitId: Id): Promise<ReplicaVisit>;
  /** The visits on the device, in the order of their last change, the newest first. */
  visits(): Promise<readonly ReplicaVisitEntry[]>;
  /** Sends what waits, visit by visit, in order, and fetches what is new. A visit that fails stops no other. Never throws for the server. */
  sync(options?: ReplicaSyncOptions): Promise<SyncReport>;
  /** Syncs by itself: at once, after acts, when the network or the page comes back, and from time to time. The answer ends it. */
  start(options?: StartOptions): () => void;
  /** Calls a listener after each change, in this tab or another; the answer ends it. */
  subscribe(listener: (change: ReplicaChange) => void): () => void;
  readonly status: ReplicaStatus;
  readonly photos: ReplicaPhotos;
  readonly drafts: ReplicaDrafts;
  /** Writes all that was not sent into a text, as lines of JSON under a seal: `parseUnsent` reads it. */
  exportUnsent(options?: UnsentOptions): Promise<string>;
  /** Removes a visit that has ended and is synced from the device. */
  forget(visitId: Id): Promise<ForgetAnswer>;
  /** Ends it: listeners, timers, other tabs. The store stays open; it is the application's. */
  close(): void;
}>;

/** A change of a replica: of a visit, or of its status alone. @since 0.5.0 */
export type ReplicaChange = Readonly<{ visitId: Id | null; status: ReplicaStatus }>;

/**
 * Creates the replica of a person on a device. It works on what is stored there: nothing is sent or fetched before `sync` or
 * `start`.
 *
 * @throws TypeError for an unknown or invalid option
 * @since 0.5.0
 */
export function createReplica(given: ReplicaOptions): Replica {
  const options = resolveOptions(given);
  const { store, actor, device, policy, now, newId, undoMs } = options;
  const clock = createClock(now, options.monotonicMs);
  const settings = createSettings(store, `replica/${prefixOf(actor)}`, now);
  const listeners = new Set<(change: ReplicaChange) => void>();
  const actListeners = new Set<() => void>();
  const rounds = { online: null as boolean | null, syncing: false, revoked: false, lastSyncAt: null as Instant | null };
  const ended = new AbortController();

  const status = () => statusOf([...copies.heads.values()], { ...rounds, lastServerTime: clock.lastServerTime() });

  function notify(visitId: Id | null): void {
    const change = { visitId, status: status() };
    for (const listener of [...listeners]) {
      try {
        listener(change);
      } catch (error) {
        // What a screen makes of a change neither undoes nor stops it.
        reportListenerError(error);
      }
    }
  }

  const tabs = connectTabs(prefixOf(actor), (visitId) => {
    copies.invalidate(visitId);
    void opened()
      .then(() => copies.refresh(visitId))
      .then(
        () => notify(visitId),
        () => undefined,
      );
  });
  const copies: Copies = createCopies({
    store,
    actor,
    now,
    changed: (visitId) => {
      notify(visitId);
      tabs.tell(visitId);
    },
  });

  let opening: Promise<void> | undefined;
  /** Reads what is stored; tried again after a failure. */
  const opened = () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  async function open(): Promise<void> {
    await copies.refresh();
    const { clock: anchor, lastSyncAt, revoked = false } = await settings.read();
    rounds.revoked ||= revoked;
    if (anchor !== undefined) clock.restore(anchor);
    rounds.lastSyncAt ??= lastSyncAt ?? null;
  }

  async function act(command: ActCommand, actOptions: ActOptions = {}): Promise<ActAnswer> {
    mustKnowKeys('act', actOptions, { despite: 0, atConfirmed: 0 });
    const parsed = completeCommand(command, actOptions, options);
    if (!parsed.ok) return { ok: false, reason: 'malformed', issues: parsed.issues };
    await opened();
    if (rounds.revoked) return { ok: false, reason: 'device-revoked' };
    const estimate = actOptions.atConfirmed ? null : clock.suspect();
    if (estimate !== null) return { ok: false, reason: 'clock-suspect', estimate };
    const answer = await copies.updateStored(parsed.value.data.visitId, (copy) =>
      recordAct(options, parsed.value, copy),
    );
    if (answer.ok) for (const listener of [...actListeners]) listener();
    return answer;
  }

  /** Changes the copy in whose queue a command is; null if no copy has it. */
  async function changeQueued<T>(commandId: Id, change: (copy: Copy) => Change<T>): Promise<T | null> {
    await opened();
    let visitId = await queuedIn(commandId);
    if (visitId === null) {
      // Another tab may have recorded it.
      await copies.refresh();
      visitId = await queuedIn(commandId);
    }
    return visitId === null ? null : copies.updateStored(visitId, change);
  }

  async function queuedIn(commandId: Id): Promise<Id | null> {
    for (const { visitId, waiting, withheld } of [...copies.heads.values()]) {
      const { queue } = waiting + withheld === 0 ? { queue: [] } : await copies.read(visitId);
      if (queue.some(({ command }) => command.metadata.commandId === commandId)) return visitId;
    }
    return null;
  }

  const undo = async (commandId: Id): Promise<UndoAnswer> =>
    (await changeQueued(commandId, (copy) => undoAct(options, commandId, copy))) ?? { ok: false, reason: 'unknown' };

  const withhold = async (commandId: Id, message: string | null): Promise<boolean> =>
    (await changeQueued(commandId, (copy) => withholdAct(commandId, message, copy))) ?? false;

  const lock = lockOf(options, newId());

  async function takeLead(visitId: Id): Promise<Lead> {
    await opened();
    const remote = boundedRemote(options.remote, options.callTimeoutMs);
    const confirmed =
      (await remote.takeLead?.(visitId, device, { signal: ended.signal }).then(
        () => true,
        () => false,
      )) ?? false;
    const lead = { device, confirmed };
    return copies.update(visitId, (copy) => ({ copy: { ...copy, lead }, answer: lead }));
  }

  let lastRound: Promise<unknown> = Promise.resolve();

  async function sync(syncOptions: ReplicaSyncOptions = {}): Promise<SyncReport> {
    mustKnowKeys('sync', syncOptions, { signal: 0 });
    const { signal } = syncOptions;
    // Rounds of one replica follow each other: the lease tells those of other tabs apart alone.
    const turn = lastRound.then(() => syncOnce(signal));
    lastRound = turn.catch(() => undefined);
    return turn;
  }

  async function syncOnce(signal: AbortSignal | undefined): Promise<SyncReport> {
    await opened();
    const round = AbortSignal.any([ended.signal, ...(signal === undefined ? [] : [signal])]);
    const report = await lock(async (mayGoOn) => {
      rounds.syncing = true;
      notify(null);
      const syncing: Syncing = {
        store,
        remote: boundedRemote(options.remote, options.callTimeoutMs),
        copies,
        actor,
        device,
        now,
        signal: round,
        heard: (serverTime) => {
          rounds.online = true;
          settings.note({ clock: clock.note(serverTime) });
        },
        mayGoOn,
      };
      try {
        return await exchange(syncing);
      } finally {
        rounds.syncing = false;
        notify(null);
      }
    });
    return report ?? { result: 'busy', sent: nothingSent, failures: [], retryAfterMs: null };
  }

  async function exchange(syncing: Syncing): Promise<SyncReport> {
    const report = await syncRound(syncing, settings);
    if (report.result === 'offline') rounds.online = false;
    if (report.result === 'done') {
      // A device that the server serves is revoked no longer.
      rounds.revoked = false;
      rounds.lastSyncAt = now();
      settings.note({ lastSyncAt: rounds.lastSyncAt, revoked: false });
    }
    if (report.result === 'revoked') {
      rounds.revoked = true;
      // Should the server serve it again, all visits are fetched again.
      settings.note({ revoked: true, wholeAt: new Date(0).toISOString() });
      await removeSynced(copies, (hashes) => dropUnused({ store, copies }, hashes));
    }
    await settings.flush();
    await dropSentBytes({ store, copies, now });
    for (const { visitId, hasEnded, changedAt } of [...copies.heads.values()]) {
      if (hasEnded && Date.parse(now()) - Date.parse(changedAt) > options.keepEndedMs) await forget(visitId);
    }
    return report;
  }

  async function forget(visitId: Id): Promise<ForgetAnswer> {
    await opened();
    if (!copies.heads.has(visitId)) return { ok: false, reason: 'unknown' };
    let reason: Exclude<ForgetAnswer, { ok: true }>['reason'] | null = null;
    const dropped = await copies.drop(visitId, (copy) => {
      const hasUnsent = [...copy.photos.values()].some(({ uploadedAt, lost }) => !uploadedAt && !lost);
      reason = copy.queue.length > 0 || hasUnsent ? 'waiting' : isOpen(copy, actor) ? 'open' : null;
      return reason === null;
    });
    if (dropped === null) return { ok: false, reason: reason ?? 'waiting' };
    await settings.noteForgotten(visitId, dropped.events.length + dropped.own.length);
    await dropUnused({ store, copies }, dropped.photos.keys());
    return { ok: true };
  }

  return {
    act,
    undo,
    withhold,
    release: (commandId) => withhold(commandId, null),
    takeLead,
    async visit(visitId) {
      await opened();
      return viewOf(await copies.read(visitId), actor, policy);
    },
    async visits() {
      await opened();
      const entries = [...copies.heads.values()].map(entryOf);
      return entries.sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1));
    },
    sync,
    start(startOptions) {
      const stop = startTriggers({ sync, onAct: listenTo(actListeners), undoMs }, startOptions);
      ended.signal.addEventListener('abort', stop);
      if (ended.signal.aborted) stop();
      return () => {
        ended.signal.removeEventListener('abort', stop);
        stop();
      };
    },
    subscribe: listenTo(listeners),
    get status() {
      return status();
    },
    photos: createPhotos({ store, copies, now, opened }),
    drafts: createDrafts(store, `drafts/${prefixOf(actor)}`, now),
    async exportUnsent(exportOptions = {}) {
      mustKnowKeys('exportUnsent', exportOptions, { photos: 0 });
      await opened().catch(() => undefined);
      return exportUnsent({ store, copies, actor, device, now }, exportOptions);
    },
    forget,
    close() {
      ended.abort();
      tabs.close();
      listeners.clear();
      actListeners.clear();
    },
  };
}

const nothingSent: SyncReport['sent'] = { accepted: [], refused: [], twin: [], repeated: [] };

/** Reports the error of a listener as the runtime does. */
function reportListenerError(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError === undefined) console.error(error);
  else reportError(error);
}

const listenTo =
  <T>(listeners: Set<T>) =>
  (listener: T): (() => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };

function lockOf({ store, actor, now }: ResolvedOptions, holder: string): SyncLock {
  const name = `auxilio/${prefixOf(actor)}`;
  const locks = webLocksOf(globalThis);
  return locks === undefined ? leaseLock(store, `lease/${prefixOf(actor)}`, now, holder) : webLock(locks, name);
}

/** True if the user still has something to do with a visit: it has not ended, or a report of theirs waits to be settled. */
function isOpen({ events, own }: Copy, actor: Actor): boolean {
  const log = [...events, ...own];
  // Nothing of it is on record: its id was a mistake, or it was removed.
  if (log.length === 0) return false;
  const reports = log.filter((event) => event.type === 'DiscrepancyReported');
  return !isOver(replay(events), actor) || reports.some((report) => !isSettled(log, report));
}
