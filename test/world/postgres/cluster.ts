/** A primary and its standbys, below the driver: the store runs over a pool of one of its servers as over one of pg. */
import { createConditions, type Io, instantIo } from './io.ts';
import type { Patterns, Statement } from './platform.ts';
import { createPool, type PoolOptions } from './pool.ts';
import { rewind, streamWal } from './replication.ts';
import { createServer, type Server, type Settings } from './server.ts';
import { createParser } from './statements.ts';

export type ClusterOptions = Readonly<{
  io?: Io;
  /** The first one is the primary. */
  servers?: readonly string[];
  settings?: Partial<Settings>;
  /** Statements of the host, beside those of the store. */
  statements?: Patterns;
  /** Statements of `createSql` that are answered otherwise than they should be. */
  replaced?: Readonly<Record<string, Statement>>;
}>;

export type Cluster = ReturnType<typeof createCluster>;

export function createCluster({
  io = instantIo,
  servers = ['a'],
  settings,
  statements,
  replaced,
}: ClusterOptions = {}) {
  const conditions = createConditions();
  const parse = createParser(statements, replaced);
  const all = new Map<string, Server>();
  const cuts = new Set<string>();
  const following = new Map<string, object>();
  const network = { isCut: (from: string, to: string) => cuts.has(`${from} → ${to}`) };

  for (const [n, name] of servers.entries()) {
    const own = { synchronousStandbyNames: '', synchronousCommit: 'on', ...settings };
    all.set(name, createServer(name, { io, conditions, parse, isStandby: n > 0, settings: own }));
  }
  for (const server of all.values()) server.start();

  function server(name: string): Server {
    const found = all.get(name);
    if (found === undefined) throw new Error(`There is no server ${name}`);
    return found;
  }

  /** Makes a server a standby of another one, or of none. */
  function follow(name: string, source: string | undefined): void {
    const token = {};
    following.set(name, token);
    conditions.changed();
    if (source === undefined) return;
    streamWal(server(source), server(name), () => following.get(name) !== token, { io, conditions, network });
  }

  /** Makes a standby of a server that was a primary: it loses what the other does not have. */
  function rejoin(name: string, source: string): void {
    server(name).kill();
    server(name).disk.isStandby = true;
    rewind(server(name), server(source));
    server(name).start();
    follow(name, source);
  }

  const [primary = 'a', ...standbys] = servers;
  for (const name of standbys) follow(name, primary);

  return {
    ...{ server, follow, rejoin },
    names: servers,
    pool(options: Partial<PoolOptions> = {}) {
      const { host = primary } = options;
      const route = () => server(typeof host === 'string' ? host : host());
      return createPool({ route, io, conditions, network }, options);
    },
    /** Drops what one sends to the other, in this direction, until it is healed: it arrives then. */
    cut(from: string, to: string): void {
      cuts.add(`${from} → ${to}`);
      conditions.changed();
    },
    heal(from?: string, to?: string): void {
      if (from === undefined) cuts.clear();
      else cuts.delete(`${from} → ${to}`);
      conditions.changed();
    },
    /** Changes a setting, as a reload does. */
    set(name: string, changed: Partial<Settings>): void {
      Object.assign(server(name).settings, changed);
      conditions.changed();
    },
  };
}
