/** Three machines with etcd, Patroni and PostgreSQL as docs/how-to/run-on-three-nodes.md has them. Nothing here promotes. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { until } from '../../../test/support/cluster-node.ts';
import { freePort } from '../../../test/support/free-port.ts';
import { type Machine, makeNetwork } from '../network.ts';
import type { Ground } from './leg.ts';
import { idsOf } from './packages.ts';
import { fileFor, readBlock } from './page.ts';

type PatroniNode = Readonly<{
  name: string;
  host: string;
  /** Ends all that runs on the machine, at once. */
  kill(): Promise<void>;
  /** Starts etcd and Patroni. */
  start(): void;
  pause(): void;
  resume(): void;
  cut: Machine['cut'];
  mend(): void;
  /** Ends the processes whose command has the word. */
  killProcess(word: string): void;
  sql(text: string, database?: string): Promise<Record<string, unknown>[]>;
}>;

export type PatroniSite = Omit<Ground, 'primary'> &
  Readonly<{
    nodes: readonly PatroniNode[];
    primary(): PatroniNode & { connectionString: string };
    standbys(): PatroniNode[];
    /** Resolves once another node than the given one is the primary. */
    movedFrom(old: PatroniNode): Promise<void>;
    /** Restarts a standby and makes it the primary, by the commands of the page. */
    upgrade(): void;
    stop(): Promise<void>;
  }>;

type Member = { name: string; role: string; state: string; timeline?: number };

/** The address of the database on a host. */
const connectionTo = (host: string, database = 'auxilio') => `postgres://postgres:change-me-1@${host}:5432/${database}`;

/** Starts the machines; undefined where network namespaces are not allowed. */
export async function startPatroni(directory: string): Promise<PatroniSite | undefined> {
  const network = makeNetwork(3);
  if (network === undefined) return undefined;
  const user = idsOf('postgres');
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o755);
  chmodSync(dirname(directory), 0o755);
  const nodes = network.machines.map((machine, n) => makeNode(machine, n + 1, directory, user));
  let leader = 'n1';

  const find = (name: string) => {
    const node = nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`There is no ${name}`);
    return { ...node, connectionString: connectionTo(node.host) };
  };

  /** The members as the first machine that answers knows them. */
  async function members(): Promise<Member[]> {
    const answers = nodes.map(async ({ host }) => {
      const answer = await fetch(`http://${host}:8008/cluster`, { signal: AbortSignal.timeout(2000) });
      return ((await answer.json()) as { members: Member[] }).members;
    });
    return Promise.any(answers);
  }

  /** One primary, that two standbys stream from, of which commits wait for one. */
  async function isWhole(): Promise<boolean> {
    const found = await members();
    const first = found.find(({ role, state }) => role === 'leader' && state === 'running');
    const others = found.filter((one) => one.role === 'quorum_standby' && one.state === 'streaming');
    if (first === undefined || others.length !== nodes.length - 1) return false;
    leader = first.name;
    return true;
  }

  const whole = () => until('one primary and two standbys', isWhole);
  const proxyPort = await freePort();
  const proxyConfig = join(directory, 'haproxy.cfg');
  writeFileSync(
    proxyConfig,
    fileFor(1, 'haproxy', { '10.0.0.': networkOf(nodes[0]?.host), '127.0.0.1:5000': `127.0.0.1:${proxyPort}` }),
  );
  const proxy = spawn('haproxy', ['-db', '-f', proxyConfig], { stdio: ['ignore', 'ignore', 'ignore'] });

  /** Asks the proxy, which has to lead to the primary. */
  const isProxied = async () => {
    const connectionString = connectionTo('127.0.0.1').replace('5432', String(proxyPort));
    const [row] = await query(connectionString, 'SELECT host(inet_server_addr()) AS host, pg_is_in_recovery() AS is');
    return row?.is === false && row.host === find(leader).host;
  };

  const stop = async () => {
    proxy.kill('SIGKILL');
    await Promise.all(nodes.map((node) => node.kill()));
    network.close();
  };
  try {
    for (const node of nodes) node.start();
    await whole();
    for (const statement of readBlock('role').split(';\n').slice(0, -1)) await find(leader).sql(statement, 'postgres');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    nodes,
    primary: () => find(leader),
    standbys: () => nodes.filter(({ name }) => name !== leader),
    async heal() {
      for (const node of nodes) {
        node.mend();
        node.resume();
        node.start();
      }
      await whole();
      await until('the proxy leads to the primary', isProxied);
      for (const statement of readBlock('monitoring').split(';\n').slice(0, -1)) await find(leader).sql(statement);
    },
    async movedFrom({ name }) {
      await until(`another primary than ${name}`, async () => {
        const reached = await Promise.all(nodes.map((node) => isPrimary(node)));
        return nodes.some((node, n) => node.name !== name && reached[n]);
      });
    },
    upgrade() {
      const [next] = nodes.filter(({ name }) => name !== leader);
      const names = {
        '--leader n1': `--leader ${leader}`,
        '/etc/patroni/config.yml': join(directory, 'n1', 'patroni.yml'),
      };
      const script = fileFor(1, 'upgrade', { ' n2': ` ${next?.name}`, ...names });
      const { status, stdout, stderr } = spawnSync('sh', ['-ec', script], { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${script}\n${stdout}${stderr}`);
    },
    stop,
  };
}

/** A machine whose Patroni holds the lock answers its `/primary` with 200. */
async function isPrimary({ host }: PatroniNode): Promise<boolean> {
  const asked = fetch(`http://${host}:8008/primary`, { signal: AbortSignal.timeout(1000) });
  return asked.then(
    ({ status }) => status === 200,
    () => false,
  );
}

function makeNode(machine: Machine, n: number, directory: string, { uid, gid }: ReturnType<typeof idsOf>): PatroniNode {
  const { host } = machine.place;
  const name = `n${n}`;
  const home = join(directory, name);
  mkdirSync(home, { mode: 0o700 });
  chownSync(home, uid, gid);
  const changes = {
    '10.0.0.': networkOf(host),
    '/var/lib/postgresql/17/auxilio': join(home, 'data'),
    '/var/lib/postgresql/.pgpass-patroni': join(home, 'pgpass'),
    '/var/lib/etcd/auxilio': join(home, 'etcd'),
    '/var/run/postgresql': home,
  };
  const config = join(home, 'patroni.yml');
  writeFileSync(config, fileFor(n, 'patroni', changes));
  chmodSync(config, 0o644);
  const etcd = Object.fromEntries(
    fileFor(n, 'etcd', changes)
      .split('\n')
      .filter((line) => line.startsWith('ETCD_'))
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]),
  );
  const running = new Map<string, ChildProcess>();

  function launch(program: string, args: readonly string[], env: Readonly<Record<string, string>>): void {
    const before = running.get(program);
    if (before !== undefined && before.exitCode === null && before.signalCode === null) return;
    const log = openSync(join(directory, `${name}-${program}.log`), 'a');
    const enter = [`--net=/run/netns/${machine.space}`, '-S', String(uid), '-G', String(gid)];
    const options = { cwd: home, env: { ...process.env, HOME: home, ...env }, stdio: ['ignore', log, log] as const };
    running.set(program, spawn('nsenter', [...enter, program, ...args], { ...options, stdio: [...options.stdio] }));
  }

  const signal = (which: NodeJS.Signals) => {
    for (const pid of machine.processes())
      if (existsSync(`/proc/${pid}`)) spawnSync('kill', ['-s', which.slice(3), String(pid)]);
  };

  return {
    ...{ name, host, cut: machine.cut, mend: machine.mend },
    start() {
      launch('etcd', [], etcd);
      launch('patroni', [config], {});
    },
    async kill() {
      await until(`nothing runs on ${name}`, async () => {
        signal('SIGKILL');
        return machine.processes().length === 0;
      });
    },
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    killProcess(word) {
      for (const pid of machine.processes()) {
        const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
        if (stdout.includes(word)) spawnSync('kill', ['-s', 'KILL', String(pid)]);
      }
    },
    sql: (text, database) => query(connectionTo(host, database), text),
  };
}

async function query(connectionString: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The part of an address that all machines share, with its last dot. */
const networkOf = (host = '') => host.slice(0, host.lastIndexOf('.') + 1);
