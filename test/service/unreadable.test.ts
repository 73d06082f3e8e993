import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { findUnreadable } from '../../src/service/shared/stream.ts';
import { eventTypes } from '../../src/visit/index.ts';
import { arrive, assign, serviceOn } from './fixture.ts';

const data = { visitId: 'visit-1', at: '2026-03-17T14:00:00.000Z', by: { role: 'provider', id: 'prov-1' } };

const cases = {
  'a type that is not of the protocol': [{ type: 'ProviderVanished', data }, 'unknown-type'],
  'a type that is a word of JavaScript': [{ type: 'constructor', data }, 'unknown-type'],
  'a newer schema version': [
    { type: 'ProviderArrived', data, metadata: { schemaVersion: 3 } },
    'unknown-schema-version',
  ],
  'a schema version that is none': [
    { type: 'ProviderArrived', data, metadata: { schemaVersion: '1' } },
    'unknown-schema-version',
  ],
  'data without its visit': [{ type: 'ProviderArrived', data: { ...data, visitId: undefined } }, 'malformed'],
  'data without its moment': [{ type: 'ProviderArrived', data: { ...data, at: 7 } }, 'malformed'],
  'data that are not what the type says': [{ type: 'PhotosTaken', data: { ...data, photos: 7 } }, 'malformed'],
} as const;

describe('a stream that cannot be fully read', () => {
  it.each(Object.entries(cases))(
    'for %s is neither decided on nor loaded, nor written to',
    async (_, [event, reason]) => {
      const store = memoryStore();
      const { handle, load } = serviceOn(store);
      await handle(assign);
      await store.appendToStream('visit-visit-1', [event]);
      const before = await store.readStored('visit-visit-1');
      const error = {
        name: 'UnreadableStreamError',
        errorCode: 503,
        code: 'unreadable-stream',
        streamName: 'visit-visit-1',
        position: 2n,
        reason,
      };
      await expect(handle(arrive)).rejects.toMatchObject(error);
      await expect(load('visit-1')).rejects.toMatchObject(error);
      expect(await store.readStored('visit-visit-1')).toEqual(before);
    },
  );

  it('still answers the repeat of what was accepted before the event that cannot be read', async () => {
    const store = memoryStore();
    const { handle } = serviceOn(store);
    const first = await handle(assign);
    await store.appendToStream('visit-visit-1', [{ type: 'ProviderVanished', data }]);
    const other = { ...data, by: { role: 'provider', id: 'p-2' } };
    const later = { type: 'ProviderArrived', data: other, metadata: { commandId: 'c-arrive' } };
    await store.appendToStream('visit-visit-1', [later]);
    expect(await handle(assign)).toEqual({ ...first, repeated: true, recognisedBy: 'content' });
    await expect(handle(arrive)).rejects.toMatchObject({ code: 'command-id-reused' });
  });

  it.each([null, undefined, 'text', {}])('for data that its codec decodes as %s is malformed', async (decoded) => {
    const store = memoryStore();
    await serviceOn(store).handle(assign);
    const codec = { encode: (event: { readonly data: object }) => event.data, decode: () => decoded as never };
    const error = { code: 'unreadable-stream', position: 1n, reason: 'malformed' };
    const { load, handle } = serviceOn(store, { codec });
    await expect(load('visit-1')).rejects.toMatchObject(error);
    // Nor is the command of the event taken for another one under the same id.
    await expect(handle(assign)).rejects.toMatchObject(error);
  });

  it('says nothing against other visits', async () => {
    const store = memoryStore();
    await store.appendToStream('visit-v-2', [{ type: 'ProviderVanished', data }]);
    expect((await serviceOn(store).handle(assign)).ok).toBe(true);
  });
});

describe('a stream that another hand wrote', () => {
  it.each([1, 2, 3])('is read in schema version %i by a release of the third, and by none before it', (version) => {
    const messageId = '00000000-0000-8000-8000-000000000000';
    const metadata = { schemaVersion: version, messageId, commandId: 'c-2', recordedAt: data.at };
    const event = { type: 'ProviderArrived', data, metadata } as unknown as Parameters<typeof findUnreadable>[0];
    expect(findUnreadable(event, 3)).toBeUndefined();
    expect(findUnreadable(event, version - 1)).toBe('unknown-schema-version');
  });

  it('is read where it holds events of the protocol without metadata: they are of schema version 1', async () => {
    const store = memoryStore();
    const { handle } = serviceOn(store);
    await handle(assign);
    await store.appendToStream('visit-visit-1', [{ type: 'ProviderArrived', data }]);
    expect(await handle(arrive)).toMatchObject({ ok: false, version: 2n });
  });

  it('may hold any of the event types', () => {
    expect(new Set(eventTypes).size).toBe(eventTypes.length);
  });
});

it('a stream whose events a service wrote, and that does not fold, is malformed at the event where it fails', async () => {
  const store = memoryStore();
  const { handle, load } = serviceOn(store);
  await handle(assign);
  const stamped = {
    schemaVersion: 1,
    eventId: '00000000-0000-8000-8000-000000000000',
    commandId: 'c-2',
    recordedAt: '2026-03-17T15:00:00.000Z',
  };
  const broken = { type: 'PhotosTaken', data: { ...data, photos: null }, metadata: stamped };
  await store.appendToStream('visit-visit-1', [broken]);
  await expect(load('visit-1')).rejects.toMatchObject({
    reason: 'malformed',
    position: 2n,
    cause: expect.any(TypeError),
  });
});

describe('an event that was not parsed when it was written', () => {
  const eventId = '00000000-0000-8000-8000-000000000000';
  const recordedAt = '2026-03-17T15:00:00.000Z';
  const position = { latitude: 'north', longitude: 0 };
  const reading = async (arrived: object, metadata: object) => {
    const store = memoryStore();
    const { handle, load } = serviceOn(store);
    await handle(assign);
    await store.appendToStream('visit-visit-1', [{ type: 'ProviderArrived', data: arrived, metadata }]);
    return load('visit-1').then(
      () => 'readable',
      ({ reason }) => reason,
    );
  };

  it.each<[object, string]>([
    [{ eventId, recordedAt, commandId: 'c-2' }, 'readable'],
    [{ eventId, recordedAt }, 'malformed'],
    [{ eventId, commandId: 'c-2' }, 'malformed'],
    [{ eventId: 'e-2', recordedAt, commandId: 'c-2' }, 'malformed'],
  ])('is parsed now, unless it has all that a service writes: %j', async (metadata, expected) => {
    expect(await reading({ ...data, position }, metadata)).toBe(expected);
  });

  it.each([{ visitId: undefined }, { visitId: 7 }, { at: undefined }, { at: 7 }])(
    'is malformed without what every event has, whoever wrote it: %j',
    async (change) => {
      const stamped = { eventId, recordedAt, commandId: 'c-2' };
      expect(await reading({ ...data, ...change }, stamped)).toBe('malformed');
    },
  );
});
