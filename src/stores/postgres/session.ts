import { StoreError } from '../errors.ts';
import { type CallKind, callOnPrimary } from './calls.ts';
import { type AdmittedDatabase, createDatabase, type PostgresDatabase } from './database.ts';
import { loadHosts, primaryPool } from './hosts.ts';
import {
  checkStandbys,
  checkTimeouts,
  listConnections,
  type PostgresStoreOptions,
  type StoreOptions,
} from './options.ts';
import { hostPool, ownPool, type PoolSource, type Timeouts, withTimeout } from './pool.ts';
import type { PostgresSql } from './sql.ts';
import { createAdmission, replicatedCalls } from './standbys.ts';

/** The calls of a store on its database, from the first to its end. */
export type Session = Readonly<{
  database: AdmittedDatabase;
  timeouts: Timeouts;
  source: PoolSource;
  /** Runs work on the primary, where there are several hosts. */
  onPrimary<T>(kind: CallKind, once: () => Promise<T>): Promise<T>;
  /** Runs a call, and waits for the standbys if it has to. */
  call<T>(kind: CallKind, work: (database: PostgresDatabase) => Promise<T>): Promise<T>;
  lifecycle: Lifecycle;
  /** Waits for the calls in flight, ends what runs `beside` them, and closes the connections. It may be called twice. */
  close(beside?: () => Promise<unknown>): Promise<void>;
}>;

/** Opens the calls of a store; its `sql` has places if the durability is `replicated`. */
export function openSession(
  options: StoreOptions,
  createSource: (timeouts: Timeouts) => PoolSource,
  sql: PostgresSql,
): Session {
  const timeouts = checkTimeouts(options);
  const standbys = checkStandbys(options);
  const source = createSource(timeouts);
  const database = createDatabase(source, timeouts, standbys && createAdmission(sql, standbys));
  const replicated = standbys && replicatedCalls(database, sql, standbys);
  const lifecycle = createLifecycle();

  const onPrimary = <T>(kind: CallKind, once: () => Promise<T>) =>
    source.hosts === undefined ? once() : callOnPrimary(source.hosts, kind, once);

  const call = <T>(kind: CallKind, work: (database: PostgresDatabase) => Promise<T>): Promise<T> =>
    onPrimary(kind, () => (replicated === undefined ? work(database) : replicated(kind !== 'read', work)));

  const end = async (beside?: () => Promise<unknown>) => {
    await lifecycle.drain(timeouts.answer);
    if (beside) await withTimeout(timeouts.answer, 'not sent', beside()).catch(() => undefined);
    // A connection may be lost while it is closed, and reject later.
    await withTimeout(timeouts.answer, 'not ended', source.close()).catch(() => undefined);
  };
  let closing: Promise<void> | undefined;
  return {
    ...{ database, timeouts, source, onPrimary, call, lifecycle },
    close: (beside) => (closing ??= end(beside)),
  };
}

/** Opens the source of the pools that the options name. */
export function openSource(options: PostgresStoreOptions, timeouts: Timeouts): PoolSource {
  if ('pool' in options) return hostPool(options.pool);
  const connections = listConnections(options);
  const [one, ...others] = connections;
  const pipeline = options.durability === 'replicated';
  // One host by name may be one server after the other.
  if (one === undefined || others.length > 0 || 'hosts' in options)
    return primaryPool(() => loadHosts(connections, timeouts, pipeline), timeouts);
  return ownPool(one.connection, timeouts, pipeline);
}

/** Tracks the calls in flight, so that closing drains them; later calls are refused. */
type Lifecycle = Readonly<{
  track<T>(work: () => Promise<T>): Promise<T>;
  /** Returns what resolves once the store is prepared; after a failure, the next call prepares again. */
  once(prepare: () => Promise<void>): () => Promise<void>;
  /** Refuses new calls, and resolves once those in flight have ended, or the time is up. */
  drain(durationMs: number): Promise<void>;
}>;

function createLifecycle(): Lifecycle {
  const inFlight = new Set<Promise<unknown>>();
  let closed = false;

  async function track<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreError('closed', 'The store is closed');
    const done = work();
    inFlight.add(done);
    try {
      return await done;
    } finally {
      inFlight.delete(done);
    }
  }

  function once(prepare: () => Promise<void>): () => Promise<void> {
    let ready: Promise<void> | undefined;
    return () => {
      ready ??= prepare().catch((error: unknown) => {
        ready = undefined;
        throw error;
      });
      return ready;
    };
  }

  async function drain(durationMs: number): Promise<void> {
    closed = true;
    await withTimeout(durationMs, 'not done', Promise.allSettled(inFlight)).catch(() => undefined);
  }

  return { track, once, drain };
}
