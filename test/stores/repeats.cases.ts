import { expect } from 'vitest';
import { STREAM_DOES_NOT_EXIST } from '../../src/stores/port.ts';
import { cases, event, events, idsOf } from './cases.ts';

const reused = (eventId: string, reason: string) => ({
  name: 'EventIdReusedError',
  errorCode: 409,
  code: 'event-id-reused',
  eventId,
  reason,
});

export const repeats = cases('repeats', {
  'the same batch again is answered as the first time and writes nothing': async (store) => {
    const first = await store.appendToStream('a', events(1, 2));
    expect(await store.appendToStream('a', events(1, 2))).toEqual({ ...first, repeated: true });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  },
  'at its old place, though the stream went on': async (store) => {
    await store.appendToStream('a', events(1));
    const options = { expectedStreamVersion: 1n };
    const first = await store.appendToStream('a', events(2, 3), options);
    await store.appendToStream('a', events(4));
    expect(await store.appendToStream('a', events(2, 3), options)).toEqual({ ...first, repeated: true });
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2', 'event-3', 'event-4']);
  },
  'whatever version it expects: the creation of a stream can be repeated': async (store) => {
    const options = { expectedStreamVersion: STREAM_DOES_NOT_EXIST } as const;
    const first = await store.appendToStream('a', events(1), options);
    expect(first.createdNewStream).toBe(true);
    expect(await store.appendToStream('a', events(1), options)).toEqual({ ...first, repeated: true });
  },
  'a run within a stored batch is a repeat too': async (store) => {
    await store.appendToStream('a', events(1, 2, 3));
    expect((await store.appendToStream('a', events(2))).nextExpectedStreamVersion).toBe(2n);
    expect((await store.appendToStream('a', events(2, 3))).nextExpectedStreamVersion).toBe(3n);
    expect(await idsOf(store, 'a')).toHaveLength(3);
  },
  'the order of keys is no difference of content': async (store) => {
    await store.appendToStream('a', [
      { type: 'T', data: { x: 1, y: [{ p: 1, q: 2 }] }, metadata: { eventId: 'i', m: 1 } },
    ]);
    const turned = { metadata: { m: 1, eventId: 'i' }, data: { y: [{ q: 2, p: 1 }], x: 1 }, type: 'T' };
    expect((await store.appendToStream('a', [turned])).nextExpectedStreamVersion).toBe(1n);
    expect((await store.readStored('a')).map(({ text }) => text)).toEqual([
      '{"type":"T","data":{"x":1,"y":[{"p":1,"q":2}]},"metadata":{"eventId":"i","m":1}}',
    ]);
  },
  'the same id with another type, data or metadata is refused': async (store) => {
    await store.appendToStream('a', [{ type: 'T', data: { x: [1, 2] }, metadata: { eventId: 'i', m: 1 } }]);
    const others = [
      { type: 'U', data: { x: [1, 2] }, metadata: { eventId: 'i', m: 1 } },
      { type: 'T', data: { x: [2, 1] }, metadata: { eventId: 'i', m: 1 } },
      { type: 'T', data: { x: [1, 2], z: null }, metadata: { eventId: 'i', m: 1 } },
      { type: 'T', data: { x: [1, 2] }, metadata: { eventId: 'i', m: '1' } },
      { type: 'T', data: { x: [1, 2] }, metadata: { eventId: 'i' } },
    ];
    for (const other of others) {
      await expect(store.appendToStream('a', [other])).rejects.toMatchObject(reused('i', 'other-content'));
    }
    expect(await store.readStored('a')).toHaveLength(1);
  },
  'an id is unique in the store, not in a stream': async (store) => {
    await store.appendToStream('a', events(1));
    await expect(store.appendToStream('b', events(1))).rejects.toMatchObject(reused('event-1', 'other-stream'));
    expect(await store.streamExists('b')).toBe(false);
  },
  'an id twice in a batch is refused before anything is written, alike or not': async (store) => {
    for (const batch of [events(1, 2, 1), [event(1), event(2), event(1, { other: true })]]) {
      await expect(store.appendToStream('a', batch)).rejects.toMatchObject(reused('event-1', 'twice-in-batch'));
    }
    expect(await store.streamExists('a')).toBe(false);
  },
  'a batch of which part is stored is refused whole': async (store) => {
    await store.appendToStream('a', events(1, 2));
    await expect(store.appendToStream('a', events(2, 3))).rejects.toMatchObject(reused('event-2', 'other-batch'));
    await expect(store.appendToStream('a', events(3, 2))).rejects.toMatchObject(reused('event-2', 'other-batch'));
    await expect(store.appendToStream('a', events(1, 2, 3))).rejects.toMatchObject(reused('event-1', 'other-batch'));
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  },
  'stored events in another order, or with one left out, are another batch': async (store) => {
    await store.appendToStream('a', events(1, 2, 3));
    await expect(store.appendToStream('a', events(2, 1))).rejects.toMatchObject(reused('event-1', 'other-batch'));
    await expect(store.appendToStream('a', events(1, 3))).rejects.toMatchObject(reused('event-3', 'other-batch'));
    expect(await idsOf(store, 'a')).toHaveLength(3);
  },
  'many repeats of one batch at once write it once': async (store) => {
    const racers = Array.from({ length: 20 }, () =>
      store.appendToStream('a', events(1, 2), { expectedStreamVersion: 0n }),
    );
    const answers = await Promise.all(racers);
    for (const { repeated: _, ...answer } of answers) {
      expect(answer).toEqual({ nextExpectedStreamVersion: 2n, createdNewStream: true, lastEventGlobalPosition: 2n });
    }
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await idsOf(store, 'a')).toEqual(['event-1', 'event-2']);
  },
  'ids differ by every character': async (store) => {
    const ids = [
      'x',
      'X',
      'x ',
      ' x',
      'x\u0000',
      'x\u0000y',
      'é',
      'e\u0301',
      '\ud800',
      '\udc00',
      '\ufffd',
      '\\u0000',
      '"',
    ];
    for (const [n, eventId] of ids.entries()) {
      await store.appendToStream('a', [{ type: 'T', data: { n }, metadata: { eventId } }]);
    }
    expect(await idsOf(store, 'a')).toEqual(ids);
  },
});
