/** The cases that every key store passes. */
import { expect } from 'vitest';
import type { ActiveKey, KeyStore } from '../../src/stores/key-store.ts';

/** Opens stores over one place of keys that is empty at first: each call another connection, where there are connections. */
export type KeyStoreHost = () => KeyStore;

export const key = (id: string, epoch = 'e-1', life = 1, wrapped = `wrapped ${id} ${life} ${epoch}`): ActiveKey => ({
  ...{ id, life, state: 'active', epoch, wrapped },
});
const erased = (id: string, life = 1) => ({ id, life, state: 'erased' });
const names = (keys: readonly { id: string }[]) => keys.map(({ id }) => id);

/** A store whose newest epoch is `e-1`, with these keys. */
async function filled(open: KeyStoreHost, ...ids: string[]): Promise<KeyStore> {
  const store = open();
  expect(await store.startEpoch(null, 'e-1')).toBe(true);
  await store.create(ids.map((id) => key(id)));
  return store;
}

const all = async (store: KeyStore, ...ids: string[]) =>
  (await store.read(ids)).sort((one, other) => (one.id < other.id ? -1 : 1));

type Case = (open: KeyStoreHost) => Promise<void>;

export const keyStoreCases: Readonly<Record<string, Case>> = {
  'reads the keys that it has, and leaves out the others': async (open) => {
    const store = await filled(open, 'v-1 client', 'v-2 ñ\u0000\ud800"\\');
    expect(await all(store, 'v-1 client', 'v-2 ñ\u0000\ud800"\\', 'v-3')).toEqual([
      key('v-1 client'),
      key('v-2 ñ\u0000\ud800"\\'),
    ]);
    expect(await store.read([])).toEqual([]);
  },
  'has no epoch at first, and stores no key': async (open) => {
    const store = open();
    expect(await store.readEpoch()).toBe(null);
    await store.create([key('a')]);
    expect(await store.read(['a'])).toEqual([]);
  },
  'begins an epoch where the expected one is the newest': async (open) => {
    const store = await filled(open);
    expect(await store.startEpoch(null, 'e-2')).toBe(false);
    expect(await store.startEpoch('e-0', 'e-2')).toBe(false);
    expect(await store.readEpoch()).toBe('e-1');
    expect(await store.startEpoch('e-1', 'e-2')).toBe(true);
    expect(await store.readEpoch()).toBe('e-2');
  },
  'creates keys of the newest epoch alone': async (open) => {
    const store = await filled(open);
    await store.startEpoch('e-1', 'e-2');
    await store.create([key('a', 'e-1'), key('b', 'e-2'), key('c', 'e-3')]);
    expect(await all(store, 'a', 'b', 'c')).toEqual([key('b', 'e-2')]);
  },
  'leaves a key that is known, active or erased, when it is created again': async (open) => {
    const store = await filled(open, 'a', 'b');
    await store.erase([{ id: 'b', life: 1 }]);
    await store.create([key('a', 'e-1', 2), key('b', 'e-1', 2), key('c')]);
    expect(await all(store, 'a', 'b', 'c')).toEqual([key('a'), erased('b'), key('c')]);
  },
  'erases keys, also of ids that it does not know': async (open) => {
    const store = await filled(open, 'a', 'b');
    await store.erase([
      { id: 'a', life: 1 },
      { id: 'x', life: 1 },
    ]);
    await store.erase([{ id: 'a', life: 1 }]);
    await store.create([key('x')]);
    expect(await all(store, 'a', 'b', 'x')).toEqual([erased('a'), key('b'), erased('x')]);
  },
  'leaves a key of a later life than the one that is erased': async (open) => {
    const store = await filled(open, 'a');
    await store.erase([{ id: 'a', life: 1 }]);
    await store.revive([key('a', 'e-1', 2)]);
    await store.erase([{ id: 'a', life: 1 }]);
    expect(await store.read(['a'])).toEqual([key('a', 'e-1', 2)]);
    await store.erase([{ id: 'a', life: 2 }]);
    await store.erase([{ id: 'a', life: 1 }]);
    expect(await store.read(['a'])).toEqual([erased('a', 2)]);
  },
  'revives an erased key for a later life, in the newest epoch alone': async (open) => {
    const store = await filled(open, 'a', 'b', 'c');
    await store.erase([
      { id: 'a', life: 1 },
      { id: 'b', life: 1 },
    ]);
    await store.startEpoch('e-1', 'e-2');
    await store.revive([key('a', 'e-2', 1), key('b', 'e-1', 2), key('c', 'e-2', 2), key('x', 'e-2', 2)]);
    expect(await all(store, 'a', 'b', 'c', 'x')).toEqual([erased('a'), erased('b'), key('c')]);
    await store.revive([key('a', 'e-2', 2)]);
    expect(await store.read(['a'])).toEqual([key('a', 'e-2', 2)]);
  },
  'wraps active keys of the same life again, in the newest epoch alone': async (open) => {
    const store = await filled(open, 'a', 'b', 'c', 'd');
    await store.erase([{ id: 'b', life: 1 }]);
    await store.startEpoch('e-1', 'e-2');
    const longer = key('d', 'e-2', 1, 'longer '.repeat(99));
    await store.rewrap([key('a', 'e-2'), key('b', 'e-2'), key('c', 'e-2', 2), key('x', 'e-2'), longer]);
    expect(await all(store, 'a', 'b', 'c', 'd', 'x')).toEqual([key('a', 'e-2'), erased('b'), key('c'), longer]);
    await store.rewrap([key('a', 'e-1', 1, 'old'), key('d', 'e-2')]);
    expect(await all(store, 'a', 'd')).toEqual([key('a', 'e-2'), key('d', 'e-2')]);
  },
  'lists the active keys of other epochs, in pages by their ids': async (open) => {
    const store = await filled(open, 'd', 'b', 'a', 'c');
    await store.erase([{ id: 'b', life: 1 }]);
    await store.startEpoch('e-1', 'e-2');
    await store.create([key('aa', 'e-2')]);
    expect(await store.listOlder('e-2', { after: null, limit: 2 })).toEqual([key('a'), key('c')]);
    expect(await store.listOlder('e-2', { after: 'c', limit: 2 })).toEqual([key('d')]);
    expect(await store.listOlder('e-2', { after: 'd', limit: 2 })).toEqual([]);
    expect(names(await store.listOlder('e-1', { after: null, limit: 9 }))).toEqual(['aa']);
    await store.rewrap([key('a', 'e-2'), key('c', 'e-2'), key('d', 'e-2')]);
    expect(await store.listOlder('e-2', { after: null, limit: 9 })).toEqual([]);
  },
  'begins one epoch of several that race': async (open) => {
    const stores = [await filled(open), open(), open()];
    for (let round = 1; round <= 10; round += 1) {
      const begun = await Promise.all(stores.map((store, at) => store.startEpoch(`e-${round}`, `x-${at}`)));
      expect(begun.filter(Boolean)).toHaveLength(1);
      const newest = `x-${begun.indexOf(true)}`;
      expect(await stores[0]?.readEpoch()).toBe(newest);
      await stores[1]?.startEpoch(newest, `e-${round + 1}`);
    }
  },
  'stores no key of an epoch that ends meanwhile: each is listed as older, or is not stored': async (open) => {
    const [store, other] = [await filled(open), open()];
    for (let round = 1; round <= 20; round += 1) {
      const [epoch, next] = [`e-${round}`, `e-${round + 1}`];
      const ids = Array.from({ length: 4 }, (_, at) => `v-${round} ${at}`);
      const creating = ids.map((id, at) => (at % 2 === 0 ? store : other).create([key(id, epoch)]));
      const begun = other.startEpoch(epoch, next);
      expect(await begun).toBe(true);
      const older = await store.listOlder(next, { after: null, limit: 99 });
      await Promise.all(creating);
      expect(names(await store.read(ids)).sort()).toEqual(names(older).sort());
      await store.rewrap(older.map(({ id }) => key(id, next)));
      await store.erase(ids.map((id) => ({ id, life: 1 })));
    }
  },
  'has an erased key stay erased, whatever is done at the same time': async (open) => {
    const [store, other] = [await filled(open), open()];
    for (let round = 0; round < 10; round += 1) {
      const id = `v-${round}`;
      await store.create([key(id)]);
      await Promise.all([
        ...[1, 2, 3].map((at) => other.rewrap([key(id, 'e-1', 1, `again ${at}`)])),
        store.erase([{ id, life: 1 }]),
        other.create([key(id)]),
      ]);
      expect(await other.read([id])).toEqual([erased(id)]);
    }
  },
  'keeps one of the keys that are created under an id at the same time': async (open) => {
    const stores = [await filled(open), open()];
    const keys = stores.map((_, at) => key('a', 'e-1', 1, `of ${at}`));
    await Promise.all(stores.map((store, at) => store.create([keys[at] as ActiveKey])));
    const [one] = await all(stores[0] as KeyStore, 'a');
    expect(keys).toContainEqual(one);
    expect(await stores[1]?.read(['a'])).toEqual([one]);
  },
  'has what it stored when it is opened again': async (open) => {
    const store = await filled(open, 'a', 'b');
    await store.erase([{ id: 'b', life: 1 }]);
    const again = open();
    expect(await again.readEpoch()).toBe('e-1');
    expect(await all(again, 'a', 'b')).toEqual([key('a'), erased('b')]);
  },
  'is closed twice': async (open) => {
    const store = await filled(open);
    await store.close();
    await store.close();
  },
};
