import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { reportChecker } from '../../src/reconciling/check-report.ts';
import { discrepancies, settlement } from '../../src/reconciling/index.ts';
import { eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { defaultPolicy, replay, type VisitState } from '../../src/visit/index.ts';
import {
  actsIn,
  byCenter,
  callAt,
  client,
  operator,
  outcomesOf,
  provider,
  reconciled,
  recorded,
  reportIn,
  sent,
} from './support.ts';

/** Reconciles what the provider recorded on a copy of a log that the contact center went on with. */
function apart(log: ReturnType<typeof eventsAfter>, center: readonly VisitCommand[], own: readonly VisitCommand[]) {
  return reconciled(recorded(log, ...center), log.length, ...own);
}

/** A state with its debts as a set. A debt that is opened again has the time of the act that opens it. */
const withoutOrder = ({ debts, ...state }: VisitState) => ({
  ...state,
  debts: new Set(debts.map(({ kind, about }) => `${kind} ${about}`)),
});

const notify = byCenter('n-1', 'NotifyClient', 40, { about: ['delay'], reached: true });
const reassigned = [
  byCenter('n-1', 'GiveInstruction', 40, { about: 'visit', decision: 'reassign', text: 'otro' }),
  byCenter('n-2', 'ReassignProvider', 41, { provider: { id: 'prov-2', name: 'Luis' }, arriveBy: minute(90) }),
];

describe('1.1-22 receipts and notices commute with every act of the provider', () => {
  const pause = sent('c-1', 'PauseWork', 42, { kind: 'break' });
  const photos = [
    sent('c-1', 'TakePhotos', 42, { photos: [{ photoId: 'f-9', sha256: 'b'.repeat(64), takenAt: minute(42) }] }),
    sent('c-2', 'SubmitPhotos', 43, { photoIds: ['f-9'], channel: 'app' }),
  ];
  it.each<[string, VisitCommand, readonly VisitCommand[]]>([
    ['ClientNotified', notify, [pause]],
    ['StartDocumented', byCenter('n-1', 'DocumentStart', 40, {}), [pause]],
    ['StartDocumented', byCenter('n-1', 'DocumentStart', 40, {}), photos],
    ['PhotosDocumented', byCenter('n-1', 'DocumentPhotos', 40, { photoIds: ['f-1'] }), [pause]],
    ['PhotosDocumented', byCenter('n-1', 'DocumentPhotos', 40, { photoIds: ['f-1'] }), photos],
  ])('%s', (_, receipt, own) => {
    const log = eventsAfter('StartWork');
    const { outcomes, log: after } = apart(log, [receipt], own);
    expect(outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    const other = recorded(log, ...own, receipt);
    expect(withoutOrder(replay(after))).toEqual(withoutOrder(replay(other)));
  });
});

describe('1.2-12 the acts of a provider who was replaced meanwhile are refused and settled by a person', () => {
  const own = [sent('c-1', 'PauseWork', 42, { kind: 'break' }), sent('c-2', 'ResumeWork', 50, { kind: 'break' })];
  it('refuses each, lawful as it was', () => {
    const { outcomes, log } = apart(eventsAfter('StartWork'), reassigned, own);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    expect(actsIn(log)).toMatchObject([
      { lawfulThen: true, violations: ['1.2-12 assigned-provider', '1.1-43 running'] },
      { lawfulThen: true, violations: ['1.2-12 assigned-provider', '1.1-43 on-break'] },
    ]);
  });
  it('refuses what they do after it, too', () => {
    const { log } = apart(eventsAfter('StartWork'), reassigned, own);
    expect(outcomesOf(reconciled(log, log.length, sent('c-3', 'GiveFarewell', 60, {})))).toEqual(['refused']);
    expect(actsIn(reconciled(log, log.length, sent('c-3', 'GiveFarewell', 60, {})).log)).toMatchObject([
      { lawfulThen: false },
    ]);
  });
  it('takes them on record as they were', () => {
    const { log } = apart(eventsAfter('StartWork'), reassigned, own);
    const settled = settlement({
      log,
      discrepancyId: `d-${log.length}`,
      taken: [0, 1],
      text: 'trabajó hasta el relevo',
      at: minute(95),
      operator,
      commandId: 's-1',
    });
    expect(settled.ok && settled.events.map(({ type, data }) => [type, data.by.id, data.recordedBy?.id])).toEqual([
      ['Paused', 'prov-1', 'op-1'],
      ['Resumed', 'prov-1', 'op-1'],
      ['DiscrepancySettled', 'op-1', undefined],
    ]);
  });
});

describe('1.1-22 what a recorder knew is what they had seen and recorded', () => {
  it('and not what another person of their role recorded', () => {
    const seen = eventsAfter('TestQuality');
    const other = { role: 'client', id: 'rep-9' } as const;
    const log = recorded(seen, sent('k-1', 'RecordObjection', 60, { what: 'gotea' }, other));
    const { log: after } = reconciled(log, seen.length, sent('k-2', 'RecordConformity', 61, {}, client));
    expect(actsIn(after)).toMatchObject([{ type: 'ClientConformed', lawfulThen: true }]);
  });
});

describe('1.1-22 what a recorder reported stands where its `on` puts it', () => {
  it('though the log has the reports in another order', () => {
    const seen = eventsAfter('StartWork');
    const cancel = byCenter('n-9', 'GiveInstruction', 30, { about: 'visit', decision: 'cancel', text: 'no' });
    const pause = reconciled(recorded(seen, cancel), seen.length, sent('c-1', 'PauseWork', 42, { kind: 'break' }));
    const resume = reconciled(pause.log, seen.length, sent('c-2', 'ResumeWork', 50, { kind: 'break' }));
    const [paused, resumed] = [reportIn(pause.log), reportIn(resume.log)];
    const log = [
      ...recorded(seen, cancel),
      fact('DiscrepancyReported', { ...paused, acts: resumed.acts }, provider),
      fact('DiscrepancyReported', { ...resumed, acts: paused.acts }, provider),
    ];
    const next = reconciled(log, seen.length, sent('c-3', 'PauseWork', 60, { kind: 'break' }));
    expect(actsIn(next.log)).toMatchObject([{ type: 'Paused', lawfulThen: true }]);
    expect(discrepancies(log).acts.map(({ commandId }) => commandId)).toEqual(['c-1', 'c-2']);
  });
  it('which is no less than what they had seen; a report of nothing has no time', () => {
    const seen = eventsAfter('StartWork');
    const { log } = reconciled(seen, seen.length, sent('c-2', 'ResumeWork', 50, { kind: 'break' }));
    const check = (more: object) =>
      reportChecker(defaultPolicy)(seen, {
        type: 'DiscrepancyReported',
        data: { ...reportIn(log), ...more },
      });
    expect(check({})).toEqual([]);
    expect(check({ basedOn: seen.length + 1 })).toEqual(['basedOn']);
    expect(check({ acts: [] })).toEqual(['at']);
  });
});

describe('1.1-26 the start call that both record is one fact', () => {
  it('keeps the first, and shows the other', () => {
    const call = { call: callAt(40) };
    const { outcomes, log } = apart(
      eventsBefore('ReportStart'),
      [byCenter('n-1', 'ReportStart', 42, call)],
      [sent('c-1', 'ReportStart', 40, call), sent('c-2', 'StartWork', 44, {})],
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['twin', 'accepted']);
    expect(replay(log)).toMatchObject({ work: { startReportedAt: minute(42), startedAt: minute(44) } });
    expect(replay(log).debts.map(({ kind }) => kind)).not.toContain('settle-discrepancy');
  });
});

describe('1.1-39 materials do not commute with their coordination, nor with a cancellation', () => {
  const disputed = () =>
    recorded(eventsBefore('SupplyMaterials'), sent('c-0', 'ReportMaterialsRefusal', 30, { call: callAt(30) }));
  const supplied = sent('c-1', 'SupplyMaterials', 42, {
    suppliedBy: 'client',
    items: [{ item: 'Tubo PVC', quantity: 2, unit: 'm' }],
  });
  const accepted = sent('c-2', 'AcceptMaterials', 43, {});

  it('refuses a coordination after the supply; the supply after it is accepted', () => {
    const coordinate = byCenter('n-1', 'CoordinateMaterials', 40, { outcome: 'client-will-supply' });
    expect(outcomesOf(apart(disputed(), [coordinate], [supplied, accepted]))).toEqual(['accepted', 'accepted']);
    expect(() => recorded(disputed(), supplied, coordinate)).toThrow('refused');
  });
  it.each([
    ['MaterialsCoordinated', byCenter('n-1', 'CoordinateMaterials', 40, { outcome: 'cancel' })],
    ['InstructionGiven', byCenter('n-1', 'GiveInstruction', 40, { about: 'visit', decision: 'cancel', text: 'no' })],
  ])('refuses the acceptance under a %s to cancel', (_, cancel) => {
    const { outcomes, log } = apart(disputed(), [cancel], [supplied, accepted]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['accepted', 'refused']);
    expect(actsIn(log)).toMatchObject([
      { type: 'MaterialsAccepted', lawfulThen: true, violations: ['1.1-10 not-closing'] },
    ]);
  });
});

describe('1.1-48 a second visit and a completion cannot both stand', () => {
  const leave = sent('c-1', 'PauseWork', 42, { kind: 'second-visit', notice: callAt(42) });
  it('refuses the second visit of a visit that was completed', () => {
    const { outcomes, log } = apart(eventsBefore('CompleteVisit'), [byCenter('n-1', 'CompleteVisit', 41, {})], [leave]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused']);
    expect(actsIn(log)).toMatchObject([{ lawfulThen: true, violations: ['1.3-02 not-ended'] }]);
  });
  it('refuses the completion of a visit that was left', () => {
    const notice = { kind: 'second-visit', notice: callAt(20) } as const;
    const own = [sent('c-1', 'CompleteVisit', 42, {}), sent('c-2', 'GiveFarewell', 43, {})];
    const { outcomes, log } = apart(eventsBefore('CompleteVisit'), [byCenter('n-1', 'PauseWork', 20, notice)], own);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
    expect(actsIn(log).map(({ lawfulThen }) => lawfulThen)).toEqual([true, true]);
    expect(replay(log).closing.completedAt).toBeNull();
  });
});

describe('0-02 the same act twice is recorded once', () => {
  it('by the id of its command', () => {
    const pause = sent('c-1', 'PauseWork', 42, { kind: 'break' });
    const first = apart(eventsAfter('StartWork'), [notify], [pause]);
    expect(reconciled(first.log, eventsAfter('StartWork').length, pause).events).toEqual([]);
  });
});

describe('1.1-10 clocks decide nothing', () => {
  it('accepts an act dated before what the log has, and after it', () => {
    const log = eventsAfter('StartWork');
    const own = [sent('c-1', 'PauseWork', -600, { kind: 'break' }), sent('c-2', 'ResumeWork', 9999, { kind: 'break' })];
    expect(outcomesOf(apart(log, [notify], own))).toEqual(['accepted', 'accepted']);
  });
});
