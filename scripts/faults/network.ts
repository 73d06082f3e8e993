/** Machines of a network: each a network namespace, which a bridge joins with ours. Needs root on Linux. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Place } from '../../test/support/cluster-node.ts';
import { serverUid } from '../../test/support/postgres-files.ts';

export type Machine = Readonly<{
  /** Its address, and the command that runs a server in it. */
  place: Place;
  /** Its namespace. */
  space: string;
  /** Drops what is sent to the machine, what it sends, or both, in silence. */
  cut(to: boolean, from: boolean): void;
  mend(): void;
  /** The ids of all processes that run in it. */
  processes(): number[];
}>;

/** The addresses of the machines begin with that of the network: `.11`, `.12`, … */
export type Network = Readonly<{ machines: readonly Machine[]; close(): void }>;

const port = 5432;
/** The names of this process's namespaces, and a network of its own. */
const prefix = `auxilio-${process.pid}`;
const network = `10.${128 + ((process.pid >> 8) & 127)}.${process.pid & 255}`;

/** A filter too small for any packet drops all that an end of a link sends. */
const filter = 'root tbf rate 1kbit burst 10 limit 1';

const run = (command: string) => {
  const [program = '', ...args] = command.split(' ');
  return spawnSync(program, args, { encoding: 'utf8' });
};
const succeeds = (command: string) => run(command).status === 0;

/** Makes a network of some machines; undefined where that is not allowed. */
export function makeNetwork(count: number): Network | undefined {
  removeLeftOver();
  const bridge = `ax${process.pid}`;
  const made = Array.from({ length: count }, (_, n) => machineOf(n + 1, bridge));
  const close = () => {
    for (const { machine } of made) removeSpace(machine.space);
    run(`ip link del ${bridge}`);
    process.off('exit', close);
  };
  process.once('exit', close);
  const commands = [
    `ip link add ${bridge} type bridge`,
    `ip addr add ${network}.1/24 dev ${bridge}`,
    `ip link set ${bridge} up`,
    ...made.flatMap(({ setUp }) => setUp),
  ];
  if (commands.every(succeeds)) return { machines: made.map(({ machine }) => machine), close };
  close();
  return undefined;
}

function machineOf(n: number, bridge: string): { machine: Machine; setUp: string[] } {
  const space = `${prefix}-${n}`;
  const [near, far] = [`ax${process.pid}n${n}`, `axfar${n}`];
  const host = `${network}.${n + 10}`;
  const user = serverUid === undefined ? [] : ['-S', String(serverUid), '-G', String(serverUid)];
  const machine: Machine = {
    place: { host, port, enter: ['nsenter', `--net=/run/netns/${space}`, ...user] },
    space,
    cut(to, from) {
      if (to) run(`tc qdisc add dev ${near} ${filter}`);
      if (from) run(`tc -n ${space} qdisc add dev ${far} ${filter}`);
    },
    mend() {
      run(`tc qdisc del dev ${near} root`);
      run(`tc -n ${space} qdisc del dev ${far} root`);
    },
    processes: () => processesIn(space),
  };
  const setUp = [
    `ip netns add ${space}`,
    `ip link add ${near} type veth peer name ${far} netns ${space}`,
    `ip link set ${near} master ${bridge}`,
    `ip link set ${near} up`,
    `ip -n ${space} addr add ${host}/24 dev ${far}`,
    `ip -n ${space} link set ${far} up`,
    `ip -n ${space} link set lo up`,
    // Whether packets can be dropped here is known only once it was tried.
    `tc qdisc add dev ${near} ${filter}`,
    `tc qdisc del dev ${near} root`,
  ];
  return { machine, setUp };
}

function processesIn(space: string): number[] {
  return run(`ip netns pids ${space}`).stdout.split('\n').filter(Boolean).map(Number);
}

function removeSpace(space: string): void {
  for (const pid of processesIn(space)) run(`kill -KILL ${pid}`);
  run(`ip netns del ${space}`);
}

/** Removes what a process left that was killed: its bridge, its namespaces and the servers in them. */
function removeLeftOver(): void {
  for (const [space, pid] of (run('ip netns list').stdout ?? '').matchAll(/auxilio-(\d+)-\d+/g)) {
    if (existsSync(`/proc/${pid}`)) continue;
    removeSpace(space);
    run(`ip link del ax${pid}`);
  }
}
