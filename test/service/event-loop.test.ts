import { describe, expect, it, vi } from 'vitest';
import { seal } from '../../src/chain.ts';
import { memoryStore } from '../../src/memory.ts';
import { integrityInSlices } from '../../src/service/shared/verification.ts';
import {
  boardProjection,
  catchUp,
  createService,
  markPaid,
  projector,
  rebuild,
  retryParked,
  type ServiceOptions,
  subscribe,
} from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, simulate } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { divisionsOf, LEAST_TASKS, tasksDuring } from '../support/tasks.ts';
import { breach, sent, serviceOn } from './fixture.ts';

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
async function withLongVisit(open: () => EventStore<never>, length = 9000) {
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

/** A store that answers at once with a long sealed visit, so that it divides nothing itself; `onRead` runs as an event is read. */
async function withSealedVisit(length = 640, onRead: (position: number) => void = () => undefined) {
  const { store: whole, visitId } = await withLongVisit(() => memoryStore(), length - 1);
  const streamName = `visit-${visitId}`;
  const stored = await whole.readStream(streamName);
  const events = seal(stored.events).map(({ metadata: seals }, index) => {
    const { metadata, ...event } = stored.events[index]!;
    const own = { ...metadata, ...seals };
    return Object.defineProperty({ ...event, metadata: own }, 'type', {
      enumerable: true,
      get() {
        onRead(index + 1);
        return event.type;
      },
    });
  });
  const store = { ...whole, readStream: async () => ({ ...stored, events }) } as unknown as EventStore<never>;
  return { store, visitId, streamName };
}

describe('work on a visit of 640 events is divided at least ten times', () => {
  const handling = async (options: Partial<ServiceOptions>) => {
    const { store, visitId } = await withSealedVisit();
    const asked = breach(1);
    const { handle } = serviceOn(store, options);
    return divisionsOf(async () => {
      const own = { ...asked, data: { ...asked.data, visitId } } as typeof asked;
      expect(await handle(own)).toMatchObject({ ok: true });
    });
  };

  it('verifying its seals before a command', async () => {
    expect(await handling({ verify: true })).toBeGreaterThanOrEqual(10 + (await handling({ verify: false })));
  });

  it('verifying its seals for the rows that are written with an append', async () => {
    const options = { verify: false, projections: [boardProjection] };
    expect(await handling(options)).toBeGreaterThanOrEqual(10 + (await handling({ verify: false })));
  });

  it('verifying its seals before it is paid', async () => {
    const { store, streamName, visitId } = await withSealedVisit();
    const payment = { visitId, paidAt: '2026-03-20T12:00:00.000Z' };
    expect(await divisionsOf(() => markPaid(store, { streamName }, payment))).toBeGreaterThanOrEqual(10);
  });

  it('loading it, and verifying its seals where that is asked for', async () => {
    const { store, visitId } = await withSealedVisit();
    const { load } = createService({ store });
    const plain = await divisionsOf(() => load(visitId));
    expect(plain).toBeGreaterThanOrEqual(10);
    const verified = await divisionsOf(async () => {
      expect((await load(visitId, { verify: true })).integrity.status).toBe('verified');
    });
    expect(verified).toBeGreaterThanOrEqual(10 + plain);
  });
});

it('the events of a visit without seals are not hashed', async () => {
  const bare = Array.from({ length: 640 }, (_, n) => ({ type: 'Noted', data: { n }, metadata: {} }));
  expect(await divisionsOf(() => integrityInSlices(bare))).toBeLessThan(5);
  expect(await integrityInSlices(bare)).toEqual({ status: 'unverified' });
});

it('loaded visits share the function that verifies their seals, lest each is kept until a full garbage collection', async () => {
  const { store, visitId } = await withSealedVisit(10);
  const { load } = createService({ store });
  const [one, other] = [await load(visitId), await load(visitId)];
  expect(Object.getOwnPropertyDescriptor(one, 'integrity')).toEqual(
    Object.getOwnPropertyDescriptor(other, 'integrity'),
  );
  expect(one.integrity).toBe(one.integrity);
});

describe('a batch of 640 commands is divided at least ten times', () => {
  const assigned = (visitId: string) => {
    const asked = command('AssignVisit', assignment);
    return sent(`c-${visitId}`, { ...asked, data: { ...asked.data, visitId } } as typeof asked);
  };
  const numbers = Array.from({ length: 640 }, (_, n) => n);

  it('of commands that are malformed', async () => {
    const malformed = numbers.map(() => ({}) as never);
    const { handleBatch } = serviceOn();
    expect(await divisionsOf(() => handleBatch(malformed))).toBeGreaterThanOrEqual(10);
  });

  it('of one visit', async () => {
    const { handleBatch, load } = serviceOn();
    const asked = [assigned('visit-1'), ...numbers.map(breach)];
    expect(await divisionsOf(() => handleBatch(asked))).toBeGreaterThanOrEqual(20);
    expect((await load('visit-1')).version).toBe(641n);
  });

  it('of as many visits', async () => {
    const { handleBatch, load } = serviceOn();
    const asked = numbers.map((n) => assigned(`visit-${n}`));
    expect(await divisionsOf(() => handleBatch(asked))).toBeGreaterThanOrEqual(640);
    expect((await load('visit-639')).version).toBe(1n);
  });
});

describe('after the signal', () => {
  it('no further event of a batch is read', async () => {
    const { store } = await withLongVisit(() => memoryStore(), 1000);
    const ending = new AbortController();
    let read = 0;
    const counted = async (...of: Parameters<typeof store.readFeed>) =>
      (await store.readFeed(...of)).map((event) =>
        Object.defineProperty({ ...event }, 'text', {
          get() {
            read += 1;
            if (read === 10) ending.abort();
            return event.text;
          },
        }),
      );
    const handle = vi.fn();
    const subscribed = { ...store, readFeed: counted };
    await catchUp({ store: subscribed, consumer: 'reader', batchSize: 10_000, handle, signal: ending.signal });
    expect(read).toBe(10);
    expect(handle).not.toHaveBeenCalled();
  });

  it('no row is made of a visit that was being read', async () => {
    const ending = new AbortController();
    const { store } = await withSealedVisit(640, (position) => {
      if (position === 100) ending.abort();
    });
    const row = vi.fn(() => null);
    const { consumer, ...options } = projector(store, { name: 'rows', row });
    await catchUp({ ...options, consumer, signal: ending.signal });
    for (let n = 0; n < 50; n++) await new Promise((resolve) => setImmediate(resolve));
    expect(ending.signal.aborted).toBe(true);
    expect(row).not.toHaveBeenCalled();
  });
});
