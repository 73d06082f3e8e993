import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import {
  assignmentsProjector,
  boardOf,
  boardProjection,
  catchUp,
  createService,
  paymentProjection,
  paymentQueueOf,
  projector,
  readAssignments,
  readProjection,
  rebuild,
  rebuildSearch,
  searchVisits,
  type VisitProjection,
} from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, minute, simulate } from '../../src/testing.ts';
import { assignment, plain } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { arrive, assign, breach, serviceOn } from './fixture.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const payments = paymentProjection();
const photos = plain.find(({ type }) => type === 'SubmitPhotos')?.data as unknown as { photoIds: string[] };
const documentStart = command('DocumentStart', { at: minute(30) });
const documentPhotos = command('DocumentPhotos', { at: minute(30), photoIds: photos.photoIds });
/** A plain visit with the center's papers. */
const whole = [...plain, documentStart, documentPhotos];
const both = [boardProjection, payments] as readonly VisitProjection[];

describe('a read model of a store with a codec', () => {
  const codec = {
    encode: ({ data }: { data: object }) => ({ inside: data }),
    decode: ({ data }: { data: object }) => (data as { inside: object }).inside,
  };

  it('is read through it: by the projector, by the list of a provider’s visits, and when it is rebuilt', async () => {
    const store = memoryStore();
    await serviceOn(store, { codec }).handle(assign);
    const rows = [{ visitId: 'visit-1', caseNumber: 'EXP-1' }];
    expect(await catchUp(projector(store, boardProjection, { codec }))).toMatchObject({ events: 1, parked: [] });
    expect(await readProjection(store, boardProjection)).toMatchObject(rows);
    expect(await catchUp(assignmentsProjector(store, { codec }))).toMatchObject({ events: 1, parked: [] });
    expect(await readAssignments(store, 'prov-1')).toMatchObject({ visits: [{ visitId: 'visit-1', version: 1 }] });
    expect(await rebuild(store, boardProjection, { codec })).toMatchObject({ events: 1, parked: [] });
    expect(await rebuildSearch(store, { codec })).toMatchObject({ events: 1, parked: [] });
    expect((await searchVisits(store, 'exp-1')).visits).toMatchObject([{ visitId: 'visit-1' }]);
    expect(await readProjection(store, boardProjection)).toMatchObject(rows);
  });
});

describe.each(stores)('a read model on the %s store', (_, open) => {
  it('kept with each append, by following the feed, or made anew, is the same', async () => {
    const [inline, later] = [open(), open()];
    const kept = serviceOn(inline, { projections: both });
    const { handleBatch } = serviceOn(later);
    for (const { visitId, commands } of simulate({ seed: 7, visits: 12 })) {
      const half = commands.slice(0, commands.length / 2);
      const rest = visitId.endsWith('3') ? [] : commands.slice(half.length); // one goes on
      for (const part of [half, rest]) {
        await kept.handleBatch(part);
        await handleBatch(part);
        for (const projection of both) await catchUp({ ...projector(later, projection), batchSize: 7 });
      }
    }
    for (const projection of both) {
      const rows = await readProjection(inline, projection);
      expect(rows.length).toBeGreaterThan(0);
      expect(await readProjection(later, projection)).toEqual(rows);
      expect((await rebuild(later, projection)).parked).toEqual([]);
      expect(await readProjection(later, projection)).toEqual(rows);
    }
  });

  it('is written with the events or not at all', async () => {
    const store = open();
    const projection: VisitProjection = {
      name: 'picky',
      row: ({ events }) => {
        if (events.length === 2) throw new Error('two is too many');
        return { events: events.length };
      },
    };
    const { handle, load } = serviceOn(store, { projections: [projection] });
    await handle(assign);
    await expect(handle(arrive)).rejects.toThrow('two is too many');
    expect((await load('visit-1')).version).toBe(1n);
    expect(await readProjection(store, projection)).toEqual([{ events: 1 }]);
  });

  it('is not asked for a settlement of a visit that has no row', async () => {
    const store = open();
    const asked: string[] = [];
    const readRow: typeof store.readRow = (name, key) => {
      asked.push(`${name} ${key}`);
      return store.readRow(name, key);
    };
    const projection: VisitProjection = {
      name: 'second',
      settledBy: 'settled',
      row: ({ events }) => (events.length < 2 ? null : { events: events.length }),
    };
    const { handle } = serviceOn({ ...store, readRow }, { projections: [projection] });
    await handle(assign);
    expect(asked).toEqual([]);
    await handle(arrive);
    expect(asked).toEqual(['settled visit-visit-1']);
    expect(await readProjection(store, projection)).toEqual([{ events: 2 }]);
  });

  it('is read whole, however many rows it has', async () => {
    const store = open();
    const rows = Array.from({ length: 2500 }, (_, n) => ({ projection: 'many', key: `k-${n}`, body: { n } }));
    await store.commitCheckpoint('many', { expected: 0, cursor: null, rows });
    const read = await readProjection<{ n: number }>(store, { name: 'many', row: () => null });
    expect(read.map(({ n }) => n).sort((one, other) => one - other)).toEqual(rows.map(({ body }) => body.n));
  });
});

it('is asked of a store that keeps rows', () => {
  const { readStream, appendToStream } = memoryStore();
  const store = { readStream, appendToStream };
  expect(() => createService({ store, projections: [boardProjection] })).toThrow('a store that keeps rows');
});

describe('the board', () => {
  const now = minute(120);
  const assigned = (visitId: string, arriveBy: string) =>
    command('AssignVisit', { ...assignment, visitId, arriveBy, caseNumber: `EXP-${visitId}` });

  type Commands = Parameters<ReturnType<typeof serviceOn>['handleBatch']>[0];

  async function rowsAfter(...commands: Commands) {
    const store = memoryStore();
    const answers = await serviceOn(store, { projections: [boardProjection] }).handleBatch(commands);
    expect(answers.map(({ ok }) => ok)).toEqual(commands.map(() => true));
    return readProjection(store, boardProjection);
  }

  const boardAfter = async (...commands: Commands) => boardOf(await rowsAfter(...commands), now);

  it('has the visits of each phase, the one that is expected first before the others', async () => {
    const { byPhase } = await boardAfter(
      assigned('a', minute(90)),
      assigned('b', minute(60)),
      assigned('c', minute(30)),
      command('RecordArrival', { visitId: 'c' }),
    );
    expect(byPhase['in-transit'].map(({ visitId }) => visitId)).toEqual(['b', 'a']);
    expect(byPhase['on-site']).toMatchObject([{ visitId: 'c', caseNumber: 'EXP-c', arriveBy: minute(30) }]);
    expect(byPhase.completed).toEqual([]);
  });

  it('has a visit without such an hour first, and of equal hours the one whose id is first', async () => {
    const [row] = await rowsAfter(assigned('a', minute(90)));
    const rows = [
      { ...row!, visitId: 'c' },
      { ...row!, visitId: 'b' },
      { ...row!, visitId: 'd', arriveBy: null },
      { ...row!, visitId: 'a', arriveBy: null },
    ];
    expect(boardOf(rows, now).byPhase['in-transit'].map(({ visitId }) => visitId)).toEqual(['a', 'd', 'b', 'c']);
  });

  it('has what each owes, the oldest first, with its age', async () => {
    const { debts } = await boardAfter(
      assigned('a', minute(90)),
      assigned('b', minute(60)),
      command('ReportTransitIssue', { visitId: 'a', at: minute(50), issue: 'breakdown', resolvable: false }),
      command('ReportTransitIssue', { visitId: 'b', at: minute(20), issue: 'delay' }),
    );
    expect(debts['contact-center']).toEqual([
      {
        kind: 'notify-delay',
        debtor: 'contact-center',
        clause: '1.2-15',
        group: 'owed',
        since: minute(20),
        visitId: 'b',
        caseNumber: 'EXP-b',
        ageMs: 100 * 60_000,
      },
      expect.objectContaining({ kind: 'reassign-provider', visitId: 'a', ageMs: 70 * 60_000 }),
    ]);
    expect(debts.client).toEqual([]);
  });

  it('has what the client owes apart from what the contact center does', async () => {
    const [row] = await rowsAfter(assigned('a', minute(90)));
    const supply = { kind: 'supply-materials', debtor: 'client', clause: '1.1-39', since: minute(60) } as const;
    const { debts } = boardOf([{ ...row!, debts: [supply] }], now);
    expect(debts).toEqual({
      client: [{ ...supply, visitId: 'a', caseNumber: 'EXP-a', ageMs: 60 * 60_000 }],
      'contact-center': [],
    });
  });

  it('tells ages as of a moment, however it is written, and refuses what is none', async () => {
    const rows = await rowsAfter(
      assigned('a', minute(90)),
      command('ReportTransitIssue', { visitId: 'a', at: minute(20), issue: 'delay' }),
    );
    const agesAt = (moment: string) => boardOf(rows, moment).debts['contact-center'].map(({ ageMs }) => ageMs);
    expect(agesAt(minute(120).replace('.000Z', '+00:00'))).toEqual([100 * 60_000]);
    expect(agesAt(minute(10))).toEqual([0]);
    for (const none of ['ayer', '', undefined as never]) expect(() => agesAt(none)).toThrow(RangeError);
  });

  it('keeps a visit that has ended while something is owed, and no longer', async () => {
    const store = memoryStore();
    const { handleBatch, handle } = serviceOn(store, { projections: [boardProjection] });
    await handleBatch([...plain, documentStart]);
    const [row] = await readProjection(store, boardProjection);
    expect(row).toMatchObject({ phase: 'completed', debts: [{ kind: 'document-photos' }] });
    await handle(documentPhotos);
    expect(await readProjection(store, boardProjection)).toEqual([]);
    await handle(command('EscalateClientImpact', { what: 'fuga', at: minute(200) }));
    expect(await readProjection(store, boardProjection)).toMatchObject([
      { phase: 'completed', lastActAt: minute(200) },
    ]);
    await handle(
      command('GiveInstruction', { about: 'escalation', decision: 'other', text: 'Se envía un supervisor' }),
    );
    expect(await readProjection(store, boardProjection)).toEqual([]);
  });

  it('does not know a visit that was never assigned', async () => {
    const store = memoryStore();
    const { record } = serviceOn(store, { projections: [boardProjection], factRecorders: ['provider'] });
    const by = { role: 'provider', id: 'prov-1' } as const;
    await record({ type: 'ProviderArrived', data: { visitId: 'visit-1', at: minute(1), by } }, by);
    expect(await readProjection(store, boardProjection)).toEqual([]);
  });
});

describe('the payment queue', () => {
  it('has a visit once it is completed, with its evidence, and not before', async () => {
    const store = memoryStore();
    const { handleBatch } = serviceOn(store, { projections: [payments] });
    await handleBatch(plain.slice(0, -1));
    expect(await readProjection(store, payments)).toEqual([]);
    await handleBatch(plain.slice(-1));
    const [row] = await readProjection(store, payments);
    expect(row).toMatchObject({ visitId: 'visit-1', caseNumber: 'EXP-1', provider: { id: 'prov-1' }, violations: 0 });
    expect(row?.evidence.map(({ clause }) => clause)).toEqual([
      '1.1-26',
      '1.1-27',
      '1.1-48',
      '1.1-49',
      '1.3-02',
      '1.3-04',
    ]);
  });

  it('parts those that lack evidence from those that wait for nothing (1.1-27), the first completed first', async () => {
    const store = memoryStore();
    const { handleBatch } = serviceOn(store, { projections: [payments] });
    const of = (visitId: string, minutes: number, commands: readonly VisitCommand[]) =>
      handleBatch(
        commands.map((asked) => {
          const at = new Date(Date.parse(asked.data.at) + minutes * 60_000).toISOString();
          return { ...asked, data: { ...asked.data, visitId, at } } as typeof asked;
        }),
      );
    await of('late', 60, whole);
    await of('early', 0, whole);
    await of('undocumented', 0, plain);
    const { ready, incomplete } = paymentQueueOf(await readProjection(store, payments));
    expect(ready.map(({ visitId }) => visitId)).toEqual(['early', 'late']);
    expect(incomplete.map(({ visitId }) => visitId)).toEqual(['undocumented']);
    expect(incomplete[0]?.evidence.find(({ clause }) => clause === '1.1-27')?.status).toBe('missing');
  });

  it('counts what the audit holds against it', async () => {
    const store = memoryStore();
    const { handleBatch, record } = serviceOn(store, { projections: [payments], factRecorders: ['contact-center'] });
    await handleBatch(plain);
    await record(
      { type: 'WorkStarted', data: { visitId: 'visit-1', at: minute(500), by: { role: 'provider', id: 'prov-1' } } },
      { role: 'contact-center', id: 'op-1' },
    );
    const [row] = await readProjection(store, payments);
    expect(row?.violations).toBe(1);
  });

  it('keeps a visit whose acts go on after its end', async () => {
    const store = memoryStore();
    const { handleBatch, handle } = serviceOn(store, { projections: [payments] });
    await handleBatch(plain);
    await handle(breach(1));
    expect(await readProjection(store, payments)).toHaveLength(1);
  });
});
