import { describe, expect, it } from 'vitest';
import { explain, type GuideOptions, guide } from '../../src/index.ts';
import type { CommandType, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { Guide } from '../../src/reading/index.ts';
import { points, visitAt } from '../../src/testing/visit-at.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { recorders } from '../../src/visit/act.ts';
import { commandTypes, decide, initialState, replay, roles, type VisitState } from '../../src/visit/index.ts';
import { acts } from '../../src/visit/table.ts';
import {
  absence,
  call,
  escalation,
  instruct,
  irresolvable,
  leave,
  needed,
  operator,
  plain,
  refusal,
  rejection,
  stretch,
  waive,
  without,
} from '../scenarios/commands.ts';
import { cited } from '../scenarios/moments.ts';

const of = (events: readonly VisitEvent[], options: Partial<GuideOptions> = {}): Guide =>
  guide(replay(events), { role: 'provider', ...options });
const opened = ({ open }: Guide) => open.map(({ command: type }) => type);
const closed = ({ closed: list }: Guide, type: CommandType) => list.find((act) => act.command === type);
const center = { role: 'contact-center' } as const;

describe('the acts of a role', () => {
  it.each(roles)('of the %s are those of PROTOCOL §2, each open or closed, in its order', (role) => {
    // Reconciling makes the report of a discrepancy (PROTOCOL §8).
    const own = acts.filter(({ by, command }) => recorders[by].includes(role) && command !== 'ReportDiscrepancy');
    for (const point of points) {
      const found = guide(visitAt(point).state, { role });
      const types = [...opened(found), ...found.closed.map((act) => act.command)];
      expect([...types].sort()).toEqual(own.map((act) => act.command).sort());
      for (const list of [opened(found), found.closed.map((act) => act.command)]) {
        expect([...list].sort((one, other) => commandTypes.indexOf(one) - commandTypes.indexOf(other))).toEqual(list);
      }
    }
  });
  it('come with the clauses that they carry out, the phase and what is owed', () => {
    const found = of(eventsAfter('ReportStart'));
    expect(found.open.find((act) => act.command === 'StartWork')?.clauses).toEqual(['1.1-43']);
    expect(found).toMatchObject({ phase: 'on-site', debts: [{ kind: 'document-photos' }, { kind: 'document-start' }] });
  });
  it('all have something to say or to ask for, in both languages', () => {
    for (const point of points) {
      for (const role of ['provider', 'contact-center', 'client'] as const) {
        for (const locale of ['es-CR', 'en'] as const) {
          for (const { command: type, say, ask } of guide(visitAt(point).state, { role, locale }).open) {
            expect([...say, ...ask].length, `${type} by the ${role}`).toBeGreaterThan(0);
          }
        }
      }
    }
  });
});

describe('a provider who is not the one assigned', () => {
  it('1.2-12 finds every act closed', () => {
    const found = of(eventsAfter('ShowCredential'), { actorId: 'p-9' });
    expect(found.open).toEqual([]);
    expect(found.suggested).toBeNull();
    expect(closed(found, 'LocateFault')?.violations.map(({ rule }) => rule)).toEqual([
      'assigned-provider',
      'identity-valid',
    ]);
    expect(closed(found, 'ShowTools')?.remedy).toEqual(['ReassignProvider']);
  });
});

describe('the data under which an act is closed', () => {
  const rules = (events: readonly VisitEvent[], type: CommandType) =>
    closed(of(events), type)?.violations.map(({ rule }) => rule);
  const extra = command('RequestExtraMaterials', { materials: needed });
  it.each<[string, CommandType, VisitEvent[], readonly string[]]>([
    [
      '1.1-43 a break, of two that fail one rule each: the earlier',
      'PauseWork',
      eventsAfter('AssignVisit'),
      ['running'],
    ],
    [
      '1.1-43 a break, while away: a second visit fails more',
      'PauseWork',
      advance(eventsAfter('StartWork'), leave),
      ['running'],
    ],
    [
      '1.1-36 an empty list, in the middle of a round: another list fails more',
      'ExplainWork',
      advance(eventsAfter('StartWork'), [extra, command('SupplyMaterials', { suppliedBy: 'client' })]),
      ['no-round-underway'],
    ],
    [
      '1.1-09 the client himself, who is absent, before another',
      'ValidateIdentity',
      advance(eventsAfter('ShowCredential'), absence),
      ['client-answers'],
    ],
  ])('are those that fail fewest: %s', (_, type, events, failed) => {
    expect(rules(events, type)).toEqual(failed);
  });
});

describe('a closed act', () => {
  it('1.1-43 names the rules that close it, those of the data that fail fewest, and the acts that would open it', () => {
    const act = closed(of(eventsAfter('SubmitPhotos')), 'StartWork');
    const refused = cited(eventsAfter('SubmitPhotos'), command('StartWork', {}));
    expect(act?.violations.map(({ rule, clause }) => `${rule} ${clause}`)).toEqual(refused);
    expect(refused.slice(0, 2)).toEqual(['work-explained 1.1-25', 'materials-settled 1.1-33']);
    const remedies = stretch('ExplainWork', 'ReportStart').map(({ type }) => type);
    expect(act?.remedy).toEqual(remedies);
    for (const violation of act?.violations ?? []) expect(explain(violation, 'es-CR')).not.toBe('');
  });
  it('1.1-10 whose rules can all be waived is opened by an instruction to proceed that waives them', () => {
    const waived = ['ShowTools', 'ClearArea', 'ReportStart'] as const;
    const past = advance(eventsBefore('ShowTools'), without(stretch('ShowTools', 'StartWork'), ...waived, 'StartWork'));
    const act = closed(of(past), 'StartWork');
    expect(act?.waiver).toEqual({
      about: 'visit',
      decision: 'proceed',
      waives: ['tools-shown', 'area-cleared', 'start-reported'],
      opens: true,
    });
    expect(opened(of(advance(past, waive(...(act?.waiver?.waives ?? [])))))).toContain('StartWork');
  });
  it('1.1-10 of whose rules only some can be waived stays closed after it', () => {
    const act = closed(of(eventsAfter('SubmitPhotos')), 'StartWork');
    expect(act?.waiver).toMatchObject({
      opens: false,
      waives: ['materials-settled', 'tools-shown', 'area-cleared', 'start-reported'],
    });
  });
  it('1.1-30 that the contract does not allow cannot be waived', () => {
    expect(closed(of(eventsAfter('ShowCredential')), 'PerformOffContractAct')).toMatchObject({
      violations: [{ rule: 'activity-allowed', clause: '1.1-30' }],
      remedy: ['DeclineOffContractRequest'],
      waiver: null,
    });
    expect(opened(of(eventsAfter('ShowCredential'), { policy: { allow: ['podar'] } }))).toContain(
      'PerformOffContractAct',
    );
  });
  it('1.1-13 before the assignment waits for it', () => {
    expect(closed(of([]), 'RecordArrival')).toMatchObject({
      violations: [{ rule: 'assigned-first', clause: '1.1-13' }],
      remedy: ['AssignVisit'],
      waiver: null,
    });
  });
  it('1.3-02 after the end has no remedy', () => {
    expect(closed(of(advance([], plain)), 'ShowTools')).toMatchObject({
      violations: [{ rule: 'not-ended' }],
      remedy: [],
    });
  });
});

describe('a waiver that opens', () => {
  it('does so wherever the guide says it', () => {
    let tried = 0;
    for (const point of points) {
      const { state } = visitAt(point);
      for (const { command: type, waiver } of guide(state, { role: 'provider' }).closed) {
        if (waiver === null || !waiver.opens) continue;
        const data = { visitId: state.visitId ?? '', at: minute(90), text: 'x', ...waiver };
        const { opens: _, ...instruction } = data;
        const decision = decide({ type: 'GiveInstruction', data: instruction, metadata: { actor: operator } }, state);
        expect(decision.ok).toBe(true);
        const after = decision.ok ? replay(decision.events, state) : state;
        expect(guide(after, { role: 'provider' }).open.map((act) => act.command)).toContain(type);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(20);
  });
});

describe('what the document would do next', () => {
  const path = plain.filter(({ type }) => type !== 'GiveFarewell').map(({ type }) => type);
  it('is, for the provider, the plain path, act by act, and the farewell last', () => {
    const past: VisitEvent[] = advance([], stretch('AssignVisit', 'AssignVisit'));
    for (const type of [...path.slice(1), 'GiveFarewell' as const]) {
      expect(of(past).suggested).toBe(type);
      const next = plain.find((step) => step.type === type);
      if (next !== undefined) past.push(...advance(past, next).slice(-1));
    }
    expect(of(past).suggested).toBeNull();
  });
  it.each<[string, VisitEvent[], CommandType | null]>([
    [
      '1.1-10 under an instruction to cancel',
      advance(eventsAfter('ShowCredential'), instruct('visit', 'cancel')),
      'CloseVisit',
    ],
    [
      '1.1-10 under one to reschedule',
      advance(eventsAfter('StartWork'), instruct('visit', 'reschedule')),
      'CloseVisit',
    ],
    ['1.1-08 after an identity was rejected', advance(eventsAfter('LocateFault'), rejection), 'ValidateIdentity'],
    [
      '1.1-32 when materials were turned down',
      advance(
        eventsAfter('SupplyMaterials'),
        command('RejectMaterials', { mismatches: [{ item: 'x', reasons: ['kind'] }] }),
      ),
      'SupplyMaterials',
    ],
    [
      '1.1-31 when none are needed',
      advance(eventsBefore('ExplainWork'), command('ExplainWork', { method: 'm', materials: [] })),
      'ShowTools',
    ],
    [
      '1.1-47 after a test that failed',
      advance(
        eventsAfter('StartWork'),
        command('TestQuality', { withClient: true, tests: [{ name: 'a', passed: false }] }),
      ),
      'TestQuality',
    ],
    [
      '1.1-53 after belongings that were disputed',
      advance(eventsAfter('HandOverSite'), command('ShowBelongings', { items: [], clientConfirmed: false })),
      'ShowBelongings',
    ],
    ['1.2-12 while another provider is owed', advance(eventsAfter('AssignVisit'), irresolvable), null],
    [
      '1.1-19 a required shot that nobody took',
      advance(eventsBefore('AssessService'), command('AmendAssignment', { requiredShots: ['fachada'] })),
      'TakePhotos',
    ],
    ['nothing assigned', [], null],
  ])('for the provider, %s', (_, events, next) => {
    expect(of(events).suggested).toBe(next);
  });
  it.each<[string, VisitEvent[], CommandType | null]>([
    ['1.1-13 nothing assigned', [], 'AssignVisit'],
    ['nothing owed', eventsAfter('ShowCredential'), null],
    ['1.1-22 photographs first, then the start', eventsAfter('ReportStart'), 'DocumentPhotos'],
    [
      '1.1-27 the start, once they are',
      advance(eventsAfter('ReportStart'), command('DocumentPhotos', { photoIds: ['f-1'] })),
      'DocumentStart',
    ],
    ['1.1-10 an absence', advance(eventsAfter('ShowCredential'), absence), 'GiveInstruction'],
    ['2.2-08 an escalation', advance(eventsAfter('ShowCredential'), escalation), 'GiveInstruction'],
    [
      '1.2-15 a delay',
      advance(eventsAfter('AssignVisit'), command('ReportTransitIssue', { issue: 'delay' })),
      'NotifyClient',
    ],
    ['1.2-12 another provider', advance(eventsAfter('AssignVisit'), irresolvable), 'ReassignProvider'],
    [
      '1.1-39 materials in dispute',
      advance(eventsAfter('ExplainWork', {}), [command('DocumentPhotos', { photoIds: ['f-1'] }), refusal]),
      'CoordinateMaterials',
    ],
    [
      '1.1-32 what the client owes is not its own',
      advance(eventsAfter('ExplainWork'), command('DocumentPhotos', { photoIds: ['f-1'] })),
      null,
    ],
  ])('for the contact center is what discharges its oldest debt: %s', (_, events, next) => {
    const found = of(events, center);
    expect(found.suggested).toBe(next);
    if (next !== null) expect(opened(found)).toContain(next);
  });
  it('goes by the time of the debts, not by their order', () => {
    const late = fact('StartReported', { at: minute(50), call });
    const early = fact('ClientImpactEscalated', { at: minute(2), what: 'x' });
    expect(of([...eventsAfter('ShowCredential'), late, early], center).suggested).toBe('GiveInstruction');
  });
  it('of debts that are as old, by their order', () => {
    const at = minute(8);
    const acts = [
      command('SubmitPhotos', { at, photoIds: ['f-1'], channel: 'app' }),
      command('ReportStart', { at, call }),
    ];
    for (const [first, second, next] of [
      [0, 1, 'DocumentPhotos'],
      [1, 0, 'DocumentStart'],
    ] as const) {
      const events = advance(eventsAfter('TakePhotos'), [acts[first] as VisitCommand, acts[second] as VisitCommand]);
      expect(of(events, center).suggested).toBe(next);
    }
  });
  it('1.2-12 is nothing for a provider who is not the one assigned, though the visit is to be closed', () => {
    const events = advance(eventsAfter('ShowCredential'), instruct('visit', 'cancel'));
    expect(of(events, { actorId: 'p-9' })).toMatchObject({ suggested: null, open: [] });
  });
  it('for a client is nothing', () => {
    expect(of(eventsAfter('ExplainWork'), { role: 'client' }).suggested).toBeNull();
  });
});

describe('what a guide looks at', () => {
  it('no clock, and it changes nothing', () => {
    const state: VisitState = replay(advance(eventsAfter('StartWork'), leave));
    const before = JSON.stringify(state);
    const one = guide(state, { role: 'provider' });
    expect(guide(state, { role: 'provider' })).toEqual(one);
    expect(JSON.stringify(state)).toBe(before);
    expect(guide(initialState(), { role: 'client' }).open).toEqual([]);
  });
});
