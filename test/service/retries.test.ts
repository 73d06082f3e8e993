import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import {
  catchUp,
  lag,
  PoisonError,
  parked,
  retryParked,
  type ServiceSignal,
  type StreamBatch,
  type SubscriptionOptions,
  subscribe,
} from '../../src/service.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { CheckpointUpdate, EventStore } from '../../src/stores/event-store.ts';
import { command } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { skipPauses } from '../support/skip-pauses.ts';
import { sent, serviceOn } from './fixture.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const START = Date.parse('2026-03-17T15:00:00.000Z');
const MINUTE = 60_000;

const assigned = (visitId: string) => sent('c-assign', command('AssignVisit', { ...assignment, visitId }));
const breach = (visitId: string, n: number) =>
  sent(`c-${n}`, command('ReportConductBreach', { visitId, kind: 'smoking' }));

const named = ({ streamName, events }: StreamBatch) =>
  events.map(({ metadata }) => `${streamName.slice('visit-'.length)}${metadata.streamPosition}`);

/** A subscription whose clock advances only while it waits. */
function subscribed(store: EventStore<never>, work: (delivery: StreamBatch) => unknown = () => undefined) {
  const clock = skipPauses({ at: START });
  const got: string[] = [];
  const signals: ServiceSignal[] = [];
  const options: SubscriptionOptions = {
    store,
    consumer: 'reader',
    now: () => new Date(clock.at).toISOString(),
    handle: async (delivery) => {
      await work(delivery);
      got.push(...named(delivery));
      return undefined;
    },
    observe: (signal) => signals.push(signal),
  };
  return { options, clock, got, signals };
}

async function visits(store: EventStore<never>, ...names: string[]) {
  const { handle } = serviceOn(store);
  for (const name of names) await handle(assigned(name));
}

const down = () => {
  throw new StoreError('unavailable', 'the line is down');
};

describe.each(stores)('what a handler may do to a subscription on the %s store', (_, open) => {
  const unshowable = [
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    ),
    Object.create(null),
    {
      get code() {
        throw new Error('no');
      },
    },
    null,
  ];

  it.each(unshowable)('its effect throws what cannot be shown: it is tried again', async (thrown) => {
    const store = open();
    await visits(store, 'a-');
    const { options } = subscribed(store);
    const effect = () => {
      throw thrown;
    };
    const { retrying } = await catchUp({ ...options, attempts: 2, handle: () => ({ effect }) });
    expect(retrying).toMatchObject([{ streamName: 'visit-a-', from: 1n }]);
  });

  it('it answers null, as a function of plain JavaScript may', async () => {
    const store = open();
    await visits(store, 'a-');
    const { options } = subscribed(store);
    expect(await catchUp({ ...options, handle: () => null as never })).toMatchObject({ events: 1, retrying: [] });
  });

  it('it answers a number, as a function of one expression may', async () => {
    const store = open();
    await visits(store, 'a-');
    const { options } = subscribed(store);
    expect(await catchUp({ ...options, handle: () => 1 as never })).toMatchObject({ events: 1, retrying: [] });
  });

  it.each<[object, string]>([
    [{ row: [] }, 'Unknown option of what a handler answers: row. Did you mean rows? Known: rows, effect'],
    [{ rows: {} }, 'A handler answers { rows }, a list; got object'],
    [[], 'A handler answers { rows }, a list; got object'],
    [[{ projection: 'p', key: 'k', body: {} }], 'Unknown option of what a handler answers: 0.'],
    [{ effect: 'x' }, 'A handler answers { effect } as a function'],
  ])('it answers %j: nothing is lost, it is tried again', async (answer, reason) => {
    const store = open();
    await visits(store, 'a-');
    const { options } = subscribed(store);
    const { events, retrying } = await catchUp({ ...options, attempts: 1, handle: () => answer as never });
    expect(events).toBe(0);
    expect(retrying).toMatchObject([{ reason: expect.stringContaining(reason) }]);
  });

  it('its effect returns a thenable: it is awaited, and refused where a transaction cannot wait', async () => {
    const store = open();
    await visits(store, 'a-');
    const { options } = subscribed(store);
    const lazy = { then: (resolve: () => void) => resolve() };
    const { events, retrying } = await catchUp({ ...options, attempts: 1, handle: () => ({ effect: () => lazy }) });
    expect(events).toBe(0);
    expect(retrying).toMatchObject([{ reason: expect.stringContaining('synchronous') }]);
  });
});

it('an event that waits is retried in time though the clock is set back', async () => {
  const store = memoryStore();
  await visits(store, 'a-');
  let failures = 1;
  const { options, clock } = subscribed(store, () => {
    if (failures-- > 0) throw new Error('once');
  });
  const observe = ({ name }: ServiceSignal) => {
    if (name === 'auxilio.retry') clock.at -= 24 * 60 * MINUTE;
  };
  expect(await catchUp({ ...options, observe })).toMatchObject({ events: 1, retrying: [] });
  expect(Math.max(0, ...clock.pauses)).toBeLessThanOrEqual(10_000);
});

describe.each(stores)('a dependency that fails, on the %s store', (_, open) => {
  it('for two seconds parks nothing: all is handled, in order, once it is back', async () => {
    const store = open();
    const names = Array.from({ length: 20 }, (_one, n) => `${String.fromCharCode(97 + n)}-`);
    await visits(store, ...names);
    for (const name of names) await serviceOn(store).handle(breach(name, 1));
    const { options, clock, got } = subscribed(store, () => (clock.at < START + 2000 ? down() : undefined));
    expect(await catchUp(options)).toEqual({ events: 40, parked: [], retrying: [], held: null });
    for (const name of names) {
      expect(got.filter((one) => one.startsWith(name))).toEqual([`${name}1`, `${name}2`]);
    }
    expect(got).toHaveLength(40);
  });

  it('for a day, while nothing can be handled, parks nothing and does not run through the feed', async () => {
    const store = open();
    await visits(store, ...Array.from({ length: 30 }, (_one, n) => `v${n}-`));
    const ending = new AbortController();
    const { options, clock } = subscribed(store, () => {
      if (clock.at > START + 24 * 60 * MINUTE) ending.abort();
      down();
    });
    // The clock goes on by half an hour in the longest pause.
    clock.passed = (durationMs) => {
      clock.at += 179 * durationMs;
    };
    const result = await catchUp({ ...options, batchSize: 4, signal: ending.signal });
    expect(result.parked).toEqual([]);
    expect(await parked(options)).toEqual([]);
    expect(result.retrying[0]?.since).toBe(new Date(START).toISOString());
    const { cursor } = await store.readCheckpoint('reader');
    const back = subscribed(store);
    expect(await catchUp(back.options)).toMatchObject({ parked: [], retrying: [] });
    expect(back.got).toHaveLength(30);
    expect(cursor).not.toBeNull();
  });

  it('is tried again after pauses that double, with half of each left to chance, up to the longest', async () => {
    const store = open();
    await visits(store, 'a');
    let left = 10;
    const { options, clock, signals } = subscribed(store, () => (left-- > 0 ? down() : undefined));
    await catchUp(options);
    expect(clock.pauses).toEqual([50, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
    const retries = signals.filter(({ name }) => name === 'auxilio.retry');
    expect(retries.map((signal) => ('attempt' in signal ? signal.attempt : 0))).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    left = 3;
    await serviceOn(store).handle(breach('a', 1));
    clock.pauses.length = 0;
    clock.random = 0;
    await catchUp(options);
    expect(clock.pauses).toEqual([25, 50, 100]);
  });

  it('given an event that was handled after two tries, when the next one fails, then its tries are counted from the first', async () => {
    const store = open();
    await visits(store, 'a');
    const failures = [2, 2];
    const { options, clock, got, signals } = subscribed(store, async ({ events }) => {
      const position = Number(events[0]?.metadata.streamPosition);
      if ((failures[position - 1] ?? 0) > 0) {
        failures[position - 1] = (failures[position - 1] ?? 0) - 1;
        return down();
      }
      if (position === 1) await serviceOn(store).handle(breach('a', 1));
      return undefined;
    });
    await catchUp(options);
    expect(got).toEqual(['a1', 'a2']);
    const retries = signals.flatMap((signal) => (signal.name === 'auxilio.retry' ? [signal.attempt] : []));
    expect(retries).toEqual([1, 2, 1, 2]);
    expect(clock.pauses).toEqual([50, 100, 50, 100]);
  });
});

describe.each(stores)('an effect that fails, on the %s store', (_, open) => {
  it('is retried after pauses that double, as often as catchUp is to try, and while all fail the feed is read slowly', async () => {
    const store = open();
    await visits(store, ...Array.from({ length: 50 }, (_one, n) => `v${n}-`));
    const { options, clock } = subscribed(store);
    const effect = () => {
      throw new Error('the ledger is down');
    };
    const handle = () => ({ effect });
    const failed = await catchUp({ ...options, handle, streams: (name) => name === 'visit-v0-', attempts: 4 });
    expect([failed.retrying.length, clock.pauses]).toEqual([1, [50, 100, 200]]);
    const ending = new AbortController();
    clock.passed = () => clock.at > START + 2000 && ending.abort();
    const other = { ...options, consumer: 'other', handle, signal: ending.signal };
    const { retrying, parked: found } = await catchUp(other);
    expect(found).toEqual([]);
    expect(retrying.length).toBeLessThan(50);
    expect(await catchUp({ ...options, consumer: 'other' })).toMatchObject({ parked: [], retrying: [] });
  });
});

describe.each(stores)('an event that fails for ever, on the %s store', (_, open) => {
  const failing = (delivery: StreamBatch) => {
    if (named(delivery).includes('a1')) throw new Error('out of ink');
  };

  it('is parked after a quarter of an hour in which others were handled, and those go on meanwhile', async () => {
    const store = open();
    await visits(store, 'a', 'b');
    await serviceOn(store).handle(breach('a', 1));
    const { options, clock, got, signals } = subscribed(store, failing);
    const result = await catchUp(options);
    const since = new Date(START).toISOString();
    expect(result.parked).toEqual([{ streamName: 'visit-a', from: 1n, reason: 'Error: out of ink', since }]);
    expect(clock.at - START).toBeGreaterThan(15 * MINUTE);
    expect(clock.at - START).toBeLessThan(16 * MINUTE);
    expect(got).toEqual(['b1']);
    expect(signals.filter((signal) => 'parked' in signal && signal.parked)).toHaveLength(1);
  });

  it('is not parked by a clock that a restart sets back: the first failure is in the store', async () => {
    const store = open();
    await visits(store, 'a', 'b');
    const first = subscribed(store, failing);
    await catchUp({ ...first.options, attempts: 1 });
    const second = subscribed(store, failing);
    second.clock.at = START + 15 * MINUTE;
    expect(await catchUp({ ...second.options, attempts: 1 })).toMatchObject({ parked: [] });
    const third = subscribed(store, failing);
    third.clock.at = START + 15 * MINUTE + 1;
    const { parked: found, retrying } = await catchUp({ ...third.options, attempts: 1 });
    expect([found.map(({ streamName }) => streamName), retrying]).toEqual([['visit-a'], []]);
  });

  it('is not parked while nothing else is handled, however long it takes', async () => {
    const store = open();
    await visits(store, 'a');
    const { options, clock } = subscribed(store, failing);
    clock.at = START;
    await catchUp({ ...options, attempts: 1 });
    clock.at += 24 * 60 * MINUTE;
    expect(await catchUp({ ...options, attempts: 5 })).toMatchObject({ parked: [], retrying: [{ from: 1n }] });
    await visits(store, 'b');
    expect(await catchUp({ ...options, attempts: 5 })).toMatchObject({ parked: [{ from: 1n }], retrying: [] });
  });

  it('is not parked while others have begun to fail since anything was handled', async () => {
    const store = open();
    await visits(store, 'a', 'b');
    let all = false;
    const { options, clock } = subscribed(store, (delivery) => (all ? down() : failing(delivery)));
    await catchUp({ ...options, attempts: 1 });
    all = true;
    await visits(store, 'c');
    clock.at += 60 * MINUTE;
    const { parked: found, retrying } = await catchUp({ ...options, attempts: 3 });
    expect([found, retrying.map(({ streamName }) => streamName)]).toEqual([[], ['visit-a', 'visit-c']]);
  });

  it('is never parked if the host says so', async () => {
    const store = open();
    await visits(store, 'a', 'b');
    const { options, clock } = subscribed(store, failing);
    await catchUp({ ...options, attempts: 1 });
    clock.at += 1000 * 60 * MINUTE;
    expect(await catchUp({ ...options, attempts: 1, poisonAfterMs: Infinity })).toMatchObject({ parked: [] });
  });

  it('is parked at once when a retry of it throws a PoisonError', async () => {
    const store = open();
    await visits(store, 'a');
    let tries = 0;
    const { options, clock } = subscribed(store, () => {
      tries += 1;
      if (tries === 1) throw new Error('the line is down');
      if (tries < 5) throw new PoisonError('broken');
    });
    const result = await catchUp(options);
    expect(result).toMatchObject({ parked: [{ from: 1n, reason: expect.stringContaining('broken') }], retrying: [] });
    expect([tries, clock.pauses]).toEqual([2, [50]]);
  });

  it('counts what was handled before it, when one before it in its stream had waited', async () => {
    const store = open();
    await visits(store, 'a');
    await serviceOn(store).handle(breach('a', 1));
    await serviceOn(store).handle(sent('c-2', command('ReportConductBreach', { visitId: 'a', kind: 'alcohol' })));
    let failures = 1;
    const { options, got } = subscribed(store, () => {
      if (failures-- > 0) throw new Error('once');
    });
    const decode = ({ data }: { data: object }) => {
      if ((data as { kind?: string }).kind === 'alcohol') throw new Error('key service: 503');
      return data;
    };
    await catchUp({ ...options, attempts: 2, codec: { encode: ({ data }) => data, decode } });
    expect(got).toEqual(['a1', 'a2']);
    expect(await store.readCheckpoint('reader')).toMatchObject({
      handled: 2,
      retrying: [{ from: 3n, handledBefore: 2 }],
    });
  });

  it('that the codec cannot decode is then skipped, or stops the subscription, as the host says', async () => {
    for (const unreadable of ['park', 'skip', 'stop'] as const) {
      const store = open();
      await visits(store, 'a', 'b');
      const decode = ({ data }: { data: object }) => {
        if ((data as { visitId?: string }).visitId === 'a') throw new Error('key service: 503');
        return data;
      };
      const { options, got } = subscribed(store);
      const catching = catchUp({ ...options, unreadable, codec: { encode: ({ data }) => data, decode } });
      if (unreadable === 'stop')
        await expect(catching).rejects.toMatchObject({ code: 'unreadable-stream', position: 1n });
      else expect((await catching).parked).toHaveLength(unreadable === 'park' ? 1 : 0);
      expect(got).toEqual(['b1']);
    }
  });
});

describe('poison', () => {
  class ForeignPoison extends Error {
    constructor() {
      super('of another copy of the module');
      Object.defineProperty(this, Symbol.for('auxilio.poison'), { value: true });
    }
  }

  const thrower = (thrown: unknown) => () => {
    throw thrown;
  };

  it.each<[string, Partial<SubscriptionOptions>]>([
    ['said by the handler', { handle: thrower(new PoisonError('broken')) }],
    ['said by another copy of the module', { handle: thrower(new ForeignPoison()) }],
    ['said by the classifier', { handle: thrower(new TypeError('x')), classify: () => 'poison' }],
    ['of an effect', { handle: () => ({ effect: thrower(new PoisonError('broken')) }) }],
    ['of a codec', { codec: { encode: ({ data }) => data, decode: thrower(new PoisonError('no key')) } }],
  ])('%s parks at once', async (_, more) => {
    const store = memoryStore();
    await visits(store, 'a', 'b');
    const { options, clock, signals } = subscribed(store);
    const { parked: found, retrying } = await catchUp({ ...options, ...more });
    expect([found.map(({ from }) => from), retrying, clock.pauses]).toEqual([[1n, 1n], [], []]);
    const reported = signals.filter((signal) => signal.name === 'auxilio.delivery' && signal.parked);
    const said = { consumer: 'reader', events: 0, error: expect.any(Error) };
    expect(reported).toMatchObject([
      { ...said, streamName: 'visit-a' },
      { ...said, streamName: 'visit-b' },
    ]);
  });

  it.each([
    [1, [1]],
    [2, [2, 1]],
  ])('of %d events at once, is looked for by handing them over %j at a time', async (count, expected) => {
    const store = memoryStore();
    await visits(store, 'a');
    if (count === 2) await serviceOn(store).handle(breach('a', 1));
    const handed: number[] = [];
    const { options } = subscribed(store, ({ events }) => {
      handed.push(events.length);
      throw new PoisonError('broken');
    });
    expect((await catchUp(options)).parked).toHaveLength(1);
    expect(handed).toEqual(expected);
  });

  it('and a delivery without a failure has no error', async () => {
    const store = memoryStore();
    await visits(store, 'a');
    const { options, signals } = subscribed(store);
    await catchUp(options);
    expect(signals).toStrictEqual([
      {
        name: 'auxilio.delivery',
        consumer: 'reader',
        streamName: 'visit-a',
        events: 1,
        parked: false,
        durationMs: expect.any(Number),
      },
    ]);
  });

  it.each<[string, Partial<SubscriptionOptions>]>([
    ['the classifier says transient', { handle: thrower(new PoisonError('x')), classify: () => 'transient' }],
    ['the classifier fails', { handle: thrower(new PoisonError('x')), classify: thrower(new Error('y')) }],
    [
      'the error cannot be looked at',
      { handle: thrower(new Proxy({}, { get: thrower(1), getPrototypeOf: thrower(2) })) },
    ],
  ])('it is not, where %s', async (_, more) => {
    const store = memoryStore();
    await visits(store, 'a');
    const { options } = subscribed(store);
    expect(await catchUp({ ...options, ...more, attempts: 2 })).toMatchObject({ parked: [], retrying: [{ from: 1n }] });
  });

  it.each<[string, unknown, RegExp]>([
    ['an object without a prototype', Object.create(null), /^The error cannot be shown$/],
    ['a symbol', Symbol('x'), /^Symbol\(x\)$/],
    ['undefined', undefined, /^undefined$/],
    ['a text of 1,000 characters', 'x'.repeat(1000), /^x{1000}$/],
    ['a text of 5 MB', 'x'.repeat(5_000_000), /^x{999}…$/],
    ['an error of 5 MB', new Error('y'.repeat(5_000_000)), /^Error: y{990,}…$/],
    ['a text cut within a character', `${'x'.repeat(998)}😀😀`, /^x{998}…$/],
    [
      'an error whose message throws',
      Object.defineProperty(new Error(), 'message', { get: thrower(1) }),
      /cannot be shown/,
    ],
    [
      'an error that is a trap',
      new Proxy(new Error('x'), { get: thrower(1), getPrototypeOf: thrower(1) }),
      /cannot be shown/,
    ],
  ])('has a reason for people, whatever is thrown: %s', async (_, thrown, reason) => {
    const store = memoryStore();
    await visits(store, 'a');
    const { options } = subscribed(store, thrower(thrown));
    const [found] = (await catchUp({ ...options, classify: () => 'poison' })).parked;
    expect(found?.reason).toMatch(reason);
    expect(found?.reason.length).toBeLessThanOrEqual(1000);
    const again = subscribed(memoryStore(), thrower(thrown));
    await visits(again.options.store as EventStore<never>, 'a');
    expect((await catchUp({ ...again.options, attempts: 1 })).retrying[0]?.reason).toMatch(reason);
  });
});

describe('a handler', () => {
  it('that never answers is abandoned after its timeout: its signal is aborted, and it is called again', async () => {
    const store = memoryStore();
    await visits(store, 'a', 'b');
    const { options, got, signals } = subscribed(store);
    const aborted: boolean[] = [];
    const handle: SubscriptionOptions['handle'] = (delivery, context) => {
      if (aborted.length > 0 || delivery.streamName === 'visit-b') return options.handle(delivery, context);
      return new Promise((_, reject) => {
        context.signal.addEventListener('abort', () => {
          aborted.push(context.signal.aborted);
          reject(new Error('late, and not heard'));
        });
      });
    };
    expect(await catchUp({ ...options, handle, handlerTimeoutMs: 5 })).toMatchObject({ parked: [], retrying: [] });
    expect([got.sort(), aborted]).toEqual([['a1', 'b1'], [true]]);
    expect(signals.find(({ name }) => name === 'auxilio.retry')).toMatchObject({ error: { code: 'handler-timeout' } });
  });

  it.each(['handler', 'codec'])('ends with the signal though its %s never answers', async (what) => {
    const store = memoryStore();
    await visits(store, 'a');
    const never = () => new Promise<never>(() => undefined);
    const { options } = subscribed(store, what === 'handler' ? never : undefined);
    const more: Partial<SubscriptionOptions> = {
      ...(what === 'codec' && { codec: { encode: ({ data }) => data, decode: never } }),
    };
    for (const run of [subscribe, catchUp]) {
      const ending = new AbortController();
      const running = run({ ...options, ...more, signal: ending.signal, handlerTimeoutMs: Infinity });
      await new Promise((resolve) => setTimeout(resolve, 2));
      ending.abort();
      await running;
    }
    expect(await store.readCheckpoint('reader')).toMatchObject({ parked: [] });
  });

  it.each([undefined, null, 'handle', {}])('that is %j is refused, and parks nothing', async (handle) => {
    const store = memoryStore();
    await visits(store, 'a');
    const options = { ...subscribed(store).options, handle: handle as never };
    await expect(catchUp(options)).rejects.toThrow(TypeError);
    await expect(subscribe({ ...options, signal: AbortSignal.abort() })).rejects.toThrow(
      'A subscription takes handle, a function; got ',
    );
    await expect(retryParked(options)).rejects.toThrow(TypeError);
    expect(await store.readCheckpoint('reader')).toMatchObject({ revision: 0, parked: [] });
  });
});

describe.each(stores)('parked streams, on the %s store', (_, open) => {
  async function withParked() {
    const store = open();
    await visits(store, 'a', 'b', 'c');
    for (const n of [1, 2]) for (const name of ['a', 'b']) await serviceOn(store).handle(breach(name, n));
    let broken = true;
    const { options, got } = subscribed(store, (delivery) => {
      if (broken && ['visit-a', 'visit-b'].includes(delivery.streamName)) throw new PoisonError('broken');
    });
    await catchUp(options);
    return {
      store,
      options,
      got,
      fix: () => {
        broken = false;
      },
    };
  }

  it('are all retried by one call, each from its first parked event, and none twice', async () => {
    const { store, options, got, fix } = await withParked();
    expect((await parked(options)).map(({ streamName, from }) => [streamName, from])).toEqual([
      ['visit-a', 1n],
      ['visit-b', 1n],
    ]);
    fix();
    const reads: unknown[] = [];
    const watched: EventStore<never> = {
      ...store,
      readFeed: (range) => {
        reads.push(range?.streamName);
        return store.readFeed(range);
      },
    };
    const result = await retryParked({ ...options, store: watched });
    expect(result).toEqual({ events: 6, unparked: ['visit-a', 'visit-b'], parked: [] });
    expect(reads.every((name) => name === 'visit-a' || name === 'visit-b')).toBe(true);
    expect(await retryParked(options)).toEqual({ events: 0, unparked: [], parked: [] });
    await catchUp(options);
    expect(got.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3', 'c1']);
  });

  it('are retried by name, and one that fails again stays parked at the event that failed', async () => {
    const { options, got } = await withParked();
    expect(await retryParked(options, ['visit-b', 'visit-x'])).toMatchObject({
      events: 0,
      unparked: [],
      parked: [{ streamName: 'visit-b', from: 1n }],
    });
    const handle: SubscriptionOptions['handle'] = (delivery, context) => {
      if (named(delivery).includes('b2')) throw new Error('at the second');
      got.push(...named(delivery));
      return context.signal.aborted ? undefined : { rows: [] };
    };
    const { parked: left } = await retryParked({ ...options, handle, batchSize: 1 }, ['visit-b']);
    expect(left).toMatchObject([{ streamName: 'visit-b', from: 2n, reason: 'Error: at the second' }]);
    expect(got).toEqual(['c1', 'b1']);
  });

  it('are delivered once, though the consumer commits a batch between any two steps', async () => {
    const { store, options, got, fix } = await withParked();
    fix();
    let n = 10;
    const busy: EventStore<never> = {
      ...store,
      commitCheckpoint: async (name, move) => {
        if (n < 15) {
          n += 1;
          await serviceOn(store).handle(breach(n % 2 ? 'c' : 'a', n));
          await catchUp(options);
        }
        return store.commitCheckpoint(name, move);
      },
    };
    await retryParked({ ...options, store: busy });
    await catchUp(options);
    expect(new Set(got).size).toBe(got.length);
    const { currentStreamVersion } = await store.readStream('visit-a');
    expect(got.filter((one) => one.startsWith('a'))).toHaveLength(Number(currentStreamVersion));
  });
});

describe('an outage', () => {
  it('begins once three streams of a batch have failed: those behind are not tried, and wait in order', async () => {
    const store = memoryStore();
    await visits(store, 'a', 'b', 'c', 'd', 'e');
    let isDown = true;
    const { options, got } = subscribed(store, () => {
      if (isDown) throw new Error('the line is down');
    });
    const moves: CheckpointUpdate<never>[] = [];
    const commitCheckpoint: typeof store.commitCheckpoint = async (consumer, move) => {
      moves.push(move as CheckpointUpdate<never>);
      return store.commitCheckpoint(consumer, move);
    };
    const noted = { ...store, commitCheckpoint } as EventStore<never>;
    expect(await catchUp({ ...options, store: noted, attempts: 1 })).toMatchObject({ events: 0 });
    const since = new Date(START).toISOString();
    const tried = { from: 1n, reason: 'Error: the line is down', since, handledBefore: 0 };
    const behind = { from: 1n, reason: 'Not tried yet: all before it failed', since: null, handledBefore: 0 };
    expect(moves[0]?.retry).toEqual([
      ...['a', 'b', 'c'].map((name) => ({ streamName: `visit-${name}`, ...tried })),
      ...['d', 'e'].map((name) => ({ streamName: `visit-${name}`, ...behind })),
    ]);
    isDown = false;
    expect(await catchUp(options)).toMatchObject({ events: 5, retrying: [], parked: [] });
    expect(got.sort()).toEqual(['a1', 'b1', 'c1', 'd1', 'e1']);
  });

  it('makes the pauses longer, until the longest, and tries more streams between two of them', async () => {
    const store = memoryStore();
    await visits(store, ...Array.from({ length: 300 }, (_one, n) => `v${n}-`));
    const ending = new AbortController();
    const { options, clock } = subscribed(store, down);
    const waiting: number[] = [];
    clock.passed = async () => {
      waiting.push((await store.readCheckpoint('reader')).retrying.length);
      if (clock.pauses.length === 9) ending.abort();
    };
    await catchUp({ ...options, batchSize: 3, signal: ending.signal });
    expect(clock.pauses).toEqual([50, 100, 200, 400, 800, 1600, 3200, 6400, 10_000]);
    // Three at first, then one in each of 1, 2, 4, 8 rounds, and so on.
    expect(waiting).toEqual([3, 4, 6, 10, 18, 34, 66, 130, 258]);
  });

  it('pauses after each event that it reads once a thousand streams wait', async () => {
    const store = memoryStore();
    for (let n = 0; n < 1100; n++) await store.appendToStream(`visit-v${n}`, [{ type: 'VisitPainted', data: {} }]);
    const read = await store.readFeed({ maxCount: 1000 });
    const failed = { from: 1n, reason: 'down', since: new Date(START).toISOString(), handledBefore: 0 };
    const retry = read.map(({ streamName }) => ({ ...failed, streamName }));
    await store.commitCheckpoint('reader', { expected: 0, cursor: read.at(-1)?.cursor ?? null, retry });
    const ending = new AbortController();
    const { options, clock } = subscribed(store);
    clock.passed = () => clock.pauses.length === 20 && ending.abort();
    const codec = { encode: ({ data }: { data: object }) => data, decode: () => down() };
    await catchUp({ ...options, codec, batchSize: 1, signal: ending.signal });
    const { retrying } = await store.readCheckpoint('reader');
    expect(retrying).toHaveLength(1022); // three until it counts as an outage, then one after each pause
    expect(clock.pauses).toEqual(Array.from({ length: 20 }, () => 10_000));
  });

  it('ends when something is handled: what failed in it is tried again after its own pause', async () => {
    const store = memoryStore();
    await visits(store, 'a', 'b', 'c', 'd');
    let failures = 3;
    const { options, clock, got } = subscribed(store, () => {
      if (failures-- > 0) throw new Error('the line is down');
    });
    await catchUp({ ...options, pauseMs: 1000 });
    expect(got).toEqual(['d1', 'a1', 'b1', 'c1']);
    expect(clock.pauses).toEqual([1000]);
  });
});

describe('the effects of a batch in a store whose transactions can wait', () => {
  it('run one after the other, each with the transaction, and are abandoned after their timeout', async () => {
    const store = memoryStore();
    await visits(store, 'a', 'b', 'c');
    const { options, signals } = subscribed(store);
    const waiting: EventStore<string> = {
      ...(store as EventStore<never>),
      commitCheckpoint: async (consumer, { effect, ...move }) => {
        await (effect?.('transaction') as Promise<unknown> | undefined);
        return (store as EventStore<never>).commitCheckpoint(consumer, move);
      },
    };
    const log: string[] = [];
    const effectOf = (name: string) => async (transaction: string) => {
      log.push(`${name} begins in ${transaction}`);
      await new Promise((resolve) => setImmediate(resolve));
      log.push(`${name} ends`);
    };
    const handle = ({ streamName }: StreamBatch) => ({ effect: effectOf(streamName.at(-1) ?? '') });
    const done = await catchUp<string>({ ...(options as object), store: waiting, consumer: 'reader', handle });
    expect(done).toMatchObject({ events: 3, retrying: [] });
    expect(log).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins in transaction`, `${name} ends`]));

    const never = () => ({ effect: () => new Promise(() => undefined) });
    const hung = { ...(options as object), store: waiting, consumer: 'other', handle: never, handlerTimeoutMs: 5 };
    expect((await catchUp<string>({ ...hung, attempts: 1 })).retrying).toHaveLength(3);
    expect(signals.some((signal) => signal.name === 'auxilio.retry' && String(signal.error).includes('5 ms'))).toBe(
      true,
    );
  });
});

describe('an effect that is abandoned since the subscription ends', () => {
  it('is no failure of the event that is retried: it waits as before', async () => {
    const store = memoryStore();
    await visits(store, 'a');
    const { options, signals } = subscribed(store);
    await catchUp({ ...options, attempts: 1, handle: down });
    const { retrying } = await store.readCheckpoint('reader');
    const ending = new AbortController();
    const waiting: EventStore<never> = {
      ...(store as EventStore<never>),
      commitCheckpoint: async (consumer, { effect, ...move }) => {
        await effect?.(undefined as never);
        return store.commitCheckpoint(consumer, move);
      },
    };
    const effect = () => {
      ending.abort();
      return new Promise(() => undefined);
    };
    const ended = { ...options, store: waiting, handle: () => ({ effect }), signal: ending.signal };
    signals.length = 0;
    await catchUp({ ...ended, classify: () => 'poison' });
    expect(await store.readCheckpoint('reader')).toMatchObject({ parked: [], retrying });
    expect(signals.filter(({ name }) => name === 'auxilio.retry')).toEqual([]);
  });
});

describe('the lag', () => {
  it('says how many events and seconds a consumer is behind, and what waits', async () => {
    const store = memoryStore();
    const { options } = subscribed(store, (delivery) => {
      if (delivery.streamName === 'visit-a') throw new PoisonError('broken');
    });
    expect(await lag(options)).toEqual({ events: 0, seconds: 0, held: null, parked: 0, retrying: 0 });
    await visits(store, 'a', 'b');
    const now = () => '2026-03-17T15:01:30.000Z'; // the service recorded them at 15:00
    expect(await lag({ ...options, now })).toEqual({ events: 2, seconds: 90, held: null, parked: 0, retrying: 0 });
    await catchUp(options);
    expect(await lag({ ...options, now })).toEqual({ events: 0, seconds: 0, held: null, parked: 1, retrying: 0 });
    await store.appendToStream('other', [{ type: 'VisitPainted', data: {} }]);
    expect(await lag({ ...options, now })).toMatchObject({ events: 1, seconds: null });
  });

  it('is that of the clock of the machine by default, and never below 0', async () => {
    const store = memoryStore();
    await visits(store, 'a');
    const since = Date.parse('2026-03-17T15:00:00.000Z');
    const { seconds } = await lag({ store, consumer: 'reader' });
    expect(Math.abs((seconds ?? 0) - Math.max(0, (Date.now() - since) / 1000))).toBeLessThan(60);
    const now = () => '2026-03-17T14:00:00.000Z';
    expect(await lag({ store, consumer: 'reader', now })).toMatchObject({ events: 1, seconds: 0 });
  });
});
