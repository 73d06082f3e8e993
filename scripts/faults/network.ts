import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** A connection to a server that can be cut silently in either direction. */
export type Way = Readonly<{
  host: string;
  port: number;
  cut(there: boolean, back: boolean): void;
  mend(): void;
  close(): void;
}>;

const port = 5432;
/** A network of its own for each process. */
const network = `10.${128 + ((process.pid >> 8) & 127)}.${process.pid & 255}`;
const [here, there] = [`${network}.1`, `${network}.2`];

/** Forwards connections of an address to a socket of the file system, which all network namespaces share. */
const RELAY = `
  const { connect, createServer } = require('node:net');
  const [address, port, path] = process.argv.slice(1);
  createServer((client) => {
    const server = connect(path);
    const end = () => { client.destroy(); server.destroy(); };
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
    client.pipe(server).pipe(client);
  }).listen(Number(port), address, () => console.log('listening'));
`;

/**
 * A network of two ends, ours and one in a namespace of its own, where a relay leads to the socket. To cut a direction, the
 * packets of its sender are dropped by a filter too small for any. Undefined where that is not allowed.
 */
export async function networkTo(socket: string): Promise<Way | undefined> {
  const space = `auxilio-${process.pid}`;
  const [near, far] = [`ax${process.pid}a`, `ax${process.pid}b`];
  const run = (command: string) => {
    const [program = '', ...parameters] = command.split(' ');
    return spawnSync(program, parameters).status === 0;
  };
  const close = () => run(`ip netns del ${space}`);
  process.once('exit', close);
  const made = [
    `ip netns add ${space}`,
    `ip link add ${near} type veth peer name ${far} netns ${space}`,
    `ip addr add ${here}/30 dev ${near}`,
    `ip link set ${near} up`,
    `ip -n ${space} addr add ${there}/30 dev ${far}`,
    `ip -n ${space} link set ${far} up`,
  ].every(run);
  const drop = (before: string, end: string) =>
    run(`tc ${before}qdisc add dev ${end} root tbf rate 1kbit burst 10 limit 1`);
  const pass = (before: string, end: string) => run(`tc ${before}qdisc del dev ${end} root`);
  const inSpace = `-n ${space} `;
  if (!made || !drop('', near) || !pass('', near)) {
    close();
    return undefined;
  }
  const relay = spawn('ip', ['netns', 'exec', space, process.execPath, '-e', RELAY, there, String(port), socket], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(relay.stdout, 'data');
  return {
    host: there,
    port,
    cut(out, back) {
      if (out) drop('', near);
      if (back) drop(inSpace, far);
    },
    mend() {
      pass('', near);
      pass(inSpace, far);
    },
    close() {
      relay.kill();
      close();
    },
  };
}
