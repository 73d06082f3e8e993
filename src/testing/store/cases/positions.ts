import { ensure, same } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { events, numbers } from '../stage/events.ts';

export const positions = cases('positions', [], {
  'global positions grow with every event, over all streams, in the order of the appends': async ({ store }) => {
    for (const n of numbers(1, 6)) await store.appendToStream(n % 2 === 0 ? 'a' : 'b', events(2 * n, 2 * n + 1));
    const read = [...(await store.readStream('a')).events, ...(await store.readStream('b')).events];
    const found = read.map(({ data, metadata }) => [(data as { n: number }).n, metadata.globalPosition] as const);
    const places = found.sort(([one], [other]) => one - other).map(([, position]) => position);
    const [expected, types] = [places.map(() => 'bigint'), places.map((place) => typeof place)];
    same(expected, types, 'the types of the global positions');
    for (const [index, place] of places.entries()) {
      const before = places[index - 1] ?? 0n;
      ensure(place > before, `the event ${index + 2} has the global position ${place}, after ${before}`);
    }
  },
  'an append answers with that of its last event': async ({ store }) => {
    for (const n of [1, 2]) {
      const { lastEventGlobalPosition } = await store.appendToStream('a', events(2 * n, 2 * n + 1));
      const last = (await store.readStream('a')).events.at(-1)?.metadata.globalPosition;
      same(last, lastEventGlobalPosition, 'lastEventGlobalPosition');
    }
  },
  'an empty append with that of the stream’s last event, or 0': async ({ store }) => {
    same(0n, (await store.appendToStream('a', [])).lastEventGlobalPosition, 'of a missing stream');
    const { lastEventGlobalPosition } = await store.appendToStream('a', events(1, 2));
    await store.appendToStream('b', events(3));
    same(lastEventGlobalPosition, (await store.appendToStream('a', [])).lastEventGlobalPosition, 'of a stream of two');
  },
  'on equal names the metadata of the store win': async ({ store }) => {
    const metadata = { eventId: 'event-1', streamPosition: '7', globalPosition: 7, streamName: 'b', messageId: 'x' };
    const { lastEventGlobalPosition } = await store.appendToStream('a', [{ type: 'Counted', data: {}, metadata }]);
    const [read] = (await store.readStream('a')).events;
    const { messageId, ...rest } = { ...read?.metadata } as Record<string, unknown>;
    const own = { eventId: 'event-1', streamPosition: 1n, globalPosition: lastEventGlobalPosition, streamName: 'a' };
    same(own, rest, 'the metadata');
    ensure(
      typeof messageId === 'string' && messageId !== 'x',
      `the message id is ${String(messageId)}, not the store's`,
    );
  },
});
