import { describe, expect, it } from 'vitest';
import type { AnnullableEvent, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { witnessed } from '../../src/testing/arbitraries/from-witnesses.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { commandTypes, decide, evolve, replay } from '../../src/visit/index.ts';
import { arrivalAnnulledAlone } from '../../src/visit/invariants/corrections.ts';
import {
  absence,
  annul,
  arrival,
  askExtra,
  byOperator,
  close,
  complete,
  escalation,
  instruct,
  leave,
  operator,
  otherProvider,
  pause,
  plain,
  provider,
  reenter,
  refusal,
  rejection,
  resume,
  standIn,
  substitution,
} from '../scenarios/commands.ts';
import { debtsOf, finished, stateOf, working } from '../scenarios/moments.ts';

const cancel = instruct('visit', 'cancel');
const onArrival = () => eventsAfter('RecordArrival');
const completed = () => advance([], plain);
const closed = (...before: readonly VisitCommand[]) => advance(onArrival(), [...before, cancel, close]);

/** Each act that can be annulled, where it may be, and its time on record. */
const standing: readonly (readonly [AnnullableEvent, () => ReturnType<typeof finished>, string])[] = [
  ['ProviderArrived', onArrival, minute(1)],
  ['WorkStarted', working, minute(16)],
  ['Completed', completed, minute(23)],
  ['VisitClosed', closed, minute(44)],
];

describe('1.1-10 an act that was recorded by mistake is annulled', () => {
  it.each(standing)('%s, by the contact center', (act, past, recorded) => {
    given(past()).when(annul(act, recorded)).accepts('ActAnnulled', byOperator);
  });
  it.each(standing)('%s is not annulled twice', (act, past, recorded) => {
    const once = advance(past(), annul(act, recorded));
    const gone = { rule: 'act-stands', clause: '1.1-10', facts: { act, recorded, standing: null } } as const;
    // Without a start the work does not run either.
    const more = act === 'WorkStarted' ? [{ rule: 'start-alone' } as const] : [];
    given(once)
      .when(annul(act, recorded))
      .rejects(gone, ...more);
  });
  it.each(standing)('%s of another time is refused', (act, past, recorded) => {
    given(past())
      .when(annul(act, minute(59)))
      .rejects({ rule: 'act-stands', clause: '1.1-10', facts: { act, recorded: minute(59), standing: recorded } });
  });
  it.each(standing)('%s is not for the provider', (act, past, recorded) => {
    const { data } = annul(act, recorded);
    given(past())
      .when(command('AnnulAct', data as never, provider))
      .rejects(['role', '0-02']);
  });
  it.each(standing)('an ActAnnulled of %s that does not stand, or not then, changes nothing', (act, past) => {
    const before = stateOf(past());
    const event = fact('ActAnnulled', { act, recorded: minute(59), reason: 'x' }, operator);
    expect(evolve(before, event)).toBe(before);
    const none = stateOf(eventsAfter('AssignVisit'));
    expect(evolve(none, event)).toBe(none);
  });
  it('an arrival with a text in the inspection, and no instant, is annulled: no act at the place stands', () => {
    const arrived = stateOf(onArrival());
    const noted = { ...arrived, inspection: { ...arrived.inspection, diagnosis: 'Fuga en el grifo' } };
    expect(decide(annul('ProviderArrived', minute(1)), noted)).toEqual(
      decide(annul('ProviderArrived', minute(1)), arrived),
    );
  });
  it('changes nothing for an act that no annulment knows', () => {
    const before = stateOf(working());
    for (const act of ['ToolsShown', 'constructor', '__proto__']) {
      expect(evolve(before, fact('ActAnnulled', { act, recorded: minute(16), reason: 'x' }, operator))).toBe(before);
    }
  });
});

describe('1.1-10 an arrival is annulled while nothing else rests on it', () => {
  const arrivedAt = annul('ProviderArrived', minute(1));
  const alone = { rule: 'arrival-alone', clause: '1.1-10' } as const;

  it('ends an absence with its question, and a representative is not allowed', () => {
    const past = advance(onArrival(), [absence, instruct('client-absence', 'proceed-with-representative')]);
    expect(stateOf(past).identity.representativeAllowed).toBe(true);
    const state = given(past).when(arrivedAt).accepts('ActAnnulled', byOperator);
    expect(state.arrival).toEqual({
      arrivedAt: null,
      credentialShownAt: null,
      absentSince: null,
      absenceReportedAt: null,
    });
    expect(state.identity.representativeAllowed).toBe(false);
    expect(state.phase).toBe('in-transit');
    const asked = given(advance(onArrival(), absence)).when(arrivedAt).accepts('ActAnnulled', byOperator);
    expect(debtsOf(asked)).toEqual([]);
  });
  it('leaves an instruction that stands, and the escalation', () => {
    const state = given(advance(onArrival(), [absence, escalation, instruct('client-absence', 'reschedule')]))
      .when(arrivedAt)
      .accepts('ActAnnulled', byOperator);
    expect(state.instruction).toBe('reschedule');
    expect(debtsOf(state)).toEqual(['take-up-escalation']);
  });
  it('lets the provider arrive again', () => {
    given(advance(onArrival(), arrivedAt)).when(arrival).accepts('ProviderArrived', { by: provider });
  });
  it.each([
    ['a credential', () => eventsAfter('ShowCredential')],
    ['an identity validated', () => eventsAfter('ValidateIdentity')],
    ['an announcement', () => eventsAfter('AnnounceService')],
    ['the start', working],
  ])('is refused after %s', (_, past) => {
    given(past()).when(arrivedAt).rejects(alone);
  });
  it.each([
    ['IdentityValidated', { person: 'client' }],
    ['IdentityRejected', { reason: 'refused' }],
    ['ServiceAnnounced', { service: 'fontanería' }],
    ['FaultLocated', { where: 'baño' }],
    ['AreaInspected', {}],
    ['ServiceAssessed', { diagnosis: 'fuga' }],
    ['WorkExplained', { method: 'cambio', materials: [] }],
    ['PhotosTaken', { photos: [{ photoId: 'f-9', sha256: '', takenAt: minute(2) }] }],
    ['ToolsShown', { tools: [] }],
    ['AreaCleared', { moved: [] }],
    ['WorkStarted', {}],
  ] as const)('is refused where %s alone stands', (type, data) => {
    given(onArrival(), fact(type, data)).when(arrivedAt).rejects(alone);
  });
  it.each([
    ['a start call', fact('StartReported', {})],
    ['photographs that were sent and not taken', fact('PhotosSubmitted', { photoIds: ['f-9'] })],
    ['materials', fact('MaterialsSupplied', { items: [] })],
    ['belongings', fact('BelongingsShown', { items: [], clientConfirmed: true })],
  ])('is not hindered by %s', (_, event) => {
    given(onArrival(), event).when(arrivedAt).accepts('ActAnnulled', byOperator);
  });
  it('is refused once any act has left a fact at the place; these leave none (PROTOCOL §4)', () => {
    const past = onArrival();
    const followed = commandTypes.flatMap((type) => {
      const decided = witnessed(type, replay(past), minute(40), {}).map((one) => decide(one, replay(past)));
      const accepted = decided.find(({ ok }) => ok);
      return accepted?.ok === true ? [{ type, log: [...past, ...accepted.events] }] : [];
    });
    const isOpen = (log: readonly VisitEvent[]) => decide(arrivedAt, replay(log)).ok;
    const leaving =
      'an act that leaves one: `isPlaceUntouched` in src/visit/corrections.ts, `atPlace` of its invariants';
    expect(
      followed.filter(({ log }) => isOpen(log)).map(({ type }) => type),
      leaving,
    ).toEqual([
      'AmendAssignment',
      'NotifyClient',
      'ReportClientAbsence',
      'GiveInstruction',
      'ReportStart',
      'GiveFarewell',
      'EscalateClientImpact',
      'ReportConductBreach',
      'DeclineOffContractRequest',
      'CorrectTime',
      'AttestFacts',
    ]);
    const annulled = fact('ActAnnulled', { act: 'ProviderArrived', recorded: minute(1), reason: 'texto' });
    for (const { type, log } of followed) {
      if (isOpen(log) || ['PauseWork', 'AnnulAct'].includes(type)) continue;
      const history = [...log, annulled];
      const place = `${type} hinders the annulment in src/visit/corrections.ts, not in \`atPlace\` of its invariants`;
      expect(arrivalAnnulledAlone.holds(replay(history), history, {}), place).toBe(false);
    }
  });
  it('is accepted of a second visit, whatever stands from the first', () => {
    const back = advance(working(), [leave, arrival]);
    const state = given(back)
      .when(annul('ProviderArrived', minute(35)))
      .accepts('ActAnnulled', byOperator);
    expect(state.arrival.credentialShownAt).toBe(minute(2));
    expect(state).toMatchObject({ phase: 'away', work: { away: true } });
    given(advance(back, reenter))
      .when(annul('ProviderArrived', minute(35)))
      .rejects(alone);
  });
  it('lists both rules where both fail, in their order', () => {
    given(working())
      .when(annul('ProviderArrived', minute(2)))
      .rejects(['act-stands', '1.1-10'], alone);
  });
});

describe('1.1-10 a start is annulled while nothing else rests on it', () => {
  const startedAt = annul('WorkStarted', minute(16));
  const alone = { rule: 'start-alone', clause: '1.1-10' } as const;

  it('takes the start back, with its interval', () => {
    const state = given(working()).when(startedAt).accepts('ActAnnulled', byOperator);
    expect(state).toEqual(stateOf(eventsBefore('StartWork')));
  });
  it('lets the work start again', () => {
    const state = given(advance(working(), startedAt))
      .when(command('StartWork', { at: minute(62) }))
      .accepts('WorkStarted', { by: provider });
    expect(state.work).toMatchObject({ startedAt: minute(62), intervals: [{ from: minute(62), to: null }] });
  });
  it.each([
    ['on a break', [pause]],
    ['while materials are awaited', [askExtra]],
    ['away', [leave]],
    ['in its second interval', [pause, resume]],
  ])('is refused %s', (_, next) => {
    given(advance(working(), next)).when(startedAt).rejects(alone);
  });
  it.each([
    ['tests that passed', fact('QualityTested', { tests: [], passed: true })],
    ['tests that failed', fact('QualityTested', { tests: [], passed: false })],
    ['a conformity', fact('ClientConformed')],
    ['a handover', fact('SiteHandedOver')],
    ['belongings', fact('BelongingsShown', { items: [], clientConfirmed: true })],
    ['a completion call', fact('CompletionReported')],
  ])('is refused where %s alone stand', (_, event) => {
    given(working(), event).when(startedAt).rejects(alone);
  });
  it('an unlawful one on a break takes the start and its interval, and the break stays', () => {
    const state = replay(advance(working(), pause).concat(fact('ActAnnulled', startedAt.data, operator)));
    expect(state.work).toMatchObject({ startedAt: null, onBreak: true, intervals: [] });
  });
  it('an unlawful one with another interval open ends that one', () => {
    const past = advance(working(), [pause, resume]);
    const state = replay([...past, fact('ActAnnulled', startedAt.data, operator)]);
    expect(state.work).toMatchObject({ startedAt: null, intervals: [{ from: minute(31), to: minute(60) }] });
  });
  it('an unlawful one of a start without an interval takes the start alone', () => {
    const past = [...advance(eventsBefore('StartWork'), leave), fact('WorkStarted', { at: minute(34) })];
    const state = replay([...past, fact('ActAnnulled', annul('WorkStarted', minute(34)).data, operator)]);
    expect(state.work).toMatchObject({ startedAt: null, intervals: [] });
  });
});

describe('1.1-10 1.3-02 a completion is annulled', () => {
  const completedAt = annul('Completed', minute(23));

  it('takes back the completion and the completion call, and the work runs again from the annulment on', () => {
    const state = given(completed()).when(completedAt).accepts('ActAnnulled', byOperator);
    const before = stateOf(finished());
    expect(state).toEqual({
      ...before,
      closing: { ...before.closing, completionReportedAt: null, caseNumberNamed: null },
      work: {
        ...before.work,
        intervals: [
          { from: minute(16), to: minute(23) },
          { from: minute(60), to: null },
        ],
      },
    });
  });
  it('asks for the completion call again', () => {
    const open = advance(completed(), completedAt);
    given(open).when(complete).rejects(['completion-reported', '1.3-02']);
    const called = command('ReportCompletion', { at: minute(64), caseNumber: 'EXP-1', call: { at: minute(64) } });
    const again = given(advance(open, called)).when(complete).accepts('Completed', { by: provider });
    expect(again.phase).toBe('completed');
  });
  it('opens the debts again that lapsed, with their since, and keeps those that did not', () => {
    const owing = [
      ...finished(),
      fact('ClientAbsenceReported', { at: minute(30), call: { at: minute(30) } }),
      fact('MaterialsChangeRefused', { at: minute(31), call: { at: minute(31) } }),
      fact('TransitIssueReported', { at: minute(32), issue: 'breakdown', resolvable: false }),
    ];
    const ended = [...owing, fact('Completed', { at: minute(43) })];
    expect(debtsOf(stateOf(ended))).toEqual(['document-photos', 'document-start']);
    expect(stateOf(ended).closing.lapsed).toHaveLength(3);
    const state = given(ended)
      .when(annul('Completed', minute(43)))
      .accepts('ActAnnulled', byOperator);
    expect(state.debts).toEqual(stateOf(owing).debts);
    expect(state.closing.lapsed).toEqual([]);
    expect(state.phase).toBe('awaiting-reassignment');
  });
  it('opens nothing that was discharged after the end', () => {
    const documented = advance(completed(), command('DocumentStart', { at: minute(50) }));
    const state = given(documented).when(completedAt).accepts('ActAnnulled', byOperator);
    expect(debtsOf(state)).toEqual(['document-photos']);
  });
  it('does not start the clock where work was on a break', () => {
    const onBreak = [...advance(finished(), pause), fact('Completed', { at: minute(43) })];
    const state = replay([...onBreak, fact('ActAnnulled', annul('Completed', minute(43)).data, operator)]);
    expect(state.work.intervals).toEqual([{ from: minute(16), to: minute(30) }]);
    expect(state.phase).toBe('on-break');
  });
  it('is no annulment of a closing', () => {
    given(completed())
      .when(annul('VisitClosed', minute(23)))
      .rejects(['act-stands', '1.1-10']);
  });
});

describe('1.1-10 a closing is annulled', () => {
  const closedAt = annul('VisitClosed', minute(44));

  it('takes back the closing and its outcome, and no instruction stands', () => {
    const state = given(closed()).when(closedAt).accepts('ActAnnulled', byOperator);
    expect(state).toEqual(stateOf(onArrival()));
  });
  it('opens the debts again that lapsed', () => {
    const asked = advance(eventsAfter('ExplainWork'), [absence, rejection, refusal]);
    const ended = advance(asked, [cancel, close]);
    expect(debtsOf(stateOf(ended))).toEqual(['document-photos']);
    const state = given(ended).when(closedAt).accepts('ActAnnulled', byOperator);
    expect(state.debts).toEqual(stateOf(asked).debts);
  });
  it('lets work run again from the annulment on', () => {
    const state = given(advance(working(), [cancel, close]))
      .when(closedAt)
      .accepts('ActAnnulled', byOperator);
    expect(state.work.intervals).toEqual([
      { from: minute(16), to: minute(44) },
      { from: minute(60), to: null },
    ]);
  });
  it('can be closed again under another instruction, and annulled again', () => {
    const again = [closedAt, instruct('visit', 'reschedule'), command('CloseVisit', { at: minute(70) })];
    const state = stateOf(advance(closed(absence), again));
    expect(state.closing).toMatchObject({ outcome: 'rescheduled', closedAt: minute(70) });
    expect(state.closing.lapsed.map(({ since }) => since)).toEqual([minute(31)]);
    const open = stateOf(advance(closed(absence), [...again, annul('VisitClosed', minute(70), minute(71))]));
    expect(open.debts).toEqual(stateOf(advance(onArrival(), absence)).debts);
  });
});

describe('1.3-02 1.1-10 after the end only the end is annulled', () => {
  it.each([
    ['ProviderArrived', completed, '1.3-02'],
    ['WorkStarted', completed, '1.3-02'],
    ['ProviderArrived', closed, '1.1-10'],
  ] as const)('%s is refused', (act, past, clause) => {
    given(past())
      .when(annul(act, minute(1)))
      .rejects(['not-ended', clause]);
  });
  it('an ActAnnulled of another act then changes nothing', () => {
    const before = stateOf(completed());
    const event = fact('ActAnnulled', annul('WorkStarted', minute(16)).data, operator);
    expect(evolve(before, event)).toBe(before);
  });
});

describe('1.2-12 what an annulment leaves as it is', () => {
  it('the provider and those before, though another took over', () => {
    const over = advance(onArrival(), [instruct('visit', 'reassign'), substitution]);
    expect(stateOf(over).formerProviders).toEqual(['prov-1']);
    const arrived = [...over, fact('ProviderArrived', { at: minute(50) }, otherProvider)];
    const state = given(arrived)
      .when(annul('ProviderArrived', minute(50)))
      .accepts('ActAnnulled', byOperator);
    expect(state).toEqual(stateOf(over));
  });
  it('an identity that a representative gave', () => {
    const past = advance(eventsAfter('ShowCredential'), [
      absence,
      instruct('client-absence', 'proceed-with-representative'),
      standIn,
    ]);
    given(past)
      .when(annul('ProviderArrived', minute(1)))
      .rejects(['arrival-alone', '1.1-10']);
  });
});
