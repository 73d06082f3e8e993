import fc from 'fast-check';
import { expect } from 'vitest';
import { catchUp, projector, readProjection, rebuild, type VisitProjection } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { sent, serviceOn } from './fixture.ts';

const NAMES = ['a', 'b', 'c', 'd'] as const;

type Count = { readonly visit: string; readonly events: number };

/** The number of events of a visit: a stale row has a smaller number. */
const counting: VisitProjection<Count> = {
  name: 'counting',
  row: ({ streamName, events }) => ({ visit: streamName, events: events.length }),
};

const turns = async (count: number) => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};

/** The store, each of whose calls takes some turns of the event loop, as a schedule says. */
function slowed<Store extends EventStore<never>>(store: Store, schedule: readonly number[]): Store {
  let call = 0;
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    typeof method !== 'function'
      ? method
      : async (...parameters: unknown[]) => {
          await turns(schedule[call++ % schedule.length] ?? 0);
          return (method as (...parameters: unknown[]) => unknown)(...parameters);
        },
  ]);
  return Object.fromEntries(methods) as Store;
}

/** Catches up with everything that was committed: on Postgres an open transaction, that of a rebuild too, holds it back. */
async function catchUpFully(store: EventStore<never>): Promise<void> {
  while ((await catchUp(projector(store, counting))).held !== null) await turns(1);
}

/** A schedule: how the calls of a store interleave, whose visits are written, and when a rebuild is ended early. */
const histories = fc.record({
  schedule: fc.array(fc.nat(3), { minLength: 3, maxLength: 12 }),
  writes: fc.array(fc.constantFrom(...NAMES), { minLength: 4, maxLength: 16 }),
  cutAfter: fc.array(fc.nat(25), { maxLength: 2 }),
  batchSize: fc.integer({ min: 1, max: 5 }),
  inline: fc.boolean(),
});

/**
 * The law of rebuilding: during concurrent appends and a rebuild that runs, ends early or restarts, a reader sees a row
 * for each written visit; at the end each row is that of its visit.
 */
export async function rebuildsBesideTraffic(open: () => EventStore<never>, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(histories, async ({ schedule, writes, cutAfter, batchSize, inline }) => {
      const store = slowed(open(), schedule);
      const { handle } = serviceOn(store, inline ? { projections: [counting] } : {});
      const written = new Set<string>();
      const write = async (visitId: string, n: number) => {
        const first = !written.has(visitId);
        const asked = first
          ? command('AssignVisit', { ...assignment, visitId })
          : command('ReportConductBreach', { visitId, kind: 'smoking' });
        await handle(sent(`c-${n}`, asked));
        if (!inline) await catchUpFully(store);
        written.add(visitId);
      };
      await write('a', 0);
      let writing = true;
      const writer = (async () => {
        for (const [n, visitId] of writes.entries()) await write(visitId, n + 1);
      })().finally(() => {
        writing = false;
      });
      const rebuilder = (async () => {
        for (const cut of cutAfter) {
          const ending = new AbortController();
          const ended = rebuild(store, counting, { batchSize, signal: ending.signal }).catch(() => undefined);
          await turns(cut);
          ending.abort(new Error('killed'));
          await ended;
        }
        await rebuild(store, counting, { batchSize });
      })();
      let rebuilding = true;
      rebuilder.finally(() => {
        rebuilding = false;
      });
      while (writing || rebuilding) {
        const known = [...written];
        const rows = await readProjection(store, counting);
        const visits = rows.map(({ visit }) => visit);
        for (const visitId of known) expect(visits).toContain(`visit-${visitId}`);
        await turns(1);
      }
      await Promise.all([writer, rebuilder]);
      if (!inline) await catchUpFully(store);
      for (const { visit, events } of await readProjection(store, counting)) {
        expect([visit, events]).toEqual([visit, Number((await store.readStream(visit)).currentStreamVersion)]);
      }
      expect(await readProjection(store, counting)).toHaveLength(written.size);
    }),
    { numRuns, seed: 20260317 },
  );
}
