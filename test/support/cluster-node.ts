/** One server of a cluster: its process, its files, its settings. */
import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { limits } from './limits.ts';
import { giveTree, launchServer, login, serverUid } from './postgres-files.ts';

/**
 * The address of a node. Commands that `enter` begins run in its network namespace, as the user of the server. Its files are in the
 * folder `disk`, if it has one of its own.
 */
export type Place = Readonly<{ host: string; port: number; enter?: readonly string[]; disk?: string }>;

export type Settings = Readonly<Record<string, string>>;

/** `kill` is SIGKILL to each process at once, as when the machine is lost; the others are those of pg_ctl. */
type StopMode = 'fast' | 'immediate' | 'kill';

export type ClusterNode = Readonly<{
  /** The `application_name` under which it receives the WAL. */
  name: string;
  host: string;
  port: number;
  connectionString: string;
  data: string;
  /** It runs, has not ended by itself, and is not paused. */
  isUp(): boolean;
  /** Starts it on its files as they are: in place. */
  start(): Promise<void>;
  stop(how: StopMode): Promise<void>;
  /** Stops each of its processes by SIGSTOP: connections stay open, and nothing answers. */
  pause(): void;
  /** Lets a paused node go on as if no time had passed. */
  resume(): void;
  /** Changes settings, and waits until new connections have them if it runs. */
  configure(settings: Settings): Promise<void>;
  /** Runs a statement on a connection of its own. */
  sql(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}>;

type Parts = Readonly<{ name: string; place: Place; home: string; bin: string; settings: Settings }>;

const signals = { fast: 'SIGINT', immediate: 'SIGQUIT' } as const;

/** Makes a node of the files in the folder of its name. */
export function createNode({ name, place, home, bin, settings }: Parts): ClusterNode {
  const { host, port, enter = [], disk = home } = place;
  const data = join(disk, name);
  const connectionString = `postgres://${login.user}:${login.password}@${host}:${port}/${login.database}`;
  const current = new Map(Object.entries(settings));
  let running: ChildProcess | undefined;
  let isPaused = false;

  function signal(which: NodeJS.Signals): void {
    const root = running?.pid;
    if (running === undefined || root === undefined || hasEnded(running)) return;
    process.kill(root, 'SIGSTOP'); // it starts no process any more
    const children = childrenOf(root);
    for (const pid of which === 'SIGCONT' ? [...children, root] : [root, ...children]) sendSignal(pid, which);
  }

  const killAtExit = () => signal('SIGKILL');

  async function sql(text: string, values: readonly unknown[] = []) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000, application_name: 'cluster' });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query({ text, values: [...values] })).rows as Record<string, unknown>[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  const loadedAt = async () => String((await sql('SELECT pg_conf_load_time()::text AS at'))[0]?.at);

  function writeSettings(): void {
    const lines = [...current].map(([key, value]) => `${key} = '${value.replaceAll("'", "''")}'\n`);
    writeFileSync(join(data, 'postgresql.auto.conf'), lines.join(''));
  }

  return {
    ...{ name, host, port, connectionString, data },
    isUp: () => running !== undefined && !hasEnded(running) && !isPaused,
    async start() {
      if (running !== undefined) throw new Error(`${name} runs already`);
      writeSettings();
      writeFileSync(join(data, 'pg_hba.conf'), 'host all all all password\nhost replication all all password\n');
      if (serverUid !== undefined) giveTree(data, serverUid);
      const flags = ['-D', data, '-p', String(port), '-h', host, '-k', ''];
      const command = [...enter, join(bin, 'postgres'), ...flags];
      process.once('exit', killAtExit);
      running = await (enter.length > 0 ? launchServer(home, command, {}) : launchServer(home, command));
    },
    async stop(how) {
      const ending = running;
      if (ending === undefined) return;
      const ended = hasEnded(ending) ? undefined : once(ending, 'exit');
      if (how === 'kill') signal('SIGKILL');
      else ending.kill(signals[how]);
      await ended;
      running = undefined;
      isPaused = false;
      process.off('exit', killAtExit);
    },
    pause() {
      isPaused = true;
      signal('SIGSTOP');
    },
    resume() {
      signal('SIGCONT');
      isPaused = false;
    },
    async configure(changed) {
      for (const [key, value] of Object.entries(changed)) current.set(key, value);
      if (existsSync(data)) writeSettings();
      if (running === undefined) return;
      const before = isPaused ? undefined : await loadedAt();
      running.kill('SIGHUP');
      if (before !== undefined)
        await until(`${name} has loaded its settings`, async () => (await loadedAt()) !== before);
    },
    sql,
  };
}

/** Makes a node a standby: of whom, its settings say. */
export function markStandby({ data }: ClusterNode): void {
  writeFileSync(join(data, 'standby.signal'), '');
}

/** Removes the files of a node that does not run. */
export function removeFiles({ data }: ClusterNode): void {
  rmSync(data, { recursive: true, force: true });
}

/** Waits until a condition holds; what throws does not hold yet. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  waitMs: number = limits.waitMs,
): Promise<void> {
  const end = performance.now() + waitMs;
  let last: unknown;
  while (performance.now() < end) {
    const isSo = await holds().catch((error: unknown) => {
      last = error;
      return false;
    });
    if (isSo) return;
    await pause(20);
  }
  throw new Error(`Not so within ${waitMs} ms: ${what}`, { cause: last });
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

function childrenOf(parent: number): number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = stdout.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (ppid === parent && pid !== undefined ? [pid] : []));
}

function sendSignal(pid: number, which: NodeJS.Signals): void {
  try {
    process.kill(pid, which);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended
  }
}
