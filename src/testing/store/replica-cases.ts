/** The cases that every store of a replica passes. */
import type { ReplicaChanges, ReplicaGroup, ReplicaStore } from '../../stores/replica-store.ts';
import { ensure, errorOf, refuses, same } from '../assert.ts';
import { TEXTS as ANY_TEXTS, BARELY_TEXTS } from './stage/texts.ts';

/** A store with nothing in it, and, where its data outlive it or are shared, more handles on them. */
type ReplicaPlace = {
  readonly store: ReplicaStore;
  readonly second: () => Promise<ReplicaStore>;
  /** Closes the store and opens it. */
  readonly reopen: () => Promise<ReplicaStore>;
};

export type ReplicaCase = {
  readonly name: string;
  /** True if the case needs more than one handle on the data. */
  readonly shared: boolean;
  readonly run: (place: ReplicaPlace) => Promise<void>;
};

const INVALID = { name: 'StoreError', code: 'store-invalid', kind: 'invalid' };
const CLOSED = { name: 'StoreError', code: 'store-closed', kind: 'closed' };

const conflict = (group: string, expected: number, actual: number) => ({
  ...{ name: 'ReplicaConflictError', code: 'replica-conflict', errorCode: 409 },
  ...{ group, expected, actual },
});

/** Texts that stores have changed, cut, or taken one for another. */
const TEXTS = [
  ...[...ANY_TEXTS, ...BARELY_TEXTS].filter((text) => text !== ''),
  ...['a', 'A', 'á', 'a\u0301', ' a', 'a ', 'a\u0000', '%', '_', '0', '00', '-0', '1e3', '🔧', '👩‍🔧', 'head', '../a'],
  ...['\ud83d', '\udd27', '\ud83d\ud83d', '\ue000', '\ufffd'],
];

/** The beginnings of some of them, and of none. */
const PREFIXES = [
  ...['', 'a', 'a\u0000', '\u0000', '\\', '\\u', '%', '_', '__proto__', '\ud83d', '\ud83d\udd27', '👩', '\uffff', 'z'],
];

const plain = ({ revision, records }: ReplicaGroup) => ({ revision, records: [...records] });
const byUnits = (one: string, other: string) => (one < other ? -1 : Number(one > other));
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const makeBytes = (length: number) => Uint8Array.from(numbers(length), (n) => n % 251);
const makeRecords = (entries: readonly (readonly [string, string | null])[]): ReplicaChanges =>
  Object.fromEntries(entries);

async function mustHold(
  store: ReplicaStore,
  group: string,
  revision: number,
  records: readonly (readonly [string, string])[],
) {
  const expected = { revision, records: records.map((one) => [...one]) };
  same(expected, plain(await store.readGroup(group)), `the group ${group}`);
}

async function findEntry(store: ReplicaStore, group: string) {
  return (await store.listGroups(group)).find((one) => one.group === group);
}

const writing: Readonly<Record<string, (place: ReplicaPlace) => Promise<void>>> = {
  'given nothing, when a group is read, then it is empty at revision 0': async ({ store }) => {
    await mustHold(store, 'a', 0, []);
    same([], await store.listGroups(''), 'the groups');
    same([], await store.listBlobs(), 'the blobs');
  },
  'given a written group, when it is read, then its records are there': async ({ store }) => {
    const first = await store.writeGroup('a', 0, { k: '1', l: '2' });
    ensure(first > 0, `the first revision is ${first}`);
    await mustHold(store, 'a', first, [
      ['k', '1'],
      ['l', '2'],
    ]);
    const second = await store.writeGroup('a', first, { l: '3', m: '4', k: null });
    ensure(second > first, `after revision ${first} comes ${second}`);
    await mustHold(store, 'a', second, [
      ['l', '3'],
      ['m', '4'],
    ]);
  },
  'when nothing is changed, then the group is at its next revision': async ({ store }) => {
    const first = await store.writeGroup('a', 0, {});
    const second = await store.writeGroup('a', first, { k: null });
    ensure(0 < first && first < second, `the revisions are ${first} and ${second}`);
    await mustHold(store, 'a', second, []);
    same([{ group: 'a', revision: second, head: null }], await store.listGroups(''), 'the groups');
  },
  'given another revision, when a group is written or dropped, then it is a conflict': async ({ store }) => {
    await refuses(store.writeGroup('a', 1, { k: '1' }), conflict('a', 1, 0), 'a write at 1 of 0');
    const at = await store.writeGroup('a', 0, { k: '1' });
    for (const wrong of [0, at - 1, at + 1, -1].filter((one) => one !== at)) {
      await refuses(store.writeGroup('a', wrong, { k: '2', l: '3' }), conflict('a', wrong, at), `a write at ${wrong}`);
      await refuses(store.dropGroup('a', wrong), conflict('a', wrong, at), `a drop at ${wrong}`);
    }
    await mustHold(store, 'a', at, [['k', '1']]);
    same([{ group: 'a', revision: at, head: null }], await store.listGroups(''), 'the groups');
  },
  'when one change of many is refused, then none is made': async ({ store }) => {
    const at = await store.writeGroup('a', 0, { k: '1' });
    await refuses(store.writeGroup('a', at, { k: '2', l: 3 as never }), INVALID, 'a record that is a number');
    await refuses(store.writeGroup('a', at, { k: null, '': '3' }), INVALID, 'a record without a key');
    await mustHold(store, 'a', at, [['k', '1']]);
  },
  'when many write at one revision, then one of them does': async ({ store }) => {
    const at = await store.writeGroup('a', 0, {});
    const writes = await Promise.allSettled(
      numbers(8).map((n) => store.writeGroup('a', at, { k: `${n}`, [`${n}`]: '' })),
    );
    const won = writes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
    same(1, won.length, 'how many writes were made');
    const { records } = await store.readGroup('a');
    same([`${won[0]}`, 'k'], [...records.keys()], 'the keys');
    same(`${won[0]}`, records.get('k'), 'the record');
  },
  'when many write again and again, then no write is lost': async ({ store }) => {
    await Promise.all(numbers(4).map((n) => appendRecords(store, `${n}`, 5)));
    same(20, (await store.readGroup('a')).records.size, 'how many records there are');
  },
  'while one writes, another reads whole writes': async ({ store }) => {
    const keys = ['k', 'l', 'm'];
    const write = async () => {
      let at = 0;
      for (const n of numbers(20)) at = await store.writeGroup('a', at, makeRecords(keys.map((key) => [key, `${n}`])));
    };
    const written = write();
    for (const _ of numbers(20)) {
      const { revision, records } = await store.readGroup('a');
      same(revision === 0 ? 0 : 1, new Set(records.values()).size, 'how many writes are seen at once');
    }
    await written;
  },
};

/** Adds records to one group, each at the revision that was read, until there is no conflict. */
async function appendRecords(store: ReplicaStore, writer: string, count: number): Promise<void> {
  for (let n = 0; n < count; ) {
    const { revision } = await store.readGroup('a');
    const wrote = await store.writeGroup('a', revision, { [`${writer}-${n}`]: '' }).then(
      () => true,
      (error: { code?: unknown }) => {
        if (error.code !== 'replica-conflict') throw error;
        return false;
      },
    );
    if (wrote) n += 1;
  }
}

const dropping: typeof writing = {
  'given a dropped group, when it is read, then it is as if it was never written': async ({ store }) => {
    const at = await store.writeGroup('a', 0, { head: '1', k: '2' });
    await store.dropGroup('a', at);
    await mustHold(store, 'a', 0, []);
    same([], await store.listGroups(''), 'the groups');
  },
  'given a dropped group, when it is written, then its revision is a new one': async ({ store }) => {
    const had = new Set([0]);
    for (const _ of numbers(4)) {
      let at = 0;
      for (const n of numbers(3)) {
        at = await store.writeGroup('a', at, { [`${n}`]: '' });
        ensure(!had.has(at), `the revision ${at} was there before`);
        had.add(at);
      }
      await store.dropGroup('a', at);
      await refuses(store.writeGroup('a', at, {}), conflict('a', at, 0), 'a write at the revision that was dropped');
    }
    const at = await store.writeGroup('a', 0, { k: '1' });
    await mustHold(store, 'a', at, [['k', '1']]);
  },
  'given nothing, when a group is dropped at revision 0, then nothing happens': async ({ store }) => {
    await store.dropGroup('a', 0);
    await mustHold(store, 'a', 0, []);
  },
  'when a group is dropped, then those with names like its own stay': async ({ store }) => {
    const names = ['a', 'A', 'a\u0000', 'a\u0000b', 'ab', 'a ', 'a%', 'a_', 'aa'];
    const revisions = new Map<string, number>();
    for (const name of names) revisions.set(name, await store.writeGroup(name, 0, { k: name }));
    await store.dropGroup('a', revisions.get('a') as number);
    for (const name of names.slice(1)) await mustHold(store, name, revisions.get(name) as number, [['k', name]]);
    const left = (await store.listGroups('')).map(({ group }) => group);
    same(names.slice(1).sort(byUnits), left, 'the groups');
  },
};

const listing: typeof writing = {
  'when groups are listed, then each has its revision and its record "head"': async ({ store }) => {
    const plainRevision = await store.writeGroup('v/1', 0, { k: '1' });
    const first = await store.writeGroup('v/2', 0, { head: '1', k: '2' });
    const second = await store.writeGroup('v/2', first, { k: '3' });
    same({ group: 'v/2', revision: second, head: '1' }, await findEntry(store, 'v/2'), 'its head is not changed');
    const third = await store.writeGroup('v/2', second, { head: '' });
    same({ group: 'v/2', revision: third, head: '' }, await findEntry(store, 'v/2'), 'its head is changed');
    const fourth = await store.writeGroup('v/2', third, { head: null });
    const expected = [
      { group: 'v/1', revision: plainRevision, head: null },
      { group: 'v/2', revision: fourth, head: null },
    ];
    same(expected, await store.listGroups('v/'), 'the groups');
  },
  'when groups are listed by a prefix, then those are there, in the order of their units': async ({ store }) => {
    for (const name of TEXTS) await store.writeGroup(name, 0, {});
    for (const prefix of PREFIXES) {
      const expected = TEXTS.filter((name) => name.startsWith(prefix)).sort(byUnits);
      const found = (await store.listGroups(prefix)).map(({ group }) => group);
      same(expected, found, `the groups that begin with ${JSON.stringify(prefix)}`);
    }
  },
  'when a group is read, then its records are in the order of the units of their keys': async ({ store }) => {
    await store.writeGroup('a', 0, makeRecords(TEXTS.map((key) => [key, key])));
    const { records } = await store.readGroup('a');
    same([...TEXTS].sort(byUnits), [...records.keys()], 'the keys');
  },
};

const fidelity: typeof writing = {
  'any text is a group, a key and a record, and comes back as it was': async ({ store }) => {
    const revisions = new Map<string, number>();
    for (const text of TEXTS) revisions.set(text, await store.writeGroup(text, 0, { [text]: text }));
    for (const text of TEXTS) await mustHold(store, text, revisions.get(text) as number, [[text, text]]);
  },
  'an empty record is no removed one': async ({ store }) => {
    const at = await store.writeGroup('a', 0, { k: '' });
    await mustHold(store, 'a', at, [['k', '']]);
  },
  'a long record comes back as it was, beside many others': async ({ store }) => {
    const long = ['{"text":"ñ🔧\u0000\ud83d"}', 'á'.repeat(3_000_000)].join('');
    const many = numbers(2_000).map((n) => [`k-${String(n).padStart(5, '0')}`, `${n}`] as const);
    const at = await store.writeGroup('a', 0, makeRecords([...many, ['z', long]]));
    const { revision, records } = await store.readGroup('a');
    same([at, 2_001], [revision, records.size], 'the revision, and how many records there are');
    ensure(records.get('z') === long, 'the long record is another');
    same('1999', records.get('k-01999'), 'one of many');
  },
  'the bytes come back as they were, whatever they are part of': async ({ store }) => {
    const whole = makeBytes(1_000);
    const parts = { empty: new Uint8Array(0), whole, part: whole.subarray(10, 20), large: makeBytes(2_000_000) };
    for (const [sha256, bytes] of Object.entries(parts)) await store.putBlob(sha256, bytes);
    for (const [sha256, bytes] of Object.entries(parts)) {
      const found = await store.readBlob(sha256);
      ensure(found instanceof Uint8Array && found.length === bytes.length, `${sha256} has ${found?.length} bytes`);
      ensure(found?.every((byte, n) => byte === bytes[n]) === true, `${sha256} has other bytes`);
    }
  },
  'what the caller changes afterwards does not reach the store': async ({ store }) => {
    const changes: Record<string, string> = { k: '1' };
    const bytes = Uint8Array.of(1, 2, 3);
    const written = [store.writeGroup('a', 0, changes), store.putBlob('b', bytes)];
    changes.k = '2';
    changes.l = '3';
    bytes.fill(9);
    const [at] = await Promise.all(written);
    const read = await store.readGroup('a');
    (read.records as Map<string, string>).set('k', '4');
    (await store.readBlob('b'))?.fill(8);
    await mustHold(store, 'a', at as number, [['k', '1']]);
    same([1, 2, 3], [...((await store.readBlob('b')) ?? [])], 'the bytes');
  },
};

const blobs: typeof writing = {
  'given bytes, when they are listed, then each has its size, in the order of the hashes': async ({ store }) => {
    for (const [sha256, size] of Object.entries({ c: 3, a: 0, b: 200_000 }))
      await store.putBlob(sha256, makeBytes(size));
    const expected = [
      { sha256: 'a', size: 0 },
      { sha256: 'b', size: 200_000 },
      { sha256: 'c', size: 3 },
    ];
    same(expected, await store.listBlobs(), 'the blobs');
  },
  'given bytes, when others are stored under their hash, then the first ones stay': async ({ store }) => {
    await store.putBlob('a', Uint8Array.of(1));
    await store.putBlob('a', Uint8Array.of(2, 3));
    same([1], [...((await store.readBlob('a')) ?? [])], 'the bytes');
    same([{ sha256: 'a', size: 1 }], await store.listBlobs(), 'the blobs');
  },
  'given dropped bytes, when they are read, then they are not there, and may be stored again': async ({ store }) => {
    await store.putBlob('a', Uint8Array.of(1));
    await store.putBlob('b', Uint8Array.of(2));
    await store.dropBlob('a');
    await store.dropBlob('a');
    same(null, await store.readBlob('a'), 'the bytes');
    same([{ sha256: 'b', size: 1 }], await store.listBlobs(), 'the blobs');
    await store.putBlob('a', Uint8Array.of(3));
    same([3], [...((await store.readBlob('a')) ?? [])], 'the bytes');
  },
  'groups and bytes of one name have nothing to do with each other': async ({ store }) => {
    const at = await store.writeGroup('a', 0, { k: '1' });
    await store.putBlob('a', Uint8Array.of(1));
    await store.dropGroup('a', at);
    same([1], [...((await store.readBlob('a')) ?? [])], 'the bytes');
    const again = await store.writeGroup('a', 0, { k: '2' });
    await store.dropBlob('a');
    await mustHold(store, 'a', again, [['k', '2']]);
  },
};

const refusals: typeof writing = {
  'what is no name, no record, no revision or no bytes is refused, and nothing is written': async ({ store }) => {
    for (const name of ['', undefined, null, 7, {}, []] as never[]) {
      const what = `the name ${typeof name} ${JSON.stringify(name)}`;
      await refuses(store.readGroup(name), INVALID, `a read of ${what}`);
      await refuses(store.writeGroup(name, 0, { k: '1' }), INVALID, `a write of ${what}`);
      await refuses(store.dropGroup(name, 0), INVALID, `a drop of ${what}`);
      await refuses(store.putBlob(name, makeBytes(1)), INVALID, `bytes under ${what}`);
    }
    for (const text of [undefined, 7, true, {}, ['a']] as never[]) {
      await refuses(store.writeGroup('a', 0, { k: text }), INVALID, `a record that is ${typeof text}`);
    }
    for (const changes of [undefined, null, 'k'] as never[]) {
      await refuses(store.writeGroup('a', 0, changes), INVALID, `the changes ${JSON.stringify(changes)}`);
    }
    for (const revision of [undefined, null, '0', 0.5, Number.NaN, 0n] as never[]) {
      await refuses(store.writeGroup('a', revision, {}), INVALID, `a write at ${typeof revision}`);
      await refuses(store.dropGroup('a', revision), INVALID, `a drop at ${typeof revision}`);
    }
    for (const bytes of [undefined, null, 'bytes', [1], new ArrayBuffer(1), { length: 1 }] as never[]) {
      await refuses(store.putBlob('a', bytes), INVALID, `the bytes ${JSON.stringify(bytes)}`);
    }
    for (const prefix of [undefined, null, 7] as never[]) await refuses(store.listGroups(prefix), INVALID, 'a prefix');
    same([], await store.listGroups(''), 'the groups');
    same([], await store.listBlobs(), 'the blobs');
  },
  'given a closed store, when it is called, then the call is refused': async ({ store }) => {
    const before = store.writeGroup('a', 0, { k: '1' });
    await Promise.all([store.close(), store.close()]);
    ensure((await before) > 0, 'the write that was begun before has no revision');
    await store.close();
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      readGroup: () => store.readGroup('a'),
      listGroups: () => store.listGroups(''),
      writeGroup: () => store.writeGroup('a', 0, {}),
      dropGroup: () => store.dropGroup('a', 0),
      putBlob: () => store.putBlob('a', makeBytes(1)),
      readBlob: () => store.readBlob('a'),
      dropBlob: () => store.dropBlob('a'),
      listBlobs: () => store.listBlobs(),
    };
    for (const [name, call] of Object.entries(calls)) await refuses(call(), CLOSED, name);
  },
};

const shared: typeof writing = {
  'given two handles, when one writes, then the other sees it, and each conflict': async ({ store, second }) => {
    const other = await second();
    const at = await store.writeGroup('a', 0, { k: '1' });
    await mustHold(other, 'a', at, [['k', '1']]);
    const next = await other.writeGroup('a', at, { k: '2' });
    await refuses(store.writeGroup('a', at, { k: '3' }), conflict('a', at, next), 'a write after that of the other');
    await mustHold(store, 'a', next, [['k', '2']]);
    await other.putBlob('b', Uint8Array.of(1));
    same([{ sha256: 'b', size: 1 }], await store.listBlobs(), 'the blobs');
    await store.dropGroup('a', next);
    same([], await other.listGroups(''), 'the groups');
    const again = await other.writeGroup('a', 0, {});
    ensure(again > next, `after revision ${next} comes ${again}`);
  },
  'given two handles, when both write at one revision, then one of them does': async ({ store, second }) => {
    const other = await second();
    let at = 0;
    for (const n of numbers(10)) {
      const writes = await Promise.allSettled([
        store.writeGroup('a', at, { k: `one-${n}` }),
        other.writeGroup('a', at, { k: `other-${n}` }),
      ]);
      const made = writes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      same(1, made.length, 'how many writes were made');
      at = made[0] as number;
    }
    await Promise.all([appendRecords(store, 'one', 10), appendRecords(other, 'other', 10)]);
    same(21, (await store.readGroup('a')).records.size, 'how many records there are');
  },
  'given a closed handle, the other goes on': async ({ store, second }) => {
    const other = await second();
    await store.writeGroup('a', 0, { k: '1' });
    await store.close();
    const { revision } = await other.readGroup('a');
    await other.writeGroup('a', revision, { k: '2' });
    await errorOf(store.readGroup('a'), 'a read of the closed handle');
  },
  'given a closed store, when it is opened again, then all of it is there': async ({ store, reopen }) => {
    for (const text of TEXTS) await store.writeGroup(text, 0, { [text]: text, head: text });
    await store.putBlob('b', makeBytes(300_000));
    const state = async (one: ReplicaStore) => ({
      groups: await one.listGroups(''),
      records: await Promise.all(TEXTS.map(async (text) => plain(await one.readGroup(text)))),
      blobs: await one.listBlobs(),
      bytes: (await one.readBlob('b'))?.length,
    });
    const before = await state(store);
    same(before, await state(await reopen()), 'the store after it was opened again');
  },
  'given a dropped group and a store opened again, then its revision is a new one': async ({ store, reopen }) => {
    const first = await store.writeGroup('a', 0, {});
    const last = await store.writeGroup('a', first, {});
    await store.dropGroup('a', last);
    const again = await (await reopen()).writeGroup('a', 0, {});
    ensure(again > last, `after revision ${last} comes ${again}`);
  },
};

const listCases = (laws: typeof writing, isShared: boolean): ReplicaCase[] =>
  Object.entries(laws).map(([name, run]) => ({ name, shared: isShared, run }));

export const replicaStoreCases: readonly ReplicaCase[] = [
  ...[writing, dropping, listing, fidelity, blobs, refusals].flatMap((laws) => listCases(laws, false)),
  ...listCases(shared, true),
];
