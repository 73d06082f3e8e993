/** A round of syncing: what waits is sent, visit by visit; then what is new is fetched. A visit that fails stops no other. */
import type { Id } from '../messages/index.ts';
import { DivergedError } from './confirming.ts';
import type { Head, SyncFailure } from './copy.ts';
import type { Syncing } from './exchange.ts';
import { LeaseLostError } from './locking.ts';
import { pullVisit } from './pulling.ts';
import { pushVisit, type Sent } from './pushing.ts';
import { type RemoteAssignments, RemoteError, type RemoteErrorKind, type RemoteVisit } from './remote.ts';
import { isFull } from './room.ts';

/** The number of visits in a row that may get no answer before the round ends: the server cannot be reached. */
const UNREACHABLE = 3;

/** The number of visits that the store may fail at before the round ends: it is not theirs alone. */
const MOST_STORE_ERRORS = 10;

/** The answer to a sync. @since 0.5.0 */
export type SyncReport = Readonly<{
  /**
   * `done`: all that could be exchanged was, though single visits may have failed; `busy`: another tab syncs; `offline`,
   * `unauthenticated`, `upgrade-required`, `aborted`: it ended early, and what was not sent still waits. `revoked`: the device was
   * revoked; what waited was handed in as far as the server takes it, and what was synced is removed.
   */
  result: 'done' | 'busy' | 'offline' | 'unauthenticated' | 'upgrade-required' | 'aborted' | 'revoked';
  /** The ids of the commands that were answered, by outcome. */
  sent: Readonly<Record<'accepted' | 'refused' | 'twin' | 'repeated', readonly Id[]>>;
  /** The visits that failed, and why. */
  failures: readonly Readonly<{ visitId: Id; failure: SyncFailure }>[];
  /** The time to wait before the next round, as the server asked, in milliseconds. */
  retryAfterMs: number | null;
}>;

type Ended = Exclude<SyncReport['result'], 'done' | 'busy' | 'aborted'>;

/** The kinds of failure that end a round for all visits. */
const endings: Partial<Record<RemoteErrorKind, Ended>> = {
  unauthenticated: 'unauthenticated',
  'upgrade-required': 'upgrade-required',
};

/** The place up to which the visits of the user were listed, and those that were removed from the device, with their versions. */
export type Progress = Readonly<{
  cursor: Readonly<{ read: () => Promise<string | null>; write: (cursor: string) => Promise<void> }>;
  forgotten: () => Promise<ReadonlyMap<Id, number>>;
  /** Forgets those that were removed and that the server lists no more. */
  keepForgotten: (listed: ReadonlySet<Id>) => Promise<void>;
}>;

type Round = {
  readonly syncing: Syncing;
  readonly sent: Sent;
  readonly failures: { visitId: Id; failure: SyncFailure }[];
  unreachable: number;
  retryAfterMs: number | null;
  isRevoked: boolean;
  /** The errors of the store about single visits: the first is thrown once the others had their turn. */
  readonly storeErrors: unknown[];
  readonly cursor: Progress['cursor'];
};

/** Thrown to end a round. */
class RoundEnded extends Error {
  readonly result: SyncReport['result'];
  constructor(result: SyncReport['result']) {
    super(result);
    this.result = result;
  }
}

/** Sends what waits of every visit, and fetches what is new. */
export async function syncRound(syncing: Syncing, progress: Progress): Promise<SyncReport> {
  const sent: Sent = { accepted: [], refused: [], twin: [], repeated: [] };
  const { cursor } = progress;
  const round: Round = {
    syncing,
    sent,
    failures: [],
    unreachable: 0,
    retryAfterMs: null,
    isRevoked: false,
    storeErrors: [],
    cursor,
  };
  const end = (result: SyncReport['result']): SyncReport => {
    const { failures, retryAfterMs } = round;
    return { result: syncing.signal.aborted ? 'aborted' : result, sent, failures, retryAfterMs };
  };
  try {
    await syncing.copies.refresh();
    for (const visitId of waitingVisits(syncing)) {
      await attempt(round, visitId, () => pushVisit(syncing, visitId, sent));
    }
    if (round.isRevoked || isHandedIn(syncing)) return end('revoked');
    await pullChanged(round, progress);
    if (round.storeErrors.length > 0) throw round.storeErrors[0];
    return end('done');
  } catch (error) {
    if (error instanceof RoundEnded) return end(error.result);
    if (error instanceof LeaseLostError) return end('busy');
    throw error;
  }
}

/** The visits of which something waits; those that failed last, the most often at the end. */
function waitingVisits({ copies: { heads } }: Syncing): readonly Id[] {
  const waiting = [...heads.values()].filter(({ waiting, photosWaiting }) => waiting + photosWaiting > 0);
  const rounds = (failure: SyncFailure | null) => failure?.rounds ?? 0;
  return waiting.sort((one, other) => rounds(one.failure) - rounds(other.failure)).map(({ visitId }) => visitId);
}

/** Exchanges one visit, and goes on with the others after an error of the store about it. */
async function attempt(round: Round, visitId: Id, task: () => Promise<void>): Promise<boolean> {
  try {
    return await exchange(round, visitId, task);
  } catch (error) {
    if (error instanceof RoundEnded || error instanceof LeaseLostError) throw error;
    round.storeErrors.push(error);
    // What a full device has to send is sent all the same.
    if (!isFull(error) && round.storeErrors.length >= MOST_STORE_ERRORS) throw error;
    return false;
  }
}

/** Exchanges one visit; notes its failure, and ends the round if no visit can be exchanged. */
async function exchange(round: Round, visitId: Id, task: () => Promise<void>): Promise<boolean> {
  const { syncing } = round;
  try {
    await task();
    await noteFailure(syncing, visitId, null);
    round.unreachable = 0;
    return true;
  } catch (error) {
    if (!(error instanceof RemoteError) && !(error instanceof DivergedError)) throw error;
    if (isRevocation(error)) {
      // The other visits are handed in, too.
      round.isRevoked = true;
      return false;
    }
    endRoundOfAll(round, error);
    const failure = await noteFailure(syncing, visitId, error);
    if (failure !== null) round.failures.push({ visitId, failure });
    await endRoundIfUnreachable(round, error);
    return false;
  }
}

const isRevocation = (error: unknown) => error instanceof RemoteError && error.reason === 'device-revoked';

/** True if the server keeps what the device sent for an operator, since it was revoked. */
const isHandedIn = ({ copies: { heads } }: Syncing) => [...heads.values()].some(({ quarantined }) => quarantined > 0);

/** Ends the round for a failure that is no visit's. @throws RoundEnded */
function endRoundOfAll(round: Round, error: unknown): void {
  if (!(error instanceof RemoteError)) return;
  if (error.retryAfterMs !== undefined) round.retryAfterMs = Math.max(round.retryAfterMs ?? 0, error.retryAfterMs);
  if (round.syncing.signal.aborted) throw new RoundEnded('aborted');
  if (isRevocation(error)) throw new RoundEnded('revoked');
  const ending = endings[error.kind];
  if (ending !== undefined) throw new RoundEnded(ending);
}

/**
 * Ends the round if visits get no answer and the server cannot be reached. One that answers for other things fails at these visits
 * alone, which then keep no other from its turn.
 *
 * @throws RoundEnded
 */
async function endRoundIfUnreachable(round: Round, error: unknown): Promise<void> {
  if (!(error instanceof RemoteError) || error.kind !== 'unavailable' || error.reason !== undefined) return;
  round.unreachable += 1;
  if (round.unreachable < UNREACHABLE) return;
  await assignmentsAfter(round, await round.cursor.read());
  round.unreachable = 0;
}

const divergences: readonly unknown[] = ['diverged', 'based-on-invalid'];

/** Stores the failure of a visit, or clears it: while something waits, what stopped it stays. */
function noteFailure(
  { copies, now }: Syncing,
  visitId: Id,
  error: RemoteError | DivergedError | null,
): Promise<SyncFailure | null> {
  return copies.update(visitId, (copy) => {
    if (error === null) {
      const isClear = copy.failure === null || copy.queue.some(({ withheld }) => withheld === undefined);
      return { copy: isClear ? copy : { ...copy, failure: null }, answer: null };
    }
    const rounds = (copy.failure?.rounds ?? 0) + 1;
    const failure = { ...failureOf(error), at: now(), rounds };
    return { copy: { ...copy, failure }, answer: failure };
  });
}

export function failureOf(error: RemoteError | DivergedError): Omit<SyncFailure, 'at' | 'rounds'> {
  const { message } = error;
  const { kind, reason } = error as Partial<RemoteError>;
  // A log that is shorter than the part of it that was seen was restored, too.
  if (kind === undefined || divergences.includes(reason)) return { kind: 'diverged', message };
  return { kind, message, ...(reason !== undefined && { reason }) };
}

/** Fetches the visits that failed before and those that changed, page by page. The cursor is stored after the visits before it. */
async function pullChanged(round: Round, { cursor, forgotten, keepForgotten }: Progress): Promise<void> {
  const { syncing } = round;
  const isOwed = ({ version, own, wanted, failure, waiting }: Head) =>
    version + own < wanted || (failure !== null && waiting === 0);
  const owed = [...syncing.copies.heads.values()].filter(isOwed);
  for (const { visitId } of owed) await attempt(round, visitId, () => pullVisit(syncing, visitId));
  const removed = await forgotten();
  const from = await cursor.read();
  const listed = new Set<Id>();
  // From the beginning, each visit is compared: a server that was restored may have as many events, and others.
  const isCompared = ({ visitId }: RemoteVisit) => from === null && syncing.copies.heads.has(visitId);
  for (let after = from; ; ) {
    const page = await assignmentsAfter(round, after);
    for (const { visitId } of page.visits) listed.add(visitId);
    for (const visit of page.visits.filter((one) => isCompared(one) || mayHaveMore(syncing, one, removed))) {
      const isPulled = await attempt(round, visit.visitId, () => pullVisit(syncing, visit.visitId));
      // Of a visit that cannot be stored the cursor cannot be passed.
      if (!isPulled && round.storeErrors.length === 0) await noteWanted(syncing, visit);
    }
    if (page.cursor !== after && round.storeErrors.length === 0) await cursor.write(page.cursor);
    after = page.cursor;
    if (!page.more) break;
  }
  if (from === null) await keepForgotten(listed);
}

/** Stores that a visit has more events: its cursor passes, and the next round asks for them. */
const noteWanted = ({ copies }: Syncing, { visitId, version }: RemoteVisit): Promise<void> =>
  copies.update(visitId, (copy) => ({
    copy: copy.wanted >= version ? copy : { ...copy, wanted: version },
    answer: undefined,
  }));

/** False if the copy has all events of a visit that the user may see, or had when it was removed. */
function mayHaveMore(
  { copies: { heads } }: Syncing,
  { visitId, version }: RemoteVisit,
  removed: ReadonlyMap<Id, number>,
): boolean {
  const head = heads.get(visitId);
  return (head === undefined ? removed.get(visitId) : head.version + head.own) !== version;
}

async function assignmentsAfter(round: Round, after: string | null): Promise<RemoteAssignments> {
  const { remote, signal, heard, mayGoOn } = round.syncing;
  mayGoOn();
  try {
    const page = await remote.assignments(after, { signal });
    heard(page.serverTime);
    return page;
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    endRoundOfAll(round, error);
    throw new RoundEnded('offline');
  }
}
