import { type StoreHost, storeTask } from 'auxilio/testing';
import type { EventStore } from '../../../src/stores/event-store.ts';
import { type Handle, memoryHost, type Place } from './memory-host.ts';
import { type Append, appending } from './saboteurs/saboteur.ts';

/**
 * An honest store behind a server: the server commits what a killed process had sent right before an append of the case, after
 * the case has read the version. Before each append it commits that of one process.
 */
export function lateHost(): StoreHost<Handle> {
  const sent: (() => Promise<unknown>)[] = [];
  const overtaken = appending((honest) => async (...append) => {
    await sent.shift()?.();
    return honest.appendToStream(...append);
  });
  return memoryHost({ ...overtaken, host: { process: ({ place }, task) => process(place, task) } });

  function process({ base }: Place, task: string) {
    let killed = false;
    const appendToStream: Append = async (...append) => {
      if (!killed) return base.appendToStream(...append);
      sent.push(() => base.appendToStream(...append));
      throw new Error('killed');
    };
    async function* output() {
      try {
        for await (const line of storeTask({ ...base, appendToStream } as EventStore, task)) yield `${line}\n`;
      } catch (error) {
        if (!killed) throw error;
      }
    }
    const kill = () => {
      killed = true;
    };
    return { output: output(), kill };
  }
}
