import { describe, expect, it } from 'vitest';
import {
  boardProjection,
  catchUp,
  createService,
  projector,
  rebuild,
  retryParked,
  subscribe,
} from '../../src/service/index.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { memoryStore } from '../../src/stores/memory/index.ts';
import { simulate } from '../../src/testing/index.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { LEAST_TASKS, tasksDuring } from '../support/tasks.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

async function withVisits(open: () => EventStore<never>, visits = 120): Promise<EventStore<never>> {
  const store = open();
  for (const { events, visitId } of simulate({ visits, seed: 7 }))
    await store.appendToStream(`visit-${visitId}`, events);
  return store;
}

/** A visit with so many events. */
async function withLongVisit(open: () => EventStore<never>, length = 6000) {
  const store = open();
  const [{ events: own, visitId } = { events: [], visitId: '' }] = simulate({ visits: 1, seed: 7 });
  const [assigned] = own;
  const at = assigned?.data.at;
  const by = { role: 'contact-center', id: 'cc-1' };
  const breaches = Array.from({ length }, (_, n) => ({
    type: 'ConductBreachReported',
    data: { visitId, at, kind: 'smoking', detail: `number ${n}`, by },
  }));
  await store.appendToStream(`visit-${visitId}`, [assigned as object as (typeof breaches)[number], ...breaches]);
  return { store, visitId, count: length + 1 };
}

describe.each(stores)('while long work runs on the %s store, other tasks run, too', (_, open) => {
  it('catchUp', async () => {
    const store = await withVisits(open);
    expect(await tasksDuring(() => catchUp(projector(store, boardProjection)))).toBeGreaterThan(LEAST_TASKS);
  });

  it('subscribe', async () => {
    const store = await withVisits(open);
    const ending = new AbortController();
    let left = 120;
    const { handle, ...options } = projector(store, boardProjection);
    const counting: typeof handle = (delivery, context) => {
      if (delivery.events.some(({ metadata }) => metadata.streamPosition === 1n) && --left === 0) ending.abort();
      return handle(delivery, context);
    };
    const run = () => subscribe({ ...options, handle: counting, signal: ending.signal });
    expect(await tasksDuring(run)).toBeGreaterThan(LEAST_TASKS);
  });

  it('rebuild', async () => {
    const store = await withVisits(open);
    expect(await tasksDuring(() => rebuild(store, boardProjection))).toBeGreaterThan(LEAST_TASKS);
  });

  it('load of a long visit, and one of its batches', async () => {
    const { store, visitId, count } = await withLongVisit(open);
    const { load } = createService({ store });
    const tasks = await tasksDuring(async () => {
      expect((await load(visitId)).events).toHaveLength(count);
    });
    expect(tasks).toBeGreaterThan(LEAST_TASKS);
    const batchSize = 10_000;
    const options = { store, consumer: 'reader', batchSize, handle: () => undefined };
    expect(await tasksDuring(() => catchUp(options))).toBeGreaterThan(LEAST_TASKS);
  });
});

describe.each(stores)('a signal that a timer aborts, on the %s store', (_, open) => {
  /** Aborts from a timer that is due at once; what is handled after it is counted. */
  function endingSoon(store: EventStore<never>) {
    const ending = new AbortController();
    let after = 0;
    let before = 0;
    const { handle, ...rest } = projector(store, boardProjection);
    const counting: typeof handle = (delivery, context) => {
      if (ending.signal.aborted) after += 1;
      else before += 1;
      return handle(delivery, context);
    };
    const options = { ...rest, handle: counting, signal: ending.signal };
    return { ending, options, counts: () => ({ before, after }) };
  }

  it.each(['catchUp', 'subscribe'] as const)('ends %s before it has handled what is left', async (name) => {
    const store = await withVisits(open);
    const { ending, options, counts } = endingSoon(store);
    setTimeout(() => ending.abort(), 1);
    await { catchUp, subscribe }[name](options);
    expect(counts().after).toBe(0);
    expect(counts().before).toBeLessThan(1000);
    const { events } = await catchUp(projector(store, boardProjection));
    expect(events).toBeGreaterThan(0);
  });

  it('ends rebuild', async () => {
    const store = await withVisits(open);
    const reason = new Error('not now');
    const ending = new AbortController();
    setTimeout(() => ending.abort(reason), 1);
    await expect(rebuild(store, boardProjection, { signal: ending.signal })).rejects.toBe(reason);
    expect(await store.readRows(boardProjection.name)).toEqual([]);
  });

  it('ends retryParked', async () => {
    const store = await withVisits(open, 40);
    const at = { from: 1n, reason: 'broken' };
    const names = new Set((await store.readFeed({ maxCount: 10_000 })).map(({ streamName }) => streamName));
    const cursor = (await store.readFeed({ maxCount: 10_000 })).at(-1)?.cursor ?? null;
    const park = [...names].map((streamName) => ({ ...at, streamName }));
    const { ending, options, counts } = endingSoon(store);
    await store.commitCheckpoint(options.consumer, { expected: 0, cursor, park });
    setTimeout(() => ending.abort(), 1);
    const { parked } = await retryParked({ ...options, batchSize: 1 });
    expect(parked.length).toBeGreaterThan(0);
    expect(counts().after).toBe(0);
  });

  it('ends load, with its reason', async () => {
    const { store, visitId } = await withLongVisit(open);
    const { load } = createService({ store });
    const reason = new Error('not now');
    const ending = new AbortController();
    setTimeout(() => ending.abort(reason), 1);
    await expect(load(visitId, { signal: ending.signal })).rejects.toBe(reason);
    await expect(load(visitId, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(load(visitId, { signal: 'soon' as never })).rejects.toThrow('signal is an AbortSignal; got string');
  });
});
