import { hmac } from '@noble/hashes/hmac';
import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { memoryKeyStore, memoryStore } from 'auxilio/memory';
import { createPrivacy, isToken, memoryWrappingKeys, searchCopy } from 'auxilio/privacy';
import { catchUp, createService, rebuildSearch, searchProjector, searchVisits } from 'auxilio/service';
import { describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/stores/event-store.ts';
import { recordVisits, simulated } from '../service/searched-visits.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { freshSchema } from '../stores/postgres-host.ts';
import { openedPostgres, serverOfFile } from '../stores/postgres-server.ts';
import { assign, at, cancel, center } from './named-visits.ts';

const ROWS = 'auxilio-search-keyed-1';
const server = serverOfFile({ fsync: 'off' });
const openPostgres = () => openedPostgres({ connectionString: server().connectionString, schema: freshSchema() });
const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
  ['postgres', () => openPostgres() as never],
];

/** A service whose search is under keys, and what its search finds. */
async function searchedService(store: EventStore<never> = memoryStore(), fails: () => boolean = () => false) {
  const copy = searchCopy(store);
  const forget: typeof copy.forget = async (subjects) => {
    if (fails()) throw new Error('crashed');
    await copy.forget(subjects);
  };
  const given = { store, keys: memoryKeyStore(), wrapping: memoryWrappingKeys(), copies: [{ ...copy, forget }] };
  const privacy = await createPrivacy(given);
  const service = createService({ store, privacy });
  return {
    ...given,
    privacy,
    service,
    catchUp: () => catchUp(searchProjector(store, { privacy })),
    find: async (text: string) => (await searchVisits(store, text, { privacy })).visits.map(({ visitId }) => visitId),
    erase: (visitId: string, subject = 'client') => privacy.erase({ subjects: [{ visitId, subject }], by: center }),
    /** The rows as they are stored. */
    rows: () => store.readRows(ROWS, { maxCount: 10_000 }),
  };
}

type Searched = Awaited<ReturnType<typeof searchedService>>;

const named = (visitId: string, name: string, caseNumber = 'EXP-2026-004512', provider = 'Luis Mora') => {
  const { data, ...command } = assign(visitId, name);
  return { ...command, data: { ...data, caseNumber, provider: { id: 'prov-14', name: provider } } };
};

async function handleAll({ service }: Searched, commands: readonly Parameters<typeof service.handle>[0][]) {
  for (const command of commands) expect(await service.handle(command)).toMatchObject({ ok: true });
}

/** Two visits that have ended: of Ana Rojas and of José Núñez. */
async function twoVisits(searched: Searched) {
  const commands = [named('v-1', 'Ana Rojas'), named('v-2', 'José Núñez-Araya', 'EXP-2026-004599')];
  await handleAll(searched, [...commands, ...cancel('v-1'), ...cancel('v-2')]);
}

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[^\w\s]/g, '')
    .toLowerCase();

describe.each(stores)('the search under keys, on the %s store', (_, open) => {
  it('finds what a scan of the plain logs by whole words finds, as the events come and rebuilt', async () => {
    const visits = simulated(12, 11);
    const logs = await recordVisits(memoryStore(), visits);
    const searched = await searchedService(open());
    const { store, privacy } = searched;
    await recordVisits(store, visits, 0.4, privacy);
    await catchUp({ ...searchProjector(store, { privacy }), batchSize: 7 });
    await recordVisits(store, visits, 1, privacy);
    await catchUp({ ...searchProjector(store, { privacy }), batchSize: 3 });
    const words = new Map<string, string[]>();
    for (const { visitId } of visits) {
      const { events, state } = await logs.load(visitId);
      const providers = events.flatMap((one) =>
        one.type === 'VisitAssigned' || one.type === 'ProviderReassigned' ? [one.data.provider.name] : [],
      );
      const texts = [state.caseNumber ?? '', state.client?.name ?? '', ...providers].map(plain);
      words.set(visitId, [...texts.join(' ').split(' '), texts[0]?.slice(-4) ?? '']);
    }
    const queries = [...new Set([...words.values()].flat())].flatMap((word) => [word, word.slice(0, -1)]);
    const answers = async () =>
      Promise.all(queries.map(async (query) => (await searchVisits(store, query, { privacy, maxCount: 100 })).visits));
    const expected = queries.map((query) => [...words].filter(([, has]) => has.includes(query)).map(([id]) => id));
    const found = await answers();
    expect(found.map((all) => all.map(({ visitId }) => visitId).sort())).toEqual(expected.map((ids) => ids.sort()));
    expect(expected.filter(({ length }) => length > 0).length).toBeGreaterThan(20);
    expect(expected.filter(({ length }) => length === 0).length).toBeGreaterThan(20);
    const rows = await searched.rows();
    expect((await rebuildSearch(store, { privacy, batchSize: 11 })).parked).toEqual([]);
    expect(await searched.rows()).toEqual(rows);
    expect(await answers()).toEqual(found);
  });

  it('finds whole words, and a case number whole or by its last four digits; answers opened texts', async () => {
    const searched = await searchedService(open());
    await twoVisits(searched);
    await searched.catchUp();
    for (const text of ['ana', 'ROJAS ana', '4512', 'exp-2026-004512', 'EXP2026004512', 'v-1', 'luis rojas'])
      expect([text, await searched.find(text)]).toEqual([text, ['v-1']]);
    for (const text of ['nunez-araya', 'araya', 'jose NÚÑEZ 4599'])
      expect([text, await searched.find(text)]).toEqual([text, ['v-2']]);
    for (const text of ['luis', 'mora', 'prov-14', 'LUIS MORA'])
      expect([text, await searched.find(text)]).toEqual([text, ['v-1', 'v-2']]);
    for (const text of ['roja', 'an', '2026', 'exp', '004512', '512', 'prov', '', 'a', 'ana nunez'])
      expect([text, await searched.find(text)]).toEqual([text, []]);
    const { visits } = await searchVisits(searched.store, 'rojas', { privacy: searched.privacy });
    const provider = { id: 'prov-14', name: 'Luis Mora' };
    expect(visits).toMatchObject([{ client: 'Ana Rojas', caseNumber: 'EXP-2026-004512', provider, phase: 'closed' }]);
    expect((await searchVisits(searched.store, 'rojas')).visits).toEqual([]);
  });

  it('loses what an erased client is found by, and nothing else', async () => {
    const searched = await searchedService(open());
    await handleAll(searched, [named('v-3', 'Ana Rojas', 'EXP-2026-004512')]);
    await twoVisits(searched);
    await searched.catchUp();
    const before = await searched.rows();
    expect((await searched.erase('v-1')).forgotten).toEqual([ROWS]);
    const [gone, left] = [await searched.rows(), new Set((await searched.rows()).map(({ key }) => key))];
    // Two words of the name, the case number and its last digits.
    expect(before.map(({ key }) => key).filter((key) => !left.has(key) && / visit-v-1$/.test(key))).toHaveLength(4);
    expect(before.length - gone.length).toBe(4);
    for (const text of ['rojas', 'ana', '4512']) expect([text, await searched.find(text)]).toEqual([text, ['v-3']]);
    const { visits } = await searchVisits(searched.store, 'v-1', { privacy: searched.privacy });
    expect(visits).toMatchObject([{ visitId: 'v-1', provider: { name: 'Luis Mora' } }]);
    expect([visits[0]?.client, visits[0]?.caseNumber].map(isToken)).toEqual([true, true]);
    await rebuildSearch(searched.store, { privacy: searched.privacy });
    expect(await searched.rows()).toEqual(gone);
    await searched.erase('v-1', 'provider/prov-14');
    expect(await searched.find('mora')).toEqual(['v-2', 'v-3']);
  });
});

describe('the keyed terms of the search', () => {
  it('are not found by 10,000 guesses without the key, and have no text', async () => {
    const searched = await searchedService();
    await twoVisits(searched);
    await searched.catchUp();
    const raw = JSON.stringify(await searched.rows());
    const guesses = ['ana', 'rojas', '4512', 'exp2026004512', 'luis'];
    for (let nth = 0; guesses.length < 10_000; nth += 1) guesses.push(String(nth).padStart(4, '0'));
    const keys = [new Uint8Array(32), utf8ToBytes('index persons'), utf8ToBytes('auxilio/search/1')];
    const forms = guesses.flatMap((guess) => [
      bytesToHex(sha256(guess)),
      bytesToHex(sha256(`hash\0${guess}`)),
      ...keys.map((key) => bytesToHex(hmac(sha256, key, utf8ToBytes(`hash\0${guess}`)))),
    ]);
    expect(forms.filter((form) => raw.includes(form))).toEqual([]);
    expect(raw).not.toMatch(/rojas|núñez|nunez|mora|4512"/i);
    // With the key, the first guesses are terms: this test would see them.
    const hashes = await searched.privacy.search.hashWords(guesses.slice(0, 5));
    expect(hashes.map((hash) => raw.includes(hash))).toEqual([true, true, true, true, true]);
  });

  it('are others under another key, and equal in two visits under one', async () => {
    const [one, other] = [await searchedService(), await searchedService()];
    const hashes = await Promise.all(
      [one, other, one].map(async ({ privacy }) => (await privacy.search.hashWords(['ana']))[0]),
    );
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(hashes[0]).toBe(hashes[2]);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('follow an amended name, and a rotation of the keys', async () => {
    const searched = await searchedService();
    await handleAll(searched, [named('v-1', 'Ana Rojas')]);
    await searched.catchUp();
    const { type, data, metadata } = { ...assign('v-1', 'x'), type: 'AmendAssignment' as const };
    const amended = { visitId: data.visitId, at: at(5), client: { name: 'Zoila Vega' } };
    await handleAll(searched, [{ type, data: amended, metadata: { ...metadata, commandId: 'amend' } }]);
    await searched.privacy.rotate();
    await searched.catchUp();
    expect([await searched.find('rojas'), await searched.find('vega')]).toEqual([[], ['v-1']]);
    const [hash] = await searched.privacy.search.hashWords(['rojas']);
    expect(JSON.stringify(await searched.rows())).not.toContain(hash);
  });

  it('have no name of a client where it is to keep none', async () => {
    const searched = await searchedService();
    const { store, privacy } = searched;
    await twoVisits(searched);
    await catchUp(searchProjector(store, { privacy, clientNames: false, namespace: 'n' }));
    const find = async (text: string) => (await searchVisits(store, text, { privacy, namespace: 'n' })).visits.length;
    expect([await find('rojas'), await find('4512')]).toEqual([0, 1]);
  });
});

describe('an erasure and the search', () => {
  it('which has not forgotten yet finds nothing of the erased client, nor a row of an old copy', async () => {
    let isDown = true;
    const searched = await searchedService(memoryStore(), () => isDown);
    await twoVisits(searched);
    await searched.catchUp();
    const old = await searched.rows();
    expect((await searched.erase('v-1')).remembered).toEqual([ROWS]);
    const finds = async () => [await searched.find('rojas'), await searched.find('4512'), await searched.find('v-1')];
    expect(await finds()).toEqual([[], [], ['v-1']]);
    expect(await searched.rows()).toEqual(old);
    isDown = false;
    const [erasure] = await searched.privacy.continueErasures();
    expect(erasure?.remembered).toEqual([]);
    expect((await searched.rows()).length).toBe(old.length - 4);
    const back = old.map((row) => ({ projection: ROWS, ...row }));
    await searched.store.commitCheckpoint('restore', { expected: 0, cursor: null, rows: back });
    expect(await finds()).toEqual([[], [], ['v-1']]);
  });

  it.each([
    ['projector', 1],
    ['projector', 100],
    ['rebuild', 1],
    ['rebuild', 100],
  ])('right before any commit of the %s, in batches of %d, leaves no term', async (writer, batchSize) => {
    for (let meets = 1; ; meets += 1) {
      const searched = await searchedService();
      const { store, privacy } = searched;
      await twoVisits(searched);
      const [gone, left] = await privacy.search.hashWords(['rojas', 'nunez']);
      let commits = 0;
      const meeting = {
        ...store,
        commitCheckpoint: async (...given: Parameters<typeof store.commitCheckpoint>) => {
          commits += 1;
          if (commits === meets) await searched.erase('v-1');
          return store.commitCheckpoint(...given);
        },
      };
      if (writer === 'projector') await catchUp({ ...searchProjector(meeting, { privacy }), batchSize });
      else await rebuildSearch(meeting, { privacy, batchSize });
      if (commits < meets) {
        expect(meets).toBeGreaterThan(batchSize === 1 ? 4 : 1);
        return;
      }
      expect([meets, JSON.stringify(await searched.rows()).includes(`${gone}`)]).toEqual([meets, false]);
      const keys = (await searched.rows()).map(({ key }) => key);
      expect([meets, keys.includes(`${left} visit-v-2`)]).toEqual([meets, true]);
    }
  });

  it('which is to forget after its copy, forgets of all visits at once, those without a row too', async () => {
    const searched = await searchedService();
    await twoVisits(searched);
    const subjects = ['v-1', 'v-2'].map((visitId) => ({ visitId, subject: 'client' }));
    await searched.privacy.erase({ subjects, by: center });
    await searched.catchUp();
    expect([await searched.find('rojas'), await searched.find('araya'), await searched.find('mora')]).toEqual([
      [],
      [],
      ['v-1', 'v-2'],
    ]);
  });

  it('refuses what is no store, and an unknown option', () => {
    expect(() => searchCopy({} as never)).toThrow(TypeError);
    expect(() => searchCopy(memoryStore(), { wrong: 1 } as never)).toThrow('Unknown option of searchCopy: wrong');
  });
});
