import { describe, expect, it } from 'vitest';
import { clauses } from '../../src/index.ts';
import type { EventType, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { type Dossier, dossier, type Verdict } from '../../src/reading/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import type { Policy } from '../../src/visit/index.ts';
import {
  absence,
  agreement,
  call,
  escalation,
  instruct,
  irresolvable,
  placeIn,
  plain,
  refusal,
  rejection,
  stretch,
  substitution,
  waive,
  without,
} from '../scenarios/commands.ts';

const read = (events: readonly VisitEvent[], policy?: Policy) =>
  dossier(events, policy === undefined ? {} : { policy });
const verdicts = ({ payment, protocol }: Dossier) => [...payment, ...protocol];
const on = (clause: ClauseId, events: readonly VisitEvent[], policy?: Policy): Verdict | undefined =>
  verdicts(read(events, policy)).find((verdict) => verdict.clause === clause);
const told = (clause: ClauseId, events: readonly VisitEvent[], policy?: Policy) => {
  const verdict = on(clause, events, policy);
  return [verdict?.status, verdict?.evidence.map((index) => events[index]?.type)];
};
const documented = [
  command('DocumentPhotos', { at: minute(24), photoIds: ['f-1'] }),
  command('DocumentStart', { at: minute(25) }),
];
const whole = () => advance([], [...plain, ...documented]);
const leaving = command('PauseWork', { at: minute(30), kind: 'second-visit', notice: call });

describe('a whole visit', () => {
  const found = () => read(whole());
  it('names the visit, how it ended and what was worked', () => {
    expect(found()).toMatchObject({
      visitId: 'visit-1',
      caseNumber: 'EXP-1',
      phase: 'completed',
      outcome: 'completed',
      workedMs: 5 * 60_000,
      intervals: [{ from: minute(16), to: minute(21) }],
      running: false,
      missing: { found: true, acts: [] },
    });
  });
  it('parts the payment evidence from the rest, each clause of level H or D once', () => {
    expect(found().payment.map(({ clause }) => clause)).toEqual([
      '1.1-26',
      '1.1-27',
      '1.1-48',
      '1.1-49',
      '1.3-02',
      '1.3-04',
    ]);
    const duties = clauses.filter(({ level }) => level === 'H' || level === 'D').map(({ id }) => id);
    expect(
      verdicts(found())
        .map(({ clause }) => clause)
        .sort(),
    ).toEqual([...duties].sort());
  });
  it('points every verdict at its events', () => {
    const byStatus = (status: string) =>
      verdicts(found())
        .filter((verdict) => verdict.status === status)
        .map(({ clause, evidence }) => `${clause} ${evidence.map((index) => whole()[index]?.type)}`.trim());
    const evidence = 'an act that cites a clause is evidence of it: write it beside the clause in this list';
    expect(byStatus('satisfied'), evidence).toEqual([
      ...[
        '1.1-26 StartReported',
        '1.1-27 StartReported,StartDocumented',
        '1.3-02 CompletionReported',
        '1.3-04 CompletionReported',
        '0-02',
        '1.1-01 ProviderArrived',
        '1.1-03 CredentialShown',
        '1.1-07 IdentityValidated',
        '1.1-08 IdentityValidated',
      ],
      ...[
        '1.1-12 ServiceAnnounced',
        '1.1-13 VisitAssigned,ServiceAnnounced',
        '1.1-15 FaultLocated',
        '1.1-17 AreaInspected',
        '1.1-18 PhotosTaken',
        '1.1-19 PhotosSubmitted',
        '1.1-20 PhotosSubmitted',
        '1.1-22 PhotosSubmitted,PhotosDocumented',
      ],
      ...[
        '1.1-24 ServiceAssessed',
        '1.1-25 WorkExplained',
        '1.1-28 WorkExplained',
        '1.1-29 WorkExplained',
        '1.1-31 MaterialsSupplied',
        '1.1-32 WorkExplained,MaterialsSupplied',
        '1.1-33 MaterialsAccepted',
        '1.1-40 ToolsShown',
      ],
      ...[
        '1.1-41 AreaCleared',
        '1.1-43 WorkStarted',
        '1.1-45 SiteHandedOver',
        '1.1-46 QualityTested',
        '1.1-47 QualityTested',
        '1.1-50 ClientConformed',
        '1.1-51 BelongingsShown',
        '1.1-52 BelongingsShown',
        '1.1-53 BelongingsShown',
      ],
    ]);
    expect(byStatus('not-applicable')).toEqual([
      ...['1.1-48', '1.1-49', '1.1-09', '1.1-10', '1.1-21', '1.1-30', '1.1-35', '1.1-36', '1.1-37', '1.1-38', '1.1-39'],
      ...['1.2-01', '1.2-02', '1.2-03', '1.2-05', '1.2-10', '1.2-12', '1.2-13', '1.2-15', '2.2-08'],
    ]);
    expect([...byStatus('missing'), ...byStatus('late'), ...byStatus('contradicted'), ...byStatus('waived')]).toEqual(
      [],
    );
  });
});

describe('what is missing', () => {
  it.each<[ClauseId, VisitEvent[], string, EventType[]]>([
    ['1.1-27', advance([], plain), 'missing', ['StartReported']],
    ['1.3-02', eventsAfter('RecordConformity'), 'missing', []],
    ['1.1-26', eventsBefore('ReportStart'), 'missing', []],
    ['1.1-32', eventsAfter('ExplainWork'), 'missing', ['WorkExplained']],
    ['1.1-49', advance(eventsAfter('StartWork'), leaving), 'missing', []],
    [
      '1.1-47',
      advance(
        eventsBefore('TestQuality'),
        command('TestQuality', { withClient: true, tests: [{ name: 'a', passed: false }] }),
      ),
      'missing',
      [],
    ],
    [
      '1.1-08',
      advance(eventsAfter('ValidateIdentity'), rejection),
      'missing',
      ['IdentityValidated', 'IdentityRejected'],
    ],
    [
      '1.1-50',
      advance(eventsAfter('RecordConformity'), command('RecordObjection', { what: 'gotea' })),
      'missing',
      ['ClientConformed'],
    ],
    ['1.1-10', advance(eventsAfter('ShowCredential'), absence), 'missing', ['ClientAbsenceReported']],
    ['2.2-08', advance(eventsAfter('RecordArrival'), escalation), 'missing', ['ClientImpactEscalated']],
    ['1.1-39', advance(eventsAfter('ExplainWork'), refusal), 'missing', ['MaterialsChangeRefused']],
    ['1.2-12', advance(eventsAfter('AssignVisit'), irresolvable), 'missing', ['TransitIssueReported']],
  ])('%s', (clause, events, status, evidence) => {
    expect(told(clause, events)).toEqual([status, evidence]);
  });
  it('has a debt that ended between others that are open, and those until they end', () => {
    const owing = advance(eventsAfter('StartWork'), escalation);
    const events = advance(owing, [command('DocumentStart', {}), instruct('escalation', 'proceed')]);
    expect(read(events).debts.map(({ kind, endedBy }) => [kind, endedBy])).toEqual([
      ['document-photos', null],
      ['supply-materials', placeIn(events, 'MaterialsSupplied')],
      ['document-start', owing.length],
      ['take-up-escalation', owing.length + 1],
    ]);
  });
  it('1.1-39 stays so when the end lets the debt go', () => {
    const events = advance(eventsAfter('ExplainWork'), [
      refusal,
      instruct('visit', 'cancel'),
      command('CloseVisit', {}),
    ]);
    expect(told('1.1-39', events)).toEqual(['missing', ['MaterialsChangeRefused', 'VisitClosed']]);
    expect(read(events).debts.map(({ kind, lapsed }) => [kind, lapsed])).toEqual([
      ['document-photos', false],
      ['supply-materials', true],
      ['coordinate-materials', true],
    ]);
  });
  it('is told as the fewest acts that would make it payable', () => {
    expect(read(advance([], plain)).missing).toEqual({ found: true, acts: ['DocumentStart'] });
    expect(read(eventsAfter('RecordConformity')).missing).toEqual({
      found: true,
      acts: ['DocumentStart', 'HandOverSite', 'ShowBelongings', 'ReportCompletion', 'CompleteVisit'],
    });
  });
});

describe('what nothing called for', () => {
  it.each<[ClauseId, VisitEvent[]]>([
    ['1.1-31', advance(eventsBefore('ExplainWork'), command('ExplainWork', { method: 'ajustar', materials: [] }))],
    ['1.1-33', advance(eventsBefore('ExplainWork'), command('ExplainWork', { method: 'ajustar', materials: [] }))],
    ['1.1-21', eventsAfter('SubmitPhotos')],
    ['1.2-03', advance(eventsAfter('AssignVisit'), command('ReportTransitIssue', { issue: 'delay' }))],
    ['1.2-05', advance(eventsAfter('AssignVisit'), irresolvable)],
    ['1.1-48', advance(eventsAfter('StartWork'), command('PauseWork', { kind: 'break' }))],
    ['1.1-43', advance(eventsAfter('ShowCredential'), [instruct('visit', 'cancel'), command('CloseVisit', {})])],
  ])('%s', (clause, events) => {
    expect(on(clause, events)).toMatchObject({ status: 'not-applicable', evidence: [] });
  });
});

describe('what the log proves only sometimes', () => {
  it.each<[ClauseId, VisitCommand, VisitEvent[]]>([
    [
      '1.1-21',
      command('SubmitPhotos', { photoIds: ['f-1'], channel: 'email', appUnavailableReason: 'sin señal' }),
      eventsBefore('SubmitPhotos'),
    ],
    ['1.2-03', irresolvable, eventsAfter('AssignVisit')],
    [
      '1.2-05',
      command('ReportTransitIssue', { issue: 'breakdown', resolvable: true, exceedsResponseTime: false }),
      eventsAfter('AssignVisit'),
    ],
    ['1.1-48', leaving, eventsAfter('StartWork')],
    [
      '1.1-35',
      command('RejectMaterials', { mismatches: [{ item: 'Tubo PVC', reasons: ['kind'] }] }),
      eventsAfter('SupplyMaterials'),
    ],
    ['1.1-37', refusal, eventsAfter('ExplainWork')],
    ['1.1-30', command('DeclineOffContractRequest', { activity: 'other' }), eventsAfter('ShowCredential')],
    ['1.1-31', command('DeclineOffContractRequest', { activity: 'material-purchase' }), eventsAfter('ShowCredential')],
    ['1.1-09', absence, eventsAfter('ShowCredential')],
  ])('%s, when it does', (clause, act, past) => {
    expect(on(clause, advance(past, act))?.evidence).toContain(past.length);
  });
});

describe('what was late', () => {
  it('1.3-02 says what was measured, beside its events', () => {
    const reported = command('ReportCompletion', { at: minute(60), call: { at: minute(60) }, caseNumber: 'EXP-1' });
    const past = eventsBefore('ReportCompletion');
    expect(on('1.3-02', advance(past, reported))).toEqual({
      clause: '1.3-02',
      status: 'late',
      evidence: [past.length],
      facts: { measure: 'completion-call', value: 42 * 60_000, threshold: 30 * 60_000 },
    });
  });
});

describe('what is contradicted', () => {
  it('1.1-40 by the violation that cites it, at its event', () => {
    const started = fact('WorkStarted', { at: minute(16) });
    const past = eventsBefore('StartWork', { without: ['ShowTools'] });
    expect(on('1.1-40', [...past, started])).toEqual({
      clause: '1.1-40',
      status: 'contradicted',
      evidence: [past.length],
      facts: { rules: ['tools-shown'], against: [past.length] },
    });
    expect(read([...past, started]).violations).toHaveLength(1);
  });
  it('1.1-53 by a client who disputes the belongings', () => {
    const shown = command('ShowBelongings', { items: ['llave'], clientConfirmed: false });
    expect(told('1.1-53', advance(eventsBefore('ShowBelongings'), shown))).toEqual([
      'contradicted',
      ['BelongingsShown'],
    ]);
  });
});

describe('what was waived', () => {
  it('1.1-41 by the instruction that did it', () => {
    const rest = without(stretch('ClearArea', 'StartWork'), 'ClearArea');
    const events = advance(eventsBefore('ClearArea'), [waive('area-cleared'), ...rest]);
    expect(on('1.1-41', events)).toEqual({
      clause: '1.1-41',
      status: 'waived',
      evidence: [placeIn(events, 'WorkStarted')],
      facts: { waivedBy: 'instruction', instructedAt: minute(0) },
    });
    expect(read(events).waivers).toEqual([{ rule: 'area-cleared', at: minute(0) }]);
  });
  it('1.1-41 by the policy, with its reason', () => {
    const policy: Policy = { waive: [{ rule: 'area-cleared', reason: 'patio' }] };
    const acts = without(stretch('AssignVisit', 'StartWork'), 'ClearArea');
    expect(on('1.1-41', advance([], acts, policy), policy)).toMatchObject({
      status: 'waived',
      facts: { waivedBy: 'policy', policyId: 'default', reason: 'patio' },
    });
  });
  it('and was then done all the same, is satisfied', () => {
    const events = advance(eventsBefore('ClearArea'), [waive('area-cleared'), ...stretch('ClearArea', 'StartWork')]);
    expect(told('1.1-41', events)).toEqual(['satisfied', ['AreaCleared']]);
  });
});

describe('what else it tells', () => {
  it('1.1-30 the requests that were declined', () => {
    const asked = command('DeclineOffContractRequest', { at: minute(9), activity: 'other', detail: 'podar' });
    expect(read(advance(eventsAfter('ShowCredential'), asked)).declined).toEqual([
      { index: 3, at: minute(9), activity: 'other', detail: 'podar' },
    ]);
  });
  it('the arrivals that ended without service, and how', () => {
    const closed = advance(eventsAfter('ShowCredential'), [
      absence,
      instruct('client-absence', 'cancel'),
      command('CloseVisit', { at: minute(50) }),
    ]);
    expect(read(closed)).toMatchObject({
      outcome: 'cancelled',
      attempts: [{ index: 1, arrivedAt: minute(1), endedBy: 5, endedAt: minute(50), end: 'closed' }],
      missing: { found: false, reason: 'ended' },
    });
    const taken = advance(eventsAfter('ShowCredential'), [instruct('visit', 'reassign'), substitution]);
    expect(read(taken).attempts).toMatchObject([{ index: 1, endedBy: 4, end: 'reassigned' }]);
    expect(read(advance(eventsAfter('ExplainWork'), leaving)).attempts).toMatchObject([{ end: 'second-visit' }]);
    expect(read(advance(eventsAfter('StartWork'), leaving)).attempts).toEqual([]);
  });
  it('1.1-39 every debt, from its opening to its end', () => {
    const events = advance(eventsAfter('ExplainWork'), [
      refusal,
      {
        ...agreement,
        data: { ...agreement.data, at: minute(40) },
      } as VisitCommand,
    ]);
    expect(read(events).debts).toMatchObject([
      { kind: 'document-photos', openedBy: placeIn(events, 'PhotosSubmitted'), until: null, endedBy: null },
      { kind: 'supply-materials', debtor: 'client', openedBy: placeIn(events, 'WorkExplained'), endedBy: null },
      {
        kind: 'coordinate-materials',
        clause: '1.1-39',
        openedBy: placeIn(events, 'MaterialsChangeRefused'),
        until: minute(40),
        endedBy: placeIn(events, 'MaterialsCoordinated'),
        lapsed: false,
      },
    ]);
  });
  it('work that still runs, up to a time that is given', () => {
    expect(read(eventsAfter('StartWork'))).toMatchObject({ running: true, workedMs: 0 });
    expect(dossier(eventsAfter('StartWork'), { until: minute(46) })).toMatchObject({
      running: true,
      workedMs: 30 * 60_000,
    });
  });
  it('of a log of nothing, that nothing is proved', () => {
    expect(read([])).toMatchObject({ visitId: null, outcome: null, workedMs: 0, debts: [], violations: [] });
    expect(on('0-02', [])?.status).toBe('missing');
  });
});

it('a dossier is plain JSON', () => {
  const found = read(whole());
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
});
