import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { catchUp, projector, readProjection, rebuild, type VisitProjection } from '../../src/service.ts';
import { CheckpointConflictError, StoreError } from '../../src/stores/errors.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { sent, serviceOn } from './fixture.ts';
import { rebuildsBesideTraffic } from './rebuilding.ts';

const stores: [string, () => EventStore<never>, number][] = [
  ['memory', () => memoryStore(), 60],
  ['sqlite', () => opened({ file: temporaryFile() }), 12],
];

const assigned = (visitId: string) => sent('c-1', command('AssignVisit', { ...assignment, visitId }));

type Named = { readonly name: string; readonly shape: number };

const named = (shape: number, failing?: string): VisitProjection<Named> => ({
  name: 'named',
  row: ({ streamName }) => {
    if (streamName === failing) throw new TypeError('cannot be projected');
    return { name: streamName, shape };
  },
});

describe.each(stores)('a rebuild, on the %s store', (_, open, runs) => {
  it('never shows fewer rows nor leaves a stale one, whatever is appended, followed or ended meanwhile', async () => {
    await rebuildsBesideTraffic(open, runs);
  });

  it('that is ended in the middle leaves the old rows, and can be begun again', async () => {
    const store = open();
    const { handleBatch } = serviceOn(store, { projections: [named(1)] });
    await handleBatch(['a', 'b', 'c'].map(assigned));
    const before = await readProjection(store, named(1));
    const ending = new AbortController();
    const commitCheckpoint: typeof store.commitCheckpoint = async (consumer, move) => {
      await store.commitCheckpoint(consumer, move);
      ending.abort(new Error('killed'));
    };
    const killed = rebuild({ ...store, commitCheckpoint }, named(2), { signal: ending.signal, batchSize: 1 });
    await expect(killed).rejects.toThrow('killed');
    expect(await readProjection(store, named(1))).toEqual(before);
    expect(await rebuild(store, named(2))).toMatchObject({ events: 3, parked: [], retrying: [] });
    expect((await readProjection(store, named(2))).map(({ shape }) => shape)).toEqual([2, 2, 2]);
  });

  it('of a projection that fails for a visit says so, and leaves the old rows', async () => {
    const store = open();
    await serviceOn(store, { projections: [named(1)] }).handleBatch(['a', 'b'].map(assigned));
    const failing = rebuild(store, named(2, 'visit-b'));
    await expect(failing).rejects.toMatchObject({ code: 'rebuild-failed', retrying: [{ streamName: 'visit-b' }] });
    await expect(failing).rejects.toThrow('TypeError: cannot be projected');
    expect((await readProjection(store, named(1))).map(({ shape }) => shape)).toEqual([1, 1]);
  });

  it('keeps the row of a visit that it cannot read', async () => {
    const store = open();
    await serviceOn(store).handleBatch(['a', 'b'].map(assigned));
    await catchUp(projector(store, named(1)));
    await store.appendToStream('visit-b', [{ type: 'VisitPainted', data: {} }]);
    const { parked } = await rebuild(store, named(2));
    expect(parked.map(({ streamName }) => streamName)).toEqual(['visit-b']);
    expect((await readProjection(store, named(2))).map(({ shape }) => shape)).toEqual([2, 1]);
  });

  it('has what is appended between its last look and the swap', async () => {
    const store = open();
    const { handle } = serviceOn(store, { projections: [named(2)] });
    await handle(assigned('a'));
    const promoteGeneration: typeof store.promoteGeneration = async (name, options) => {
      await handle(assigned('b'));
      return store.promoteGeneration(name, options);
    };
    await rebuild({ ...store, promoteGeneration }, named(2));
    expect((await readProjection(store, named(2))).map(({ name }) => name)).toEqual(['visit-a', 'visit-b']);
  });

  it('of which the store cannot make the rows those of all says what the store said', async () => {
    const store = open();
    await serviceOn(store).handle(assigned('a'));
    const down = new StoreError('unavailable', 'The database is away');
    const failing = rebuild({ ...store, promoteGeneration: () => Promise.reject(down) }, named(2));
    await expect(failing).rejects.toBe(down);
  });

  it('waits while a transaction holds back events, as often as it does, and then has them', async () => {
    const store = open();
    await serviceOn(store).handleBatch(['a', 'b'].map(assigned));
    const held = { events: 1, pid: 7, ageMs: 1, applicationName: null };
    let looks = 0;
    const readLag: typeof store.readLag = async (after) => {
      looks += 1;
      return looks === 2 || looks === 3 ? { events: 1, held } : store.readLag(after);
    };
    const done = await rebuild({ ...store, readLag }, named(2));
    expect(done).toMatchObject({ events: 2, held: null });
    expect(looks).toBeGreaterThan(3);
  });

  it('goes on where another commits before it copies the row of a visit that it cannot read, and ends where the store fails', async () => {
    const store = open();
    await serviceOn(store).handleBatch(['a', 'b'].map(assigned));
    await catchUp(projector(store, named(1)));
    await store.appendToStream('visit-b', [{ type: 'VisitPainted', data: {} }]);
    const failing = (fault: Error) => ({
      ...store,
      commitCheckpoint: (async (consumer, move) => {
        if (move.handled === undefined) throw fault;
        return store.commitCheckpoint(consumer, move);
      }) satisfies typeof store.commitCheckpoint,
    });
    await expect(rebuild(failing(new StoreError('io', 'gone')), named(2))).rejects.toThrow('gone');
    const conflict = new CheckpointConflictError('named', 1, 2);
    await expect(rebuild(failing(conflict), named(2))).resolves.toMatchObject({ parked: [{ streamName: 'visit-b' }] });
  });

  it('by two at once is made once, or twice, and complete', async () => {
    const store = open();
    await serviceOn(store, { projections: [named(1)] }).handleBatch(['a', 'b', 'c'].map(assigned));
    await Promise.all([rebuild(store, named(2), { batchSize: 1 }), rebuild(store, named(2), { batchSize: 2 })]);
    expect((await readProjection(store, named(2))).map(({ shape }) => shape)).toEqual([2, 2, 2]);
  });

  it('of a projection that was followed lets its consumer go on', async () => {
    const store = open();
    const { handle } = serviceOn(store);
    await handle(assigned('a'));
    await catchUp(projector(store, named(1)));
    await handle(assigned('b'));
    await rebuild(store, named(2));
    await handle(assigned('c'));
    await catchUp(projector(store, named(2)));
    expect((await readProjection(store, named(2))).map(({ name }) => name)).toEqual(['visit-a', 'visit-b', 'visit-c']);
  });
});
