import { setTimeout as later } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { copyMemoryStore, type EventStore, memoryStore } from 'auxilio/memory';
import type { Board } from 'auxilio/service';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { eventStream } from '../../../examples/http/event-stream.ts';
import { limits } from '../../support/limits.ts';
import { ana, arrive, assign, at, breach, close, hostOn, luis, operator } from './host.ts';
import { eventsOf } from './sse.ts';

const sse = { accept: 'text/event-stream' };

/** The timers that are set from now on and have not ended. */
function watchedTimers() {
  const set = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'setInterval')];
  const timers = () => set.flatMap(({ mock }) => mock.results.map(({ value }) => value as object));
  return () => timers().filter((timer) => '_destroyed' in timer && timer._destroyed === false).length;
}
afterEach(() => {
  vi.restoreAllMocks();
});

/** Until it holds. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + limits.waitMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error('it does not come to hold');
    await later(5);
  }
}

describe('GET /board', () => {
  it('is the board as it stands, for the contact center', async () => {
    const { ask, send } = hostOn();
    await send(operator, assign());
    const { body } = await ask<Board>(operator, 'GET', '/board');
    expect(body.byPhase['in-transit'].map(({ visitId }) => visitId)).toEqual(['v-1']);
    await send(luis, arrive());
    const then = await ask<Board>(operator, 'GET', '/board');
    expect([then.body.byPhase['in-transit'].length, then.body.byPhase['on-site'].length]).toEqual([0, 1]);
    for (const claims of [luis, ana]) expect((await ask(claims, 'GET', '/board')).status).toBe(403);
  });

  it.each([
    [undefined, 'application/json'],
    ['*/*', 'application/json'],
    ['', 'application/json'],
    ['application/*', 'application/json'],
    ['text/*', 'text/event-stream'],
    ['text/event-stream', 'text/event-stream'],
    ['application/json;q=0.5, text/event-stream', 'text/event-stream'],
    ['*/*;q=0.1, text/event-stream;q=0', 'application/json'],
    ['text/html', 'application/problem+json'],
    ['application/json;q=0', 'application/problem+json'],
  ])('for Accept %j in %s', async (accept, type) => {
    const { ask } = hostOn();
    const { status, headers } = await ask(
      operator,
      'HEAD',
      '/board',
      accept === undefined ? {} : { headers: { accept } },
    );
    expect([status, headers.get('content-type')]).toEqual([type.includes('problem') ? 406 : 200, type]);
  });
});

describe('the board as a stream', () => {
  it('tells the board, then each change, then that a visit has left', async () => {
    const { request, send } = hostOn();
    await send(operator, assign());
    const leaving = new AbortController();
    const response = await request(operator, 'GET', '/board', { headers: sse, signal: leaving.signal });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const events = eventsOf(response);
    const first = await events.next();
    expect([first.name, (first.data as Board).byPhase['in-transit'].length]).toEqual(['board', 1]);
    await send(luis, arrive());
    expect(await events.next()).toMatchObject({ name: 'visit', data: { visitId: 'v-1', phase: 'on-site' } });
    for (const command of close()) await send(operator, command);
    let last = await events.next();
    while (last.name !== 'gone') last = await events.next();
    expect(last.data).toEqual({ visitId: 'v-1' });
    leaving.abort();
    expect((await events.next()).name).toBe('end');
  });

  it('tells nothing where a row stays as it is', async () => {
    const { request, send } = hostOn();
    await send(operator, assign());
    const events = eventsOf(await request(operator, 'GET', '/board', { headers: sse }));
    await events.next();
    await send(operator, breach('a'));
    expect(await events.next()).toMatchObject({ name: 'visit', data: { phase: 'in-transit' } });
    await send(operator, breach('b'));
    await later(100);
    await send(luis, arrive());
    expect(await events.next()).toMatchObject({ name: 'visit', data: { phase: 'on-site' } });
    await events.leave();
  });

  it('tells many changes of many visits, each in the end as it is', async () => {
    const { request, ask } = hostOn();
    const response = await request(operator, 'GET', '/board', { headers: sse });
    const events = eventsOf(response);
    await events.next();
    const headers = { 'content-type': 'application/json' };
    const ids = Array.from({ length: 60 }, (_, n) => `v-${n}`);
    const posted = (claims: object, visitId: string, command: object) =>
      ask(claims as never, 'POST', `/visits/${visitId}/commands`, { headers, body: JSON.stringify(command) });
    await Promise.all(
      ids.map(async (visitId) => {
        await posted(operator, visitId, assign(visitId));
        await posted(luis, visitId, arrive(visitId));
      }),
    );
    const phases = new Map<string, string>();
    while (![...phases.values()].every((phase) => phase === 'on-site') || phases.size < ids.length) {
      const { name, data } = await events.next();
      expect(name).toBe('visit');
      const { visitId, phase } = data as { visitId: string; phase: string };
      phases.set(visitId, phase);
    }
    expect([...phases.keys()].sort()).toEqual([...ids].sort());
    await events.leave();
  });

  it('leaves nothing in the store: whoever looks on has no checkpoint there', async () => {
    const inner = memoryStore();
    const consumers = new Set<string>();
    const store: EventStore<undefined> = {
      ...inner,
      commitCheckpoint: (consumer, move) => {
        consumers.add(consumer);
        return inner.commitCheckpoint(consumer, move);
      },
    };
    const { request, send } = hostOn(store);
    const events = eventsOf(await request(operator, 'GET', '/board', { headers: sse }));
    await events.next();
    await send(operator, assign());
    await events.next();
    await events.leave();
    const { revision } = await inner.readCheckpoint('auxilio-board-1');
    expect([[...consumers], revision]).toEqual([[], 0]);
  });

  it.each(['the reader cancels', 'the request is aborted', 'the server closes'])(
    'leaves no timer when %s',
    async (how) => {
      const closing = new AbortController();
      const leaving = new AbortController();
      const { request, failures } = hostOn(memoryStore(), {
        heartbeatMs: 10_000,
        pollMs: 10_000,
        closing: closing.signal,
      });
      const timers = watchedTimers();
      const response = await request(operator, 'GET', '/board', { headers: sse, signal: leaving.signal });
      const events = eventsOf(response);
      await events.next();
      await until(() => timers() === 2);
      if (how === 'the reader cancels') await events.leave();
      else (how === 'the server closes' ? closing : leaving).abort();
      await until(() => timers() === 0);
      if (how !== 'the reader cancels') expect((await events.next()).name).toBe('end');
      expect(failures).toEqual([]);
    },
  );

  it('ends when the reader has gone, also when nobody else holds the request', async () => {
    const { request } = hostOn();
    const leaving = new AbortController();
    const events = eventsOf(await request(operator, 'GET', '/board', { headers: sse, signal: leaving.signal }));
    await events.next();
    setFlagsFromString('--expose-gc');
    for (let turn = 0; turn < 5; turn += 1) {
      runInNewContext('gc')();
      await later(10);
    }
    leaving.abort();
    expect((await events.next()).name).toBe('end');
  });

  it('ends when the token runs out', async () => {
    const { request } = hostOn();
    const now = Date.parse(at(30)) / 1000;
    const lasting = eventsOf(await request({ ...operator, exp: now + 1e9 }, 'GET', '/board', { headers: sse }));
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const events = eventsOf(await request({ ...operator, exp: now + 1 }, 'GET', '/board', { headers: sse }));
    expect((await events.next()).name).toBe('board');
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await events.next()).name).toBe('end');
    vi.useRealTimers();
    expect((await lasting.next()).name).toBe('board');
    const still = await Promise.race([lasting.next(), later(50, 'open')]);
    expect(still).toBe('open');
    await lasting.leave();
  });

  it('is over at once when the server is closing already', async () => {
    const { request } = hostOn(memoryStore(), { closing: AbortSignal.abort() });
    const text = await (await request(operator, 'GET', '/board', { headers: sse })).text();
    expect(text).toBe('');
  });

  it('says now and then that it is still there', async () => {
    const { request } = hostOn(memoryStore(), { heartbeatMs: 5 });
    const events = eventsOf(await request(operator, 'GET', '/board', { headers: sse }));
    await events.next();
    expect(await events.next()).toEqual({ name: 'comment', data: 'still here' });
    await events.leave();
  });

  it('ends, and the host is told, where its store is of no use any more', async () => {
    const inner = memoryStore();
    let broken = false;
    const store: EventStore<undefined> = {
      ...inner,
      readFeed: async (range) => {
        if (broken) throw new Error('broken');
        return inner.readFeed(range);
      },
    };
    const { request, failures } = hostOn(store);
    const events = eventsOf(await request(operator, 'GET', '/board', { headers: sse }));
    await events.next();
    broken = true;
    expect((await events.next()).name).toBe('end');
    expect(String(failures)).toContain('broken');
  });
});

describe('the boards of one process', () => {
  const BOARDS = 50;

  /** A store that counts its reads and its listeners. */
  function counted() {
    const inner = memoryStore();
    const counts = { reads: 0, listeners: 0 };
    const store: EventStore<undefined> = {
      ...inner,
      readFeed: (range) => {
        counts.reads += 1;
        return inner.readFeed(range);
      },
      readStream: (...call: Parameters<typeof inner.readStream>) => {
        counts.reads += 1;
        return inner.readStream(...call) as never;
      },
      listen: (wake) => {
        counts.listeners += 1;
        const stop = inner.listen?.(wake, 1e9);
        return () => {
          counts.listeners -= 1;
          stop?.();
        };
      },
    };
    return { inner, store, counts };
  }

  /** Assigns a visit of any id to Luis, or has him arrive. */
  const record = (
    store: EventStore<undefined>,
    claims: typeof luis | typeof operator,
    visitId: string,
    command: object,
  ) =>
    hostOn(store).ask(claims, 'POST', `/visits/${visitId}/commands`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });

  const opened = async (host: ReturnType<typeof hostOn>, count: number) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const events = eventsOf(await host.request(operator, 'GET', '/board', { headers: sse }));
        expect((await events.next()).name).toBe('board');
        return events;
      }),
    );

  it('share one subscription, which reads for all of them, and ends with the last that leaves', async () => {
    const { inner, store, counts } = counted();
    const all = await opened(hostOn(store, { maxStreams: BOARDS }), BOARDS);
    expect(counts.listeners).toBe(1);
    counts.reads = 0;
    await record(inner, operator, 'v-1', assign());
    for (const events of all) expect(await events.next()).toMatchObject({ name: 'visit', data: { visitId: 'v-1' } });
    expect(counts.reads).toBeLessThanOrEqual(3); // the event, its visit, and that there is no more
    for (const events of all.slice(1)) await events.leave();
    expect(counts.listeners).toBe(1);
    await all[0]?.leave();
    await until(() => counts.listeners === 0);
  });

  it('do not wait for one that reads slowly, which gets each visit once, as it is then', async () => {
    const store = memoryStore();
    const host = hostOn(store, { maxStreams: BOARDS });
    const [slow, quick] = await opened(host, 2);
    const ids = Array.from({ length: 40 }, (_, n) => `v-${n}`);
    for (const visitId of ids) {
      await record(store, operator, visitId, assign(visitId));
      expect(await quick?.next()).toMatchObject({ data: { visitId, phase: 'in-transit' } });
    }
    const last = ids.at(-1) ?? '';
    await record(store, luis, last, arrive(last));
    expect(await quick?.next()).toMatchObject({ data: { visitId: last, phase: 'on-site' } });
    const shown = [];
    while (shown.at(-1)?.visitId !== last) shown.push((await slow?.next())?.data as { visitId: string; phase: string });
    expect(shown.map(({ visitId }) => visitId)).toEqual(ids);
    expect(shown.at(-1)?.phase).toBe('on-site');
    for (const events of [slow, quick]) await events?.leave();
  });

  it('all end when the store has another history, and the next one shows what is there', async () => {
    const lost = memoryStore();
    await record(lost, operator, 'v-1', assign('v-1'));
    const restored = copyMemoryStore(lost);
    let primary = lost;
    const store = new Proxy(lost, { get: (_, name) => Reflect.get(primary, name) });
    const host = hostOn(store, { maxStreams: BOARDS });
    const all = await opened(host, 2);
    await record(lost, operator, 'v-2', assign('v-2'));
    for (const events of all) expect(await events.next()).toMatchObject({ data: { visitId: 'v-2' } });
    primary = restored;
    await record(restored, operator, 'v-3', assign('v-3'));
    for (const events of all) expect((await events.next()).name).toBe('end');
    expect(host.failures).toMatchObject([{ code: 'store-other-history' }, { code: 'store-other-history' }]);
    const events = eventsOf(await host.request(operator, 'GET', '/board', { headers: sse }));
    const board = (await events.next()).data as Board;
    expect(board.byPhase['in-transit'].map(({ visitId }) => visitId).sort()).toEqual(['v-1', 'v-3']);
    await events.leave();
  });
});

describe('a stream of events', () => {
  it('waits for a reader who is behind, and does not pile up', async () => {
    let said = 0;
    const options = { call: {}, ends: [], heartbeatMs: 1, onFailure: () => undefined };
    const stream = eventStream(options, async (say, signal) => {
      while (!signal.aborted) {
        await say('n', { n: said });
        said += 1;
      }
    });
    await later(50);
    expect(said).toBeLessThan(20);
    const reader = stream.getReader();
    let read = 0;
    while (read < 100) read += (await reader.read()).done ? Number.NaN : 1;
    expect(said).toBeGreaterThan(50);
    expect(said).toBeLessThan(130);
    await reader.cancel();
    const last = said;
    await later(20);
    expect(said).toBeLessThanOrEqual(last + 1);
  });
});
