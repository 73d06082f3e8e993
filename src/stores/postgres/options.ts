import { mustKnowKeys } from '../../kernel/known.ts';
import { isObject } from '../../util/json.ts';
import { StoreError } from '../errors.ts';
import type { PostgresHost } from './hosts.ts';
import type { PostgresConnection, PostgresPool, Timeouts } from './pool.ts';
import type { Standbys } from './standbys.ts';

/**
 * Options of {@link postgresStore}: a pool of pg that the host creates and ends, or the address of the server.
 *
 * @since 0.4.0
 */
export type PostgresStoreOptions = (
  | {
      /** Pool of pg that the host creates and ends. */
      pool: PostgresPool;
    }
  | {
      /** Address of the database, for a pool of the store's own. */
      connectionString: string;
    }
  | {
      /** Settings of pg, for a pool of the store's own. */
      connection: PostgresConnection;
    }
  | {
      /**
       * Several servers of one cluster, of which the store finds the primary, and finds it again after a failover. A `connectionString`
       * may name several, too: `postgres://user@one:5432,two:5432/visits`.
       *
       * @since 0.9.0
       */
      hosts: readonly PostgresHost[];
      /** Settings of pg that are the same for all hosts. @since 0.9.0 */
      connection?: Omit<PostgresConnection, 'connectionString' | 'host' | 'port'>;
    }
) & {
  /** The SQL schema of the tables; `auxilio` by default. Up to 63 letters, digits and `_`; not `pg_…`. */
  schema?: string;
  /** Creates and upgrades the tables of the store; true by default. See {@link postgresMigrations}. */
  migrate?: boolean;
  /** The longest wait for a connection, with several hosts also for a primary, in milliseconds; 5000 by default. */
  connectTimeoutMs?: number;
  /** The longest wait of a write for a lock, in milliseconds; 5000 by default, 0 for no limit. */
  lockTimeoutMs?: number;
  /**
   * The longest time of a statement, in milliseconds; 10,000 by default, 0 for no limit. It is a parameter of the connection: a
   * pool of the host keeps its own.
   */
  statementTimeoutMs?: number;
  /** The longest wait for an answer before the connection is abandoned, in milliseconds; 15,000 by default. */
  responseTimeoutMs?: number;
  /**
   * `local`, the default: an answer rests on the disk of the primary alone, and may be lost when a standby is promoted. `replicated`: no
   * answer, be it of a write, a repeat, a refusal or a read, before `standbys` have flushed what it rests on. The role needs
   * `pg_monitor`; `synchronous_commit` has to be `on` or `remote_apply`, and `synchronous_standby_names` to have one of the standbys.
   *
   * @since 0.9.0
   */
  durability?: 'local' | 'replicated';
  /** With `replicated`: the names of the standbys (`application_name` of their connection to the primary). @since 0.9.0 */
  standbys?: readonly string[];
  /** With `replicated`: how many of the standbys must have it; 1 by default. @since 0.9.0 */
  requiredStandbys?: number;
  /**
   * With `replicated`: the longest wait for the standbys, in milliseconds; 5000 by default. After it a read is `unavailable`, and a write
   * is in doubt (`io`): the same again is written once.
   *
   * @since 0.9.0
   */
  standbyTimeoutMs?: number;
};

/** The options that do not say where the database is. */
export type StoreOptions = Omit<PostgresStoreOptions, 'pool' | 'connectionString' | 'connection' | 'hosts'>;

type KeyOf<T> = T extends unknown ? keyof T : never;

const storeOptions: Readonly<Record<KeyOf<PostgresStoreOptions>, 0>> = {
  pool: 0,
  connectionString: 0,
  connection: 0,
  hosts: 0,
  schema: 0,
  migrate: 0,
  connectTimeoutMs: 0,
  lockTimeoutMs: 0,
  statementTimeoutMs: 0,
  responseTimeoutMs: 0,
  durability: 0,
  standbys: 0,
  requiredStandbys: 0,
  standbyTimeoutMs: 0,
};

/** Checks that the options name a database, and have no other fields. */
export function checkOptions(what: string, options: PostgresStoreOptions): void {
  if (typeof options === 'object') mustKnowKeys(what, options ?? {}, storeOptions);
  if (!isOptions(options)) {
    throw new StoreError('invalid', `${what} takes { pool }, { connectionString }, { connection } or { hosts }`);
  }
}

/** Checks the timeouts. */
export function checkTimeouts(options: StoreOptions): Timeouts {
  const {
    connectTimeoutMs = 5000,
    lockTimeoutMs = 5000,
    statementTimeoutMs = 10_000,
    responseTimeoutMs = 15_000,
  } = options;
  const durations = { connectTimeoutMs, lockTimeoutMs, statementTimeoutMs, responseTimeoutMs };
  for (const [name, value] of Object.entries(durations)) {
    const least = name === 'connectTimeoutMs' || name === 'responseTimeoutMs' ? 1 : 0;
    checkWhole(name, value, least);
  }
  return { connect: connectTimeoutMs, lock: lockTimeoutMs, statement: statementTimeoutMs, answer: responseTimeoutMs };
}

/** Checks the standbys of the durability `replicated`; undefined for `local`. */
export function checkStandbys(options: StoreOptions): Standbys | undefined {
  const { durability = 'local', standbys, requiredStandbys, standbyTimeoutMs } = options;
  if (durability !== 'local' && durability !== 'replicated') {
    throw new StoreError('invalid', "durability is 'local' or 'replicated'");
  }
  if (durability === 'local') {
    if (standbys === undefined && requiredStandbys === undefined && standbyTimeoutMs === undefined) return undefined;
    throw new StoreError(
      'invalid',
      "standbys, requiredStandbys and standbyTimeoutMs belong to durability 'replicated'",
    );
  }
  if (!isListOf(standbys, (name) => typeof name === 'string' && name !== '' && name !== '*')) {
    throw new StoreError('invalid', "durability 'replicated' takes standbys: their names, at least one, and not *");
  }
  const names = [...new Set(standbys)];
  const [count, timeoutMs] = [requiredStandbys ?? 1, standbyTimeoutMs ?? 5000];
  checkWhole('requiredStandbys', count, 1);
  if (count > names.length) throw new StoreError('invalid', 'requiredStandbys is at most the number of standbys');
  checkWhole('standbyTimeoutMs', timeoutMs, 1);
  return { names, count, timeoutMs };
}

function checkWhole(name: string, value: unknown, least: number): void {
  if (Number.isSafeInteger(value) && Number(value) >= least && Number(value) < 2 ** 31) return;
  throw new StoreError('invalid', `${name} is a whole number of ${least} or more`);
}

/** Lists the connections of the options, each with its name: one, or one for each host. */
export function listConnections(
  options: Exclude<PostgresStoreOptions, { pool: PostgresPool }>,
): { name: string; connection: PostgresConnection }[] {
  if ('connectionString' in options) {
    return splitHosts(options.connectionString).map(([name, connectionString]) => ({
      name,
      connection: { connectionString },
    }));
  }
  const { connection = {} } = options;
  if (!('hosts' in options)) return [{ name: 'the server', connection }];
  return options.hosts.map(({ host, port = 5432 }) => ({
    name: `${host}:${port}`,
    connection: { ...connection, host, port },
  }));
}

/** Splits a connection string that names several hosts into one for each. */
function splitHosts(connectionString: string): (readonly [name: string, connectionString: string])[] {
  const [, start = '', hosts = '', end = ''] =
    /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s.exec(connectionString) ?? [];
  if (!hosts.includes(',')) return [['the server', connectionString]];
  return hosts.split(',').map((host) => [host, `${start}${host}${end}`]);
}

function isOptions(options: unknown): options is PostgresStoreOptions {
  if (typeof options !== 'object' || options === null) return false;
  const { pool, connectionString, connection, hosts } = options as Record<string, unknown>;
  if (hosts === undefined) return typeof connectionString === 'string' || isObject(connection) || isPool(pool);
  const isShared = connection === undefined || isObject(connection);
  if (pool !== undefined || connectionString !== undefined || !isShared || !isListOf(hosts, isHost)) return false;
  return ['connectionString', 'host', 'port'].every((name) => Reflect.get(connection ?? {}, name) === undefined);
}

const isListOf = (list: unknown, isOne: (one: unknown) => boolean) =>
  Array.isArray(list) && list.length > 0 && list.every(isOne);

function isHost(one: unknown): boolean {
  if (!isObject(one)) return false;
  const { host, port } = one as Record<string, unknown>;
  return (
    typeof host === 'string' && host !== '' && (port === undefined || (Number.isInteger(port) && Number(port) > 0))
  );
}

const isPool = (pool: unknown) =>
  isObject(pool) && ['connect', 'on', 'off'].every((name) => typeof Reflect.get(pool, name) === 'function');
