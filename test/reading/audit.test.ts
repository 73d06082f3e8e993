import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { edition } from '../../src/protocol/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { reportHtml } from '../../src/report.ts';
import { actors, advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { initialState, type Policy, replay } from '../../src/visit/index.ts';
import {
  assignment,
  irresolvable,
  operator,
  placeIn,
  plain,
  provider,
  stretch,
  substitution,
  waive,
  without,
} from '../scenarios/commands.ts';
import { cited } from '../scenarios/moments.ts';

const kinds = (events: readonly VisitEvent[], policy?: Policy) =>
  audit(events, policy === undefined ? {} : { policy }).findings.filter(({ kind }) => kind !== 'measure');
const whole = () => advance([], plain);

describe('a lawful log', () => {
  it('is clean, with its state and what is owed at its end', () => {
    const events = whole();
    const { clean, findings, state, debts } = audit(events);
    expect({ clean, found: findings.filter(({ kind }) => kind !== 'measure') }).toEqual({ clean: true, found: [] });
    expect(state).toEqual(replay(events));
    expect(debts.map(({ kind }) => kind)).toEqual(['document-photos', 'document-start']);
  });
  it('that is cut is clean as far as it goes', () => {
    for (let length = 0; length <= plain.length; length++) expect(kinds(whole().slice(0, length))).toEqual([]);
  });
  it('of nothing is clean', () => {
    expect(audit([])).toMatchObject({ clean: true, findings: [], debts: [], state: initialState() });
  });
});

describe('an unlawful log', () => {
  it('1.1-19 names every rule that refuses the event, at its place, and folds it all the same', () => {
    const started = fact('WorkStarted', { at: minute(16) });
    const past = eventsBefore('SubmitPhotos');
    const refused = cited(past, command('StartWork', { at: minute(16) }));
    expect(refused.slice(0, 2)).toEqual(['photos-sent 1.1-19', 'work-explained 1.1-25']);
    const { clean, findings, state } = audit([...past, started]);
    expect(clean).toBe(false);
    expect(findings.map(({ index, kind, clause }) => `${index} ${kind} ${clause}`)).toEqual(
      refused.map((one) => `${past.length} violation ${one.split(' ')[1]}`),
    );
    expect(state.work.startedAt).toBe(minute(16));
  });
  it('0-02 finds an event whose author is not the one that decide would have written', () => {
    const [assigned, ...rest] = eventsAfter('RecordArrival');
    const typed = { ...rest[0], data: { ...rest[0]?.data, recordedBy: provider } } as VisitEvent;
    expect(kinds([assigned as VisitEvent, typed])).toEqual([
      { index: 1, kind: 'violation', rule: 'as-decided', clause: '0-02', facts: { fields: ['recordedBy'] } },
    ]);
  });
  it('0-02 finds a result that does not follow from its tests', () => {
    const tested = { tests: [{ name: 'presión', passed: false }], withClient: true, passed: true };
    const past = eventsBefore('TestQuality');
    expect(kinds([...past, fact('QualityTested', tested)])).toEqual([
      { index: past.length, kind: 'violation', rule: 'as-decided', clause: '0-02', facts: { fields: ['passed'] } },
    ]);
  });
  it('1.1-13 finds what is of another visit, and folds nothing of it', () => {
    const other = fact('ProviderArrived', { visitId: 'v-2' });
    const { clean, findings, state } = audit([...eventsAfter('AssignVisit'), other]);
    expect({ clean, arrivedAt: state.arrival.arrivedAt }).toEqual({ clean: false, arrivedAt: null });
    expect(findings).toEqual([
      {
        index: 1,
        kind: 'other-visit',
        rule: 'same-visit',
        clause: '1.1-13',
        facts: { visitId: 'v-2', assigned: 'visit-1' },
      },
    ]);
  });
  it('finds what this release does not know: another type, a newer version', () => {
    const sang = fact('ProviderArrived', {}, provider, { schemaVersion: 3 });
    const unknown = { ...fact('ProviderArrived'), type: 'ProviderSang' } as unknown as VisitEvent;
    expect(kinds([...eventsAfter('AssignVisit'), sang, unknown])).toEqual([
      { index: 1, kind: 'unknown-event', facts: { type: 'ProviderArrived', schemaVersion: 3 } },
      { index: 2, kind: 'unknown-event', facts: { type: 'ProviderSang', schemaVersion: 1 } },
    ]);
  });
  it.each<unknown>([
    null,
    'ProviderArrived',
    { type: 'ProviderArrived' },
    { type: 'ProviderArrived', data: { visitId: 'visit-1', at: minute(1) } },
    { type: 'ProviderArrived', data: { visitId: 'visit-1', at: minute(1), by: 'prov-1' } },
    { type: 'ProviderArrived', data: { visitId: 'visit-1', at: minute(1), by: provider, recordedBy: 1 } },
    { type: 'ProviderArrived', data: { visitId: 'visit-1', at: 3, by: provider } },
    { type: 'PhotosTaken', data: { visitId: 'visit-1', at: minute(1), by: provider, photos: 3 } },
  ])('finds what is no event, and loses nothing of the rest: %j', (entry) => {
    const events = [...eventsBefore('TakePhotos'), entry as VisitEvent, ...eventsAfter('TakePhotos').slice(-1)];
    const { findings, state } = audit(events);
    expect(findings.filter(({ kind }) => kind !== 'measure')).toMatchObject([
      { index: placeIn(eventsAfter('TakePhotos'), 'PhotosTaken'), kind: 'unreadable' },
    ]);
    expect(state).toEqual(replay(eventsAfter('TakePhotos')));
  });
  it('takes the faults of the chain in their place', () => {
    const faults = [{ index: 1, fault: 'changed' }];
    expect(audit(eventsAfter('ShowCredential'), { chain: { faults } })).toMatchObject({
      clean: false,
      findings: [{ index: 1, kind: 'chain', facts: { fault: 'changed' } }],
    });
  });
});

describe('1.2-12 acts of a provider who was replaced', () => {
  const replaced = () => advance(eventsAfter('AssignVisit'), [irresolvable, substitution]);
  it('are late when they are dated before it, and break what they break', () => {
    const late = fact('ToolsShown', { at: minute(20), tools: ['sierra'] });
    expect(kinds([...replaced(), late])).toMatchObject([
      { index: 3, kind: 'late', rule: 'assigned-provider', clause: '1.2-12' },
      { index: 3, kind: 'violation', rule: 'arrived', clause: '1.1-01' },
    ]);
    expect(audit([...replaced(), late]).clean).toBe(false);
  });
  it('are late from the moment of their own assignment on, up to the one before the next', () => {
    const [assigned, , reassigned] = replaced().map(({ data }) => data.at);
    const first = (at?: string) => kinds([...replaced(), fact('ToolsShown', { at, tools: [] })])[0]?.kind;
    expect([first(assigned), first(reassigned)]).toEqual(['late', 'violation']);
  });
  it('are violations when they are dated after it', () => {
    const after = fact('ToolsShown', { at: minute(31), tools: ['sierra'] });
    expect(kinds([...replaced(), after])).toMatchObject([
      { kind: 'violation', rule: 'assigned-provider' },
      { kind: 'violation', rule: 'arrived' },
    ]);
  });
  it('are again of the assigned provider when the same one is assigned anew', () => {
    const back = fact(
      'ProviderReassigned',
      { at: minute(40), provider: assignment.provider, arriveBy: minute(90) },
      operator,
    );
    const early = fact('ProviderArrived', { at: minute(10) });
    expect(kinds([...replaced(), back, early]).filter(({ index }) => index === 4)).toEqual([]);
  });
  it('of one who never had the visit are not late', () => {
    const stranger = fact('ProviderArrived', { at: minute(10) }, { role: 'provider', id: 'p-9' });
    expect(kinds([...replaced(), stranger])).toMatchObject([{ kind: 'violation', rule: 'assigned-provider' }]);
  });
});

describe('deviations, which do not make a log unclean', () => {
  const found = (events: readonly VisitEvent[], policy?: Policy) => {
    const { clean, findings } = audit(events, policy === undefined ? {} : { policy });
    expect(clean).toBe(true);
    return findings.filter(({ kind }) => kind === 'deviation');
  };
  it('1.1-10 an act that an instruction let through says which', () => {
    const past = advance(eventsBefore('ShowTools'), [waive('tools-shown'), ...stretch('ClearArea', 'StartWork')]);
    expect(found(past)).toEqual([
      {
        index: placeIn(past, 'WorkStarted'),
        kind: 'deviation',
        rule: 'tools-shown',
        clause: '1.1-40',
        facts: { waivedBy: 'instruction', instructedAt: minute(0) },
      },
    ]);
  });
  it('1.1-33 work that awaited materials goes on without them: so does no other work that is told to', () => {
    const goOn = waive('materials-settled', 'tools-shown');
    const asked = command('RequestExtraMaterials', { at: minute(20), materials: [{ item: 'codo', quantity: 1 }] });
    const working = eventsAfter('StartWork');
    expect(found(advance(working, [asked, goOn]))).toEqual([
      {
        index: working.length + 1,
        kind: 'deviation',
        rule: 'materials-settled',
        clause: '1.1-33',
        facts: { waivedBy: 'instruction', instructedAt: minute(0), materials: 'requested' },
      },
    ]);
    const others = [waive('tools-shown'), command('GiveInstruction', { about: 'visit', decision: 'wait', text: 'x' })];
    for (const events of [advance(working, goOn), ...others.map((one) => advance(working, [asked, one]))]) {
      expect(found(events)).toEqual([]);
    }
    const waiting = { about: 'visit', decision: 'wait', text: 'x', waives: ['materials-settled'] };
    const { findings } = audit([...advance(working, asked), fact('InstructionGiven', waiting, actors.operator)]);
    expect(findings.map(({ kind, rule }) => [kind, rule])).toContainEqual(['violation', 'waiver-proceeds']);
    expect(findings.map(({ kind }) => kind)).not.toContain('deviation');
  });
  it('an act that the policy let through says which, and why', () => {
    const policy: Policy = { id: 'P-7', waive: [{ rule: 'area-cleared', reason: 'patio abierto' }] };
    const assigned = command('AssignVisit', { ...assignment, policyId: 'P-7' });
    const events = advance([], [assigned, ...without(stretch('RecordArrival', 'StartWork'), 'ClearArea')], policy);
    expect(found(events, policy)).toEqual([
      {
        index: placeIn(events, 'WorkStarted'),
        kind: 'deviation',
        rule: 'area-cleared',
        clause: '1.1-41',
        facts: { waivedBy: 'policy', policyId: 'P-7', reason: 'patio abierto' },
      },
    ]);
  });
  it('1.1-52 belongings that were not among the tools shown', () => {
    const shown = command('ShowBelongings', { items: ['llave', 'taladro'], clientConfirmed: true });
    const past = eventsBefore('ShowBelongings');
    expect(found(advance(past, shown))).toEqual([
      { index: past.length, kind: 'deviation', clause: '1.1-52', facts: { unlisted: ['taladro'] } },
    ]);
  });
  it.each([
    [{ clientConfirmed: false }, { clientConfirmed: false, disputed: [] }],
    [
      { clientConfirmed: true, disputed: ['llave'] },
      { clientConfirmed: true, disputed: ['llave'] },
    ],
  ])('1.1-53 a client who disputes them: %j', (data, facts) => {
    const shown = command('ShowBelongings', { items: ['llave'], ...data });
    const past = eventsBefore('ShowBelongings');
    expect(found(advance(past, shown))).toEqual([{ index: past.length, kind: 'deviation', clause: '1.1-53', facts }]);
  });
  it.each([
    ['jardinería', '1.1-30'],
    ['material-purchase', '1.1-31'],
  ])('an off-contract act that the allow-list let through: %s', (activity, clause) => {
    const policy = { allow: ['jardinería', 'material-purchase'] };
    const past = advance(eventsAfter('ShowCredential'), command('PerformOffContractAct', { activity }), policy);
    expect(found(past, policy)).toEqual([
      {
        index: past.length - 1,
        kind: 'deviation',
        clause,
        facts: { waivedBy: 'policy', policyId: 'default', activity },
      },
    ]);
  });
  it('1.1-31 materials that the provider bought where the contract allows it', () => {
    const policy = { allow: ['material-purchase'] };
    const bought = command('SupplyMaterials', { suppliedBy: 'provider' });
    const past = eventsAfter('ExplainWork');
    expect(found(advance(past, bought, policy), policy)).toMatchObject([
      { index: past.length, clause: '1.1-31', facts: { activity: 'material-purchase' } },
    ]);
  });
  it('1.1-31 and none where the client supplies them, whatever the contract allows', () => {
    const policy = { allow: ['material-purchase'] };
    expect(found(eventsAfter('SupplyMaterials', { policy }), policy)).toEqual([]);
  });
  it('a visit that another policy judged', () => {
    expect(found(eventsAfter('AssignVisit'), { id: 'P-8' })).toEqual([
      { index: 0, kind: 'deviation', clause: '0-01', facts: { policyId: null, readBy: 'P-8' } },
    ]);
    const under = advance([], command('AssignVisit', { ...assignment, policyId: 'P-8' }));
    expect(found(under, { id: 'P-8' })).toEqual([]);
    expect(found(under)).toMatchObject([{ facts: { policyId: 'P-8', readBy: 'default' } }]);
  });
  it('0-01 a visit of another edition of the document', () => {
    const other = 'b'.repeat(64);
    expect(found(advance([], command('AssignVisit', { ...assignment, edition: other })))).toEqual([
      { index: 0, kind: 'deviation', clause: '0-01', facts: { edition: other, readBy: edition } },
    ]);
  });
});

describe('2.1-01, 2.2-11 what is reported of conduct is on record, and judged by nobody', () => {
  it.each(['alcohol', 'drugs', 'smoking', 'discourtesy'] as const)('%s', (kind) => {
    const { clean, findings } = audit(advance(eventsAfter('ShowCredential'), command('ReportConductBreach', { kind })));
    expect({ clean, findings: findings.filter((one) => one.kind !== 'measure') }).toEqual({
      clean: true,
      findings: [],
    });
  });
});

describe('what is no log', () => {
  it.each([null, undefined, 5, {}])(
    '%j, which cannot be iterated, is a TypeError; whatever else stands in one is told',
    (log) => {
      for (const read of [audit, dossier, reportHtml]) {
        expect(() => read(log as never)).toThrow(TypeError);
        expect(() => read([log] as never)).not.toThrow();
      }
    },
  );
});

describe('what a foreign log leaves out', () => {
  it('0-01 the edition that judged the visit', () => {
    const { edition: _, ...data } = { ...assignment, edition: '' };
    const assigned = fact('VisitAssigned', data, operator);
    expect(kinds([assigned])).toMatchObject([
      { kind: 'deviation', clause: '0-01', facts: { edition: null, readBy: edition } },
      { kind: 'violation', rule: 'as-decided', facts: { fields: ['edition'] } },
    ]);
  });
  it('1.1-53 whether the client confirmed disputed belongings', () => {
    const shown = fact('BelongingsShown', { items: ['llave'], disputed: ['llave'] });
    expect(kinds([...eventsBefore('ShowBelongings'), shown])).toMatchObject([
      { kind: 'deviation', clause: '1.1-53', facts: { clientConfirmed: null, disputed: ['llave'] } },
      { kind: 'violation', clause: '1.1-53' },
    ]);
  });
});
