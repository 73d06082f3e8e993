import { ensure, errorOf, same } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { event, events, readData } from '../stage/events.ts';

export const isolation = cases('isolation', [], {
  'what the caller does to an event during and after the append changes nothing': async ({ store }) => {
    const data = { list: [1], deep: { x: 1 } };
    const metadata = { eventId: 'event-1', tags: ['a'] };
    const batch = [{ type: 'T', data, metadata }];
    const append = store.appendToStream('a', batch);
    data.list.push(2);
    data.deep.x = 2;
    metadata.tags.push('b');
    batch.push({ type: 'U', data, metadata: { eventId: 'event-2', tags: [] } });
    await append;
    data.list.push(3);
    same([{ list: [1], deep: { x: 1 } }], await readData(store, 'a'), 'the data of the events');
    const { events: read } = await store.readStream('a');
    const tags = read.map((one) => (one.metadata as unknown as { tags: string[] }).tags);
    same([['a']], tags, 'the tags in their metadata');
  },
  'the store does not touch the caller’s events: frozen ones are taken': async ({ store }) => {
    const data = Object.freeze({ n: 1 });
    const frozen = Object.freeze({ type: 'T', data, metadata: Object.freeze({ eventId: 'i' }) });
    await store.appendToStream('a', Object.freeze([frozen]));
    same([{ n: 1 }], await readData(store, 'a'), 'the events of the stream');
    const own = { type: 'T', data: { n: 2 } };
    await store.appendToStream('a', [own]);
    same({ type: 'T', data: { n: 2 } }, own, 'the event of the caller after the append');
  },
  'what a reader does to what it read, no other reader sees': async ({ store }) => {
    await store.appendToStream('a', [event(1, { list: [1] })]);
    const first = await store.readStream('a');
    const before = structuredClone(first);
    (first.events[0] as { data: object } as { data: { list: number[] } }).data.list.push(2);
    Object.assign(first.events[0]?.metadata ?? {}, { streamPosition: 9n });
    Object.assign(first.events[0] ?? {}, { type: 'Other' });
    first.events.pop();
    same(before, await store.readStream('a'), 'the next read');
    const { nextExpectedStreamVersion } = await store.appendToStream('a', events(2));
    same(2n, nextExpectedStreamVersion, 'the version of the next append');
  },
});

export const storedIsolation = cases('stored', ['isolation'], {
  'what a reader does to the answer of readStored, no other reader sees': async ({ store }) => {
    await store.appendToStream('a', events(1));
    const stored = await store.readStored('a');
    const before = structuredClone(stored);
    Object.assign(stored[0] ?? {}, { text: '{}', streamPosition: 9n });
    stored.pop();
    same(before, await store.readStored('a'), 'the next answer');
  },
});

export const feedIsolation = cases('feed', ['isolation'], {
  'what a reader does to a page of the feed, no other reader sees': async ({ store }) => {
    await store.appendToStream('a', events(1, 2));
    const page = await store.readFeed();
    const before = structuredClone(page);
    Object.assign(page[0] ?? {}, { text: '{}', cursor: '' });
    page.pop();
    same(before, await store.readFeed(), 'the next page');
  },
});

export const immutability = cases('immutability', [], {
  'every way to change or to remove an event is refused, and changes nothing': async ({ store, tamper }) => {
    await store.appendToStream('a', events(1, 2, 3));
    await store.appendToStream('b', events(4));
    const before = [await store.readStream('a'), await store.readStream('b')];
    const ways = Object.entries(tamper());
    ensure(ways.length > 0, 'the hook tamper knows no way to change an event');
    for (const [way, change] of ways) {
      await errorOf(change, way);
      same(before, [await store.readStream('a'), await store.readStream('b')], `the streams after ${way}`);
    }
    const { nextExpectedStreamVersion } = await store.appendToStream('a', events(5));
    same(4n, nextExpectedStreamVersion, 'the version of the next append');
  },
});
