import { storeRuntime } from '../../util/runtime.ts';
import { isStoreError, StoreError } from '../errors.ts';
import {
  type Admission,
  type AdmittedDatabase,
  type Basis,
  createBasis,
  type Positions,
  type PostgresDatabase,
} from './database.ts';
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

type PositionsRow = Readonly<{ written: string; flushed: string; replicated: string | null }>;

/**
 * Admits a connection to a primary whose commits wait for these standbys, and names the server by what its next start changes, also the
 * restart after a crash. The settings may change after it: what is answered rests on positions.
 */
export function createAdmission(sql: PostgresSql, { names, count }: Standbys): Admission {
  const servers = new WeakMap<object, string>();
  const admit: Admission['admit'] = async (client, query) => {
    const known = servers.get(client);
    if (known !== undefined) return known;
    const [found] = (await query(sql.standing)).rows as Settings[];
    const refusal = found === undefined ? 'the server does not say what it is' : findRefusal(found, names);
    if (found === undefined || refusal !== undefined) {
      throw new StoreError('unavailable', `Postgres: durability 'replicated' cannot be kept: ${refusal}`);
    }
    await query(sql.pin);
    servers.set(client, found.server);
    return found.server;
  };
  const askPositions: Admission['askPositions'] = async (query, server) => {
    const at = storeRuntime.monotonicMs();
    const [found] = (await query(sql.positions, [names, count], 'auxilio_positions')).rows as PositionsRow[];
    const { written = 0, flushed = 0, replicated } = found ?? {};
    return { server, at, written: BigInt(written), flushed: BigInt(flushed), replicated: BigInt(replicated ?? 0) };
  };
  return { admit, askPositions };
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
  const confirm = createConfirmation(database, sql, standbys.timeoutMs);

  async function confirmAll(basis: Basis, isWriting: boolean): Promise<void> {
    try {
      const [server, ...others] = basis.servers;
      if (others.length > 0) throw new Error('two servers answered parts of the call');
      if (server !== undefined) await confirm(server, basis);
    } catch (cause) {
      const message = `Postgres: not confirmed by ${standbys.names.join(', ')}: ${errorMessage(cause)}`;
      throw new StoreError(isWriting ? 'io' : 'unavailable', message, { cause });
    }
  }

  return async (isWriting, call) => {
    const basis = createBasis();
    try {
      const answer = await call(database.noting(basis));
      await confirmAll(basis, isWriting);
      return answer;
    } catch (error) {
      if (isStoreError(error) && UNRELATED.has(error.kind)) throw error;
      await confirmAll(basis, isWriting);
      throw error;
    }
  };
}

type Waiter = {
  readonly server: string;
  readonly since: number;
  /** The place in the WAL to wait for; before the first look unknown, if that of a statement is. */
  place: bigint | undefined;
  /** Waits for its first look. */
  isNew: boolean;
  readonly settle: (error?: Error) => void;
};

/** A commit writes out the WAL before it; after this time without one, it is written out without a commit. */
const STILL_MS = 10;
const SHORTEST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 50;
/** The age up to which a look answers by itself: a primary without its standbys does not go on to answer what they once had. */
const LONGEST_MEMORY_MS = 1000;

/**
 * Confirms places in the WAL. The positions that come with the answer of a write serve all that wait, and so does a look: it is made for
 * a call without positions of its own, and after a pause for those that still wait. What a standby has flushed it keeps: a place that was
 * found there needs no other look.
 */
function createConfirmation(database: AdmittedDatabase, sql: PostgresSql, timeoutMs: number) {
  const waiting = new Set<Waiter>();
  let looking = false;
  let wake: () => void = () => undefined;
  let known: Positions | undefined;

  const end = (waiter: Waiter, error?: Error) => waiting.delete(waiter) && waiter.settle(error);

  const isReached = ({ server, place }: Pick<Waiter, 'server' | 'place'>, look: Positions) =>
    look.server === server && place !== undefined && look.replicated >= place;

  function learn(look: Positions): void {
    if (look.at >= (known?.at ?? 0)) known = look;
    for (const waiter of waiting) if (isReached(waiter, look)) end(waiter);
  }

  async function confirmOnce(): Promise<void> {
    const asked = [...waiting];
    try {
      const look = await database.readPositions();
      for (const waiter of asked) {
        waiter.place ??= look.written;
        waiter.isNew = false;
      }
      learn(look);
      const now = storeRuntime.monotonicMs();
      let isStill = false;
      for (const waiter of asked.filter((one) => waiting.has(one))) {
        if (look.server !== waiter.server) end(waiter, new Error('the server was replaced or restarted'));
        else if (now - waiter.since >= timeoutMs) end(waiter, new Error(`the standbys lack it after ${timeoutMs} ms`));
        else isStill ||= look.flushed < (waiter.place ?? 0n) && now - waiter.since >= STILL_MS;
      }
      if (isStill) await database.write(sql.flush, []);
    } catch (error) {
      for (const waiter of asked) end(waiter, error as Error);
    }
  }

  /** Resolves after the time, or when a call comes that needs a look. */
  const rest = (durationMs: number) =>
    new Promise<void>((resolve) => {
      const cancel = storeRuntime.setTimer(resolve, durationMs);
      wake = () => {
        cancel();
        resolve();
      };
    });

  async function confirmAll(): Promise<void> {
    let pauseMs = SHORTEST_PAUSE_MS;
    while (waiting.size > 0) {
      if ([...waiting].every(({ isNew }) => !isNew)) await rest(pauseMs);
      else await new Promise<void>((resolve) => void storeRuntime.nextTurn(resolve)); // all that have their answers by now
      const before = waiting.size;
      if (before > 0) await confirmOnce();
      pauseMs = waiting.size < before ? SHORTEST_PAUSE_MS : Math.min(1.5 * pauseMs, LONGEST_PAUSE_MS);
    }
    looking = false;
  }

  return async (server: string, basis: Basis): Promise<void> => {
    const since = storeRuntime.monotonicMs();
    const { positions } = basis;
    if (positions !== undefined) learn(positions);
    const place = basis.unplaced === 0 ? basis.place : undefined;
    if (known !== undefined && since - known.at <= LONGEST_MEMORY_MS && isReached({ server, place }, known)) return;
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error) => (error === undefined ? resolve() : reject(error));
      const isNew = positions === undefined || place === undefined;
      waiting.add({ server, since, place, isNew, settle });
      if (isNew) wake();
      if (looking) return;
      looking = true;
      void confirmAll();
    });
  };
}
