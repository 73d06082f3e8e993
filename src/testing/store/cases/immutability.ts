import { ensure, errorOf, same } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { events } from '../stage/events.ts';

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
