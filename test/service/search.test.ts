import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import { queryTerms, searchTerms } from '../../src/service/projections/search-terms.ts';
import { catchUp, rebuildSearch, searchProjector, searchVisits } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, minute } from '../../src/testing.ts';
import { assignment } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { sent, serviceOn } from './fixture.ts';
import { findsWhatTheLogsSay, simulated } from './searched-visits.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const assign = (visitId: string, caseNumber: string, name: string, provider = 'Luis Mora') =>
  sent(
    `assign-${visitId}`,
    command('AssignVisit', {
      ...assignment,
      visitId,
      caseNumber,
      client: { name },
      provider: { id: 'p-1', name: provider },
    }),
  );

const notice = (visitId: string) => ({ visitId, at: minute(1), about: ['delay'] as ['delay'], reached: true });

describe.each(stores)('the search, on the %s store', (_, open) => {
  it('finds the same by rows that are written as events come, rows that are rebuilt, and a scan of the logs', async () => {
    await findsWhatTheLogsSay(open(), simulated(12));
  });

  it('finds by case number and its parts, client and provider, without accents and case', async () => {
    const store = open();
    const { handle } = serviceOn(store);
    await handle(assign('a', 'EXP-2026-004512', 'José Ángel Núñez Araya'));
    await handle(assign('b', 'EXP-2026-004513', 'Ana Peña', 'Gerardo Ureña'));
    await catchUp(searchProjector(store));
    const find = async (text: string) => (await searchVisits(store, text)).visits.map(({ visitId }) => visitId);
    for (const text of ['4512', '004512', 'exp-2026-004512', 'nunez', 'NÚÑ', 'jose araya', 'ara jos']) {
      expect([text, await find(text)]).toEqual([text, ['a']]);
    }
    for (const text of ['urena', 'pena', 'gerardo 4513']) expect([text, await find(text)]).toEqual([text, ['b']]);
    expect(await find('2026')).toEqual(['a', 'b']);
    for (const text of ['', '  ', '—', 'nunez gerardo', '512', '\u0000'])
      expect([text, await find(text)]).toEqual([text, []]);
  });

  it('finds a visit by each provider who was assigned to it, and as it stands', async () => {
    const store = open();
    const { handle } = serviceOn(store);
    await handle(assign('a', 'EXP-1', 'Ana Rojas'));
    await catchUp(searchProjector(store));
    const reassigned = command('ReassignProvider', {
      visitId: 'a',
      provider: { id: 'p-2', name: 'Eva Solís' },
      arriveBy: minute(90),
    });
    const about = { visitId: 'a', about: 'visit', decision: 'reassign', text: 'cambie' } as const;
    await handle(sent('i', command('GiveInstruction', about)));
    expect(await handle(sent('r', reassigned))).toMatchObject({ ok: true });
    await catchUp(searchProjector(store));
    for (const text of ['luis', 'eva', 'solis']) {
      expect((await searchVisits(store, text)).visits).toMatchObject([{ visitId: 'a', provider: { id: 'p-2' } }]);
    }
  });

  it('finds a visit by ids, and no longer by what was amended', async () => {
    const store = open();
    const { handle } = serviceOn(store);
    await handle(assign('xv-7', 'EXP-1', 'Ana Rojas'));
    await catchUp(searchProjector(store));
    const amended = { visitId: 'xv-7', at: minute(2), client: { name: 'Zoila Vega' }, caseNumber: 'EXP-22' };
    await handle(sent('m', command('AmendAssignment', amended)));
    await catchUp(searchProjector(store));
    for (const text of ['xv-7', 'p-1', 'vega', '22'])
      expect((await searchVisits(store, text)).visits).toMatchObject([{ visitId: 'xv-7', lastActAt: minute(2) }]);
    expect((await searchVisits(store, 'rojas')).visits).toEqual([]);
    expect((await store.readRows('auxilio-search-1')).filter(({ key }) => /^(rojas|exp1) /.test(key))).toEqual([]);
  });

  it('keeps no row of a name that is amended while the rows are rebuilt', async () => {
    const store = open();
    const { handle, handleBatch } = serviceOn(store);
    await handleBatch([assign('a', 'EXP-1', 'Ana Rojas'), command('NotifyClient', notice('a'))]);
    let reads = 0;
    const readStream: typeof store.readStream = async (...asked) => {
      reads += 1;
      const amended = { visitId: 'a', at: minute(2), client: { name: 'Zoila Vega' } };
      if (reads === 2) await handle(sent('m', command('AmendAssignment', amended)));
      return store.readStream(...asked);
    };
    await rebuildSearch({ ...store, readStream }, { batchSize: 1 });
    expect((await searchVisits(store, 'vega')).visits).toMatchObject([{ visitId: 'a' }]);
    expect((await store.readRows('auxilio-search-1')).filter(({ key }) => /^rojas /.test(key))).toEqual([]);
  });

  it('finds nothing by a row whose visit is gone, nor a visit that was never assigned', async () => {
    const store = open();
    const by = { role: 'provider', id: 'p-1' } as const;
    const { handle, record } = serviceOn(store, { factRecorders: ['provider'] });
    await handle(assign('a', 'EXP-1', 'Ana Rojas'));
    await record({ type: 'ProviderArrived', data: { visitId: 'b', at: minute(1), by } }, by);
    await catchUp(searchProjector(store));
    expect(await store.readRow('auxilio-search-1', ' visit-b')).toBeNull();
    const rows = [{ projection: 'auxilio-search-1', key: 'rojas visit-gone', body: {} }];
    await store.commitCheckpoint('other', { expected: 0, cursor: null, rows });
    expect((await searchVisits(store, 'rojas')).visits).toMatchObject([{ visitId: 'a' }]);
  });

  it('answers the latest act first, of equal ones the first id', async () => {
    const store = open();
    const { handleBatch } = serviceOn(store);
    const named = (visitId: string) => assign(visitId, `EXP-${visitId}`, 'Ana Rojas');
    await handleBatch([named('d'), named('b'), named('c'), command('NotifyClient', notice('c'))]);
    await catchUp(searchProjector(store));
    expect((await searchVisits(store, 'rojas')).visits.map(({ visitId }) => visitId)).toEqual(['c', 'b', 'd']);
  });

  it('is rebuilt in a namespace apart from the others', async () => {
    const store = open();
    await serviceOn(store).handle(assign('visit-1', 'EXP-1', 'Ana Solís'));
    expect(await rebuildSearch(store, { namespace: 'one' })).toMatchObject({ events: 1, parked: [] });
    expect((await searchVisits(store, 'exp-1', { namespace: 'one' })).visits).toMatchObject([{ visitId: 'visit-1' }]);
    expect((await searchVisits(store, 'exp-1')).visits).toEqual([]);
  });

  it('keeps no name of a client where it is to keep none', async () => {
    const store = open();
    await serviceOn(store).handle(assign('a', 'EXP-1', 'Zoila Reservada'));
    await catchUp(searchProjector(store, { clientNames: false }));
    expect(JSON.stringify(await store.readRows('auxilio-search-1'))).not.toMatch(/zoila|reservada/i);
    expect((await searchVisits(store, 'exp-1')).visits).toMatchObject([{ visitId: 'a', client: null }]);
    await rebuildSearch(store, { clientNames: false });
    expect((await searchVisits(store, 'zoila')).visits).toEqual([]);
  });

  it('limits what it answers, the latest act first, and says that there is more', async () => {
    const store = open();
    const { handleBatch } = serviceOn(store);
    await handleBatch(Array.from({ length: 25 }, (_, n) => assign(`v-${n}`, `EXP-${n}`, 'Ana Rojas')));
    await catchUp(searchProjector(store));
    const some = await searchVisits(store, 'rojas', { maxCount: 10 });
    expect([some.visits.length, some.more]).toEqual([10, true]);
    expect((await searchVisits(store, 'rojas', { maxCount: 100 })).more).toBe(false);
    expect((await searchVisits(store, 'rojas', { maxCount: 25 })).more).toBe(false);
    expect((await searchVisits(store, 'rojas')).visits).toHaveLength(20);
    expect((await searchVisits(store, `${' '.repeat(1000)}rojas`)).visits).toEqual([]);
    // Of the first twenty by the longer word none fits: there may be more.
    expect(await searchVisits(store, 'rojas 9', { maxCount: 1 })).toEqual({ visits: [], more: true });
    expect(await searchVisits(store, 'rojas 9', { maxCount: 2 })).toMatchObject({
      visits: [{ visitId: 'v-9' }],
      more: false,
    });
    await expect(searchVisits(store, 'x', { maxCount: 0 })).rejects.toThrow(RangeError);
    await expect(searchVisits(store, 7 as never)).rejects.toThrow(TypeError);
  });
});

describe('the terms of the search', () => {
  it('are bounded, whatever a name holds', () => {
    const long = Array.from({ length: 1000 }, (_, n) => `nombre${n}`).join(' ');
    expect(searchTerms([long]).length).toBe(64);
    expect(searchTerms(['x'.repeat(10_000)])[0]?.length).toBe(64);
    expect(queryTerms(long).length).toBe(8);
    expect(searchTerms(['😀 — ‮', '__proto__ constructor'])).toEqual(['proto', 'constructor']);
  });

  it('have no zeros before them, and the longest of a query is first', () => {
    expect(searchTerms(['A-1002 000'])).toEqual(['a1002', '1002', '000', '0']);
    expect(searchTerms(['A-0012'])).toEqual(['a0012', '0012', '12']);
    expect(queryTerms('ab-c — abcd  ab')).toEqual(['abcd', 'abc', 'ab']);
    expect(searchTerms(['𐌰'.repeat(65)])).toEqual(['𐌰'.repeat(64)]);
  });

  it('fold what looks alike', () => {
    expect(searchTerms(['ﬁn Ｃａｓａ STRASSE İstanbul'])).toEqual(['fin', 'casa', 'strasse', 'istanbul']);
  });
});
