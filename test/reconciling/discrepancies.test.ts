import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { discrepancies, settlement } from '../../src/reconciling/index.ts';
import { eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { initialState, replay } from '../../src/visit/index.ts';
import { byCenter, callAt, client, operator, provider, reconciled, recorded, sent } from './support.ts';

const cancel = byCenter('n-9', 'GiveInstruction', 30, { about: 'visit', decision: 'cancel', text: 'no' });
const notify = (nth: number) => byCenter(`n-${nth}`, 'NotifyClient', 20 + nth, { about: ['delay'], reached: true });
const pause = sent('c-1', 'PauseWork', 40, { kind: 'break' });
const resume = sent('c-2', 'ResumeWork', 50, { kind: 'break' });

/** The log after a batch that was recorded on a copy of a log with which the contact center went on. */
const apart = (log: VisitEvent[], center: readonly VisitCommand[], own: readonly VisitCommand[]) =>
  reconciled(recorded(log, ...center), log.length, ...own).log;

describe('1.1-10 the open reports of a visit are one case', () => {
  it('has nothing where nothing is open', () => {
    const log = eventsAfter('StartWork');
    const { acts, none, roots, all } = discrepancies(log);
    expect(acts).toEqual([]);
    expect(none).toMatchObject({ ok: true, state: replay(log) });
    expect([roots, all]).toEqual([none, none]);
    expect(discrepancies([]).none).toMatchObject({ state: initialState() });
  });
  it('takes a policy, and no other option', () => {
    expect(discrepancies([], { policy: { id: 'contrato-7' } }).acts).toEqual([]);
    expect(() => discrepancies([], { policies: [] } as never)).toThrow('option of discrepancies: policies');
  });
  it('has each act with its rules, and the events against which it stands', () => {
    const start = eventsAfter('StartWork');
    const log = apart(start, [notify(1), cancel, notify(2)], [pause, resume]);
    expect(discrepancies(log).acts).toEqual([
      {
        discrepancyId: `d-${log.length}`,
        position: 0,
        type: 'Paused',
        at: minute(40),
        recorder: provider,
        commandId: 'c-1',
        violations: [{ rule: 'not-closing', clause: '1.1-10' }],
        lawfulThen: true,
        kind: 'root',
        against: { found: true, events: [start.length + 1] },
      },
      expect.objectContaining({ position: 1, type: 'Resumed', kind: 'root' }),
    ]);
  });
  it('tells what was refused for itself from what follows from it', () => {
    const start = eventsAfter('StartWork');
    const away = byCenter('n-1', 'PauseWork', 5, { kind: 'second-visit', notice: callAt(5) });
    const own = [
      sent('c-0', 'GiveFarewell', 39, {}),
      sent('c-1', 'RecordArrival', 40, {}),
      sent('c-2', 'PauseWork', 60, { kind: 'break' }),
      sent('c-3', 'ResumeWork', 61, { kind: 'break' }),
    ];
    const { acts } = discrepancies(apart(start, [away], own));
    expect(acts.map(({ type, kind }) => [type, kind])).toEqual([
      ['FarewellGiven', 'root'],
      ['Paused', 'root'],
      ['Resumed', 'consequence'],
    ]);
    expect(acts[2]).toMatchObject({ dependsOn: [1] });
    expect(acts[1]).toMatchObject({ against: { found: true, events: [start.length] } });
  });
  it('takes an id that was used for a reason of its own, whatever is taken before', () => {
    const start = eventsAfter('StartWork');
    const reused = sent('n-1', 'PauseWork', 40, { kind: 'break' });
    const log = apart(start, [notify(1)], [reused, resume]);
    const { acts, none, roots, all } = discrepancies(log);
    expect(acts).toMatchObject([
      { violations: [{ rule: 'id-reused' }], kind: 'root', against: { found: true, events: [start.length] } },
      { kind: 'consequence', dependsOn: [0] },
    ]);
    const phases = [none, roots, all].map((settled) => settled.ok && settled.state.phase);
    expect(phases).toEqual(['working', 'on-break', 'working']);
    const known = recorded(start, notify(1));
    expect(discrepancies(apart(known, [], [reused])).acts).toMatchObject([{ kind: 'root', against: { found: false } }]);
    const twice = [resume, { ...pause, metadata: resume.metadata }];
    expect(discrepancies(apart(start, [], twice)).acts).toMatchObject([{ kind: 'root' }, { kind: 'root' }]);
  });
  it('finds two events where one is not enough', () => {
    const start = eventsAfter('AssignVisit');
    const center = [
      notify(1),
      byCenter('n-2', 'ReportTransitIssue', 25, { issue: 'breakdown', resolvable: false }),
      notify(3),
      byCenter('n-4', 'ReassignProvider', 26, { provider: { id: 'prov-2', name: 'Luis' }, arriveBy: minute(90) }),
    ];
    const { acts } = discrepancies(apart(start, center, [sent('c-1', 'RecordArrival', 40, {})]));
    expect(acts).toMatchObject([{ kind: 'root', against: { found: true, events: [2, 4] } }]);
  });
  it('says that it gave up where two are not enough', () => {
    const broken = (nth: number) =>
      byCenter(`i-${nth}`, 'ReportTransitIssue', 25 + nth, { issue: 'breakdown', resolvable: false });
    const give = (id: string) =>
      byCenter(id, 'ReassignProvider', 26, { provider: { id, name: 'Luis' }, arriveBy: minute(90) });
    const log = apart(
      eventsAfter('AssignVisit'),
      [broken(1), give('prov-2'), broken(2), give('prov-3')],
      [sent('c-1', 'RecordArrival', 40, {})],
    );
    expect(discrepancies(log).acts).toMatchObject([{ kind: 'root', against: { found: false, gaveUp: true } }]);
  });
  it('says that there are none where everything was tried', () => {
    const log = apart(eventsAfter('StartWork'), [notify(1)], [resume]);
    expect(discrepancies(log).acts).toMatchObject([
      { kind: 'root', lawfulThen: false, against: { found: false, gaveUp: false } },
    ]);
    const more = apart(eventsAfter('StartWork'), [notify(1), notify(2)], [resume]);
    expect(discrepancies(more).acts).toMatchObject([{ against: { found: false, gaveUp: false } }]);
  });
  it('gives up in time', () => {
    const start = eventsAfter('StartWork');
    const told = fact('ClientNotified', { about: ['delay'], reached: true }, operator);
    const { log } = reconciled([...start, ...Array.from({ length: 3_000 }, () => told)], start.length, resume);
    expect(discrepancies(log).acts).toMatchObject([{ kind: 'root', against: { found: false, gaveUp: true } }]);
  });
  it('leaves each act its share of the search: those before it are against nothing', () => {
    const start = eventsAfter('StartWork');
    const notices = Array.from({ length: 60 }, (_, nth) => notify(nth));
    const hopeless = ['c-3', 'c-4', 'c-5'].map((id) => sent(id, 'ReportCompletion', 39, {}));
    const { acts } = discrepancies(apart(start, [...notices, cancel], [...hopeless, pause]));
    expect(acts.map((act) => act.kind === 'root' && act.against)).toEqual([
      ...hopeless.map(() => ({ found: false, gaveUp: true })),
      { found: true, events: [start.length + notices.length] },
    ]);
  });
  it('shows twins, but no report that has nothing else', () => {
    const before = eventsBefore('ReportStart');
    const told = byCenter('n-1', 'ReportStart', 41, { call: callAt(41) });
    const own = sent('c-1', 'ReportStart', 40, { call: callAt(40) });
    expect(discrepancies(apart(before, [told], [own])).acts).toEqual([]);
    const mixed = apart(before, [told], [own, resume]);
    expect(discrepancies(mixed).acts).toMatchObject([{ kind: 'twin', twinOf: before.length + 1 }, { kind: 'root' }]);
  });
  it('leaves a twin aside: an act stands against the event that tells its fact', () => {
    const before = eventsBefore('CompleteVisit');
    const told = byCenter('n-1', 'CompleteVisit', 41, {});
    const own = [sent('c-1', 'CompleteVisit', 42, {}), sent('c-2', 'PauseWork', 43, { kind: 'break' })];
    expect(discrepancies(apart(before, [told], own)).acts).toMatchObject([
      { kind: 'twin', twinOf: before.length + 1 },
      { kind: 'root', against: { found: true, events: [before.length] } },
    ]);
  });
  it('reads an act of an unknown type, which nothing would have let pass', () => {
    const log = apart(eventsAfter('StartWork'), [cancel], [pause, resume]);
    const later = JSON.parse(JSON.stringify(log).replaceAll('"Paused"', '"FencePainted"'));
    expect(discrepancies(later).acts).toMatchObject([
      { type: 'FencePainted', kind: 'root', against: { found: false } },
      { type: 'Resumed', kind: 'root' },
    ]);
  });
  it('joins the reports of several recorders, and leaves out those that are settled', () => {
    const start = eventsAfter('StartWork');
    const first = apart(start, [cancel], [pause]);
    const conformed = sent('k-1', 'RecordConformity', 60, {}, client);
    const both = reconciled(first, start.length, conformed).log;
    expect(discrepancies(both).acts.map(({ recorder, type }) => [recorder.role, type])).toEqual([
      ['provider', 'Paused'],
      ['client', 'ClientConformed'],
    ]);
    const left = byCenter('s-1', 'SettleDiscrepancy', 70, {
      discrepancyId: `d-${first.length}`,
      taken: [],
      text: 'no',
    });
    expect(discrepancies(recorded(both, left)).acts.map(({ type }) => type)).toEqual(['ClientConformed']);
    const beyond = fact('DiscrepancySettled', { ...left.data, taken: [9] }, operator);
    expect(discrepancies([...both, beyond]).acts.map(({ type }) => type)).toEqual(['ClientConformed']);
  });
  it('keeps the permission given by telephone', () => {
    const despite = { by: 'Eva', reason: 'por teléfono' };
    const told = { ...pause, metadata: { ...pause.metadata, despite } };
    expect(discrepancies(apart(eventsAfter('StartWork'), [cancel], [told])).acts).toMatchObject([{ despite }]);
  });
  it('is plain JSON', () => {
    const found = discrepancies(apart(eventsAfter('StartWork'), [cancel], [pause, resume]));
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
  it('throws for wrong arguments', () => {
    expect(() => discrepancies({} as never)).toThrow('discrepancies takes the log, an array of events; got object');
    expect(() => discrepancies([], { polici: {} } as never)).toThrow('option of discrepancies: polici');
    expect(() => discrepancies([null] as never)).toThrow('events that can be read');
  });
});

describe('1.1-10 what each way to settle a case would make of the visit', () => {
  const workedMs = (visit: ReturnType<typeof discrepancies>['all']) => visit.ok && visit.worked.workedMs;

  it('counts the worked time', () => {
    const start = eventsAfter('StartWork');
    const close = byCenter('n-8', 'CloseVisit', 90, {});
    const reschedule = byCenter('n-7', 'GiveInstruction', 30, {
      about: 'visit',
      decision: 'reschedule',
      text: 'mañana',
    });
    const log = apart(start, [reschedule], [pause, resume]);
    const { none, all } = discrepancies(log);
    expect([none, all]).toMatchObject([{ ok: true }, { ok: true, worked: { running: true } }]);
    const minutes = 60_000;
    const closed = recorded(log, close);
    const began = Date.parse(start.at(-1)?.data.at ?? '');
    expect(workedMs(discrepancies(closed).none)).toBe(Date.parse(minute(90)) - began);
    expect(discrepancies(closed).all).toMatchObject({
      ok: false,
      rejection: { violations: [{ rule: 'acts-not-ended' }] },
    });
    expect(workedMs(all)).toBe(40 * minutes - (began - Date.parse(minute(0))));
  });
  it('is the state after the settlements themselves', () => {
    const log = apart(eventsAfter('StartWork'), [cancel], [pause, resume]);
    const settled = settlement({
      log,
      discrepancyId: `d-${log.length}`,
      taken: [0, 1],
      text: 'sí',
      at: minute(95),
      operator,
      commandId: 's-1',
    });
    const state = replay([...log, ...(settled.ok ? settled.events : [])]);
    expect(discrepancies(log).all).toMatchObject({ ok: true, state });
  });
  it('takes what follows from others with all, and not with the roots', () => {
    const away = byCenter('n-1', 'PauseWork', 5, { kind: 'second-visit', notice: callAt(5) });
    const log = apart(eventsAfter('StartWork'), [away], [pause, sent('c-0', 'RecordArrival', 45, {}), resume]);
    const { acts, roots, all } = discrepancies(log);
    expect(acts.map(({ kind }) => kind)).toContain('consequence');
    const settling = { log, discrepancyId: `d-${log.length}`, text: 'sí', at: minute(95), operator, commandId: 's-1' };
    const after = (kinds: readonly string[]) => {
      const taken = acts.filter(({ kind }) => kinds.includes(kind)).map(({ position }) => position);
      const settled = settlement({ ...settling, taken });
      const state = replay([...log, ...(settled.ok ? settled.events : [])]);
      return { ...state, discrepancies: expect.anything(), debts: expect.anything() };
    };
    expect(all).toMatchObject({ ok: true, state: after(['root', 'consequence']) });
    expect(roots).toMatchObject({ ok: true, state: after(['root']) });
    expect(JSON.stringify(all)).not.toBe(JSON.stringify(roots));
  });
  it('settles each report by the acts of its own', () => {
    const start = eventsAfter('StartWork');
    const first = apart(start, [cancel], [pause, resume]);
    const both = reconciled(first, start.length, sent('k-1', 'RecordConformity', 60, {}, client)).log;
    const settled = (log: readonly VisitEvent[], discrepancyId: string, taken: readonly number[]) => {
      const request = { log, discrepancyId, taken, text: 'sí', at: minute(95), operator, commandId: discrepancyId };
      const answer = settlement(request);
      return [...log, ...(answer.ok ? answer.events : [])];
    };
    const after = settled(settled(both, `d-${first.length}`, [0, 1]), `d-${both.length}`, [0]);
    expect(after).toHaveLength(both.length + 5);
    expect(discrepancies(both).all).toMatchObject({ ok: true, state: replay(after) });
  });
  it('says which conditions of payment are not met', () => {
    const log = apart(eventsAfter('StartWork'), [cancel], [pause]);
    expect(discrepancies(log).all).toMatchObject({
      unmet: ['completed', 'start-documented', 'completion-reported'],
    });
  });
});

describe('1.1-10 a settlement brings the acts that it takes', () => {
  const settle = (log: readonly VisitEvent[], more: object = {}) =>
    settlement({
      log,
      discrepancyId: `d-${log.length}`,
      taken: [],
      text: 'no',
      at: minute(95),
      operator,
      commandId: 's-1',
      ...more,
    });
  const log = apart(eventsAfter('StartWork'), [cancel], [pause, resume]);

  it('right before it, recorded by the operator, under one id', () => {
    const by = { role: 'contact-center', id: 'op-1' };
    expect(settle(log, { taken: [1] })).toEqual({
      ok: true,
      events: [
        {
          type: 'Resumed',
          data: { visitId: 'visit-1', at: minute(50), kind: 'break', by: provider, recordedBy: by },
          metadata: { commandId: 's-1' },
        },
        {
          type: 'DiscrepancySettled',
          data: { visitId: 'visit-1', at: minute(95), discrepancyId: `d-${log.length}`, taken: [1], text: 'no', by },
          metadata: { commandId: 's-1' },
        },
      ],
    });
  });
  it('takes a client’s act from the provider who recorded it', () => {
    const conformed = apart(
      eventsAfter('TestQuality'),
      [cancel],
      [sent('c-1', 'RecordObjection', 60, { what: 'gotea' }), sent('c-2', 'RecordConformity', 61, {})],
    );
    const answer = settle(conformed, { taken: [0] });
    expect(answer.ok && answer.events[0]?.data).toMatchObject({
      by: { role: 'client', id: 'client' },
      recordedBy: { role: 'contact-center', id: 'op-1' },
    });
  });
  it('is refused as decide refuses it', () => {
    const rules = (answer: ReturnType<typeof settle>) =>
      answer.ok ? [] : answer.rejection.violations.map(({ rule }) => rule);
    expect(rules(settle(log, { discrepancyId: 'd-1' }))).toEqual(['discrepancy-reported']);
    expect(rules(settle(log, { taken: [2] }))).toEqual(['acts-untaken']);
    expect(rules(settle(log, { operator: provider }))).toContain('role');
    expect(rules(settle([], {}))).toEqual(['assigned-first']);
  });
  it('takes them from the first report of that id: a second one changes nothing', () => {
    const report = log.at(-1) as Extract<VisitEvent, { type: 'DiscrepancyReported' }>;
    const other = { ...report, data: { ...report.data, acts: report.data.acts.slice(1) } };
    const id = { discrepancyId: `d-${log.length}`, taken: [0] };
    expect(settle([...log, other], id)).toMatchObject({ ok: true, events: [{ type: 'Paused' }, {}] });
  });
  it('is read from a log that lacks the acts which it took', () => {
    const settled = fact(
      'DiscrepancySettled',
      { discrepancyId: `d-${log.length}`, taken: [0, 1], text: 'sí' },
      operator,
    );
    expect(discrepancies([...log.slice(-1), settled]).acts).toEqual([]);
  });
  it('may take the rest later', () => {
    const first = settle(log, { taken: [0] });
    const after = [...log, ...(first.ok ? first.events : [])];
    const second = settle(after, { discrepancyId: `d-${log.length}`, taken: [1] });
    expect(second).toMatchObject({ ok: true });
    expect(settle(after, { discrepancyId: `d-${log.length}`, taken: [0] }).ok).toBe(false);
  });
  it.each<[string, object]>([
    ['ascending positions', { taken: [1, 0] }],
    ['ascending positions', { taken: [0, 0] }],
    ['ascending positions', { taken: [-1] }],
    ['ascending positions', { taken: [0.5] }],
    ['ascending positions', { taken: 0 }],
    ['settlement takes the log, an array', { log: {} }],
    ['option of settlement: takn', { takn: [] }],
  ])('throws for wrong arguments: %s', (message, more) => {
    expect(() => settle(log, more)).toThrow(message);
  });
});
