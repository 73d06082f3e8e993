import { describe, expect, it } from 'vitest';
import { catchUp, rebuildSearch, searchProjector, searchVisits } from '../../src/service/index.ts';
import { queryTerms, searchTerms } from '../../src/service/projections/search-terms.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { memoryStore } from '../../src/stores/memory/index.ts';
import { command, minute } from '../../src/testing/index.ts';
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

  it('fold what looks alike', () => {
    expect(searchTerms(['ﬁn Ｃａｓａ STRASSE İstanbul'])).toEqual(['fin', 'casa', 'strasse', 'istanbul']);
  });
});
