import { same, sameFields, sameText } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { events, idsOf } from '../stage/events.ts';

export const stored = cases('stored', [], {
  'a missing stream has no stored events': async ({ store }) => {
    same([], await store.readStored('a'), 'readStored of a missing stream');
    same(false, await store.streamExists('a'), 'streamExists after it');
  },
  'the text is the one that JSON wrote, to the character': async ({ store }) => {
    const data = { z: 1e21, a: ['\ud800', '\u0000', 'ñ', '\u2028'], deep: { b: [], a: {} }, '10': 1, n: 1.0 };
    await store.appendToStream('a', [
      { metadata: { z: 1, eventId: 'i', a: 2 }, data, type: 'T' },
      { type: 'U', data: {} },
    ]);
    const [first, second] = await store.readStored('a');
    const metadata = { z: 1, eventId: 'i', a: 2 };
    sameText(JSON.stringify({ type: 'T', data, metadata }), first?.text, 'the text of the first event');
    sameText('{"type":"U","data":{}}', second?.text, 'the text of the second event');
  },
  'a stored event has its text, id and place, and nothing else': async ({ store }) => {
    await store.appendToStream('b', events(9));
    await store.appendToStream('a', events(1, 2));
    const read = (await store.readStream('a')).events;
    const found = await store.readStored('a');
    for (const [n, one] of found.entries()) {
      const { messageId, streamName, streamPosition, globalPosition } = read[n]?.metadata ?? {};
      const { text, ...place } = one;
      same('string', typeof text, 'the type of the text');
      sameFields({ messageId, streamName, streamPosition, globalPosition }, place, `the place of the event ${n}`);
    }
    same(['event-1', 'event-2'], idsOf(found), 'the ids');
  },
  'an event without an id keeps the one that it got': async ({ store }) => {
    await store.appendToStream('a', [{ type: 'T', data: {} }]);
    const [read] = (await store.readStream('a')).events;
    same(read?.metadata.messageId, (await store.readStored('a'))[0]?.messageId, 'the id');
  },
  'a repeat with its keys in another order leaves the text as it was': needing(['idempotency'], async ({ store }) => {
    await store.appendToStream('a', [{ type: 'T', data: { x: 1, y: 2 }, metadata: { eventId: 'i', m: 1 } }]);
    await store.appendToStream('a', [{ metadata: { m: 1, eventId: 'i' }, data: { y: 2, x: 1 }, type: 'T' }]);
    const texts = (await store.readStored('a')).map(({ text }) => text);
    same(['{"type":"T","data":{"x":1,"y":2},"metadata":{"eventId":"i","m":1}}'], texts, 'the texts');
  }),
});
