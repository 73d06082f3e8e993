import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { ServerSettings } from './settings.ts';

/** The process of the server: killed at any moment, and started again under the same address. */
export interface Supervised {
  kill(): Promise<void>;
  /** Fills the disk of the photographs, or frees it. */
  fill(isFull: boolean): void;
  end(): Promise<void>;
  /** The failures that the server reported. */
  readonly failures: string[];
}

export async function startServer(settings: ServerSettings): Promise<Supervised> {
  const failures: string[] = [];
  let child = await launch(settings, failures);
  return {
    failures,
    async kill() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      child = await launch(settings, failures);
    },
    // One that is just being started has room.
    fill: (isFull) => {
      if (child.connected) child.send({ full: isFull });
    },
    async end() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function launch(settings: ServerSettings, failures: string[]): Promise<ChildProcess> {
  const child = fork(new URL('./server.ts', import.meta.url), [JSON.stringify(settings)], {
    execArgv: process.execArgv,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}`)));
    child.on('message', (message: { ready?: true; failure?: string }) => {
      if (message.ready) resolve();
      if (message.failure !== undefined) failures.push(message.failure);
    });
  });
  return child;
}
