import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { announcementsIn } from '../../../examples/field/server/announcements.ts';
import type { FieldStore } from '../../../examples/field/server/field.ts';
import { createHub } from '../../../examples/field/server/hub.ts';
import { follow, presentPosition } from '../../../examples/field/server/tail.ts';
import { copyMemoryStore, type MemoryStore } from '../../../src/memory.ts';
import { arrive } from '../http/host.ts';
import { fieldHost } from './field-host.ts';
import { streamOf } from './stream-events.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
let following: Promise<void>;
beforeAll(async () => {
  host = await fieldHost();
  await host.assign('v-1', 'gerardo');
  following = follow(host.field, await presentPosition(host.field), 10);
});
afterAll(async () => {
  host.closing.abort();
  await following;
  expect(host.failures).toEqual([]);
});

async function opened(login: string, lastId?: string) {
  const headers = lastId === undefined ? {} : { 'last-event-id': lastId };
  const response = await host.as(login, '/api/stream', { headers });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  return streamOf(response);
}

describe('the stream of a screen', () => {
  it('shows a console each change of the board, and a phone those of its own visits', async () => {
    const [console, phone, other] = [await opened('marta'), await opened('gerardo'), await opened('lucia')];
    for (const each of [console, phone, other]) expect((await each.next())?.name).toBe('hello');
    const body = arrive('v-1', 'c-arrive');
    expect((await host.as('gerardo', '/api/visits/v-1/commands', { method: 'POST', body })).status).toBe(200);
    expect(await console.next()).toMatchObject({
      name: 'visit',
      data: { visitId: 'v-1', version: 2, row: { phase: 'on-site', client: 'Ana Rojas', version: 2 } },
    });
    expect(await phone.next()).toMatchObject({ name: 'assignments', data: { visitId: 'v-1', version: 2 } });
    // The next that the other provider hears of is their own.
    await host.assign('v-2', 'lucia');
    expect(await other.next()).toMatchObject({ name: 'assignments', data: { visitId: 'v-2', version: 1 } });
    expect(await console.next()).toMatchObject({ name: 'visit', data: { visitId: 'v-2' } });
    for (const each of [console, phone, other]) await each.leave();
    expect(host.field.hub.size).toBe(0);
  });

  it('goes on after the last event that a screen had, or asks it to read all again', async () => {
    const first = await opened('marta');
    const hello = await first.next();
    await first.leave();
    const claim = (minutes: number) => host.as('diego', '/api/claims/v-1', { method: 'POST', body: { minutes } });
    await claim(5);
    await claim(6);
    const second = await opened('marta', hello?.id);
    expect((await second.next())?.name).toBe('hello');
    const missed = [await second.next(), await second.next()];
    expect(missed.map((event) => event?.name)).toEqual(['claim', 'claim']);
    const third = await opened('marta', missed[0]?.id);
    await third.next();
    expect(await third.next()).toEqual(missed[1]);
    for (const id of ['other.3', 'x', '', `${hello?.id.split('.')[0]}.999999`]) {
      const stranger = await opened('marta', id);
      expect([id, (await stranger.next())?.name]).toEqual([id, 'reset']);
      await stranger.leave();
    }
    await second.leave();
    await third.leave();
  });

  it('begins with what is recorded after the position was taken, though the board is read meanwhile', async () => {
    const other = await fieldHost();
    const position = await presentPosition(other.field);
    const console = streamOf(await other.as('marta', '/api/stream'));
    await console.next();
    await other.assign('v-9', 'lucia');
    await other.field.models.catchUp('board');
    const running = follow(other.field, position, 10);
    expect(await console.next()).toMatchObject({ name: 'visit', data: { visitId: 'v-9' } });
    const reached = position.cursor;
    expect(reached).toBe((await other.field.store.readFeed({})).at(-1)?.cursor);
    other.closing.abort();
    await running;
  });

  it('resets the screens when the store has another history, and goes on in that', async () => {
    const other = await fieldHost();
    await other.assign('v-7', 'lucia');
    const restored = copyMemoryStore(other.field.store as unknown as MemoryStore);
    await other.assign('v-8', 'lucia');
    const position = await presentPosition(other.field);
    const [console, phone] = [
      streamOf(await other.as('marta', '/api/stream')),
      streamOf(await other.as('lucia', '/api/stream')),
    ];
    for (const screen of [console, phone]) await screen.next();
    const running = follow({ ...other.field, store: restored as unknown as FieldStore }, position, 10);
    for (const screen of [console, phone]) expect((await screen.next())?.name).toBe('reset');
    expect(position.cursor).toBe((await restored.readFeed()).at(-1)?.cursor);
    other.closing.abort();
    await running;
  });

  it('resets the consoles when other announcements have the number of those that they heard', async () => {
    const other = await fieldHost();
    const store = other.field.store as unknown as MemoryStore;
    await other.as('diego', '/api/shifts', { method: 'POST', body: {} });
    const restored = copyMemoryStore(store);
    const claims = (on: MemoryStore) => announcementsIn(on as unknown as FieldStore);
    await claims(store).say({ name: 'note', data: { text: 'of the server before' } });
    const position = await presentPosition(other.field);
    const announcements = claims(restored);
    await announcements.say({ name: 'note', data: { text: 'of the restored server' } });
    const console = streamOf(await other.as('marta', '/api/stream'));
    await console.next();
    const running = follow(
      { ...other.field, store: restored as unknown as FieldStore, announcements },
      { ...position, cursor: null },
      10,
    );
    expect((await console.next())?.name).toBe('reset');
    await announcements.say({ name: 'note', data: { text: 'next' } });
    expect(await console.next()).toMatchObject({ name: 'note', data: { text: 'next' } });
    other.closing.abort();
    await running;
  });

  it('asks the database at most once a second while nothing happens, where the store wakes its listeners', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const other = await fieldHost();
      const wakes = new Set<() => void>();
      let asked = 0;
      const store = Object.fromEntries(
        Object.entries(other.field.store).map(([name, part]) => [
          name,
          typeof part !== 'function'
            ? part
            : (...given: never[]) => ++asked && (part as (...all: never[]) => unknown)(...given),
        ]),
      ) as unknown as FieldStore;
      // As on Postgres: no listener is woken but by an append.
      const listen = (wake: () => void) => {
        wakes.add(wake);
        return () => void wakes.delete(wake);
      };
      const quiet = { ...store, listen };
      const announcements = announcementsIn(quiet);
      const field = { ...other.field, store: quiet, announcements };
      const running = follow(field, await presentPosition(field), 200);
      await vi.advanceTimersByTimeAsync(1_000);
      asked = 0;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(asked).toBeGreaterThan(0);
      expect(asked).toBeLessThanOrEqual(60);
      other.closing.abort();
      await running;
      expect(wakes.size).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is one of eight that a person may have', async () => {
    const streams = [];
    for (let n = 0; n < 8; n += 1) streams.push(await opened('silvia'));
    expect((await host.as('silvia', '/api/stream')).status).toBe(429);
    for (const each of streams) await each.leave();
    const again = await opened('silvia');
    await again.leave();
  });

  it('tells the consoles of contacts, notes and shifts', async () => {
    const [console, payer] = [await opened('marta'), await opened('pablo')];
    await console.next();
    await payer.next();
    const sync = { basedOn: 1, commands: [], device: 'gerardo-1' };
    expect((await host.as('gerardo', '/api/visits/v-1/sync', { method: 'POST', body: sync })).status).toBe(200);
    await host.as('diego', '/api/visits/v-1/notes', { method: 'POST', body: { text: 'Llamar de nuevo' } });
    await host.as('diego', '/api/shifts', { method: 'POST', body: {} });
    expect([await console.next(), await console.next(), await console.next()]).toMatchObject([
      { name: 'device', data: { providerId: 'prov-014', device: 'gerardo-1', visitId: 'v-1', basedOn: 1 } },
      { name: 'note', data: { visitId: 'v-1', text: 'Llamar de nuevo' } },
      { name: 'shift', data: { actorId: 'op-07', endedAt: null } },
    ]);
    await host.assign('v-3', 'lucia');
    expect((await payer.next())?.name).toBe('visit');
    await console.leave();
    await payer.leave();
  });
});

describe('the hub', () => {
  const session = {
    login: 'x',
    actorId: 'op',
    role: 'operator',
    name: 'x',
    locale: 'en',
    startedAt: '',
    expiresAt: '',
  } as const;
  const hubOf = (closing: AbortSignal, more: Partial<Parameters<typeof createHub>[0]> = {}) =>
    createHub({ heartbeatMs: 5, keeps: 3, mostBytes: 2000, mostPerPerson: 4, closing, ...more });
  const message = (text: string) => ({ name: 'm', data: { text }, isFor: () => true });

  it('drops a screen that reads too slowly, and keeps little for those who come back', async () => {
    const ended = new AbortController();
    const hub = hubOf(ended.signal, { heartbeatMs: 60_000 });
    const slow = hub.open(session, null, async () => true);
    for (let n = 0; n < 100 && hub.size > 0; n += 1) hub.publish([message('x'.repeat(100))]);
    expect(hub.size).toBe(0);
    const events = streamOf(new Response(slow));
    let last = await events.next();
    for (let event = last; event !== null; event = await events.next()) last = event;
    const back = streamOf(new Response(hub.open(session, last?.id ?? '', async () => true)));
    expect((await back.next())?.name).toBe('hello');
    hub.publish([1, 2, 3, 4].map((n) => message(String(n))));
    const late = streamOf(new Response(hub.open(session, last?.id ?? '', async () => true)));
    expect((await late.next())?.name).toBe('reset');
    ended.abort();
  });

  it('ends a stream when the person is logged out, and all when the server ends', async () => {
    const ended = new AbortController();
    const hub = hubOf(ended.signal);
    let isIn = true;
    const [one, other] = [hub.open(session, null, async () => isIn), hub.open(session, null, async () => true)];
    isIn = false;
    const first = streamOf(new Response(one));
    await first.next();
    expect(await first.next()).toBe(null);
    expect(hub.size).toBe(1);
    ended.abort();
    const second = streamOf(new Response(other));
    await second.next();
    expect(await second.next()).toBe(null);
    expect(hub.open(session, null, async () => true)).toBe(null);
  });
});
