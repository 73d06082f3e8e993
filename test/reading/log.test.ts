import { describe, expect, it } from 'vitest';
import type { Actor, VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { type DebtHistory, trackDebts } from '../../src/reading/judging/debt-history.ts';
import { Unreadable } from '../../src/reading/judging/log.ts';
import { readLog } from '../../src/reading/judging/reader.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import type { Debt, Policy } from '../../src/visit/index.ts';
import {
  absence,
  assignment,
  call,
  instruct,
  irresolvable,
  operator,
  otherProvider,
  provider,
  rejection,
  stretch,
  substitution,
  without,
} from '../scenarios/commands.ts';

const found = (events: readonly VisitEvent[], policy?: Policy) =>
  audit(events, policy === undefined ? {} : { policy })
    .findings.filter(({ kind }) => kind !== 'measure')
    .map(({ index, kind, rule, facts }) => ({ index, kind, ...(rule && { rule }), facts }));
const rules = (events: readonly VisitEvent[]) =>
  found(events).map(({ index, kind, rule }) => `${index} ${kind} ${rule}`);

describe('what is no event', () => {
  const good = { visitId: 'visit-1', at: minute(1), by: provider };
  it.each<[unknown, string?]>([
    [{ type: 7, data: good }],
    [{ type: 'ProviderArrived', data: { ...good, visitId: 7 } }],
    [{ type: 'ProviderArrived', data: { ...good, by: { role: 'provider' } } }],
    [{ type: 'ProviderArrived', data: { ...good, by: { id: 'prov-1' } } }],
    [{ type: 'ProviderArrived', data: { ...good, by: { role: 7, id: 'prov-1' } } }],
    [{ type: 'ProviderArrived', data: { ...good, recordedBy: { role: 'provider', id: 7 } } }],
    [{ type: 'ProviderArrived', data: { ...good, recordedBy: null } }],
    [{ type: 'PhotosTaken', data: { ...good, photos: 3 } }, 'PhotosTaken'],
  ])('is unreadable, and named where its type can be: %j', (entry, type) => {
    expect(found([...eventsAfter('AssignVisit'), entry as VisitEvent])).toEqual([
      { index: 1, kind: 'unreadable', facts: type === undefined ? {} : { type } },
    ]);
  });
  it('is put where it stood, by a reader of lines that could not read it', () => {
    const entries = [...eventsAfter('AssignVisit'), new Unreadable({ line: 2 }), new Unreadable({ line: 3 }, true)];
    expect(readLog(entries).findings).toEqual([
      { index: 1, kind: 'unreadable', facts: { line: 2 } },
      { index: 2, kind: 'unknown-event', facts: { line: 3 } },
    ]);
  });
  it('leaves nothing behind: neither an act nor a debt', () => {
    const odd = { type: 'PhotosTaken', data: { ...good, photos: 3 } } as unknown as VisitEvent;
    const { violations, integrity, ...rest } = dossier([...eventsAfter('SubmitPhotos'), odd]);
    expect(integrity).toEqual({ status: 'broken', at: eventsAfter('SubmitPhotos').length, reason: 'unreadable' });
    expect(violations).toMatchObject([{ index: eventsAfter('SubmitPhotos').length, kind: 'unreadable' }]);
    expect({ ...rest, violations: [], integrity: { status: 'unverified' } }).toEqual(
      dossier(eventsAfter('SubmitPhotos')),
    );
  });
  it('leaves no violation and no remark behind that were found before its effect failed', () => {
    const early = { visitId: 'visit-1', at: '2020-01-01T00:00:00.000Z', by: provider };
    const odd = { type: 'ToolsShown', data: { ...early, tools: 3 } } as unknown as VisitEvent;
    expect(readLog([...eventsAfter('AssignVisit'), odd]).findings).toEqual([
      { index: 1, kind: 'unreadable', facts: { type: 'ToolsShown' } },
    ]);
  });
  it('1.1-13 is not what comes before the assignment: that is judged', () => {
    const events = (['ProviderArrived', 'ToolsShown', 'MaterialsAccepted'] as const).map((type) =>
      fact(type, { tools: [] }),
    );
    expect(rules(events)).toEqual([0, 1, 2].map((index) => `${index} violation assigned-first`));
  });
});

describe('0-02 whose act an event says that it is', () => {
  const tested = () => eventsAfter('TestQuality');
  const fieldsOf = (events: readonly VisitEvent[]) => found(events).map(({ rule, facts }) => [rule, facts.fields]);
  it.each<[string, () => readonly VisitEvent[], readonly string[]]>([
    [
      'with more than who it is',
      () => [...eventsAfter('AssignVisit'), fact('ProviderArrived', {}, { ...provider, name: 'Luis' } as Actor)],
      ['by'],
    ],
    [
      'another provider’s, where the center typed it in for the one assigned',
      () => [
        ...eventsBefore('ReportStart'),
        fact('StartReported', { at: minute(15), call, recordedBy: operator }, otherProvider),
      ],
      ['by'],
    ],
    [
      'the client’s, done by the provider and not said to be',
      () => [...tested(), fact('ClientConformed', { at: minute(18) }, provider)],
      ['recordedBy', 'by'],
    ],
  ])('%s', (_, events, fields) => {
    expect(fieldsOf(events())).toEqual([['as-decided', fields]]);
  });
  it('is the same in whatever order it stands', () => {
    const turned = { id: provider.id, role: provider.role };
    expect(found([...eventsAfter('AssignVisit'), fact('ProviderArrived', {}, turned)])).toEqual([]);
  });
  it('is not asked of what a rule refuses', () => {
    const events = [...eventsAfter('RecordArrival'), fact('ProviderArrived', { at: minute(2), recordedBy: provider })];
    expect(rules(events)).toEqual(['2 violation not-arrived']);
  });
});

describe('1.2-12 recorded by a provider who was replaced', () => {
  const replaced = () => advance(eventsAfter('AssignVisit'), [irresolvable, substitution]);
  const shown = (at: number, by: Actor = provider) => fact('ToolsShown', { at: minute(at), tools: [] }, by);
  const back = (at: number) =>
    fact('ProviderReassigned', { at: minute(at), provider: assignment.provider, arriveBy: minute(90) }, operator);
  const again = (at: number) =>
    fact(
      'ProviderReassigned',
      { at: minute(at), provider: { id: 'prov-2', name: 'Rosa' }, arriveBy: minute(90) },
      operator,
    );
  const last = (events: readonly VisitEvent[]) =>
    rules(events)
      .filter((text) => text.startsWith(`${events.length - 1} `))
      .map((text) => text.slice(text.indexOf(' ') + 1));
  it('at the very moment of it is no longer late', () => {
    expect(last([...replaced(), shown(29)])).toEqual(['late assigned-provider', 'violation arrived']);
    expect(last([...replaced(), shown(30)])).toEqual(['violation assigned-provider', 'violation arrived']);
  });
  it('goes by the latest replacement of two', () => {
    const twice = [...replaced(), back(40), again(50)];
    expect(last([...twice, shown(45)])).toEqual(['late assigned-provider', 'violation arrived']);
    expect(last([...twice, shown(50)])).toEqual(['violation assigned-provider', 'violation arrived']);
  });
  it('counts for none who is assigned now', () => {
    expect(last([...replaced(), shown(10, otherProvider)])).toEqual(['violation arrived']);
    expect(last([...replaced(), back(40), shown(10)])).toEqual(['violation arrived']);
  });
  it('is a provider: an operator of that id never is', () => {
    const told = { at: minute(10), about: ['provider-change'], reached: true };
    expect(last([...replaced(), fact('ClientNotified', told, { role: 'contact-center', id: 'prov-1' })])).toEqual([]);
  });
});

describe('1.1-10 what let an act through is the waiver of that rule', () => {
  const facts = (events: readonly VisitEvent[], policy?: Policy) =>
    found(events, policy).map(({ rule, facts: { instructedAt, reason } }) => [rule, instructedAt ?? reason]);
  it('of several instructions', () => {
    const waiving = (at: number, rule: 'tools-shown' | 'area-cleared') =>
      instruct('visit', 'proceed', { at: minute(at), waives: [rule] });
    const events = advance(eventsBefore('ShowTools'), [
      waiving(13, 'tools-shown'),
      waiving(14, 'area-cleared'),
      ...without(stretch('ClearArea', 'StartWork'), 'ClearArea'),
    ]);
    expect(facts(events)).toEqual([
      ['tools-shown', minute(13)],
      ['area-cleared', minute(14)],
    ]);
  });
  it('of several in the policy', () => {
    const policy: Policy = {
      waive: [
        { rule: 'tools-shown', reason: 'una visita corta' },
        { rule: 'area-cleared', reason: 'patio abierto' },
      ],
    };
    const acts = without(stretch('AssignVisit', 'StartWork'), 'ShowTools', 'ClearArea');
    expect(facts(advance([], acts, policy), policy)).toEqual([
      ['tools-shown', 'una visita corta'],
      ['area-cleared', 'patio abierto'],
    ]);
  });
});

describe('a debt, from its opening to its end', () => {
  const spans = (events: readonly VisitEvent[]) =>
    dossier(events).debts.map(({ kind, about, openedBy, endedBy }) =>
      [kind, ...(about === undefined ? [] : [about]), openedBy, endedBy].join(' '),
    );
  it('1.1-22, 1.1-27 is told from another kind that was opened at the same time', () => {
    const at = minute(8);
    const past = eventsAfter('TakePhotos');
    const events = advance(past, [
      command('SubmitPhotos', { at, photoIds: ['f-1'], channel: 'app' }),
      command('ReportStart', { at, call }),
      command('DocumentStart', { at: minute(9) }),
    ]);
    const sent = past.length;
    expect(spans(events)).toEqual([`document-photos ${sent} `, `document-start ${sent + 1} ${sent + 2}`]);
  });
  it('1.1-10 is told from another topic that was opened at the same time', () => {
    const at = minute(31);
    const both = advance(eventsAfter('ShowCredential'), [
      absence,
      {
        ...rejection,
        data: { ...rejection.data, at },
      } as never,
    ]);
    expect(spans(advance(both, instruct('identity', 'wait', { at: minute(33) })))).toEqual([
      'give-instruction client-absence 3 ',
      'give-instruction identity 4 5',
    ]);
  });
  it('1.1-10 that is owed again is another, though it is dated as the first was', () => {
    const wait = instruct('client-absence', 'wait', { at: minute(31) });
    const events = advance(eventsAfter('ShowCredential'), [absence, wait, absence]);
    expect(spans(events)).toEqual(['give-instruction client-absence 3 4', 'give-instruction client-absence 5 ']);
    expect(spans(advance(events, wait))).toEqual([
      'give-instruction client-absence 3 4',
      'give-instruction client-absence 5 6',
    ]);
  });
});

describe('what a log tells beside', () => {
  it('1.1-31 a request that was declined without a word about it', () => {
    const asked = command('DeclineOffContractRequest', { at: minute(9), activity: 'material-purchase' });
    expect(dossier(advance(eventsAfter('ShowCredential'), asked)).declined).toStrictEqual([
      { index: 3, at: minute(9), activity: 'material-purchase' },
    ]);
  });
  const attempts = (events: readonly VisitEvent[]) =>
    dossier(events).attempts.map(({ index, endedBy, end }) => [index, endedBy, end]);
  const away = () => [
    command('PauseWork', { at: minute(30), kind: 'second-visit', notice: call }),
    command('RecordArrival', { at: minute(90) }),
  ];
  const closed = [instruct('visit', 'cancel', { at: minute(95) }), command('CloseVisit', { at: minute(96) })];
  it('1.1-49 a return that ended before the work was resumed', () => {
    const past = eventsAfter('StartWork');
    expect(attempts(advance(past, [...away(), ...closed]))).toEqual([[past.length + 1, past.length + 3, 'closed']]);
  });
  it('1.1-49 and none where it was', () => {
    const resumed = command('ResumeWork', { at: minute(91), kind: 'second-visit', notice: call });
    expect(attempts(advance(eventsAfter('StartWork'), [...away(), resumed, ...closed]))).toEqual([]);
  });
  it('1.1-48 a break, in a foreign log, ends no attempt', () => {
    const paused = fact('Paused', { at: minute(3), kind: 'break' });
    expect(attempts(advance([...eventsAfter('ShowCredential'), paused], closed))).toEqual([[1, 5, 'closed']]);
  });
});

describe('the faults of a chain', () => {
  const faults = [
    { index: 2, fault: 'changed' },
    { index: 0, fault: 'missing' },
  ];
  const events = () => [...eventsAfter('AssignVisit'), fact('CredentialShown'), fact('ProviderArrived')];
  it('stand in the order of the log, among what else was found', () => {
    expect(
      audit(events(), { chain: { faults } }).findings.map(({ index, kind, facts }) => [index, kind, facts.fault]),
    ).toEqual([
      [0, 'chain', 'missing'],
      [1, 'violation', undefined],
      [2, 'chain', 'changed'],
    ]);
  });
  it('are violations of the dossier, which says whether the chain is whole and where it ends', () => {
    const head = { count: 3, hash: 'a'.repeat(64) };
    const { violations, chain } = dossier(events(), { chain: { faults, head: null } });
    expect(violations.map(({ index, kind }) => [index, kind])).toEqual([
      [0, 'chain'],
      [1, 'violation'],
      [2, 'chain'],
    ]);
    expect(chain).toEqual({ intact: false, head: null, sealedFrom: 0 });
    expect(dossier(events(), { chain: { faults: [], head } }).chain).toEqual({ intact: true, head, sealedFrom: 0 });
    expect(dossier(events()).chain).toBeNull();
  });
});

describe('the debts of a visit from event to event', () => {
  const debt = (about: string) =>
    ({ kind: 'settle-discrepancy', debtor: 'contact-center', clause: '1.1-10', since: minute(1), about }) as const;
  const [first, second, third, fourth] = ['d-1', 'd-2', 'd-3', 'd-4'].map(debt) as [Debt, Debt, Debt, Debt];

  it('that one event ends on both sides of another leave that one open, once', () => {
    const history: DebtHistory = { spans: [], open: [] };
    trackDebts(history, [first, second, third], 1, fact('DiscrepancyReported', { at: minute(1) }));
    const ended = trackDebts(history, [second, fourth], 2, fact('DiscrepancySettled', { at: minute(2) }));
    expect(ended.map(({ about }) => about)).toEqual(['d-1', 'd-3']);
    expect(history.open.map(({ about }) => about)).toEqual(['d-2', 'd-4']);
    expect(history.spans.map(({ about, openedBy, endedBy }) => [about, openedBy, endedBy])).toEqual([
      ['d-1', 1, 2],
      ['d-2', 1, null],
      ['d-3', 1, 2],
      ['d-4', 2, null],
    ]);
  });
});
