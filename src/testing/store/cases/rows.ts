import type { EventStore, Row, RowChange } from '../../../stores/event-store.ts';
import { ascii, ensure, same, sameText } from '../../assert.ts';
import { cases, needing } from '../stage/case.ts';
import { during, event, events, numbers, turn } from '../stage/events.ts';
import { DIGITS, TEXTS } from '../stage/texts.ts';
import { ODD_NAMES, PLAIN_NAMES } from './names.ts';

export const row = (projection: string, key: string, body: object | null): RowChange => ({ projection, key, body });

/** All rows of a projection, page by page. */
export async function readAllRows(store: EventStore, projection: string, maxCount = 500): Promise<Row[]> {
  const found: Row[] = [];
  for (;;) {
    const last = found.at(-1);
    const page = await store.readRows(projection, last === undefined ? { maxCount } : { after: last.key, maxCount });
    ensure(page.length <= maxCount, `a page of at most ${maxCount} has ${page.length} rows`);
    found.push(...page);
    if (page.length === 0) return found;
    const keys = new Set(found.map(({ key }) => key));
    same(keys.size, found.length, `how many of the rows are read, up to the key ${shownKey(page.at(-1)?.key)}`);
  }
}

const shownKey = (key = '') => `"${ascii(key)}"`;

const sort = (texts: readonly string[]) => [...texts].sort();

/** A row counts the events of its stream; it is read before the stream, or after it. */
async function checkSeenTogether(store: EventStore): Promise<void> {
  const writing = async () => {
    for (const n of numbers(1, 20)) {
      await store.appendToStream('a', events(n), { rows: [row('count', 'a', { n })] });
      if (n % 4 === 0) await turn();
    }
  };
  const counted = async () => ((await store.readRow('count', 'a'))?.body as { n: number } | undefined)?.n ?? 0;
  await during(writing(), async () => {
    const rowFirst = await counted();
    const version = Number((await store.readStream('a')).currentStreamVersion);
    const rowLast = await counted();
    ensure(
      rowFirst <= version,
      `a row that counts ${rowFirst} events was read before only ${version} of them were there`,
    );
    ensure(rowLast >= version, `${version} events were read before the row that counts them; it counts ${rowLast}`);
    await turn();
  });
  same(20, await counted(), 'the row in the end');
}

export const rows = cases('rows', [], {
  'a projection without rows is empty': async ({ store }) => {
    same([], await store.readRows('p'), 'readRows');
    same(null, await store.readRow('p', 'k'), 'readRow');
  },
  'rows are written with the events, replaced and removed': async ({ store }) => {
    await store.appendToStream('a', events(1), { rows: [row('p', 'k', { n: 1 }), row('p', 'l', { n: 2 })] });
    same({ key: 'k', body: { n: 1 } }, await store.readRow('p', 'k'), 'the row after the first append');
    await store.appendToStream('a', events(2), { rows: [row('p', 'k', { n: 3 }), row('p', 'l', null)] });
    same({ key: 'k', body: { n: 3 } }, await store.readRow('p', 'k'), 'the row that was replaced');
    same(null, await store.readRow('p', 'l'), 'the row that was removed');
    for (const key of ['K', 'ka', 'k ', '%']) same(null, await store.readRow('p', key), `a row of the key ${key}`);
    same([{ key: 'k', body: { n: 3 } }], await store.readRows('p'), 'all rows');
    await store.appendToStream('a', events(3), { rows: [row('p', 'l', null), row('p', 'l', { n: 4 })] });
    same({ key: 'l', body: { n: 4 } }, await store.readRow('p', 'l'), 'the row that was written once more');
  },
  'of changes of one row in one append the last one holds': async ({ store }) => {
    const changes = [row('p', 'k', { n: 1 }), row('p', 'k', null), row('p', 'k', { n: 2 }), row('p', 'l', { n: 3 })];
    await store.appendToStream('a', events(1), { rows: [...changes, row('p', 'l', null)] });
    same([{ key: 'k', body: { n: 2 } }], await store.readRows('p'), 'all rows');
  },
  'an empty append writes no rows': async ({ store }) => {
    await store.appendToStream('a', [], { rows: [row('p', 'k', {})] });
    same([], await store.readRows('p'), 'the rows');
  },
  'projections are apart, and so are keys': async ({ store }) => {
    const texts = [...new Set([...PLAIN_NAMES, ...TEXTS, ...DIGITS, ...ODD_NAMES])].filter((text) => text !== '');
    const changes = texts.flatMap((text, n) => [row('p', text, { n }), row(text, 'k', { n })]);
    await store.appendToStream('a', events(1), { rows: changes });
    for (const [n, text] of texts.entries()) {
      const [byKey, byProjection] = [await store.readRow('p', text), await store.readRow(text, 'k')];
      same({ n }, byKey?.body, `the row of the key "${ascii(text)}"`);
      sameText(text, byKey?.key, 'its key');
      same({ n }, byProjection?.body, `the row of the projection "${ascii(text)}"`);
    }
    same(null, await store.readRow('p', 'vis'), 'the row of a key with which others begin');
    const keys = (await readAllRows(store, 'p', 10)).map(({ key }) => ascii(key));
    same(sort(texts.map(ascii)), sort(keys), 'all keys');
  },
  'pages of every size make up the whole, in one order': async ({ store }) => {
    const keys = numbers(1, 11).map((n) => `key-${n % 3}-${n}`);
    await store.appendToStream('a', events(1), { rows: keys.map((key) => row('p', key, { key })) });
    const whole = await store.readRows('p');
    same(sort(keys), sort(whole.map(({ key }) => key)), 'all keys');
    for (const size of numbers(1, 12)) same(whole, await readAllRows(store, 'p', size), `pages of ${size}`);
    await store.appendToStream('a', events(2), { rows: [row('p', 'key-1-4', null)] });
    const rest = whole.filter(({ key }) => key !== 'key-1-4');
    for (const size of [1, 4]) same(rest, await readAllRows(store, 'p', size), `pages of ${size} after a removal`);
    const at = whole.findIndex(({ key }) => key === 'key-1-4');
    same(whole.slice(at + 1), await store.readRows('p', { after: 'key-1-4' }), 'the page after a key that was removed');
  },
  'a page has 500 rows unless one asks for fewer or more': async ({ store }) => {
    const changes = numbers(1, 600).map((n) => row('p', `key-${n}`, {}));
    await store.appendToStream('a', events(1), { rows: changes });
    same(500, (await store.readRows('p')).length, 'a page that does not say how many');
    same(600, (await store.readRows('p', { maxCount: 10_000 })).length, 'a page of at most 10,000');
  },
  'a body comes back as JSON has it': async ({ store }) => {
    const odd = JSON.parse('{"__proto__":{"":1},"constructor":2,"\\u0000":3,"\\ud800":4}') as object;
    const texts = [...TEXTS, '\u0000', '\ud800'];
    const body = { z: 1, texts, digits: DIGITS, a: { y: null, b: [1e-7, 2 ** 53, -0] }, ...odd, none: undefined };
    await store.appendToStream('a', events(1), { rows: [row('p', 'k', body)] });
    sameText(JSON.stringify(body), JSON.stringify((await store.readRow('p', 'k'))?.body), 'the body from readRow');
    sameText(JSON.stringify(body), JSON.stringify((await store.readRows('p'))[0]?.body), 'the body from readRows');
  },
  'rows and events are seen together': ({ store }) => checkSeenTogether(store),
  'changes by a caller or a reader do not reach the rows': needing(['isolation'], async ({ store }) => {
    const body = { list: [1] };
    const append = store.appendToStream('a', events(1), { rows: [row('p', 'k', body)] });
    body.list.push(2);
    await append;
    const read = await store.readRow('p', 'k');
    same({ list: [1] }, read?.body, 'the body');
    (read as { body: { list: number[] } }).body.list.push(3);
    same({ list: [1] }, (await store.readRow('p', 'k'))?.body, 'the body that the next reader sees');
  }),
  'a conflict writes no rows': needing(['expectations'], async ({ store }) => {
    await store.appendToStream('a', events(1), { rows: [row('p', 'k', { n: 1 })] });
    const late = { expectedStreamVersion: 0n, rows: [row('p', 'k', { n: 2 }), row('p', 'l', {})] };
    await store.appendToStream('a', events(2), late).catch(() => undefined);
    same([{ key: 'k', body: { n: 1 } }], await store.readRows('p'), 'the rows');
  }),
  'of racers, only the winner’s rows are there': needing(['expectations'], async ({ store }) => {
    const racers = numbers(1, 8).map((n) =>
      store.appendToStream('a', [event(n)], {
        expectedStreamVersion: 0n,
        rows: [row('p', 'winner', { n }), row('p', `racer-${n}`, { n })],
      }),
    );
    await Promise.allSettled(racers);
    const winner = ((await store.readStream('a')).events[0]?.data as { n: number } | undefined)?.n;
    same({ n: winner }, (await store.readRow('p', 'winner'))?.body, 'the row that all write');
    const own = (await store.readRows('p')).filter(({ key }) => key !== 'winner').map(({ key }) => key);
    same([`racer-${winner}`], own, 'the rows that each writes');
  }),
  'a repeat writes no rows, nor does an id that is taken': needing(['idempotency'], async ({ store }) => {
    await store.appendToStream('a', events(1), { rows: [row('p', 'k', { n: 1 })] });
    await store.appendToStream('a', events(1), { rows: [row('p', 'k', { n: 2 })] });
    const other = store.appendToStream('a', [event(1, { other: true })], { rows: [row('p', 'k', { n: 3 })] });
    await other.catch(() => undefined);
    same([{ key: 'k', body: { n: 1 } }], await store.readRows('p'), 'the rows');
  }),
});
