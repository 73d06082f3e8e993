/** Checked by the compiler: `npx tsc --noEmit`. Nothing here runs. */

import { memoryStore } from '../../src/memory.ts';
import { catchUp } from '../../src/service.ts';

const to = { store: memoryStore(), consumer: 'mail' };
let count = 0;

async function send(events: readonly unknown[]): Promise<void> {
  count += events.length;
}

/** A handler that writes nothing into the store returns what its last call returns, or nothing. */
export const handlers = [
  () =>
    catchUp({
      ...to,
      handle: ({ events }) => {
        count += events.length;
      },
    }),
  () =>
    catchUp({
      ...to,
      handle: async ({ events }) => {
        await send(events);
      },
    }),
  () => catchUp({ ...to, handle: ({ events }) => send(events) }),
  () => catchUp({ ...to, handle: async ({ events }) => send(events) }),
  () =>
    catchUp({
      ...to,
      handle: async ({ streamName, events }) => {
        if (events.length === 0) return;
        return { rows: [{ projection: 'mail', key: streamName, body: { count } }] };
      },
    }),
  // @ts-expect-error: rows that are not a list would be lost
  () => catchUp({ ...to, handle: () => ({ rows: 1 }) }),
  // @ts-expect-error: a number means nothing to the subscription
  () => catchUp({ ...to, handle: () => 1 }),
];
