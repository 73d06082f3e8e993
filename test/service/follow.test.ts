import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import {
  type CatchUpResult,
  catchUp,
  PoisonError,
  parked as parkedOf,
  retryParked,
  type ServiceSignal,
  type StreamBatch,
  type SubscriptionOptions,
  subscribe,
} from '../../src/service.ts';
import { placeOf } from '../../src/stores/cursor.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { arrive, assign, breach, sent, serviceOn } from './fixture.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const other = (visitId: string) => sent('c-assign', command('AssignVisit', { ...assignment, visitId }));
const breachOf = (visitId: string, n: number) =>
  sent(`c-breach-${n}`, command('ReportConductBreach', { visitId, kind: 'smoking' }));

/** Two visits, whose events alternate. */
async function twoVisits(store: EventStore<never>) {
  const { handle } = serviceOn(store);
  for (const asked of [other('a'), other('b'), breachOf('a', 1), breachOf('b', 1), breachOf('a', 2)])
    await handle(asked);
}

const told = ({ streamName, events }: StreamBatch) =>
  events.map(({ metadata }) => `${streamName.slice(-1)}${metadata.streamPosition}`);

/** A consumer that records its events, and fails as configured. */
function consumer(store: EventStore<never>, failing: (delivery: StreamBatch) => boolean = () => false) {
  const got: string[] = [];
  const signals: ServiceSignal[] = [];
  const options: SubscriptionOptions = {
    store,
    consumer: 'reader',
    pauseMs: 0,
    pollMs: 1,
    handle: (delivery) => {
      if (failing(delivery)) throw new PoisonError(`cannot take ${told(delivery).join(' ')}`);
      got.push(...told(delivery));
      const { streamName, events } = delivery;
      return {
        rows: [
          { projection: 'reader', key: streamName, body: { last: Number(events.at(-1)?.metadata.streamPosition) } },
        ],
      };
    },
    observe: (signal) => signals.push(signal),
  };
  return { got, signals, options };
}

const caughtUp = (events: number): CatchUpResult => ({ events, parked: [], retrying: [], held: null });

const ordered = (got: readonly string[], visit: string) => got.filter((one) => one.startsWith(visit));

describe.each(stores)('a consumer of the feed, on the %s store', (_, open) => {
  it.each([1, 2, 3, 100])('gets every event of each stream in order, in batches of %d', async (batchSize) => {
    const store = open();
    await twoVisits(store);
    const { got, options } = consumer(store);
    expect(await catchUp({ ...options, batchSize })).toEqual(caughtUp(5));
    expect([ordered(got, 'a'), ordered(got, 'b')]).toEqual([
      ['a1', 'a2', 'a3'],
      ['b1', 'b2'],
    ]);
    expect(await store.readRows('reader')).toEqual([
      { key: 'visit-a', body: { last: 3 } },
      { key: 'visit-b', body: { last: 2 } },
    ]);
  });

  it('ends over a store that does not tell its lag', async () => {
    const store = open();
    await twoVisits(store);
    const { readLag: _, ...without } = store;
    const { options } = consumer(store);
    expect(await catchUp({ ...options, store: without })).toEqual(caughtUp(5));
    expect(await catchUp({ ...options, store: without })).toEqual(caughtUp(0));
  });

  it('goes on where it stopped, and gets nothing twice', async () => {
    const store = open();
    await twoVisits(store);
    const { got, options } = consumer(store);
    await catchUp(options);
    expect(await catchUp(options)).toEqual(caughtUp(0));
    await serviceOn(store).handle(breachOf('b', 2));
    await catchUp({ ...options });
    expect(got.slice(5)).toEqual(['b3']);
  });

  it.each([1, 100])('parks a stream at the event that is poison, and no other, in batches of %d', async (batchSize) => {
    const store = open();
    await twoVisits(store);
    const { got, signals, options } = consumer(store, (delivery) => told(delivery).includes('a2'));
    const { parked } = await catchUp({ ...options, batchSize });
    const since = expect.any(String);
    expect(parked).toEqual([{ streamName: 'visit-a', from: 2n, reason: 'PoisonError: cannot take a2', since }]);
    expect(await parkedOf(options)).toEqual(parked);
    expect(got).toEqual(['a1', 'b1', 'b2']);
    expect(signals.filter((signal) => 'parked' in signal && signal.parked)).toHaveLength(1);
    await serviceOn(store).handle(breachOf('a', 3));
    await serviceOn(store).handle(breachOf('b', 3));
    await catchUp(options);
    expect(got.slice(3)).toEqual(['b3']);
  });

  it('delivers all events of a parked stream when it is retried, and then the new ones', async () => {
    const store = open();
    await twoVisits(store);
    let broken = true;
    const { got, options } = consumer(store, (delivery) => broken && delivery.streamName === 'visit-a');
    await catchUp(options);
    expect(await retryParked(options, ['visit-a'])).toMatchObject({
      unparked: [],
      parked: [{ streamName: 'visit-a', reason: expect.stringContaining('cannot take a1') }],
    });
    broken = false;
    expect(await retryParked(options, ['visit-a'])).toMatchObject({ unparked: ['visit-a'], parked: [] });
    expect(await retryParked(options, ['visit-a'])).toEqual({ events: 0, unparked: [], parked: [] });
    await serviceOn(store).handle(breachOf('a', 3));
    expect(await catchUp(options)).toEqual(caughtUp(1));
    expect(ordered(got, 'a')).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('misses no event of a stream that is retried while it handles a batch', async () => {
    const store = open();
    await twoVisits(store);
    let broken = true;
    const { got, options } = consumer(store, (delivery) => broken && delivery.streamName === 'visit-a');
    await catchUp(options);
    broken = false;
    const { handle } = serviceOn(store);
    const between: EventStore<never> = {
      ...store,
      readFeed: async (range) => {
        const { unparked } = await retryParked(options, ['visit-a']);
        if (unparked.length > 0) await handle(breachOf('a', 3));
        return store.readFeed(range);
      },
    };
    await handle(breachOf('b', 3));
    await catchUp({ ...options, store: between });
    expect(ordered(got, 'a')).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('retries a parked stream up to the checkpoint; later events come by the feed, once', async () => {
    const store = open();
    await twoVisits(store);
    let broken = true;
    const { got, options } = consumer(store, (delivery) => broken && delivery.streamName === 'visit-a');
    await catchUp(options);
    await serviceOn(store).handle(breachOf('a', 3));
    broken = false;
    expect((await retryParked(options, ['visit-a'])).unparked).toEqual(['visit-a']);
    expect(ordered(got, 'a')).toEqual(['a1', 'a2', 'a3']);
    await catchUp(options);
    expect(ordered(got, 'a')).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('that is ended between two tries parks nothing, and tries again when it runs again', async () => {
    const store = open();
    await twoVisits(store);
    const ending = new AbortController();
    let tries = 0;
    const { got, options } = consumer(store);
    const handle: SubscriptionOptions['handle'] = (delivery, context) => {
      if (tries < 2) throw new Error(`out of ink ${++tries}`);
      return options.handle(delivery, context);
    };
    const ended = { ...options, signal: ending.signal, pauseMs: 1_000, batchSize: 1, handle };
    skipPauses({ passed: () => ending.abort() });
    const { parked, retrying } = await catchUp(ended);
    expect([tries, parked, retrying.map(({ from }) => from), got]).toEqual([2, [], [1n, 1n], []]);
    expect(await catchUp({ ...options, handle })).toMatchObject({ parked: [], retrying: [] });
    expect([ordered(got, 'a'), ordered(got, 'b')]).toEqual([
      ['a1', 'a2', 'a3'],
      ['b1', 'b2'],
    ]);
  });

  it.each(['effect', 'codec'])('whose %s fails while it is ended parks nothing', async (what) => {
    const store = open();
    await twoVisits(store);
    const ending = new AbortController();
    const failing = () => {
      ending.abort();
      throw new Error('the database is going down');
    };
    const { options } = consumer(store);
    const { parked, events } = await catchUp({
      ...options,
      signal: ending.signal,
      ...(what === 'effect' && { handle: () => ({ effect: failing }) }),
      ...(what === 'codec' && { codec: { encode: ({ data }) => data, decode: failing } }),
    });
    expect([parked, events, (await store.readCheckpoint('reader')).cursor]).toEqual([[], 0, null]);
  });

  it('that handles one event at a time, since an effect fails, ends with the current one when its signal is aborted', async () => {
    const store = open();
    await twoVisits(store);
    const ending = new AbortController();
    let calls = 0;
    const handle = (delivery: StreamBatch) => ({
      effect: () => {
        calls += 1;
        if (calls === 2) ending.abort();
        if (calls === 1 || told(delivery).includes('b1')) throw new PoisonError('out of ink');
      },
    });
    const { events } = await catchUp({ ...consumer(store).options, signal: ending.signal, handle });
    expect([calls, events]).toEqual([2, 1]);
  });

  it('retries exactly the events that were parked, however long the feed is', async () => {
    const store = open();
    const { handleBatch } = serviceOn(store);
    await handleBatch([other('a'), breachOf('a', 1)]);
    await handleBatch([other('b'), ...Array.from({ length: 1200 }, (_, n) => breachOf('b', n))]);
    await handleBatch([breachOf('a', 2), breachOf('a', 3)]);
    let broken = true;
    const { got, options } = consumer(store, (delivery) => broken && told(delivery).includes('a2'));
    await catchUp(options);
    broken = false;
    expect((await retryParked(options, ['visit-a'])).unparked).toEqual(['visit-a']);
    expect(ordered(got, 'a')).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('parks nothing for a store that fails under its handler, and answers what is left after so many attempts', async () => {
    const store = open();
    await twoVisits(store);
    let down = true;
    const down503 = new StoreError('unavailable', 'the line is down');
    const { got, options } = consumer(store);
    const handle: SubscriptionOptions['handle'] = (delivery, context) => {
      if (down) throw down503;
      return options.handle(delivery, context);
    };
    const { parked, retrying } = await catchUp({ ...options, handle, attempts: 2 });
    expect([parked, retrying.map(({ streamName }) => streamName)]).toEqual([[], ['visit-a', 'visit-b']]);
    expect(retrying[0]?.reason).toBe('StoreError: the line is down');
    down = false;
    expect(await catchUp({ ...options, handle })).toMatchObject({ parked: [], retrying: [] });
    expect(got).toHaveLength(5);
  });

  it.each(['park', 'skip'] as const)('decodes in as many attempts as it takes (%s)', async (unreadable) => {
    const store = open();
    await twoVisits(store);
    let failures = 2;
    const decode = ({ data }: { data: object }) => {
      if (failures-- > 0) throw new Error('key service: 503');
      return data;
    };
    const { got, options } = consumer(store);
    const codec = { encode: ({ data }: { data: object }) => data, decode };
    expect(await catchUp({ ...options, unreadable, codec })).toMatchObject({ parked: [], retrying: [] });
    expect(got).toHaveLength(5);
  });

  it('parks a stream though another process of its name does so at the same time', async () => {
    const store = open();
    await twoVisits(store);
    const effect = () => {
      throw new PoisonError('out of ink');
    };
    const options: SubscriptionOptions = { ...consumer(store).options, handle: () => ({ effect }) };
    const between: EventStore<never> = {
      ...store,
      commitCheckpoint: async (name, move) => {
        if (move.park?.length === 1) await catchUp(options);
        return store.commitCheckpoint(name, move);
      },
    };
    const { parked } = await catchUp({ ...options, store: between });
    expect(parked.map(({ streamName, from }) => [streamName, from])).toEqual([
      ['visit-a', 1n],
      ['visit-b', 1n],
    ]);
  });

  it('whose effect throws writes nothing of it, and parks that stream alone', async () => {
    const store = open();
    await twoVisits(store);
    const { options } = consumer(store);
    const effect = (delivery: StreamBatch) => () => {
      if (told(delivery).includes('b2')) throw new PoisonError('out of ink');
    };
    const handle: SubscriptionOptions['handle'] = async (delivery, context) => ({
      ...(await options.handle(delivery, context)),
      effect: effect(delivery),
    });
    const { parked } = await catchUp({ ...options, handle });
    const since = expect.any(String);
    expect(parked).toEqual([{ streamName: 'visit-b', from: 2n, reason: 'PoisonError: out of ink', since }]);
    expect(await store.readRows('reader')).toEqual([
      { key: 'visit-a', body: { last: 3 } },
      { key: 'visit-b', body: { last: 1 } },
    ]);
  });

  it('beside another of its name does nothing twice that is written with the checkpoint', async () => {
    const store = open();
    const { handle } = serviceOn(store);
    const counts = new Map<string, number>();
    const racer = (): SubscriptionOptions => ({
      ...consumer(store).options,
      batchSize: 2,
      handle: ({ streamName, events }) => ({
        effect: () => {
          for (const { metadata } of events) {
            const key = `${streamName}@${metadata.streamPosition}`;
            counts.set(key, (counts.get(key) ?? 0) + 1);
          }
        },
      }),
    });
    await handle(assign);
    const racers = [catchUp(racer()), catchUp(racer()), catchUp(racer())];
    for (let n = 0; n < 20; n++) await handle(breach(n));
    await Promise.all(racers);
    await catchUp(racer());
    expect([...counts.values()]).toEqual(Array.from({ length: 21 }, () => 1));
  });
});

describe('an event that cannot be read', () => {
  async function withForeign(): Promise<EventStore<never>> {
    const store = memoryStore();
    await twoVisits(store);
    await store.appendToStream('visit-a', [{ type: 'VisitPainted', data: {} }]);
    await serviceOn(store).handle(breachOf('b', 2));
    return store;
  }
  const painted = 'UnreadableStreamError: The event at 4 of visit-a cannot be read: unknown-type';

  it('parks its stream, and the events before it are handled', async () => {
    const { got, options } = consumer(await withForeign());
    const { parked } = await catchUp(options);
    expect(parked).toEqual([{ streamName: 'visit-a', from: 4n, reason: painted, since: expect.any(String) }]);
    expect(got.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
    const again = await retryParked(options, ['visit-a']);
    expect(again).toMatchObject({ unparked: [], parked: [{ reason: expect.stringContaining('unknown-type') }] });
    const skipped = await retryParked({ ...options, unreadable: 'skip' }, ['visit-a']);
    expect(skipped.unparked).toEqual(['visit-a']);
  });

  it('is skipped if the host says so', async () => {
    const { got, options } = consumer(await withForeign());
    expect((await catchUp({ ...options, unreadable: 'skip' })).parked).toEqual([]);
    expect(got).toHaveLength(6);
  });

  it('stops the subscription if the host says so, before its batch is handled', async () => {
    const { options } = consumer(await withForeign());
    await expect(catchUp({ ...options, unreadable: 'stop', batchSize: 3 })).rejects.toMatchObject({
      code: 'unreadable-stream',
      position: 4n,
    });
    expect(placeOf((await options.store.readCheckpoint('reader')).cursor)).toBe('0000000000000000003');
  });
});

describe('invalid options', () => {
  it.each([
    [{ unreadable: 'ignore' as never }, 'unreadable'],
    [{ batchSize: 0 }, 'batchSize'],
    [{ batchSize: 10_001 }, 'batchSize'],
    [{ attempts: 0.5 }, 'attempts'],
    [{ pauseMs: Number.NaN }, 'pauseMs'],
    [{ pauseMs: '5' as never }, 'pauseMs'],
    [{ pollMs: -1 }, 'pollMs'],
  ])('such as %o are refused by their name', async (option, name) => {
    const { options } = consumer(memoryStore());
    const following = subscribe({ ...options, ...option, signal: AbortSignal.abort() });
    await expect(following).rejects.toThrow(new RegExp(`^${name} is`));
    if (name !== 'pollMs')
      await expect(retryParked({ ...options, ...option }, ['visit-a'])).rejects.toThrow(`${name} is`);
  });
});

describe.each(stores)('following, on the %s store', (_, open) => {
  it('is woken by each append of the store, however long it polls', async () => {
    const store = open();
    const { got, options } = consumer(store);
    const ending = new AbortController();
    const following = [1, 2].map((n) =>
      subscribe({ ...options, consumer: `reader-${n}`, pollMs: 1e9, signal: ending.signal }),
    );
    const { handle } = serviceOn(store);
    for (const [n, asked] of [other('a'), breachOf('a', 1), breachOf('a', 2)].entries()) {
      await handle(asked);
      await expect.poll(() => got.length).toBe(2 * (n + 1));
    }
    ending.abort();
    await Promise.all(following);
    expect(got).toEqual(['a1', 'a1', 'a2', 'a2', 'a3', 'a3']);
  });

  it('polls where the store cannot tell of new events', async () => {
    const store = open();
    const { listen: _listen, ...deaf } = store;
    const { got, options } = consumer(deaf);
    const ending = new AbortController();
    const following = subscribe({ ...options, signal: ending.signal });
    await serviceOn(store).handle(other('a'));
    await expect.poll(() => got).toEqual(['a1']);
    ending.abort();
    await following;
  });

  it('wakes a listener until it is ended', async () => {
    const store = open();
    const woken: string[] = [];
    const stops = ['one', 'two'].map((name) => store.listen?.(() => woken.push(name), 1e9));
    await serviceOn(store).handle(other('a'));
    expect(woken).toEqual(['one', 'two']);
    stops[0]?.();
    await serviceOn(store).handle(other('b'));
    expect(woken).toEqual(['one', 'two', 'two']);
    stops[1]?.();
  });
});

it('two stores on one file learn of the events of each other by polling', async () => {
  const file = temporaryFile();
  const [writer, reader] = [opened({ file }), opened({ file })];
  const { got, options } = consumer(reader as EventStore<never>);
  const ending = new AbortController();
  const following = subscribe({ ...options, signal: ending.signal });
  await serviceOn(writer).handle(other('a'));
  await expect.poll(() => got).toEqual(['a1']);
  ending.abort();
  await following;
});

describe('following', () => {
  it('delivers new events until its signal is aborted', async () => {
    const store = memoryStore();
    const { got, options } = consumer(store);
    const ending = new AbortController();
    const following = subscribe({ ...options, signal: ending.signal });
    await twoVisits(store);
    while (got.length < 5) await new Promise((resolve) => setTimeout(resolve, 1));
    ending.abort();
    await following;
    await serviceOn(store).handle(breachOf('a', 3));
    expect(got).toHaveLength(5);
  });

  it('retries a store that fails, and reports it', async () => {
    const store = memoryStore();
    await twoVisits(store);
    let failures = 0;
    const failing: EventStore<never> = {
      ...store,
      readFeed: (range) => {
        if (failures++ < 3) throw new StoreError('unavailable', 'the line is down');
        return store.readFeed(range);
      },
    };
    const { got, signals, options } = consumer(failing);
    const ending = new AbortController();
    const following = subscribe({ ...options, signal: ending.signal });
    while (got.length < 5) await new Promise((resolve) => setTimeout(resolve, 1));
    ending.abort();
    await following;
    expect(signals.filter(({ name }) => name === 'auxilio.follow-failed')).toHaveLength(3);
  });

  it.each([
    [catchUp, true],
    [catchUp, false],
    [subscribe, true],
    [subscribe, false],
  ])('ends over a store of the host that cannot commit, with its error: %o, rows: %s', async (reading, rows) => {
    const store = memoryStore();
    await twoVisits(store);
    let commits = 0;
    const commitCheckpoint = async () => {
      if (commits++ < 100) throw new Error('connection refused');
      throw new StoreError('corrupt', 'it goes on without end');
    };
    const { options } = consumer({ ...store, commitCheckpoint });
    const { signal } = new AbortController();
    const handle = rows ? options.handle : () => undefined;
    await expect(reading({ ...options, handle, signal })).rejects.toThrow('connection refused');
  });

  it('does nothing if its signal is aborted before it begins', async () => {
    const store = memoryStore();
    await twoVisits(store);
    const { got, options } = consumer(store);
    await subscribe({ ...options, signal: AbortSignal.abort() });
    expect([got, await catchUp({ ...options, signal: AbortSignal.abort() })]).toEqual([[], caughtUp(0)]);
  });
});

it('reads what the codec stored', async () => {
  const codec = {
    encode: ({ data }: { data: object }) => ({ inside: data }),
    decode: ({ data }: { data: object }) => (data as { inside: object }).inside,
  };
  const store = memoryStore();
  await serviceOn(store, { codec }).handleBatch([assign, arrive]);
  const seen: object[] = [];
  const handle = ({ events }: StreamBatch) => {
    seen.push(...events.map(({ data }) => data));
    return undefined;
  };
  await catchUp({ ...consumer(store).options, handle, codec });
  expect(seen).toMatchObject([{ visitId: 'visit-1', caseNumber: 'EXP-1' }, { visitId: 'visit-1' }]);
});
