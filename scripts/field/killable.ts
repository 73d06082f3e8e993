/** The server of the field example as a process of its own, which is killed and started again on its files. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../test/support/free-port.ts';
import { builtScreens, type FieldInTest, password } from './field.ts';
import type { FromServer } from './server-process.ts';

export type KillableField = FieldInTest &
  Readonly<{
    /** Ends the process by SIGKILL. */
    kill: () => Promise<void>;
    /** Starts it again, under the same address. */
    start: () => Promise<void>;
  }>;

export async function startKillableField(...screens: readonly ('phone' | 'console')[]): Promise<KillableField> {
  const folder = mkdtempSync(join(tmpdir(), 'auxilio-field-'));
  const settings = { folder, password, port: await freePort(), screens: await builtScreens(screens) };
  const failures: string[] = [];
  let server = await launched(settings, failures);
  const { url } = server;
  const kill = async () => {
    if (server.child.signalCode !== null || server.child.exitCode !== null) return;
    const gone = once(server.child, 'exit');
    server.child.kill('SIGKILL');
    await gone;
  };
  return {
    url,
    kill,
    start: async () => {
      server = await launched(settings, failures);
    },
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
      if (failures.length > 0) throw new Error(`the server failed: ${failures.join(' ')}`);
    },
  };
}

async function launched(settings: object, failures: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(new URL('./server-process.ts', import.meta.url), [JSON.stringify(settings)], {
    execArgv: ['--import', 'tsx'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    child.on('message', (message: FromServer) => {
      if ('url' in message) resolve(message.url);
      else failures.push(message.failure);
    });
  });
  return { child, url };
}
