/** The replica as an application sees it. */
import type { Id } from '../messages/index.ts';
import type { ActAnswer, ActCommand, ActOptions, UndoAnswer } from './acting.ts';
import type { Lead } from './copies/copy.ts';
import type { ReplicaPhotos } from './copies/photographs.ts';
import type { ReplicaVisit } from './copies/view.ts';
import type { ReplicaDrafts } from './drafts.ts';
import type { ForgetAnswer } from './forgetting.ts';
import type { RefetchAnswer } from './refetching.ts';
import type { ReplicaChange, ReplicaStatus, ReplicaVisitEntry } from './status.ts';
import type { SyncReport } from './sync/round.ts';
import type { StartOptions } from './triggers.ts';
import type { UnsentOptions } from './unsent.ts';

/** Options of {@link Replica.sync}. @since 0.5.0 */
export type ReplicaSyncOptions = Readonly<{
  /** Ends the round; what was not sent still waits. */
  signal?: AbortSignal;
}>;

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
   * Makes this device lead a visit, so that it may record acts and the others of the user only read. Without a signal the lead is taken
   * all the same, and the answer is not `confirmed`: warn the user that the other device may still go on; what both record is
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
  /** Removes a visit that has ended and is synced from the device. */
  forget(visitId: Id): Promise<ForgetAnswer>;
  /** Ends the report of the losses in `status`, once the user knows of them. */
  dismissLosses(): void;
  /** Ends it: listeners, timers, other tabs. It records no act after it. The store stays open; it is the application's. */
  close(): void;
}>;
