import { readFileSync } from 'node:fs';
import { audit, commandTypes, dossier, evolve, initialState, type VisitEvent, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { beforeAll, describe, expect, it } from 'vitest';
import { policy } from '../../examples/day/policy.ts';
import { type OfflineRun, type Run, runDay, runOffline } from '../../examples/day/run.ts';
import { check } from '../../scripts/day/check.ts';
import { lateTextOf, tell, tellLate, textOf } from '../../scripts/day/render.ts';
import { stories } from '../../scripts/day/scenarios.ts';
import { branches } from './branches.ts';

const text = readFileSync(new URL('../../examples/data/day.commands.ndjson', import.meta.url), 'utf8');
const lines = tell(stories);

const lateText = readFileSync(new URL('../../examples/data/day.offline.ndjson', import.meta.url), 'utf8');

async function* eachLine(of = text) {
  yield* of.split('\n');
}

const store = memoryStore();
const service = createService({ store, policy });
const visits = new Map<string, readonly VisitEvent[]>();
let run: Run;
let offline: OfflineRun;

beforeAll(async () => {
  run = await runDay(eachLine(), service);
  offline = await runOffline(eachLine(lateText), service);
  for (const visitId of run.visitIds) visits.set(visitId, (await service.load(visitId)).events);
});

describe('the file of the day', () => {
  it('is what the stories make', () => {
    const late = tellLate(stories, check(lines));
    expect(textOf(lines) === text).toBe(true);
    expect(lateTextOf(late) === lateText).toBe(true);
  });
  it('has 24 visits or more, of one day, interleaved', () => {
    const order = lines.map(({ command }) => command.data.visitId);
    const changes = order.filter((visitId, index) => index > 0 && visitId !== order[index - 1]);
    expect(visits.size).toBeGreaterThanOrEqual(24);
    expect(changes.length).toBeGreaterThan(lines.length / 3);
    expect(lines.filter(({ command }) => command.data.at.startsWith('2026-03-17')).length).toBeGreaterThan(600);
  });
  it('has no two photographs, and no two accepted commands, of one id', () => {
    const isOfSettlement = ({ data }: VisitEvent) =>
      visits.get(data.visitId)?.some(({ type }) => type === 'DiscrepancyReported');
    const ids = [...visits.values()]
      .flat()
      .filter((event) => !isOfSettlement(event))
      .map(({ metadata }) => metadata?.commandId);
    const photos = [...visits.values()]
      .flat()
      .flatMap((event) => (event.type === 'PhotosTaken' ? event.data.photos : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(photos.map(({ photoId }) => photoId)).size).toBe(photos.length);
    expect(new Set(photos.map(({ sha256 }) => sha256)).size).toBe(photos.length);
  });
});

describe('what becomes of the lines', () => {
  const expected = (kind: string) => lines.filter((line) => line.expected.kind === kind);

  it('is what the stories say', () => {
    expect(run.counts).toEqual({
      read: lines.length,
      accepted: expected('accepted').length,
      repeated: expected('repeated').length,
    });
    expect(run.reused.map(({ command }) => command)).toEqual(expected('reused').map(({ command }) => command));
    expect(run.unreadable.map(({ issues }) => issues)).toMatchObject([
      [{ path: '', code: 'invalid-json' }],
      [{ path: '/data', code: 'unrecognized-key' }],
    ]);
    expect(run.refused.map(({ command }) => command)).toEqual(expected('refused').map(({ command }) => command));
  });
  it('names the lines of the file', () => {
    const numbered = [...run.refused, ...run.reused, ...run.unreadable];
    for (const { line } of numbered) {
      expect(['refused', 'reused', 'unreadable']).toContain(lines[line - 1]!.expected.kind);
    }
  });
  const ofReconciling = ['ReportDiscrepancy', 'SettleDiscrepancy'];
  it.each(commandTypes.filter((type) => !ofReconciling.includes(type)))('accepts %s at least once', (type) => {
    expect(expected('accepted').some(({ command }) => command.type === type)).toBe(true);
  });
  it('refuses a dozen or more, for as many reasons', () => {
    const rules = run.refused.map(({ rejection }) => rejection.violations.map(({ rule }) => rule).join());
    expect(rules.length).toBeGreaterThanOrEqual(12);
    expect(new Set(rules).size).toBe(rules.length);
  });
  it('appends nothing when the same lines come again', async () => {
    const sizes = () => Promise.all(run.visitIds.map(async (visitId) => (await service.load(visitId)).version));
    const before = await sizes();
    const again = await runDay(eachLine(), service);
    expect(await runOffline(eachLine(lateText), service)).toEqual({ ...offline, appended: 0 });
    expect(again.counts).toEqual({
      read: lines.length,
      accepted: 0,
      repeated: run.counts.accepted + run.counts.repeated,
    });
    expect(again.refused.map(({ line }) => line)).toEqual(run.refused.map(({ line }) => line));
    expect(again.reused).toEqual(run.reused);
    expect(await sizes()).toEqual(before);
  });
});

describe('what comes in after the day', () => {
  it('is reconciled, and each discrepancy settled, taken on record or left in the report', () => {
    expect(offline.batches.map(({ outcomes }) => outcomes)).toEqual([
      ['refused', 'refused', 'refused', 'accepted'],
      ['twin', 'refused'],
    ]);
    const told = [...visits].sort().flatMap(([visitId, events]) =>
      dossier(events, { policy }).corrections.map((one) => {
        if (one.kind === 'settled') return [visitId, one.taken.length, one.left.length];
        return [visitId, one.kind === 'time' ? one.what : one.act];
      }),
    );
    expect(told).toEqual([
      ['v-2026-0317-31', 'start'],
      ['v-2026-0317-31', 'Completed'],
      ['v-2026-0317-32', 3, 0],
      ['v-2026-0317-33', 0, 2],
    ]);
    for (const visitId of ['31', '32', '33']) {
      expect(audit(visits.get(`v-2026-0317-${visitId}`) ?? [], { policy }).clean).toBe(true);
    }
  });
});

describe('the branches of the protocol', () => {
  it.each(branches)('%s', (_, happens) => {
    const told = [...visits.values()].map((events) => ({ events, states: statesOf(events) }));
    expect(told.filter(happens).length).toBeGreaterThan(0);
  });
  it('leaves visits in several phases, and debts of several kinds', () => {
    const last = [...visits.values()].map((events) => events.reduce(evolve, initialState()));
    expect(new Set(last.map(({ phase }) => phase))).toEqual(
      new Set(['completed', 'closed', 'away', 'on-site', 'awaiting-reassignment']),
    );
    expect(new Set(last.flatMap(({ debts }) => debts.map(({ kind }) => kind))).size).toBeGreaterThanOrEqual(7);
  });
});

function statesOf(events: readonly VisitEvent[]): VisitState[] {
  let state = initialState();
  return events.map((event) => {
    state = evolve(state, event);
    return state;
  });
}
