import { describe, expect, it } from 'vitest';
import { clause, explain, guide } from '../../src/index.ts';
import type { VisitEvent, WaivableRule } from '../../src/messages/index.ts';
import type { ClauseId } from '../../src/protocol/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { decide, type Policy, replay } from '../../src/visit/index.ts';
import {
  absence,
  call,
  client,
  instruct,
  irresolvable,
  leave,
  needed,
  operator,
  photo,
  placeIn,
  plain,
  provider,
  refusal,
  rejection,
  stretch,
  substitution,
  waive,
} from '../scenarios/commands.ts';

const on = (clause: ClauseId, events: readonly VisitEvent[], policy?: Policy) => {
  const { payment, protocol } = dossier(events, policy === undefined ? {} : { policy });
  return [...payment, ...protocol].find((verdict) => verdict.clause === clause);
};
const status = (clause: ClauseId, events: readonly VisitEvent[], policy?: Policy) => on(clause, events, policy)?.status;
const close = command('CloseVisit', { at: minute(50) });
const without = (...types: string[]) => plain.filter(({ type }) => !types.includes(type));

describe('what a verdict once hid', () => {
  it('1.1-26 a start call that came early is told beside it, and in the remarks', () => {
    const events = advance(
      eventsBefore('SubmitPhotos'),
      command('ReportStart', { at: minute(9), call: { at: minute(9) } }),
    );
    expect(on('1.1-26', events)).toMatchObject({ status: 'satisfied', facts: { remarks: ['early-start-call'] } });
    expect(dossier(events).remarks).toMatchObject([
      { index: events.length - 1, facts: { measure: 'early-start-call' } },
    ]);
  });
  it('1.1-26 a call that is repeated during the work is not early', () => {
    const extra = command('TakePhotos', { at: minute(40), photos: [photo('f-2')] });
    const again = command('ReportStart', { at: minute(41), call });
    expect(
      dossier(advance(eventsAfter('StartWork'), [extra, again])).remarks.map(({ facts }) => facts.measure),
    ).not.toContain('early-start-call');
  });
  it('1.1-52, 1.1-53 belongings that are unlisted or disputed, though the act is refused by another rule', () => {
    const shown = fact('BelongingsShown', {
      at: minute(20),
      items: ['taladro'],
      clientConfirmed: false,
      disputed: ['taladro'],
    });
    const events = [...advance(eventsAfter('StartWork'), absence), shown];
    expect(audit(events).findings.filter(({ kind }) => kind === 'deviation')).toMatchObject([
      { clause: '1.1-52' },
      { clause: '1.1-53' },
    ]);
    expect([status('1.1-52', events), status('1.1-53', events)]).toEqual(['contradicted', 'contradicted']);
  });
  it('what a waiver let through, though another rule refuses the act', () => {
    const started = fact('WorkStarted', { at: minute(16) });
    const past = advance(eventsBefore('ClearArea'), waive('area-cleared'));
    const { findings } = audit([...past, started]);
    expect(findings.filter(({ kind }) => kind === 'deviation')).toMatchObject([
      { index: past.length, rule: 'area-cleared', clause: '1.1-41', facts: { waivedBy: 'instruction' } },
    ]);
    expect(status('1.1-41', [...past, started])).toBe('waived');
  });
});

describe('what a verdict once credited', () => {
  it('1.1-01 the arrival of a stranger, which changes nothing', () => {
    const stranger = fact('ProviderArrived', { at: minute(3) }, { role: 'provider', id: 'zz' });
    const events = [...eventsAfter('AssignVisit'), stranger];
    const closed = [...events, ...advance(eventsAfter('AssignVisit'), [instruct('visit', 'cancel'), close]).slice(1)];
    expect(on('1.1-01', events)).toMatchObject({ status: 'missing', evidence: [] });
    expect(dossier(closed).attempts).toEqual([]);
  });
  it('1.1-01 the late arrival of the provider who was replaced', () => {
    const late = fact('ProviderArrived', { at: minute(10) });
    expect(status('1.1-01', [...advance(eventsAfter('AssignVisit'), [irresolvable, substitution]), late])).toBe(
      'missing',
    );
  });
  it('1.1-39 a dispute of a foreign log after the end, which changes nothing', () => {
    const closed = advance(eventsAfter('ExplainWork'), [instruct('visit', 'cancel'), close]);
    const refused = fact('MaterialsChangeRefused', { at: minute(60), call });
    const events = [...closed, refused, fact('Completed', { at: minute(61) })];
    expect(dossier(events).debts.map(({ kind }) => kind)).not.toContain('coordinate-materials');
    expect(dossier(events).debts.find(({ kind }) => kind === 'document-photos')).toMatchObject({ endedBy: null });
  });
  it('1.1-49 three visits whose notices were in time as a late one', () => {
    const back = [
      command('RecordArrival', {}),
      command('ResumeWork', { kind: 'second-visit', notice: { at: minute(0) } }),
    ];
    const events = advance(eventsAfter('StartWork'), [leave, ...back, leave, ...back]);
    expect(on('1.1-49', events)).toMatchObject({ status: 'satisfied', facts: { remarks: ['visits'] } });
    const slow = command('ResumeWork', { kind: 'second-visit', notice: { at: minute(40) } });
    const late = advance(eventsAfter('StartWork'), [leave, ...back, leave, ...back.slice(0, 1), slow]);
    expect(on('1.1-49', late)).toMatchObject({
      status: 'late',
      facts: { measure: 'reentry-notice', value: 40 * 60_000, threshold: 15 * 60_000 },
    });
  });
});

describe('what a verdict once missed', () => {
  it('1.1-19, 1.1-20 photographs after the start, which nothing calls for', () => {
    const extra = command('TakePhotos', { at: minute(40), photos: [photo('f-2')] });
    const events = advance(eventsAfter('StartWork'), [extra, ...stretch('TestQuality')]);
    expect(['1.1-18', '1.1-19', '1.1-20'].map((clause) => status(clause as ClauseId, events))).toEqual(
      Array(3).fill('satisfied'),
    );
    const shots = command('AmendAssignment', { requiredShots: ['fachada'] });
    expect(status('1.1-18', advance(eventsAfter('StartWork'), shots))).toBe('satisfied');
  });
  it('1.1-46 tests that were made, and failed', () => {
    const failed = command('TestQuality', { withClient: true, tests: [{ name: 'a', passed: false }] });
    const events = advance(eventsBefore('TestQuality'), failed);
    expect([on('1.1-46', events), on('1.1-47', events)]).toMatchObject([
      { status: 'satisfied', evidence: [events.length - 1] },
      { status: 'missing', evidence: [] },
    ]);
  });
  it('1.2-13, 1.2-12, 1.1-10, 1.2-15 what was done though nobody owed it', () => {
    const told = command('NotifyClient', { about: ['provider-change'], reached: true });
    const early = advance(eventsAfter('AssignVisit'), [irresolvable, told, substitution]);
    expect(on('1.2-13', early)).toMatchObject({ status: 'satisfied', evidence: [2] });
    const instructed = advance(eventsAfter('AssignVisit'), [instruct('visit', 'reassign'), substitution]);
    expect(on('1.2-12', instructed)).toMatchObject({ status: 'satisfied', evidence: [2] });
    const cancelled = advance(eventsAfter('ShowCredential'), [instruct('visit', 'cancel'), close]);
    expect(on('1.1-10', cancelled)).toMatchObject({ status: 'satisfied', evidence: [3] });
    const delay = command('ReportTransitIssue', { issue: 'delay' });
    const breakdown = command('ReportTransitIssue', {
      issue: 'breakdown',
      resolvable: true,
      exceedsResponseTime: true,
    });
    const both = advance(eventsAfter('AssignVisit'), [
      breakdown,
      delay,
      command('NotifyClient', { about: ['delay'], reached: true }),
    ]);
    expect(on('1.2-15', both)).toMatchObject({ status: 'satisfied', evidence: [2, 3] });
    const tried = advance(eventsAfter('AssignVisit'), [
      delay,
      command('NotifyClient', { about: ['delay'], reached: false }),
    ]);
    expect(status('1.2-10', tried)).toBe('not-applicable');
  });
  it('1.1-08 an identity that was refused', () => {
    const events = advance(eventsAfter('ShowCredential'), [rejection, instruct('identity', 'cancel'), close]);
    expect(on('1.1-08', events)).toMatchObject({ status: 'satisfied', evidence: [3] });
  });
});

describe('what one waiver lets go', () => {
  const policy = (rule: WaivableRule): Policy => ({ waive: [{ rule, reason: 'contrato' }] });
  it.each<[WaivableRule, readonly string[], readonly ClauseId[]]>([
    ['belongings-checked', ['ShowBelongings'], ['1.1-51', '1.1-52', '1.1-53']],
    ['photos-sent', ['TakePhotos', 'SubmitPhotos'], ['1.1-19']],
    ['tools-shown', ['ShowTools'], ['1.1-40']],
    ['handed-over', ['HandOverSite'], ['1.1-45']],
  ])('%s: every clause that the act would have proved', (rule, left, clauses) => {
    const events = advance([], without(...left, 'GiveFarewell'), policy(rule));
    for (const clause of clauses)
      expect(on(clause, events, policy(rule)), clause).toMatchObject({
        status: 'waived',
        facts: { reason: 'contrato' },
      });
  });
  it('1.1-07 of an identity that was never validated', () => {
    const events = advance([], without('ValidateIdentity', 'GiveFarewell'), policy('identity-valid'));
    expect([
      status('1.1-07', events, policy('identity-valid')),
      status('1.1-08', events, policy('identity-valid')),
    ]).toEqual(['waived', 'waived']);
  });
  it('1.1-30, 1.1-31 an act that the contract allows', () => {
    const allowing = { allow: ['podar'] };
    const events = advance(
      eventsAfter('ShowCredential'),
      command('PerformOffContractAct', { activity: 'podar' }),
      allowing,
    );
    expect(on('1.1-30', events, allowing)).toMatchObject({
      status: 'waived',
      facts: { waivedBy: 'policy', activity: 'podar' },
    });
    expect(on('1.1-30', events)).toMatchObject({ status: 'contradicted', facts: { rules: ['activity-allowed'] } });
  });
});

describe('what a breach of another rule once hid of a waiver', () => {
  const waived = (...left: string[]) => [
    ...advance(
      advance(
        [],
        plain.slice(0, placeIn(plain, 'StartWork')).filter(({ type }) => !left.includes(type)),
      ),
      waive('photos-sent'),
    ),
    fact('WorkStarted', { at: minute(16) }),
  ];
  it('1.1-19, 1.1-20 of a photograph that was taken and never sent, the area not cleared', () => {
    const events = waived('SubmitPhotos', 'ClearArea');
    expect(audit(events).findings.slice(1)).toMatchObject([
      { kind: 'violation', rule: 'area-cleared' },
      { kind: 'deviation', rule: 'photos-sent', clause: '1.1-19' },
    ]);
    expect(['1.1-18', '1.1-19', '1.1-20'].map((clause) => status(clause as ClauseId, events))).toEqual([
      'satisfied',
      'waived',
      'waived',
    ]);
  });
  it('1.1-18 of no photograph at all: work that started calls for them', () => {
    for (const left of [
      ['TakePhotos', 'SubmitPhotos'],
      ['TakePhotos', 'SubmitPhotos', 'ClearArea'],
    ])
      expect(['1.1-18', '1.1-19', '1.1-20'].map((clause) => status(clause as ClauseId, waived(...left)))).toEqual(
        Array(3).fill('waived'),
      );
  });
  it('1.1-18, 1.1-20 missing where nothing let them go', () => {
    const events = [...eventsBefore('StartWork', { without: ['TakePhotos', 'SubmitPhotos'] }), fact('WorkStarted')];
    expect(['1.1-18', '1.1-19', '1.1-20'].map((clause) => status(clause as ClauseId, events))).toEqual([
      'missing',
      'contradicted',
      'missing',
    ]);
  });
  it('1.1-33 materials that were asked for call for their review', () => {
    const events = [
      ...advance(
        eventsBefore('StartWork', { without: ['SupplyMaterials', 'AcceptMaterials', 'ClearArea'] }),
        waive('materials-settled'),
      ),
      fact('WorkStarted', { at: minute(16) }),
    ];
    expect(status('1.1-33', events)).toBe('waived');
    const extra = command('RequestExtraMaterials', { materials: needed });
    const waited = advance(eventsAfter('StartWork'), [extra, waive('materials-settled'), ...stretch('TestQuality')]);
    expect(audit(waited)).toMatchObject({ clean: true, state: { phase: 'completed' } });
    expect(on('1.1-33', waited)).toMatchObject({ status: 'waived', facts: { waivedBy: 'instruction' } });
    expect(status('1.1-33', advance(eventsAfter('StartWork'), extra))).toBe('missing');
  });
});

describe('what is missing for the payment', () => {
  const ending = (...left: string[]) => {
    const before = plain.filter(({ type }) => !left.includes(type) && type !== 'CompleteVisit');
    return [...advance([], before), fact('Completed', { at: minute(23) })];
  };
  const documented = fact('StartDocumented', { at: minute(24) }, operator);
  const found = (events: readonly VisitEvent[]) => {
    const { missing, payable, unmetForPayment } = dossier(events);
    return { missing, payable, unmetForPayment };
  };
  it('nothing, of a visit that ended as it should', () => {
    expect(found([...advance([], plain), documented])).toEqual({
      missing: { found: true, acts: [] },
      payable: true,
      unmetForPayment: [],
    });
  });
  it('1.1-27 the record of the start, which can still be made after the end', () => {
    expect(found(advance([], plain))).toEqual({
      missing: { found: true, acts: ['DocumentStart'] },
      payable: false,
      unmetForPayment: ['start-documented'],
    });
  });
  it.each<[string, readonly VisitEvent[], ClauseId, string]>([
    ['without a completion call', [...ending('ReportCompletion'), documented], '1.3-02', 'contradicted'],
    [
      'whose call named another case',
      [
        ...ending('ReportCompletion').slice(0, -1),
        fact('CompletionReported', { call, caseNumber: 'EXP-9' }),
        fact('Completed'),
        documented,
      ],
      '1.3-04',
      'contradicted',
    ],
    [
      'whose call an objection undid',
      [
        ...eventsAfter('ReportCompletion'),
        fact('ClientObjected', { by: client, what: 'gotea' }, client),
        fact('Completed', { at: minute(23) }),
        documented,
      ],
      '1.3-04',
      'missing',
    ],
  ])('1.3-02, 1.3-04 of a visit that ended %s: what can no longer be done', (_, events, clause, expected) => {
    expect(found(events)).toEqual({
      missing: { found: false, reason: 'ended' },
      payable: false,
      unmetForPayment: ['completion-reported'],
    });
    expect(status(clause, events)).toBe(expected);
  });
  it('1.3-02, 1.3-04 a call that was undone before the visit was closed is no call', () => {
    const objected = fact('ClientObjected', { at: minute(22), what: 'gotea' }, client);
    const called = [...eventsAfter('ReportCompletion'), objected];
    const events = advance(called, [instruct('visit', 'cancel', { at: minute(40) }), close]);
    expect([status('1.3-02', events), status('1.3-04', events)]).toEqual(['not-applicable', 'not-applicable']);
    expect(found(events).unmetForPayment).toContain('completion-reported');
    const standing = advance(eventsAfter('ReportCompletion'), [instruct('visit', 'cancel', { at: minute(40) }), close]);
    expect([status('1.3-02', standing), status('1.3-04', standing)]).toEqual(['satisfied', 'satisfied']);
  });
  it('1.1-26 a start call that was waived', () => {
    const policy: Policy = { waive: [{ rule: 'start-reported', reason: 'contrato' }] };
    const events = advance([], without('ReportStart', 'GiveFarewell'), policy);
    expect(dossier(events, { policy })).toMatchObject({
      missing: { found: false, reason: 'ended' },
      payable: false,
      unmetForPayment: ['start-reported', 'start-documented'],
    });
  });
  it('1.3-04 a second call, while the visit goes on, where the first named another case', () => {
    const wrong = fact('CompletionReported', { at: minute(21), call, caseNumber: 'EXP-9' });
    const going = [...eventsBefore('ReportCompletion'), wrong];
    const named = found(going).missing;
    expect(named.found && named.acts).toEqual(['DocumentStart', 'ReportCompletion', 'CompleteVisit']);
    const right = command('ReportCompletion', { at: minute(22), call, caseNumber: 'EXP-1' });
    const events = advance(going, [right, command('CompleteVisit', { at: minute(23) }), command('DocumentStart', {})]);
    expect(found(events)).toMatchObject({ payable: true, missing: { found: true, acts: [] } });
    expect(dossier(events).workedMs).toBe(5 * 60_000);
  });
});

describe('what a clause once took for its proof', () => {
  const told = command('NotifyClient', { about: ['delay'], reached: true });
  it('1.2-10 the notice of a delay, which is 1.2-15', () => {
    const delay = command('ReportTransitIssue', { issue: 'delay' });
    const events = advance(eventsAfter('AssignVisit'), [delay, told]);
    expect([status('1.2-10', events), status('1.2-15', events)]).toEqual(['not-applicable', 'satisfied']);
    const exceeded = { issue: 'other', detail: 'derrumbe', resolvable: true, exceedsResponseTime: true } as const;
    const broken = advance(eventsAfter('AssignVisit'), [command('ReportTransitIssue', exceeded), told]);
    expect([status('1.2-10', broken), status('1.2-15', broken)]).toEqual(['satisfied', 'not-applicable']);
  });
  it('1.2-13 the notice of a change of provider that never came', () => {
    const change = command('NotifyClient', { about: ['provider-change'], reached: true });
    const solved = advance(eventsAfter('AssignVisit'), [irresolvable, change, instruct('visit', 'proceed')]);
    expect(status('1.2-13', solved)).toBe('not-applicable');
  });
  it('1.2-13, 1.2-15 the notice of the change, though that of a delay is still owed', () => {
    const late = command('ReportTransitIssue', { at: minute(1), issue: 'delay' });
    const change = command('NotifyClient', { at: minute(31), about: ['provider-change'], reached: true });
    const events = advance(eventsAfter('AssignVisit'), [late, irresolvable, substitution, change]);
    expect([status('1.2-13', events), status('1.2-15', events)]).toEqual(['satisfied', 'missing']);
  });
  it('1.1-46 tests that were made, passed, failed or objected to', () => {
    const objected = advance(eventsAfter('TestQuality'), command('RecordObjection', { what: 'gotea' }));
    expect([status('1.1-46', objected), status('1.1-47', objected)]).toEqual(['satisfied', 'missing']);
    const away = advance(eventsAfter('TestQuality'), leave);
    expect([status('1.1-46', away), status('1.1-47', away)]).toEqual(['missing', 'missing']);
  });
  it('1.1-43 no more than that the work was started and done', () => {
    expect(clause('1.1-43').text).toEqual({
      'es-CR': 'El proveedor inicia y realiza el trabajo.',
      en: 'The provider starts and carries out the work.',
    });
  });
});

describe('1.3-02 an event that is refused because the visit has ended', () => {
  const ended = advance([], plain);
  const strays = [
    fact('MaterialsSupplied', { at: minute(30), suppliedBy: 'client' }, client),
    fact('ClientAbsenceReported', { at: minute(31), call }),
    fact('IdentityRejected', { at: minute(32), reason: 'other', call }),
    fact('Paused', { at: minute(33), kind: 'second-visit', notice: call }),
    fact('ClientObjected', { at: minute(34), what: 'gotea' }, client),
    fact('BelongingsShown', { at: minute(35), items: ['taladro'], clientConfirmed: false }),
    fact('OffContractRequestDeclined', { at: minute(36), activity: 'other' }),
    fact('Completed', { at: minute(37) }),
  ];
  it.each(strays.map((stray) => [stray.type, stray] as const))(
    '%s proves nothing and calls for nothing',
    (_, stray) => {
      const { violations, ...after } = dossier([...ended, stray]);
      const { violations: none, ...before } = dossier(ended);
      expect(none).toEqual([]);
      expect(violations).toMatchObject([{ index: ended.length, rule: 'not-ended', clause: '1.3-02' }]);
      expect(after).toEqual(before);
      expect(replay([...ended, stray])).toEqual(replay(ended));
    },
  );
  it('MaterialsSupplied of a visit that needed none', () => {
    const none = [command('ExplainWork', { at: minute(10), method: 'ajustar', materials: [] })];
    const needless = advance(eventsAfter('AssessService'), [...none, ...stretch('ShowTools')]);
    const events = [...needless, strays[0] as VisitEvent];
    expect([status('1.1-31', events), status('1.1-33', events)]).toEqual(['not-applicable', 'not-applicable']);
  });
  it('a completion call contradicts it', () => {
    const late = fact('CompletionReported', { at: minute(30), call, caseNumber: 'EXP-1' });
    expect(on('1.3-02', [...ended, late])).toMatchObject({
      status: 'contradicted',
      facts: { against: [ended.length] },
    });
  });
});

describe('1.2-12 what a former provider did', () => {
  const handedOver = advance(eventsAfter('AssignVisit'), [irresolvable, substitution]);
  it.each([
    fact('ProviderArrived'),
    fact('CredentialShown'),
    fact('IdentityValidated', { person: 'client', fullNameGiven: true, documentShown: true }),
    fact('IdentityRejected', { reason: 'other', call }),
    fact('ToolsShown', { tools: ['llave'] }),
    fact('WorkStarted'),
    fact('Paused', { kind: 'second-visit', notice: call }),
    fact('Resumed', { kind: 'second-visit', notice: call }),
    fact('Completed'),
    fact('VisitClosed', { outcome: 'cancelled' }),
  ])('$type changes nothing, and is on record', (event) => {
    expect(replay([...handedOver, event])).toEqual(replay(handedOver));
    expect(audit([...handedOver, event]).clean).toBe(false);
  });
  it('VisitClosed by the center, or by the provider now assigned, ends the visit', () => {
    for (const by of [operator, { role: 'provider', id: 'prov-2' } as const])
      expect(replay([...handedOver, fact('VisitClosed', { outcome: 'cancelled' }, by)]).phase).toBe('closed');
  });
  it('the second visit of a former provider is no visit to the place, and no lateness of the next', () => {
    const left = fact('Paused', { at: minute(40), kind: 'second-visit', notice: call });
    expect(dossier([...handedOver, left]).measures).toEqual(dossier(handedOver).measures);
  });
});

describe('1.1-53 belongings that the client was not asked about', () => {
  it('are not said to be disputed', () => {
    const shown = fact('BelongingsShown', { at: minute(20), items: ['llave'] });
    const decision = decide(command('CompleteVisit', {}), replay([...eventsAfter('HandOverSite'), shown]));
    const refused = decision.ok
      ? []
      : decision.rejection.violations.filter(({ rule }) => rule === 'belongings-confirmed');
    expect(refused.map((one) => explain(one, 'es-CR'))).toEqual([
      expect.stringMatching(/^Falta que el cliente confirme las pertenencias/),
    ]);
  });
});

describe('1.3-02 of several completion calls', () => {
  const reported = (at: number) =>
    command('ReportCompletion', { at: minute(at), call: { at: minute(at) }, caseNumber: 'EXP-1' });
  it('the first that stands is the one that the work ends with', () => {
    const past = eventsBefore('ReportCompletion');
    const events = advance(past, [reported(25), reported(101)]);
    expect(dossier(events)).toMatchObject({ workedMs: 9 * 60_000 });
    expect(on('1.3-02', events)).toMatchObject({ status: 'satisfied', evidence: [past.length, past.length + 1] });
  });
  it('one that was undone is late no more', () => {
    const objection = command('RecordObjection', { at: minute(110), what: 'gotea' });
    const tested = command('TestQuality', { at: minute(120), withClient: true, tests: [{ name: 'a', passed: true }] });
    const conformed = command('RecordConformity', { at: minute(121) });
    const events = advance(eventsBefore('ReportCompletion'), [
      reported(100),
      objection,
      tested,
      conformed,
      reported(125),
    ]);
    expect(status('1.3-02', events)).toBe('satisfied');
    expect(status('1.3-02', advance(eventsBefore('ReportCompletion'), reported(100)))).toBe('late');
  });
});

describe('what stands at the head of a dossier', () => {
  it('2.2-11 breaches of conduct that were reported, which make no log unclean', () => {
    const breach = command('ReportConductBreach', { at: minute(30), kind: 'alcohol', detail: 'huele a licor' });
    const smoke = command('ReportConductBreach', { at: minute(31), kind: 'smoking' }, client);
    const events = advance(eventsAfter('StartWork'), [breach, smoke]);
    expect(audit(events).clean).toBe(true);
    const found = dossier(events);
    expect(Object.keys(found).indexOf('conduct')).toBeLessThan(Object.keys(found).indexOf('payment'));
    expect(found.conduct).toEqual([
      { index: events.length - 2, at: minute(30), by: operator, kind: 'alcohol', detail: 'huele a licor' },
      { index: events.length - 1, at: minute(31), by: client, kind: 'smoking' },
    ]);
  });
  it('2.2-08 what was escalated', () => {
    const escalated = command('EscalateClientImpact', { at: minute(30), what: 'sin agua', noticedAt: minute(20) });
    const past = eventsAfter('StartWork');
    expect(dossier(advance(past, escalated)).escalations).toEqual([
      { index: past.length, at: minute(30), by: provider, what: 'sin agua', noticedAt: minute(20) },
    ]);
  });
  it('2.2-08 what the center never took up is missing, as the words of the clause say', () => {
    const escalated = command('EscalateClientImpact', { at: minute(30), what: 'sin agua' });
    const open = advance(eventsAfter('StartWork'), escalated);
    const statusOf = (log: readonly VisitEvent[]) =>
      dossier(log).protocol.find((verdict) => verdict.clause === '2.2-08')?.status;
    expect(statusOf(open)).toBe('missing');
    expect(statusOf(advance(open, instruct('escalation', 'proceed')))).toBe('satisfied');
    expect(clause('2.2-08').text.en).toMatch(/provider .* to the contact center, which takes it up/);
    expect(clause('2.2-08').text['es-CR']).toMatch(/proveedor .* y el Centro lo atiende/);
  });
});

describe('what the guide once said', () => {
  const closed = (events: readonly VisitEvent[], type: string) =>
    guide(replay(events), { role: 'provider' }).closed.find((act) => act.command === type);
  it('1.1-10 while the visit is held, no waiver is offered: it would end what holds it', () => {
    expect(
      closed(advance(eventsAfter('RecordArrival'), instruct('visit', 'cancel')), 'LocateFault')?.waiver,
    ).toBeNull();
    expect(closed(advance(eventsAfter('AssignVisit'), irresolvable), 'ShowTools')?.waiver).toBeNull();
    expect(closed(eventsAfter('RecordArrival'), 'LocateFault')?.waiver).toMatchObject({ opens: true });
  });
  it('1.1-39 to the center, an act that is closed to it', () => {
    const past = advance(eventsAfter('ExplainWork'), [command('DocumentPhotos', { photoIds: ['f-1'] }), refusal]);
    const settled = [...past, fact('WorkExplained', { at: minute(60), method: 'm', materials: [] })];
    const { suggested, closed: shut } = guide(replay(settled), { role: 'contact-center' });
    expect(shut.map((act) => act.command)).toContain('CoordinateMaterials');
    expect(suggested).toBeNull();
  });
  it('2.2-11 to the client, the words of the center to the client', () => {
    const { open } = guide(replay(eventsAfter('ExplainWork')), { role: 'client' });
    expect(open.map(({ command: type }) => type)).toContain('ReportConductBreach');
    expect(open.flatMap(({ say }) => say)).toEqual([]);
  });
  it('1.1-13 of an act, that doing it would remedy it', () => {
    const { closed: shut } = guide(replay(eventsAfter('AssignVisit')), { role: 'contact-center' });
    expect(shut.find((act) => act.command === 'AssignVisit')?.remedy).toEqual([]);
  });
  it('an attempt after a second visit without service is one more', () => {
    const back = [
      command('RecordArrival', { at: minute(90) }),
      command('ResumeWork', { at: minute(91), kind: 'second-visit', notice: call }),
    ];
    const events = advance(eventsAfter('ExplainWork'), [leave, ...back, instruct('visit', 'cancel'), close]);
    expect(dossier(events).attempts.map(({ end }) => end)).toEqual(['second-visit', 'closed']);
  });
});

describe('what calls for a clause, and what does not', () => {
  const delay = command('ReportTransitIssue', { at: minute(2), issue: 'delay' });
  const breakdown = command('ReportTransitIssue', {
    at: minute(1),
    issue: 'breakdown',
    resolvable: true,
    exceedsResponseTime: true,
  });
  const told = command('NotifyClient', { at: minute(3), about: ['delay'], reached: true });

  it('1.2-15 a delay after a breakdown that the client was to be told about calls for its notice all the same', () => {
    const owing = advance(eventsBefore('RecordArrival'), [breakdown, delay]);
    expect(on('1.2-15', owing)).toMatchObject({ status: 'missing', evidence: [2] });
    expect(on('1.2-10', owing)).toMatchObject({ status: 'missing', evidence: [1] });
    expect(on('1.2-15', advance(owing, told))).toMatchObject({ status: 'satisfied', evidence: [2, 3] });
    const after = advance(eventsBefore('RecordArrival'), [breakdown, told, delay]);
    expect([status('1.2-10', after), status('1.2-15', after)]).toEqual(['satisfied', 'missing']);
  });
  it('1.1-31, 1.1-32, 1.1-33 materials that were never asked for are not missing', () => {
    const events = [
      ...eventsBefore('ExplainWork'),
      fact('WorkStarted', { at: minute(20) }),
      fact('Completed', { at: minute(40) }),
    ];
    expect([status('1.1-31', events), status('1.1-32', events)]).toEqual(['not-applicable', 'not-applicable']);
    expect(status('1.1-33', eventsBefore('ExplainWork'))).toBe('not-applicable');
  });
  it('1.1-31 to go on without materials is no leave to buy them', () => {
    const extra = command('RequestExtraMaterials', { at: minute(20), materials: [{ item: 'codo', quantity: 1 }] });
    const explained = command('ExplainWork', { at: minute(11), method: 'ajustar', materials: [] });
    const events = advance(eventsBefore('ExplainWork'), explained);
    const running = [...events, fact('WorkStarted', { at: minute(19) })];
    const going = advance(running, [extra, waive('materials-settled')]);
    expect([status('1.1-31', going), status('1.1-32', going), status('1.1-33', going)]).toEqual([
      'not-applicable',
      'missing',
      'waived',
    ]);
  });
});

describe('what one remark is enough for', () => {
  it('an instruction that is dated after the act, whatever it waived', () => {
    const later = command('GiveInstruction', {
      at: minute(59),
      about: 'visit',
      decision: 'proceed',
      text: 'siga',
      waives: ['tools-shown', 'area-cleared'],
    });
    const events = [...advance(eventsBefore('ShowTools'), later), fact('WorkStarted', { at: minute(20) })];
    const skews = dossier(events).remarks.filter(({ facts }) => facts.what === 'instruction');
    expect(skews).toHaveLength(1);
  });
});

describe('what a former provider recorded late breaks the other rules, too', () => {
  const replaced = advance(eventsAfter('AssignVisit'), [irresolvable, substitution]);
  const found = (...events: VisitEvent[]) =>
    audit([...replaced, ...events])
      .findings.filter(({ index, kind }) => index >= replaced.length && kind !== 'measure')
      .map(({ kind, rule, clause }) => [kind, rule, clause]);

  it('0-02 the role, on an instruction that a provider gave', () => {
    const forged = fact('InstructionGiven', { at: minute(20), about: 'visit', decision: 'cancel', text: 'x' });
    expect(found(forged)).toEqual([
      ['violation', 'role', '0-02'],
      ['late', 'assigned-provider', '1.2-12'],
    ]);
    expect(status('0-02', [...replaced, forged])).toBe('contradicted');
  });
  it('1.2-02 the data, in a report that names no issue', () => {
    expect(found(fact('TransitIssueReported', { at: minute(20) }))).toEqual([
      ['late', 'assigned-provider', '1.2-12'],
      ['violation', 'issue-named', '1.2-02'],
    ]);
  });
  it('1.1-10 the end alone, once the visit has ended', () => {
    const cancelled = fact(
      'InstructionGiven',
      { at: minute(31), about: 'visit', decision: 'cancel', text: 'x' },
      operator,
    );
    const closed = fact('VisitClosed', { at: minute(32), outcome: 'cancelled' }, operator);
    const located = fact('FaultLocated', { at: minute(20), where: 'cocina' });
    expect(found(cancelled, closed, located)).toEqual([['violation', 'not-ended', '1.1-10']]);
  });
  it('1.2-12 is no lateness of an act dated between two of their assignments, or before the first', () => {
    const to = (id: string, at: string) =>
      fact('ProviderReassigned', { at, provider: { id, name: 'Sara Ruiz' }, arriveBy: minute(90) }, operator);
    const turns = [to(provider.id, minute(40)), to('prov-2', minute(50))];
    const kindOf = (at: string) =>
      found(...turns, fact('FaultLocated', { at, where: 'cocina' })).map(([kind]) => kind)[2];
    expect([minute(20), minute(35), minute(45), minute(55)].map(kindOf)).toEqual([
      'late',
      'violation',
      'late',
      'violation',
    ]);
  });
  it('1.2-12 is no lateness of an act dated after the change, though an act before it was dated later still', () => {
    const ahead = fact('TransitIssueReported', { at: minute(45), issue: 'delay' });
    const changed = advance([...eventsAfter('AssignVisit'), ahead], [irresolvable, substitution]);
    const kindOf = (at: string) =>
      audit([...changed, fact('FaultLocated', { at, where: 'cocina' })])
        .findings.filter(({ rule, index }) => rule === 'assigned-provider' && index === changed.length)
        .map(({ kind }) => kind);
    expect([minute(20), minute(40)].map(kindOf)).toEqual([['late'], ['violation']]);
  });
});

describe('what a clock that is off shows of repeated acts', () => {
  const skewsOf = (events: readonly VisitEvent[]) =>
    audit(events)
      .findings.filter(({ facts }) => facts.measure === 'clock-skew')
      .map(({ facts }) => facts.what);

  it('1.1-19 a photograph sent again, dated before it was taken', () => {
    const again = fact('PhotosSubmitted', { at: minute(1), photoIds: ['f-1'], channel: 'app' });
    expect(skewsOf([...eventsAfter('SubmitPhotos'), again])).toContain('photo');
  });
  it('1.1-26 a start call made again, after the start', () => {
    const again = command('ReportStart', { at: minute(41), call: { at: minute(41) } });
    expect(skewsOf(advance(eventsAfter('StartWork'), again))).toContain('start-call');
  });
});
