import { pause, storeRuntime } from '../../util/runtime.ts';
import { isStoreError, StoreError } from '../errors.ts';
import type { Admission, AdmittedDatabase, PostgresDatabase } from './database.ts';
import { errorMessage } from './errors.ts';
import type { PostgresSql } from './sql.ts';

/** The standbys that a store counts on, by their application names, how many must have what it answers, and how long it waits for them. */
export type Standbys = Readonly<{ names: readonly string[]; count: number; timeoutMs: number }>;

/** Runs a call on the database, and resolves or rejects once the standbys have what it answers. */
export type Replicated = <T>(isWriting: boolean, call: (database: PostgresDatabase) => Promise<T>) => Promise<T>;

type Settings = Readonly<{
  is_standby: boolean;
  waits_for: string;
  commits: string;
  set_by: string;
  may_read: boolean;
  role: string;
  server: string;
}>;

type Positions = Readonly<{ written: string; flushed: string; replicated: string | null }>;

/**
 * Admits a connection to a primary whose commits wait for these standbys, and names the server by what its next start changes, also the
 * restart after a crash. The settings may change after it: what is answered rests on positions.
 */
export function admitPrimary(sql: PostgresSql, { names }: Standbys): Admission {
  const servers = new WeakMap<object, string>();
  return async (client, query) => {
    const known = servers.get(client);
    if (known !== undefined) return known;
    const [found] = (await query(sql.standing)).rows as Settings[];
    const refusal = found === undefined ? 'the server does not say what it is' : findRefusal(found, names);
    if (found === undefined || refusal !== undefined) {
      throw new StoreError('unavailable', `Postgres: durability 'replicated' cannot be kept: ${refusal}`);
    }
    servers.set(client, found.server);
    return found.server;
  };
}

function findRefusal(found: Settings, names: readonly string[]): string | undefined {
  const { waits_for: waitsFor, commits, set_by: setBy, role } = found;
  if (found.is_standby) return 'the server is a standby: its positions are those of another';
  if (!['on', 'remote_apply'].includes(commits)) {
    const place = setBy === 'user' ? `of the role ${role}` : `(source: ${setBy})`;
    return `synchronous_commit ${place} is ${commits}, and has to be on or remote_apply`;
  }
  const listed: readonly string[] = waitsFor.match(/"(?:[^"]|"")*"|[^\s,()"]+/g) ?? [];
  if (listed.length === 0) return 'synchronous_standby_names is empty: a commit waits for no standby';
  if (listed.includes('*')) return 'synchronous_standby_names has *: whatever connects would do, as pg_receivewal';
  const isListed = (name: string) => listed.some((one) => unquote(one).toLowerCase() === name.toLowerCase());
  if (!names.some(isListed)) return `synchronous_standby_names names none of ${names.join(', ')}`;
  if (!found.may_read) return `the role ${role} does not see the standbys: GRANT pg_monitor TO "${role}"`;
  return undefined;
}

const unquote = (name: string) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);

/** Kinds of errors that do not depend on what is stored. */
const UNRELATED: ReadonlySet<string> = new Set(['unavailable', 'io', 'busy', 'closed', 'full', 'read-only']);

/** Waits after each call, be it a write, a read or a refusal, until the standbys have what it rests on. */
export function replicatedCalls(database: AdmittedDatabase, sql: PostgresSql, standbys: Standbys): Replicated {
  const confirm = createConfirmation(database, sql, standbys);

  async function confirmAll(servers: ReadonlySet<string>, isWriting: boolean): Promise<void> {
    try {
      const [server, ...others] = servers;
      if (others.length > 0) throw new Error('two servers answered parts of the call');
      if (server !== undefined) await confirm(server);
    } catch (cause) {
      const message = `Postgres: not confirmed by ${standbys.names.join(', ')}: ${errorMessage(cause)}`;
      throw new StoreError(isWriting ? 'io' : 'unavailable', message, { cause });
    }
  }

  return async (isWriting, call) => {
    const servers = new Set<string>();
    try {
      const answer = await call(database.noting(servers));
      await confirmAll(servers, isWriting);
      return answer;
    } catch (error) {
      if (isStoreError(error) && UNRELATED.has(error.kind)) throw error;
      await confirmAll(servers, isWriting);
      throw error;
    }
  };
}

type Waiter = {
  readonly server: string;
  readonly since: number;
  /** The end of the WAL when it was first looked up after the call: no commit that the call saw lies beyond it. */
  place: bigint | undefined;
  readonly settle: (error?: Error) => void;
};

/** A commit writes out the WAL before it; after this time without one, it is written out without a commit. */
const STILL_MS = 10;
const SHORTEST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 50;

/**
 * Confirms places in the WAL. One look at the positions serves all that wait for them when it begins; those that come meanwhile wait for
 * the next.
 */
function createConfirmation(database: AdmittedDatabase, sql: PostgresSql, { names, count, timeoutMs }: Standbys) {
  const waiting = new Set<Waiter>();
  let looking = false;

  async function look(): Promise<{ server: string | undefined; written: bigint; flushed: bigint; replicated: bigint }> {
    const servers = new Set<string>();
    const [found] = await database.noting(servers).read<Positions>(sql.positions, [names, count]);
    const { written = '0', flushed = '0', replicated } = found ?? {};
    const [server] = servers.size === 1 ? servers : [];
    return { server, written: BigInt(written), flushed: BigInt(flushed), replicated: BigInt(replicated ?? '0') };
  }

  /** Looks at the positions once; returns whether some that wait got what they wait for. */
  async function confirmOnce(): Promise<boolean> {
    const asked = [...waiting];
    const end = (waiter: Waiter, error?: Error) => waiting.delete(waiter) && waiter.settle(error);
    try {
      const { server, written, flushed, replicated } = await look();
      const now = storeRuntime.monotonicMs();
      let isStill = false;
      for (const waiter of asked) {
        waiter.place ??= written;
        if (server !== waiter.server) end(waiter, new Error('the server was replaced or restarted'));
        else if (replicated >= waiter.place) end(waiter);
        else if (now - waiter.since >= timeoutMs) end(waiter, new Error(`the standbys lack it after ${timeoutMs} ms`));
        else isStill ||= flushed < waiter.place && now - waiter.since >= STILL_MS;
      }
      if (isStill) await database.write(sql.flush, []);
    } catch (error) {
      for (const waiter of asked) end(waiter, error as Error);
    }
    return asked.some((waiter) => !waiting.has(waiter));
  }

  async function confirmAll(): Promise<void> {
    let pauseMs = SHORTEST_PAUSE_MS;
    while (waiting.size > 0) {
      await new Promise<void>((resolve) => void storeRuntime.nextTurn(resolve)); // all that have their answers by now
      const isMoving = await confirmOnce();
      pauseMs = isMoving ? SHORTEST_PAUSE_MS : Math.min(1.5 * pauseMs, LONGEST_PAUSE_MS);
      if ([...waiting].some(({ place }) => place !== undefined)) await pause(pauseMs, storeRuntime);
    }
    looking = false;
  }

  return (server: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const settle = (error?: Error) => (error === undefined ? resolve() : reject(error));
      waiting.add({ server, since: storeRuntime.monotonicMs(), place: undefined, settle });
      if (looking) return;
      looking = true;
      void confirmAll();
    });
}
