import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/memory.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { dossier } from '../../src/reading/index.ts';
import {
  type BoardPage,
  type BoardRow,
  boardPageOf,
  boardProjection,
  catchUp,
  type ProjectedVisit,
  projector,
  readBoardPage,
  readProjection,
  rebuild,
  waitingVisit,
} from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { command, minute, type SimulatedVisit } from '../../src/testing.ts';
import { type Debt, replay } from '../../src/visit/index.ts';
import { assignment, plain, provider, substitute } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { NOW, sent, serviceOn } from './fixture.ts';
import { recordVisits, simulated } from './searched-visits.ts';

const stores: [string, () => EventStore<never>][] = [
  ['memory', () => memoryStore()],
  ['sqlite', () => opened({ file: temporaryFile() })],
];

const row: BoardRow = {
  visitId: 'v',
  caseNumber: 'EXP-1',
  phase: 'in-transit',
  provider: { id: 'p-1', name: 'Luis Mora' },
  service: 'fontanería',
  arriveBy: minute(60),
  lastActAt: minute(0),
  debts: [],
};

describe('2.2-09 what a visit of the board waits for', () => {
  it('is the provider, once the time to arrive by is over', () => {
    expect(waitingVisit(row, minute(60))).toMatchObject({ waits: [], overdue: false });
    expect(waitingVisit(row, minute(61))).toMatchObject({
      waits: [{ for: 'arrival', of: 'provider', since: minute(60), ageMs: 60_000, limitMs: 0, overdue: true }],
      overdue: true,
    });
    expect(waitingVisit({ ...row, phase: 'on-site' }, minute(99)).waits).toEqual([]);
    const patient = { thresholds: { lateArrivalMinutes: 5 } };
    expect(waitingVisit(row, minute(61), patient).overdue).toBe(false);
  });

  it('is a debt from the moment on that it began', () => {
    const debts = [{ kind: 'notify-delay', debtor: 'contact-center', clause: '1.2-10', since: minute(40) }] as const;
    expect(waitingVisit({ ...row, debts }, minute(40)).waits).toMatchObject([{ for: 'notify-delay', ageMs: 0 }]);
  });

  it('is each debt, against the threshold of its measure, the oldest first', () => {
    const debts = [
      { kind: 'give-instruction', debtor: 'contact-center', clause: '1.1-09', since: minute(30) },
      { kind: 'notify-delay', debtor: 'contact-center', clause: '1.2-10', since: minute(40) },
    ] as const;
    const { waits, overdue } = waitingVisit({ ...row, debts }, minute(56));
    expect(waits.map((wait) => [wait.for, wait.limitMs, wait.overdue])).toEqual([
      ['give-instruction', null, false],
      ['notify-delay', 900_000, true],
    ]);
    expect(overdue).toBe(true);
  });

  it('is a discrepancy, from the time when its report was recorded', () => {
    const debts = [
      { kind: 'settle-discrepancy', debtor: 'contact-center', clause: '0-02', since: minute(0), about: 'd-1' },
    ] as const;
    const reports = [{ discrepancyId: 'd-1', recordedAt: minute(50) }];
    expect(waitingVisit({ ...row, phase: 'on-site', debts, reports }, minute(110)).waits).toMatchObject([
      { ageMs: 3_600_000, overdue: false },
    ]);
    expect(waitingVisit({ ...row, phase: 'on-site', debts, reports }, minute(111)).waits[0]?.overdue).toBe(true);
  });

  it('is a photograph that is not sent (1.1-19), a debt with its topic, and nothing else of them', () => {
    const debts = [
      { kind: 'give-instruction', debtor: 'contact-center', clause: '1.1-10', since: minute(20), about: 'd-1' },
    ] as const;
    const reports = [{ discrepancyId: 'd-1', recordedAt: minute(25) }];
    const waiting = { ...row, phase: 'on-site', unsentSince: minute(10), debts, reports } as const;
    expect(waitingVisit(waiting, minute(26)).waits).toStrictEqual([
      {
        for: 'photos',
        of: 'provider',
        clause: '1.1-19',
        group: null,
        since: minute(10),
        ageMs: 960_000,
        limitMs: 900_000,
        overdue: true,
      },
      {
        for: 'give-instruction',
        of: 'contact-center',
        clause: '1.1-10',
        group: 'owed',
        since: minute(20),
        ageMs: 360_000,
        limitMs: null,
        overdue: false,
        about: 'd-1',
      },
    ]);
    expect(waitingVisit(row, minute(61)).waits).toMatchObject([{ clause: '1.1-01' }]);
    expect(waitingVisit(row, minute(61)).waits[0]).not.toHaveProperty('about');
  });

  it('has an order of its own where it has waited as long', () => {
    const debt = (kind: Debt['kind'], about?: string) =>
      ({ kind, debtor: 'contact-center', clause: '0-02', since: minute(1), ...(about && { about }) }) as Debt;
    const debts = [
      debt('notify-delay'),
      debt('give-instruction', 'identity'),
      debt('give-instruction', 'client-absence'),
    ];
    expect(waitingVisit({ ...row, debts }, minute(2)).waits.map((wait) => [wait.for, wait.about])).toEqual([
      ['give-instruction', 'client-absence'],
      ['give-instruction', 'identity'],
      ['notify-delay', undefined],
    ]);
  });

  it('is read from a row that 0.4 wrote, and not at a time that cannot be read', () => {
    expect(waitingVisit(row, minute(0)).waits).toEqual([]);
    expect(() => waitingVisit(row, 'now')).toThrow(RangeError);
    expect(() => waitingVisit({} as BoardRow, minute(0))).toThrow(TypeError);
    expect(() => waitingVisit(row, minute(0), { thresholds: { photoSentMinutes: -1 } })).toThrow(TypeError);
  });
});

describe('the rows of the board', () => {
  const shot = (photoId: string, at: number) => ({ photoId, sha256: 'a'.repeat(64), takenAt: minute(at) });
  const taken = (...photos: readonly ReturnType<typeof shot>[]) => command('TakePhotos', { at: minute(30), photos });

  it('say since when the first photograph waits that is not sent', async () => {
    const store = memoryStore();
    const { handleBatch } = serviceOn(store, { projections: [boardProjection] });
    const until = plain.findIndex(({ type }) => type === 'TakePhotos');
    const sending = command('SubmitPhotos', { at: minute(31), photoIds: ['f-1'], channel: 'app' });
    const answers = await handleBatch([
      ...plain.slice(0, until),
      taken(shot('f-1', 20)),
      sending,
      taken(shot('f-2', 29), shot('f-3', 28)),
    ]);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(await readProjection(store, boardProjection)).toMatchObject([{ unsentSince: minute(28) }]);
  });

  it('say when the reports that are not settled were recorded, and no others', async () => {
    const store = memoryStore();
    const { handle, handleBatch, sync, settle } = serviceOn(store, { projections: [boardProjection] });
    await handleBatch([
      command('AssignVisit', assignment),
      command('GiveInstruction', { at: minute(2), about: 'visit', decision: 'reassign', text: 'x' }),
      command('ReassignProvider', { at: minute(3), provider: substitute, arriveBy: minute(90) }),
    ]);
    const visitId = 'visit-1';
    for (const id of ['a', 'b']) {
      await sync({ visitId, basedOn: 1, commands: [sent(id, command('RecordArrival', { at: minute(4) }))] }, provider);
    }
    const reports = [
      { discrepancyId: 'd-4', recordedAt: NOW },
      { discrepancyId: 'd-5', recordedAt: NOW },
    ];
    expect(await readProjection(store, boardProjection)).toMatchObject([{ reports }]);
    const settlement = command('SettleDiscrepancy', { at: minute(5), discrepancyId: 'd-4', taken: [], text: 'No' });
    await settle(sent('s', settlement) as never);
    await handle(command('RecordArrival', { at: minute(6) }, { role: 'provider', id: substitute.id }));
    const [board] = await readProjection(store, boardProjection);
    expect(board?.reports).toEqual(reports.slice(1));
    const { events, integrity } = await serviceOn(store).load(visitId);
    const unstamped = events.map(({ type, data }) => ({ type, data }) as VisitEvent);
    const found = boardProjection.row({ streamName: 's', state: replay(events), events: unstamped, integrity });
    expect(found?.reports).toEqual([]);
  });
});

describe('a page that is made of rows', () => {
  const ids = (rows: readonly BoardRow[], options: object = {}) =>
    boardPageOf(rows, { now: minute(30), ...options }).visits.map(({ visitId }) => visitId);

  it('has of equal waits the first id first, and of those that wait for nothing the first expected', () => {
    const due = (visitId: string, arriveBy: string | null) => ({ ...row, visitId, arriveBy });
    const rows = [due('d', minute(5)), due('c', minute(5)), due('b', minute(90)), due('a', minute(95)), due('z', null)];
    expect(ids(rows)).toEqual(['c', 'd', 'z', 'b', 'a']);
    expect(ids([due('f', minute(90)), due('e', minute(90))])).toEqual(['e', 'f']);
  });

  it('is the last one if it holds all that is left', () => {
    const page = boardPageOf([row], { now: minute(30), maxCount: 1 });
    expect([page.visits.length, page.next]).toEqual([1, null]);
  });

  it('is overdue by the thresholds of a policy', () => {
    const patient = { thresholds: { lateArrivalMinutes: 5 } };
    expect(boardPageOf([row], { now: minute(64) }).overdue).toBe(1);
    expect(boardPageOf([row], { now: minute(64), policy: patient }).overdue).toBe(0);
  });
});

it('a page of a projection of one’s own, in a namespace', async () => {
  const store = memoryStore();
  const own = {
    name: 'own',
    row: (visit: ProjectedVisit) => {
      const board = boardProjection.row(visit);
      return board && { ...board, place: visit.state.place };
    },
  };
  await serviceOn(store, { projections: [own], namespace: 'north' }).handle(command('AssignVisit', assignment));
  const page = boardPageOf(await readProjection(store, own, { namespace: 'north' }), { now: minute(30) });
  expect(page.visits).toMatchObject([{ visitId: 'visit-1', place: assignment.place }]);
  expect((await readBoardPage(store, { now: minute(30), namespace: 'north' })).visits).toEqual([]);
});

/** The part of a visit up to its first photographs, which are not sent. */
function untilPhotos({ requests }: SimulatedVisit): number {
  const place = requests.findIndex((request) =>
    request.kind === 'batch' ? request.commands.at(-1)?.type === 'TakePhotos' : request.command.type === 'TakePhotos',
  );
  return (place + 1) / requests.length || 0.5;
}

describe.each(stores)('a page of the board, on the %s store', (_, open) => {
  it('is the fold of the logs, and the same by rows that are written as events come or rebuilt', async () => {
    const store = open();
    const visits = simulated(14, 9);
    const parts = visits.map((visit, n) => [visit, n % 3 === 0 ? 1 : n % 3 === 1 ? untilPhotos(visit) : 0.5] as const);
    for (const [visit, part] of parts) {
      await recordVisits(store, [visit], part / 2);
      await catchUp({ ...projector(store, boardProjection), batchSize: 5 });
    }
    const service = serviceOn(store);
    for (const [visit, part] of parts) await recordVisits(store, [visit], part);
    await catchUp(projector(store, boardProjection));
    const rows = await readProjection(store, boardProjection);
    expect(rows.some(({ unsentSince }) => unsentSince !== null)).toBe(true);
    const now = '2026-04-01T00:00:00.000Z';
    const { visits: page, total } = await readBoardPage(store, { now });
    expect(total).toBe(rows.length);
    for (const { visitId, debts, phase, version, unsentSince } of page) {
      const { events } = await service.load(visitId);
      const state = replay(events);
      expect([visitId, phase, version]).toEqual([visitId, state.phase, events.length]);
      expect(debts).toMatchObject(state.debts);
      const open = dossier(events).debts.filter(({ until }) => until === null);
      expect(debts.map(({ kind, since }) => [kind, since])).toEqual(open.map(({ kind, since }) => [kind, since]));
      expect(unsentSince === null).toBe(state.photos.unsent === 0);
    }
    await rebuild(store, boardProjection);
    expect(await readProjection(store, boardProjection)).toEqual(rows);
  });

  it('begins with the longest wait, ends with those that wait for nothing, and goes on where it ended', async () => {
    const store = open();
    const { handle } = serviceOn(store);
    for (const [visitId, arrival] of [
      ['late', 10],
      ['calm', 500],
      ['later', 5],
      ['soon', 400],
    ] as const) {
      const data = { ...assignment, visitId, arriveBy: minute(arrival) };
      await handle(sent(`c-${visitId}`, command('AssignVisit', data)));
    }
    await catchUp(projector(store, boardProjection));
    const now = minute(30);
    const names = ['later', 'late', 'soon', 'calm'];
    const whole = await readBoardPage(store, { now });
    expect(whole.visits.map(({ visitId }) => visitId)).toEqual(names);
    expect([whole.total, whole.overdue, whole.next]).toEqual([4, 2, null]);
    const found: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page: BoardPage = await readBoardPage(store, { now, after, maxCount: 3 });
      found.push(...page.visits.map(({ visitId }) => visitId));
      after = page.next;
    }
    expect(found).toEqual(names);
    await expect(readBoardPage(store, { now: 'x' })).rejects.toThrow(RangeError);
    await expect(readBoardPage(store, { now, maxCount: 0 })).rejects.toThrow(RangeError);
    await expect(readBoardPage(store, { now, sort: 1 } as never)).rejects.toThrow(TypeError);
  });
});
