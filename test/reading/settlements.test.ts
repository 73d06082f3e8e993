import { describe, expect, it } from 'vitest';
import { auditLog } from '../../src/logs.ts';
import type { EventMetadata, ReportedAct, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { guide } from '../../src/reading/guide.ts';
import { audit, dossier, missing } from '../../src/reading/index.ts';
import { reconcile, settlement as settlementOf } from '../../src/reconciling/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import {
  absence,
  annul,
  by,
  client,
  complete,
  irresolvable,
  operator,
  plain,
  settle,
  step,
  substitution,
} from '../scenarios/commands.ts';

/** A log with what comes of commands that their recorder had recorded apart, by all that it has or by its beginning. */
function apart(log: readonly VisitEvent[], commands: readonly VisitCommand[], basedOn = log.length): VisitEvent[] {
  const identified = commands.map((one, place) => ({
    ...one,
    metadata: { ...one.metadata, commandId: `c-${log.length}-${place}` },
  }));
  const reconciled = reconcile({ log, basedOn, commands: identified as VisitCommand[] });
  if (!reconciled.ok) throw new Error(reconciled.error.code);
  return [...log, ...reconciled.events];
}

/** The acts of the last report of a log. */
const reportedIn = (log: readonly VisitEvent[]) =>
  log.flatMap((event) => (event.type === 'DiscrepancyReported' ? [event.data.acts] : [])).at(-1) ?? [];

/** The id of the last report of a log. */
const idOfReport = (log: readonly VisitEvent[]) =>
  log.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.discrepancyId : [])).at(-1);

const settledBy = { commandId: 's-1' };
const decline = (minutes: number) => command('DeclineOffContractRequest', { at: minute(minutes), activity: 'other' });
/** A log in which another provider took over, and the former one, offline, had declined two requests. */
const takenOver = () => advance(eventsAfter('AssignVisit'), [irresolvable, substitution]);
const waiting = (before = takenOver()) => apart(before, [decline(40), decline(41)], 1);
const onRecord = ({ type, data }: ReportedAct, metadata: EventMetadata = settledBy): VisitEvent =>
  ({ type, data: { ...data, recordedBy: operator }, metadata }) as VisitEvent;
const settlement = (taken: readonly number[], discrepancyId = 'd-4', metadata: EventMetadata = settledBy): VisitEvent =>
  fact('DiscrepancySettled', { ...settle(taken, discrepancyId).data }, operator, metadata);
const found = (events: readonly VisitEvent[]) =>
  audit(events)
    .findings.filter(({ kind }) => kind !== 'measure')
    .map(({ index, kind, rule }) => [index, kind, rule]);
const verdict = (clause: ClauseId, events: readonly VisitEvent[]) => {
  const { payment, protocol } = dossier(events);
  return [...payment, ...protocol].find((one) => one.clause === clause);
};
const [first, second] = reportedIn(waiting()) as [ReportedAct, ReportedAct];

describe('1.1-10 the acts that a settlement takes are judged as recorded by whose act they were', () => {
  const both = () => [...waiting(), onRecord(first), onRecord(second), settlement([0, 1])];
  it('the rules that they break are deviations that cite the settlement, and the log is clean', () => {
    const { clean, findings } = audit(both());
    expect(clean).toBe(true);
    expect(findings.filter(({ index, kind }) => index === 4 && kind !== 'measure')).toEqual([
      {
        index: 4,
        kind: 'deviation',
        rule: 'assigned-provider',
        clause: '1.2-12',
        facts: { assigned: 'prov-2', discrepancyId: 'd-4', settledAt: minute(63) },
      },
    ]);
    expect(found(both())).toEqual([
      [4, 'deviation', 'assigned-provider'],
      [5, 'deviation', 'assigned-provider'],
      [6, 'correction', undefined],
    ]);
    expect(verdict('1.2-12', both())).toMatchObject({ status: 'contradicted', facts: { settledAt: minute(63) } });
  });
  it('whichever of several reports has them', () => {
    const two = apart(waiting(), [decline(42)], 1);
    expect(reportedIn(two)).toHaveLength(1);
    for (const [taken, discrepancyId] of [
      [[0, 1], 'd-4'],
      [[0], 'd-5'],
    ] as const) {
      const request = { discrepancyId, taken, text: 'sí', at: minute(63), operator, commandId: 's-1' };
      const settled = settlementOf({ log: two, ...request });
      const events = [...two, ...(settled.ok ? settled.events : [])];
      expect(events).toHaveLength(two.length + taken.length + 1);
      expect(audit(events).clean).toBe(true);
    }
  });
  it('as settlement writes them', () => {
    const log = waiting();
    const request = {
      discrepancyId: 'd-4',
      taken: [1],
      text: 'se conversó',
      at: minute(63),
      operator,
      commandId: 's-1',
    };
    const settled = settlementOf({ log, ...request });
    expect(settled).toMatchObject({ ok: true });
    const events = [...log, ...(settled.ok ? settled.events : [])];
    expect(audit(events).clean).toBe(true);
    expect(found(events)).toEqual([
      [4, 'deviation', 'assigned-provider'],
      [5, 'correction', undefined],
    ]);
  });
  it('the settlement says what it took, by which events, and what it left', () => {
    expect(dossier(both()).corrections).toEqual([
      {
        index: 6,
        kind: 'settled',
        discrepancyId: 'd-4',
        of: 3,
        taken: [0, 1],
        onRecord: [4, 5],
        left: [],
        by: operator,
        at: minute(63),
        reason: 'se conversó',
      },
    ]);
    const then = { commandId: 's-2' };
    const later = [...waiting(), settlement([]), onRecord(second, then), settlement([1], 'd-4', then)];
    expect(audit(later).clean).toBe(true);
    expect(dossier(later).corrections).toMatchObject([
      { taken: [], left: [0, 1], onRecord: [] },
      { taken: [1], left: [0], onRecord: [5] },
    ]);
  });
  it('1.1-50 a lawful one of the client, as well as of the provider', () => {
    const conform = by(client, command('RecordConformity', { at: minute(30) }));
    const apartFrom = apart(eventsBefore('TestQuality'), [conform]);
    const tested = advance(apartFrom, step('TestQuality'));
    const acts = reportedIn(tested).map((act) => onRecord(act));
    const events = [...tested, ...acts, settlement([0], idOfReport(tested))];
    expect(found(events)).toEqual([[events.length - 1, 'correction', undefined]]);
    expect(verdict('1.1-50', events)).toMatchObject({ status: 'satisfied', evidence: [tested.length] });
  });
  it('§7 neither they nor a report show a clock that is off, as the one or as the other', () => {
    const skews = (...events: readonly VisitEvent[]) =>
      audit(events)
        .findings.filter(({ facts }) => facts.what === 'same-recorder')
        .map(({ index, facts }) => [index, facts.after]);
    const declined = (minutes: number) => fact('OffContractRequestDeclined', { ...decline(minutes).data });
    // The report is of minute 41, the acts that are taken of 40 and 41.
    expect(skews(...both())).toEqual([]);
    expect(skews(...both(), declined(35))).toEqual([]);
    expect(skews(...takenOver(), declined(50), ...waiting().slice(3))).toEqual([]);
    // The acts around them are compared with one another.
    const around = [...takenOver(), declined(50), ...waiting().slice(3), declined(45)];
    expect(skews(...around)).toEqual([[5, minute(50)]]);
    const notified = fact('ClientNotified', { at: minute(29), about: ['delay'], reached: true }, operator);
    expect(skews(...both(), notified)).toEqual([[7, settlement([0, 1]).data.at]]);
  });
  it('0-02 a report with an act at a time that is no instant is a violation, and folded', () => {
    const report = waiting().at(-1) as VisitEvent;
    const [act] = reportedIn(waiting());
    const odd = { ...act, data: { ...act?.data, at: 'ayer' } };
    const log = [...takenOver(), { ...report, data: { ...report.data, acts: [odd] } } as VisitEvent];
    expect(found(log)).toEqual([[3, 'violation', 'as-decided']]);
    expect(audit(log).state.discrepancies).toHaveLength(1);
  });
  it('§7 they are compared with the assignment, as any act is', () => {
    const early = waiting(advance(takenOver(), []));
    const assigned = { ...early[0], data: { ...early[0]?.data, at: minute(45) } } as VisitEvent;
    const acts = [assigned, ...early.slice(1), onRecord(first), settlement([0])];
    const skews = audit(acts).findings.filter(({ facts }) => facts.what === 'assignment');
    expect(skews.map(({ index }) => index)).toEqual([1, 2, 3, 4]);
  });
  it('0-02 the command id of the settlement on them is no reuse', () => {
    const reused = [...both(), fact('StartDocumented', {}, operator, { commandId: 's-1' })];
    expect(found(reused).filter(([, kind]) => kind === 'id-reused')).toEqual([[7, 'id-reused', undefined]]);
    const before = [...takenOver().slice(0, 2), { ...takenOver()[2], metadata: settledBy } as VisitEvent];
    const earlier = [...waiting(before), onRecord(first), settlement([0])];
    expect(found(earlier).filter(([, kind]) => kind === 'id-reused')).toEqual([
      [4, 'id-reused', undefined],
      [5, 'id-reused', undefined],
    ]);
  });
  it('0-02 an event id that two of them share is a reuse', () => {
    const twice = [first, second].map((act) => onRecord(act, { ...settledBy, eventId: 'e-1' }));
    expect(found([...waiting(), ...twice, settlement([0, 1])])).toContainEqual([5, 'id-reused', undefined]);
  });
  it('an event that is repeated among them stands in nobody’s way', () => {
    const own = onRecord(first, { ...settledBy, eventId: 'e-1' });
    const events = [...waiting(), own, own, onRecord(second), settlement([0, 1])];
    expect(audit(events).clean).toBe(true);
    expect(found(events)).toEqual([
      [4, 'deviation', 'assigned-provider'],
      [5, 'repeated', undefined],
      [6, 'deviation', 'assigned-provider'],
      [7, 'correction', undefined],
    ]);
  });
  it('1.1-01 a settlement of a twin, which owes nothing', () => {
    const events = told();
    const [twin] = reportedIn(events);
    expect(found([...events, onRecord(twin as ReportedAct), settlement([0], 'd-3')])).toEqual([
      [3, 'deviation', 'not-arrived'],
      [4, 'correction', undefined],
    ]);
  });
});

/** A log in which the contact center recorded the arrival, and the provider told of it, too, and of other acts. */
const told = (others: readonly VisitCommand[] = []) => {
  const arrived = command('RecordArrival', { at: minute(5) });
  return apart(advance(eventsAfter('AssignVisit'), by(operator, arrived)), [arrived, ...others], 1);
};

describe('0-02 a settlement that is not preceded by exactly the acts that it takes', () => {
  const asDecided = (index: number) => [index, 'violation', 'as-decided'];
  it.each<[string, readonly VisitEvent[], readonly unknown[]]>([
    ['nothing precedes it', [settlement([0])], [asDecided(4)]],
    ['one of two', [onRecord(first), settlement([0, 1])], [[4, 'deviation', 'assigned-provider'], asDecided(5)]],
    [
      'in another order',
      [onRecord(second), onRecord(first), settlement([0, 1])],
      [[4, 'deviation', 'assigned-provider'], [5, 'deviation', 'assigned-provider'], asDecided(6)],
    ],
    [
      'one that it does not take',
      [onRecord(first), onRecord(second), settlement([0])],
      [[4, 'deviation', 'assigned-provider'], [5, 'violation', 'role'], [5, 'id-reused', undefined], asDecided(6)],
    ],
    [
      'of another command',
      [onRecord(first, { commandId: 's-0' }), settlement([0])],
      [[4, 'violation', 'role'], asDecided(5)],
    ],
    [
      'with other data',
      [onRecord({ ...first, data: { ...first.data, at: minute(42) } } as ReportedAct), settlement([0])],
      [[4, 'violation', 'role'], [5, 'id-reused', undefined], asDecided(5)],
    ],
    [
      'of another type',
      [onRecord({ ...first, type: 'OffContractActPerformed' } as ReportedAct), settlement([0])],
      [[4, 'violation', 'role'], [4, 'violation', 'activity-allowed'], [5, 'id-reused', undefined], asDecided(5)],
    ],
    [
      'not right before it',
      [onRecord(first), fact('EscalationTaken' as never), settlement([0])],
      [[4, 'violation', 'role'], [5, 'unknown-event', undefined], [6, 'id-reused', undefined], asDecided(6)],
    ],
  ])('%s', (_, events, wanted) => {
    const log = [...waiting(), ...events];
    const judged = found(log).filter(([, kind]) => kind !== 'correction');
    expect(judged.sort()).toEqual([...wanted].sort());
    expect(audit(log).clean).toBe(false);
    expect(audit(log).state).toEqual(replay(log));
  });
  it.each([
    ['of other commands', true],
    ['without ids', false],
  ])(
    'stands after the same act, recorded by the contact center itself, and takes nothing or another: %s',
    (_, hasIds) => {
      const identified = (events: readonly VisitEvent[]) =>
        events.map((event, place) => ({ ...event, ...(hasIds ? {} : { metadata: undefined }), place }));
      const annulled = fact('ActAnnulled', annul('ProviderArrived', minute(5)).data, operator, { commandId: 'a-1' });
      const [twin] = reportedIn(told()) as [ReportedAct];
      const again = [...told(), annulled, onRecord(twin, { commandId: 'r-1' })];
      expect(found(identified([...again, settlement([], 'd-3')]) as VisitEvent[])).toEqual([
        [3, 'correction', undefined],
        [5, 'correction', undefined],
      ]);
      const taking = [...again, onRecord(twin), settlement([0], 'd-3')];
      expect(found(identified(taking) as VisitEvent[])).toEqual([
        [3, 'correction', undefined],
        [5, 'deviation', 'not-arrived'],
        [6, 'correction', undefined],
      ]);
    },
  );
  it('1.1-10 of a report that is not there is a violation, and corrects nothing', () => {
    expect(found([...waiting(), settlement([], 'd-9')])).toEqual([[4, 'violation', 'discrepancy-reported']]);
  });
  it('an act that the contact center recorded itself is judged before what rests on it', () => {
    const log = told([step('StartWork')]);
    const [twin] = reportedIn(log) as [ReportedAct];
    const annulled = advance(log, annul('ProviderArrived', minute(5)));
    const arrived = [...annulled, onRecord(twin, {})];
    expect(found(advance(arrived, by(operator, absence)))).toEqual([[3, 'correction', undefined]]);
  });
  it('a settlement that never comes leaves them to the one who typed them in', () => {
    expect(found([...waiting(), onRecord(first)])).toEqual([[4, 'violation', 'role']]);
    expect(found([...waiting(), onRecord(first), onRecord(second, { commandId: 's-2' })])).toEqual([
      [4, 'violation', 'role'],
      [5, 'violation', 'role'],
    ]);
  });
  it('1.1-10 is judged on the log before the acts that it brings', () => {
    const open = apart(eventsAfter('HandOverSite'), [complete]);
    const [done] = reportedIn(open) as [ReportedAct];
    const taken = [...open, onRecord(done), settlement([0], idOfReport(open))];
    expect(audit(taken).clean).toBe(true);
    expect(audit(taken).state.closing.completedAt).toBe(minute(43));
    const reported = apart(advance([], plain), [complete]);
    const ended = [...reported, onRecord(done), settlement([0], idOfReport(reported))];
    expect(found(ended)).toEqual([
      [reported.length, 'deviation', 'not-ended'],
      [reported.length + 1, 'violation', 'acts-not-ended'],
      [reported.length + 1, 'correction', undefined],
    ]);
  });
  it('though its data are no positions, is a finding and no error', () => {
    const odd = fact('DiscrepancySettled', { discrepancyId: 'd-4', taken: 7, text: 'x' }, operator, settledBy);
    expect(found([...waiting(), onRecord(first), odd])).toEqual([
      [4, 'violation', 'role'],
      [5, 'id-reused', undefined],
      [5, 'unreadable', undefined],
    ]);
  });
});

describe('0-02 a report that is not what reconciling says of the log as it stood', () => {
  type Report = Extract<VisitEvent, { type: 'DiscrepancyReported' }>['data'];
  /** The log of a report in which these fields of it, or of its first act, are others. */
  const reportedAs = (log: readonly VisitEvent[], report: Partial<Report>, act: object = {}) =>
    log.map((event) => {
      if (event.type !== 'DiscrepancyReported') return event;
      const acts = event.data.acts.map((one, place) => (place === 0 ? { ...one, ...act } : one));
      return { ...event, data: { ...event.data, acts, ...report } } as VisitEvent;
    });
  const fields = (events: readonly VisitEvent[]) =>
    audit(events)
      .findings.filter(({ rule }) => rule === 'as-decided')
      .map(({ index, kind, clause, facts }) => [index, kind, clause, facts.fields]);
  const misreported = (...wrong: readonly string[]) => [[3, 'violation', '0-02', wrong]];
  const violations = [{ rule: 'role', clause: '0-02' }];

  it('1.2-12 as it is, it is clean', () => {
    expect(audit(waiting()).clean).toBe(true);
    expect(audit(told()).clean).toBe(true);
  });
  it.each<[string, Partial<Report>, object, readonly string[]]>([
    ['other clauses', {}, { violations }, ['acts.0.violations']],
    ['none', {}, { violations: [] }, ['acts.0.violations']],
    ['as lawful then, while the provider waited to be replaced', {}, { lawfulThen: true }, ['acts.0.lawfulThen']],
    ['a twin of no event', {}, { twinOf: 1 }, ['acts.0.twinOf']],
    ['an id that is not that of its place', { discrepancyId: 'd-1' }, {}, ['discrepancyId']],
    ['another time than that of its last act', { at: minute(42) }, {}, ['at']],
  ])('%s', (_, report, act, wrong) => {
    const log = reportedAs(waiting(), report, act);
    expect(fields(log)).toEqual(misreported(...wrong));
    expect(audit(log)).toMatchObject({ clean: false, state: replay(log) });
  });
  it('an entry that could not be read, or is of an unknown type, has a place among those that it counts', async () => {
    const unread = { ...takenOver()[1], type: 'NotOfThisRelease' } as unknown as VisitEvent;
    const [log, placed] = [takenOver(), waiting([...takenOver(), unread])];
    const report = placed.at(-1) as VisitEvent;
    const malformed = fact('ClientNotified', { about: 7, reached: true } as never);
    for (const entry of [unread, malformed, null, { type: 7 }]) {
      expect(found([...log, entry, report] as VisitEvent[]).filter(([index]) => index === 4)).toEqual([]);
    }
    for (const entry of [unread, malformed]) {
      for await (const { audit: read } of auditLog([...log, entry, report].map((event) => JSON.stringify(event)))) {
        expect(read.findings.filter(({ index }) => index === 4)).toEqual([]);
      }
    }
  });
  it('1.2-12 an act that was judged before the report of an earlier batch', () => {
    const log = apart(waiting(), [decline(42)], 1);
    const [act] = reportedIn(log);
    const report = { ...log.at(-1), data: { ...log.at(-1)?.data, acts: [{ ...act, on: 3 }] } } as VisitEvent;
    expect(fields(log)).toEqual([]);
    expect(fields([...log.slice(0, -1), report])).toEqual([[4, 'violation', '0-02', ['acts.0.on']]]);
  });
  it('an act of another recorder between those that it reports and itself, but none of the same batch', () => {
    const resume = command('ResumeWork', { at: minute(40), kind: 'break' });
    const pause = command('PauseWork', { at: minute(41), kind: 'break' });
    const log = apart(eventsAfter('StartWork'), [resume, pause]);
    const report = log.length - 1;
    expect(log.slice(-2)).toMatchObject([{ type: 'Paused' }, { data: { acts: [{ on: report - 1 }] } }]);
    expect(fields(log)).toEqual([]);
    const told = fact('ClientNotified', { about: [], reached: true }, operator);
    expect(fields([...log.slice(0, -1), told, ...log.slice(-1)])).toContainEqual([
      report + 1,
      'violation',
      '0-02',
      ['discrepancyId', 'acts.0.on'],
    ]);
  });
  it('1.1-01 a twin that is left out', () => {
    const refused = { twinOf: undefined, violations: [{ rule: 'not-arrived', clause: '1.1-01' }] };
    const log = JSON.parse(JSON.stringify(reportedAs(told(), {}, refused))) as VisitEvent[];
    expect(fields(log)).toEqual([[2, 'violation', '0-02', ['acts.0.twinOf', 'acts.0.violations']]]);
  });
  it('1.1-01 an act that reconciling would have accepted', () => {
    const accepted = apart(eventsAfter('AssignVisit'), [command('RecordArrival', { at: minute(5) })]);
    const arrived = accepted.at(-1) as VisitEvent;
    const act = { ...arrived, commandId: 'c-1', on: 1, violations, lawfulThen: true };
    const report = { at: minute(5), discrepancyId: 'd-2', basedOn: 1, acts: [{ ...act, metadata: undefined }] };
    const log = JSON.parse(JSON.stringify([accepted[0], fact('DiscrepancyReported', report)])) as VisitEvent[];
    expect(fields(log)).toEqual([[1, 'violation', '0-02', ['acts.0.violations']]]);
  });
  it('that a rule refuses has that rule as its only finding', () => {
    const log = waiting();
    expect(found([...log, log.at(-1) as VisitEvent])).toEqual([[4, 'violation', 'discrepancy-new']]);
  });
  it('1.2-12 of a log whose events come twice is judged without the repeats', () => {
    const log = waiting(takenOver().map((event, place) => ({ ...event, metadata: { eventId: `e-${place}` } })));
    expect(audit([log[0], ...log] as VisitEvent[]).clean).toBe(true);
  });
});

describe('1.1-10 a discrepancy that is open', () => {
  const paid = () => advance([], [...plain, command('DocumentStart', { at: minute(24) })]);
  const open = () => apart(paid(), [command('ShowCredential', { at: minute(40) })]);
  it('makes no visit payable, and nothing but a person would', () => {
    expect(dossier(paid())).toMatchObject({ payable: true, unmetForPayment: [] });
    expect(dossier(open())).toMatchObject({ payable: false, unmetForPayment: ['discrepancy-open'] });
    expect(missing(replay(open()), { goal: 'payable' })).toEqual({ found: false, reason: 'discrepancy-open' });
    expect(missing(replay(open()))).toEqual({ found: true, acts: [] });
    expect(missing(replay(waiting()), { goal: 'payable' })).toEqual({ found: false, reason: 'discrepancy-open' });
    expect(dossier([...open(), settlement([], idOfReport(open()))])).toMatchObject({
      payable: true,
      unmetForPayment: [],
    });
  });
  it('1.1-10 is owed until it is settled, and late beyond the threshold', () => {
    const settledAt = (minutes: number) => {
      const { data, ...event } = settlement([], idOfReport(open()));
      return [...open(), { ...event, data: { ...data, at: minute(minutes) } } as VisitEvent];
    };
    const last = open().length - 1;
    expect(verdict('1.1-10', open())).toMatchObject({ status: 'missing', evidence: [last] });
    expect(verdict('1.1-10', settledAt(60))).toMatchObject({ status: 'satisfied', evidence: [last, last + 1] });
    expect(verdict('1.1-10', settledAt(120))).toMatchObject({
      status: 'late',
      facts: { measure: 'discrepancy-settled', value: 80 * 60_000, threshold: 60 * 60_000 },
    });
  });
  it('1.1-10 of twins alone owes nothing', () => {
    expect(dossier(told()).debts).toEqual([]);
    expect(dossier(told()).unmetForPayment).not.toContain('discrepancy-open');
  });
  it('1.1-10 is measured from its report, by the time when that was recorded, to its settlement', () => {
    const at = (recordedAt?: string) => {
      const [last, ...before] = [...waiting()].reverse();
      const stored = { ...last, ...(recordedAt && { metadata: { recordedAt } }) } as VisitEvent;
      const events = [
        ...before.reverse(),
        stored,
        { ...settlement([]), data: { ...settlement([]).data, at: minute(130) } },
      ];
      return dossier(events as VisitEvent[]).measures.filter(({ name }) => name === 'discrepancy-settled');
    };
    const facts = { discrepancyId: 'd-4', to: minute(130) };
    const measure = { name: 'discrepancy-settled', clause: '1.1-10', index: 4, threshold: 3_600_000 };
    expect(at()).toEqual([{ ...measure, value: 89 * 60_000, flagged: true, facts: { ...facts, from: minute(41) } }]);
    expect(at(minute(70))).toEqual([
      { ...measure, value: 60 * 60_000, flagged: false, facts: { ...facts, from: minute(70) } },
    ]);
  });
});

describe('guide', () => {
  const center = (events: readonly VisitEvent[]) => guide(replay(events), { role: 'contact-center' });
  it('leaves the report of a discrepancy out: reconciling makes it', () => {
    for (const role of ['provider', 'client'] as const) {
      const { open, closed } = guide(replay(waiting()), { role });
      expect([...open, ...closed].map(({ command }) => command)).not.toContain('ReportDiscrepancy');
    }
  });
  it('suggests no correction, and no remedy is one', () => {
    for (let length = 0; length <= plain.length; length++) {
      const { closed, suggested } = center(advance([], plain.slice(0, length)));
      expect([suggested, ...closed.flatMap(({ remedy }) => remedy)]).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/AnnulAct|CorrectTime|Discrepancy/)]),
      );
    }
    expect(center(advance([], plain)).open.map(({ command }) => command)).toEqual(
      expect.arrayContaining(['AnnulAct', 'CorrectTime']),
    );
  });
  it('1.1-10 suggests to settle a discrepancy where that is the oldest debt of the center', () => {
    const alone = apart(eventsAfter('AssignVisit'), [command('ShowCredential', { at: minute(40) })]);
    expect(center(alone)).toMatchObject({ suggested: 'SettleDiscrepancy' });
    expect(center(waiting()).suggested).toBe('NotifyClient');
  });
});

describe('1.3-04 a completion call that is taken after the case number was amended', () => {
  it('does not name the case, until the center annuls the completion and records the call', () => {
    const other = command('AmendAssignment', { at: minute(40), caseNumber: 'EXP-2' });
    const known = eventsBefore('ReportCompletion');
    const documented = advance(known, [command('DocumentStart', { at: minute(39) }), other]);
    const log = apart(documented, [step('ReportCompletion'), step('CompleteVisit')], known.length);
    expect(reportedIn(log).map(({ type, lawfulThen }) => [type, lawfulThen])).toEqual([
      ['CompletionReported', true],
      ['Completed', true],
    ]);
    const taken = reportedIn(log).map((act) => onRecord(act));
    const settled = [...log, ...taken, settlement([0, 1], idOfReport(log))];
    expect(dossier(settled).unmetForPayment).toEqual(['completion-reported']);
    const call = { at: minute(61), caseNumber: 'EXP-2', call: { at: minute(61) } };
    const again = by(operator, command('ReportCompletion', call));
    const events = advance(settled, [annul('Completed', minute(23)), again, by(operator, complete)]);
    expect(dossier(events)).toMatchObject({ payable: true, unmetForPayment: [] });
  });
});

describe('a log that is read line by line', () => {
  it('is judged as one that is read at once', async () => {
    const done = advance([], [...plain]);
    const logs = [
      [...waiting(), onRecord(first), onRecord(second), settlement([0, 1])],
      [...waiting(), onRecord(first), settlement([0, 1])],
      [...waiting(), onRecord(first)],
      advance(done, [annul('Completed', minute(23)), complete].slice(0, 1)),
    ];
    for (const events of logs) {
      const lines = events.map((event) => JSON.stringify(event));
      const { clean, findings } = audit(events);
      for await (const { audit: read } of auditLog(lines)) {
        expect(read.clean).toBe(clean);
        expect(read.findings.map(({ line: _, ...finding }) => finding)).toEqual(findings);
      }
    }
  });
});
