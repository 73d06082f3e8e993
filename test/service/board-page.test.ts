import { describe, expect, it } from 'vitest';
import { dossier } from '../../src/reading/index.ts';
import {
  type BoardPage,
  type BoardRow,
  boardProjection,
  catchUp,
  projector,
  readBoardPage,
  readProjection,
  rebuild,
  waitingVisit,
} from '../../src/service/index.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { memoryStore } from '../../src/stores/memory/index.ts';
import { command, minute, type SimulatedVisit } from '../../src/testing/index.ts';
import { replay } from '../../src/visit/index.ts';
import { assignment } from '../scenarios/commands.ts';
import { opened, temporaryFile } from '../stores/files.ts';
import { sent, serviceOn } from './fixture.ts';
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

  it('is read from a row that 0.4 wrote, and not at a time that cannot be read', () => {
    expect(waitingVisit(row, minute(0)).waits).toEqual([]);
    expect(() => waitingVisit(row, 'now')).toThrow(RangeError);
    expect(() => waitingVisit({} as BoardRow, minute(0))).toThrow(TypeError);
    expect(() => waitingVisit(row, minute(0), { thresholds: { photoSentMinutes: -1 } })).toThrow(TypeError);
  });
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
      expect([visitId, phase, version, debts]).toEqual([visitId, state.phase, events.length, state.debts]);
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
