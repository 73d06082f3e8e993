import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../src/chain.ts';
import { memoryStore } from '../../src/memory.ts';
import type { ServiceOptions } from '../../src/service.ts';
import type { EventStore, RecordedEvent } from '../../src/stores/event-store.ts';
import { operator, provider } from '../scenarios/commands.ts';
import { around, arrive, assign, breach, sent, serviceOn } from './fixture.ts';

type Stored = RecordedEvent & { metadata: Record<string, unknown> };

/** A store whose reads were damaged: as what lies in a file whose bytes have changed. */
function damaging(inner = memoryStore()) {
  let damage: ((events: Stored[]) => Stored[]) | undefined;
  const reads: (bigint | undefined)[] = [];
  const store = {
    ...inner,
    readStream: async (...of: Parameters<EventStore['readStream']>) => {
      reads.push(of[1]?.from);
      const { events } = await inner.readStream(of[0]);
      const damaged = damage === undefined ? events : damage(events as Stored[]);
      const from = Number(of[1]?.from ?? 1n) - 1;
      const answer = await inner.readStream(...of);
      return { ...answer, events: damaged.slice(Math.max(from, 0)) };
    },
  } as unknown as EventStore;
  return { store, inner, reads, damage: (by: typeof damage) => (damage = by) };
}

const changed = (index: number) => (events: Stored[]) =>
  events.map((event, place) => (place === index ? { ...event, data: { ...event.data, at: 'changed' } } : event));

const broken = (position: bigint, fault: string) => ({
  name: 'ChainBrokenError',
  errorCode: 500,
  code: 'chain-broken',
  streamName: 'visit-visit-1',
  position,
  fault,
});

async function visitOn(store: EventStore, options: Partial<ServiceOptions> = {}) {
  const service = serviceOn(store, { factRecorders: ['contact-center'], ...options });
  for (const each of [assign, arrive, breach(1), breach(2)]) await service.handle(each);
  return service;
}

const newReader = (store: EventStore, options: Partial<ServiceOptions> = {}) =>
  serviceOn(store, { factRecorders: ['contact-center'], ...options });

const drop = (index: number) => (events: Stored[]) => events.filter((_, place) => place !== index);
const swap = (events: Stored[]) => [events[0], events[2], events[1], events[3]] as Stored[];
const unsealed = (index: number) => (events: Stored[]) =>
  events.map((event, place) => {
    const { hash, previousHash, ...metadata } = event.metadata;
    return place === index ? ({ ...event, metadata } as Stored) : event;
  });

describe('a visit whose seals do not hold', () => {
  it.each<[string, (events: Stored[]) => Stored[], bigint, string]>([
    ['changed', changed(1), 2n, 'changed'],
    ['changed at its end', changed(3), 4n, 'changed'],
    ['changed at its beginning', changed(0), 1n, 'changed'],
    ['without one of its events', drop(1), 3n, 'dropped'],
    ['in another order', swap, 3n, 'dropped'],
    ['without a seal in it', unsealed(2), 3n, 'unsealed'],
    ['without a seal at its end', unsealed(3), 4n, 'unsealed'],
    ['with a seal taken from its beginning', unsealed(0), 2n, 'dropped'],
  ])('%s takes no command, and says where it breaks', async (_, by, position, fault) => {
    const { store, damage, inner } = damaging();
    await visitOn(store);
    damage(by);
    const { handle, handleBatch } = newReader(store, { now: () => '2026-03-18T00:00:00.000Z' });
    await expect(handle(breach(3))).rejects.toMatchObject(broken(position, fault));
    const [answer] = await handleBatch([breach(3)]);
    expect(answer).toMatchObject({ ok: false, error: broken(position, fault) });
    expect(await inner.readStored('visit-visit-1')).toHaveLength(4);
  });

  it('is read, answers repeats and refusals, and takes facts on record', async () => {
    const { store, damage, inner } = damaging();
    await visitOn(store);
    damage((events) =>
      changed(2)(events).map((event) =>
        (event.data as { at: string }).at === 'changed'
          ? { ...event, data: { ...event.data, at: arrive.data.at, detail: 'x' } }
          : event,
      ),
    );
    const { handle, load, record } = newReader(store);
    expect((await load('visit-1')).version).toBe(4n);
    expect(await handle(arrive)).toMatchObject({ ok: true, repeated: true });
    expect(await handle(sent('c-9', arrive))).toMatchObject({ ok: false, version: 4n });
    const fact = {
      ...breach(9),
      type: 'ConductBreachReported',
      data: { ...breach(9).data, by: operator },
      metadata: {},
    };
    expect(await record(fact as never, operator)).toMatchObject({ version: 5n, repeated: false });
    await expect(handle(breach(3))).rejects.toMatchObject(broken(3n, 'changed'));
    damage(undefined);
    expect(verifyChain((await inner.readStream('visit-visit-1')).events).intact).toBe(true);
    expect(await handle(breach(3))).toMatchObject({ ok: true, version: 6n });
  });

  it('without its first event refuses by the rules what they refuse, and takes nothing else', async () => {
    const { store, damage } = damaging();
    await visitOn(store);
    damage(drop(0));
    const { handle } = newReader(store);
    expect(await handle(breach(3))).toMatchObject({ ok: false });
    const again = sent('c-assign-2', assign);
    await expect(handle(again)).rejects.toMatchObject(broken(2n, 'dropped'));
  });

  it('takes commands where the host does not verify', async () => {
    const { store, damage } = damaging();
    await visitOn(store);
    damage(drop(1));
    expect(await newReader(store, { verify: false }).handle(breach(3))).toMatchObject({ ok: true });
  });

  it('is told of to those who observe the service', async () => {
    const { store, damage } = damaging();
    await visitOn(store);
    damage(changed(1));
    const heard: unknown[] = [];
    const { handle } = newReader(store, { observe: (signal) => heard.push(signal) });
    await handle(breach(3)).catch(() => undefined);
    expect(heard).toMatchObject([{ name: 'auxilio.command', outcome: 'failed', error: broken(2n, 'changed') }]);
  });
});

describe('a visit that was verified once', () => {
  it.each([1000, 0])('is verified from there on (cacheSize: %i): what is new counts', async (cacheSize) => {
    const { store, damage, inner } = damaging();
    const service = await visitOn(store, { cacheSize });
    await newReader(inner, { now: () => '2026-03-18T00:00:00.000Z' }).handle(breach(3));
    damage(changed(4));
    await expect(service.handle(breach(4))).rejects.toMatchObject(broken(5n, 'changed'));
    await expect(service.handle(breach(4))).rejects.toMatchObject(broken(5n, 'changed'));
    damage(undefined);
    expect(await service.handle(breach(4))).toMatchObject({ ok: true, version: 6n });
  });

  it('is verified whole again where it no longer has the event up to which it was', async () => {
    const one = memoryStore();
    const other = memoryStore();
    await visitOn(one);
    await visitOn(other, { now: () => '2026-03-19T00:00:00.000Z' });
    let inner = one;
    const { store, damage } = damaging({
      ...one,
      readStream: (...of: Parameters<EventStore['readStream']>) => inner.readStream(...of),
      appendToStream: (...of: Parameters<EventStore['appendToStream']>) => inner.appendToStream(...of),
    } as typeof one);
    const { handle } = newReader(store, { cacheSize: 0 });
    await handle(breach(3));
    inner = other;
    damage(changed(1));
    await expect(handle(breach(4))).rejects.toMatchObject(broken(2n, 'changed'));
    damage(undefined);
    expect(await handle(breach(4))).toMatchObject({ ok: true, version: 5n });
  });

  it('costs no read: one append a command', async () => {
    const { store, reads } = damaging();
    let appends = 0;
    const service = await visitOn(around(store, { before: async () => (appends += 1) }));
    expect([reads, appends]).toEqual([[undefined], 4]);
    expect((await service.load('visit-1')).version).toBe(4n);
  });
});

describe('what is not sealed', () => {
  it('passes before the first seal, and not after it', async () => {
    const store = memoryStore();
    const unsealedService = serviceOn(store, { sealed: false });
    for (const each of [assign, arrive]) await unsealedService.handle(each);
    const { handle, load } = newReader(store);
    for (const each of [breach(1), breach(2)]) expect(await handle(each)).toMatchObject({ ok: true });
    const { events } = await load('visit-1');
    expect(events.map(({ metadata }) => metadata?.hash !== undefined)).toEqual([false, false, true, true]);
    expect(await newReader(store).handle(breach(3))).toMatchObject({ ok: true, version: 5n });

    const data = { ...arrive.data, by: provider };
    await store.appendToStream('visit-visit-1', [{ type: 'CredentialShown', data }]);
    await expect(handle(breach(4))).rejects.toMatchObject(broken(6n, 'unsealed'));
    await expect(newReader(store).handle(breach(4))).rejects.toMatchObject(broken(6n, 'unsealed'));
  });

  it('is not verified by a service that does not seal, which cannot be asked to', async () => {
    const store = memoryStore();
    await visitOn(store);
    const { handle } = serviceOn(store, { sealed: false });
    for (const n of [3, 4]) expect(await handle(breach(n))).toMatchObject({ ok: true });
    expect(() => serviceOn(store, { sealed: false, verify: true })).toThrow('{ verify } where events are sealed');
  });

  it('is what a codec makes of the data: the seals cover what is stored', async () => {
    const codec = {
      encode: ({ data }: { data: object }) => ({ secret: Buffer.from(JSON.stringify(data)).toString('base64') }),
      decode: ({ data }: { data: object }) =>
        JSON.parse(Buffer.from((data as { secret: string }).secret, 'base64').toString()),
    };
    const { store, damage } = damaging();
    await visitOn(store, { codec });
    expect(await newReader(store, { codec }).handle(breach(3))).toMatchObject({ ok: true, version: 5n });
    damage((events) =>
      events.map((event, place) => (place === 1 ? { ...event, data: { ...event.data, more: 1 } } : event)),
    );
    await expect(newReader(store, { codec }).handle(breach(4))).rejects.toMatchObject(broken(2n, 'changed'));
  });
});
