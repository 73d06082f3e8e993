import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { host } from './free-port.ts';

const listening = `const server = require('node:net').createServer().listen({ port: 0, host: '${host}', backlog: 1 }, () =>
  process.stdout.write(String(server.address().port)))`;

/**
 * A port whose packets are dropped: a process that is stopped accepts no connection, and once its queue is full, Linux answers no further
 * one, not even with a refusal.
 */
export async function blackHole(): Promise<{ host: string; port: number }> {
  const child = spawn(process.execPath, ['-e', listening], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [data] = await once(child.stdout, 'data');
  child.kill('SIGSTOP');
  const port = Number(data);
  const filling = Array.from({ length: 4 }, (): Socket => connect(port, host).on('error', () => undefined));
  onTestFinished(() => {
    for (const socket of filling) socket.destroy();
    child.kill('SIGKILL');
  });
  await Promise.all(filling.slice(0, 2).map((socket) => once(socket, 'connect')));
  return { host, port };
}
