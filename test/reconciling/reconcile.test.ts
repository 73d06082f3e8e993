import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import { reconcile } from '../../src/reconciling/index.ts';
import { eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import { decide, type Policy, replay } from '../../src/visit/index.ts';
import {
  actsIn,
  byCenter,
  callAt,
  client,
  operator,
  otherProvider,
  outcomesOf,
  provider,
  reconciled,
  recorded,
  reportIn,
  sent,
} from './support.ts';

const onSite = () => eventsAfter('RecordArrival');
const working = () => eventsAfter('StartWork');

const shown = sent('c-1', 'ShowCredential', 60, {});
const called = sent('c-2', 'ReportClientAbsence', 61, { call: callAt(61) });
const back = sent('c-3', 'RecordClientReturn', 62, {});

describe('1.1-10 what was recorded apart and is lawful on the log as it stands is accepted', () => {
  it('appends each act with its own time, its recorder and the id of its command', () => {
    const log = recorded(onSite(), byCenter('n-1', 'NotifyClient', 70, { about: ['delay'], reached: true }));
    const { events, outcomes } = reconciled(log, 2, shown, called);
    expect(events).toEqual([
      { ...fact('CredentialShown', { at: minute(60) }), metadata: { commandId: 'c-1' } },
      { ...fact('ClientAbsenceReported', { at: minute(61), call: callAt(61) }), metadata: { commandId: 'c-2' } },
    ]);
    expect(outcomes).toEqual([
      { outcome: 'accepted', position: 4 },
      { outcome: 'accepted', position: 5 },
    ]);
  });
  it('judges each on those accepted before it', () => {
    expect(outcomesOf(reconciled(onSite(), 2, called, back, back))).toEqual(['accepted', 'accepted', 'repeated']);
  });
  it('keeps despite, device, the time of entry and the signature on the event', () => {
    const metadata = {
      actor: provider,
      commandId: 'c-1',
      despite: { by: 'Eva, supervisora', reason: 'lo autorizó por teléfono' },
      device: 'teléfono 7',
      enteredAt: minute(65),
      signature: 'e30..AA',
    };
    const { actor: _, ...kept } = metadata;
    const { events } = reconciled(onSite(), 2, { ...shown, metadata });
    expect(events).toEqual([{ ...fact('CredentialShown', { at: minute(60) }), metadata: kept }]);
  });
  it('keeps them in the report of an act that is refused', () => {
    const despite = { by: 'Eva', reason: 'sin señal' };
    const kept = { despite, device: 'teléfono 7', enteredAt: minute(65), signature: 'e30..AA' };
    const metadata = { actor: provider, commandId: 'c-9', ...kept };
    const { log } = reconciled(onSite(), 2, { ...back, metadata });
    expect(reportIn(log).acts).toEqual([
      {
        type: 'ClientReturned',
        data: { visitId: 'visit-1', at: minute(62), by: provider },
        commandId: 'c-9',
        on: 2,
        violations: [{ rule: 'absence-open', clause: '1.1-09' }],
        lawfulThen: false,
        ...kept,
      },
    ]);
    expect(log.at(-1)?.metadata).toBeUndefined();
  });
  it('takes the acts of a client, and those of the client that the provider records', () => {
    const objection = sent('k-1', 'ReportConductBreach', 61, { kind: 'smoking' }, client);
    expect(reconciled(onSite(), 0, objection).events[0]?.data.by).toEqual(client);
    const tested = eventsAfter('TestQuality');
    const [event] = reconciled(tested, 5, sent('c-1', 'RecordConformity', 90, {})).events;
    expect(event?.data).toMatchObject({ by: { role: 'client', id: 'client' }, recordedBy: provider });
  });
  it('answers an empty batch with nothing', () => {
    expect(reconcile({ log: onSite(), basedOn: 2, commands: [] })).toEqual({ ok: true, events: [], outcomes: [] });
  });
  it('judges by the policy', () => {
    const tools = sent('c-1', 'ShowTools', 60, { tools: ['llave'] });
    const log = recorded(onSite(), sent('c-0', 'ReportClientAbsence', 59, { call: callAt(59) }));
    expect(outcomesOf(reconciled(log, 3, tools))).toEqual(['refused']);
    const policy: Policy = { waive: [{ rule: 'client-here', reason: 'a distancia' }] };
    expect(reconcile({ log, basedOn: 3, commands: [tools], policy })).toMatchObject({
      outcomes: [{ outcome: 'accepted' }],
    });
  });
  it('changes nothing that it is given', () => {
    const log = structuredClone(onSite()).map((event) => Object.freeze(event)) as VisitEvent[];
    const commands = Object.freeze([called, back, back, { ...called, metadata: { ...back.metadata, commandId: 'x' } }]);
    expect(reconcile({ log: Object.freeze(log), basedOn: 2, commands })).toEqual(
      reconcile({ log, basedOn: 2, commands }),
    );
    expect(log).toEqual(onSite());
  });
});

describe('1.1-10 what the log refuses is reported, and does not stop what follows', () => {
  const cancelled = () =>
    recorded(working(), byCenter('n-1', 'GiveInstruction', 70, { about: 'visit', decision: 'cancel', text: 'no' }));
  const pause = sent('c-1', 'PauseWork', 60, { kind: 'break' });
  const escalation = sent('c-2', 'EscalateClientImpact', 61, { what: 'se mojó' });
  const resumed = sent('c-3', 'ResumeWork', 62, { kind: 'break' });

  it('reports all of them in one event, after those that are accepted', () => {
    const before = cancelled();
    const { log, outcomes } = reconciled(before, before.length - 1, pause, escalation, resumed);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted', 'refused']);
    expect(log.slice(before.length).map(({ type }) => type)).toEqual(['ClientImpactEscalated', 'DiscrepancyReported']);
    expect(actsIn(log)).toEqual([
      { type: 'Paused', on: before.length, lawfulThen: true, violations: ['1.1-10 not-closing'] },
      {
        type: 'Resumed',
        on: before.length + 1,
        lawfulThen: true,
        violations: ['1.1-10 not-closing', '1.1-43 on-break'],
      },
    ]);
  });
  it('names the report by its place in the log, with the time of the last act and the recorder', () => {
    const before = cancelled();
    const { log } = reconciled(before, before.length - 1, pause, escalation, resumed);
    expect(reportIn(log)).toMatchObject({
      visitId: 'visit-1',
      at: minute(62),
      by: provider,
      discrepancyId: `d-${log.length}`,
      basedOn: before.length - 1,
    });
    expect(replay(log).debts).toContainEqual({
      kind: 'settle-discrepancy',
      debtor: 'contact-center',
      clause: '1.1-10',
      since: minute(62),
      about: `d-${log.length}`,
    });
  });
  it('answers with the rules, as decide does', () => {
    const before = cancelled();
    const [outcome] = reconciled(before, before.length - 1, pause).outcomes;
    const decision = decide(pause, replay(before));
    expect(outcome).toEqual({ outcome: 'refused', ...(decision.ok ? {} : decision.rejection) });
  });
  it('makes the fields that decide derives', () => {
    const failed = { withClient: true, tests: [{ name: 'presión', passed: false }] };
    const before = cancelled();
    const { log } = reconciled(before, 5, sent('c-1', 'TestQuality', 60, failed));
    expect(reportIn(log).acts[0]?.data).toMatchObject({ passed: false });
  });
});

describe('1.1-10 lawful then: what its recorder knew', () => {
  const late = byCenter('n-1', 'GiveInstruction', 70, { about: 'visit', decision: 'reschedule', text: 'mañana' });
  const close = (commandId: string) => sent(commandId, 'CloseVisit', 80, {});

  it('derives the outcome of a closing on it: rescheduled where a reschedule stood', () => {
    const seen = recorded(onSite(), late);
    const before = recorded(
      seen,
      byCenter('n-2', 'GiveInstruction', 75, { about: 'visit', decision: 'wait', text: 'no' }),
    );
    const { log } = reconciled(before, seen.length, close('c-1'));
    expect(reportIn(log).acts[0]).toMatchObject({ lawfulThen: true, data: { outcome: 'rescheduled' } });
  });
  it('derives cancelled where none stood', () => {
    const { log } = reconciled(onSite(), 2, close('c-1'));
    expect(reportIn(log).acts[0]).toMatchObject({ lawfulThen: false, data: { outcome: 'cancelled' } });
  });
  it('has the acts of the batch, accepted or not', () => {
    const before = recorded(working(), byCenter('n-1', 'PauseWork', 20, { kind: 'break' }));
    const commands = [
      sent('c-1', 'PauseWork', 60, { kind: 'break' }),
      sent('c-2', 'ResumeWork', 70, { kind: 'break' }),
      sent('c-3', 'ResumeWork', 71, { kind: 'break' }),
    ];
    const { log, outcomes } = reconciled(before, before.length - 1, ...commands);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'accepted', 'refused']);
    expect(actsIn(log).map(({ lawfulThen }) => lawfulThen)).toEqual([true, false]);
  });
  it('has the acts of an earlier batch that they had not seen answered', () => {
    const cancel = byCenter('n-1', 'GiveInstruction', 30, { about: 'visit', decision: 'cancel', text: 'no' });
    const before = recorded(working(), cancel);
    const basedOn = before.length - 1;
    const first = reconciled(before, basedOn, sent('c-1', 'PauseWork', 60, { kind: 'break' }));
    const second = reconciled(first.log, basedOn, sent('c-2', 'ResumeWork', 61, { kind: 'break' }));
    expect(actsIn(second.log)).toMatchObject([{ type: 'Resumed', on: first.log.length, lawfulThen: true }]);
  });
  it('has the acts that they reported and that nobody has settled yet', () => {
    const cancel = byCenter('n-1', 'GiveInstruction', 30, { about: 'visit', decision: 'cancel', text: 'no' });
    const before = recorded(working(), cancel);
    const { log } = reconciled(before, before.length - 1, sent('c-1', 'PauseWork', 60, { kind: 'break' }));
    const again = recorded(
      log,
      byCenter('n-2', 'GiveInstruction', 62, { about: 'visit', decision: 'other', text: 'siga' }),
    );
    const stillApart = reconciled(again, again.length, sent('c-2', 'ResumeWork', 63, { kind: 'break' }));
    expect(actsIn(stillApart.log)).toMatchObject([{ lawfulThen: true, violations: ['1.1-43 on-break'] }]);
    const left = byCenter('s-1', 'SettleDiscrepancy', 64, {
      discrepancyId: `d-${log.length}`,
      taken: [],
      text: 'no hubo pausa',
    });
    const settled = recorded(again, left);
    const decided = reconciled(settled, settled.length, sent('c-2', 'ResumeWork', 65, { kind: 'break' }));
    expect(actsIn(decided.log)).toMatchObject([{ lawfulThen: false }]);
    const unseen = reconciled(settled, settled.length - 1, sent('c-2', 'ResumeWork', 65, { kind: 'break' }));
    expect(actsIn(unseen.log)).toMatchObject([{ lawfulThen: true }]);
  });
  it('has no twin whose fact stands in what they had seen', () => {
    const start = working();
    const pauseFor = byCenter('n-1', 'PauseWork', 20, { kind: 'break' });
    const resumeFor = byCenter('n-2', 'ResumeWork', 30, { kind: 'break' });
    const told = recorded(start, pauseFor, resumeFor);
    const { log } = reconciled(told, start.length, sent('c-1', 'PauseWork', 20, { kind: 'break' }));
    const next = sent('c-2', 'ResumeWork', 60, { kind: 'break' });
    expect(actsIn(reconciled(log, log.length, next).log)).toMatchObject([{ lawfulThen: false }]);
    expect(actsIn(reconciled(log, log.length - 1, next).log)).toMatchObject([{ lawfulThen: true }]);
  });
  it('has a reported act before the event at the place where it was judged', () => {
    const start = working();
    const own = [sent('c-1', 'ResumeWork', 40, { kind: 'break' }), sent('c-2', 'PauseWork', 41, { kind: 'break' })];
    const first = reconciled(start, start.length, ...own);
    expect(outcomesOf(first)).toEqual(['refused', 'accepted']);
    const before = recorded(first.log, byCenter('n-1', 'ResumeWork', 90, { kind: 'break' }));
    const { log } = reconciled(before, start.length, sent('c-3', 'ResumeWork', 60, { kind: 'break' }));
    expect(actsIn(log)).toMatchObject([{ lawfulThen: true, violations: ['1.1-43 on-break'] }]);
  });
  it('has nothing that another provider reported', () => {
    const reassigned = recorded(
      working(),
      byCenter('n-1', 'GiveInstruction', 30, { about: 'visit', decision: 'reassign', text: 'otro' }),
      byCenter('n-2', 'ReassignProvider', 31, { provider: { id: 'prov-2', name: 'Luis' }, arriveBy: minute(90) }),
    );
    const { log } = reconciled(reassigned, working().length, sent('c-1', 'PauseWork', 40, { kind: 'break' }));
    const other = reconciled(log, log.length, sent('o-1', 'ResumeWork', 95, { kind: 'break' }, otherProvider));
    expect(actsIn(other.log)).toMatchObject([{ lawfulThen: false }]);
  });
});

describe('0-02 a batch is of one visit and one recorder, or nothing happens', () => {
  const errorOf = (commands: readonly unknown[], basedOn = 2, log = onSite()) => {
    const answer = reconcile({ log, basedOn, commands: commands as never });
    return answer.ok ? null : answer.error;
  };

  it.each([-1, 3, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1', null, undefined])(
    'refuses to be based on %s of two events',
    (basedOn) => {
      const facts = { basedOn: Number.isFinite(basedOn) ? basedOn : null, length: 2 };
      expect(reconcile({ log: onSite(), basedOn: basedOn as number, commands: [shown] })).toEqual({
        ok: false,
        error: { code: 'based-on-invalid', facts },
      });
    },
  );
  it('refuses a log that assigns no visit', () => {
    expect(errorOf([shown], 0, [])).toEqual({ code: 'visit-unassigned', facts: {} });
  });
  it('refuses a command of another visit', () => {
    const other = sent('c-2', 'ShowCredential', 60, { visitId: 'visit-2' });
    expect(errorOf([shown, other])).toEqual({
      code: 'other-visit',
      facts: { index: 1, visitId: 'visit-2', expected: 'visit-1' },
    });
  });
  it('refuses two recorders', () => {
    const other = sent('k-1', 'RecordConformity', 60, {}, client);
    expect(errorOf([shown, other])).toEqual({
      code: 'several-recorders',
      facts: { index: 1, role: 'client', id: 'client-1' },
    });
    expect(errorOf([shown, { ...shown, metadata: { ...shown.metadata, actor: otherProvider } }])?.code).toBe(
      'several-recorders',
    );
    const namesake = sent('k-1', 'RecordConformity', 60, {}, { role: 'client', id: provider.id });
    expect(errorOf([shown, namesake])?.code).toBe('several-recorders');
  });
  it('refuses the contact center, which works on the log itself', () => {
    expect(errorOf([byCenter('n-1', 'NotifyClient', 60, { about: ['delay'], reached: true })])).toEqual({
      code: 'recorder-role',
      facts: { index: 0, role: 'contact-center', id: 'op-1' },
    });
    expect(errorOf([byCenter('n-1', 'StartWork', 60, {})])?.code).toBe('recorder-role');
  });
  it('refuses a type that the recorder may not record', () => {
    const documented = sent('c-1', 'DocumentStart', 60, {});
    const facts = { index: 0, type: 'DocumentStart', role: 'provider' };
    expect(errorOf([documented])).toEqual({ code: 'not-recordable', facts });
    expect(errorOf([sent('k-1', 'ShowCredential', 60, {}, client)])?.code).toBe('not-recordable');
    expect(errorOf([{ ...shown, type: 'PintarPared' }])?.code).toBe('not-recordable');
    expect(errorOf([{ ...shown, type: 'constructor' }])?.code).toBe('not-recordable');
    const system = { ...shown, metadata: { actor: { role: 'system', id: 's' }, commandId: 'c' } };
    expect(errorOf([system])?.code).toBe('not-recordable');
  });
  it('refuses a report from outside', () => {
    const { log } = reconciled(onSite(), 2, back);
    const { by: _, ...data } = reportIn(log);
    expect(errorOf([sent('c-9', 'ReportDiscrepancy', 62, data)])).toEqual({
      code: 'not-recordable',
      facts: { index: 0, type: 'ReportDiscrepancy', role: 'provider' },
    });
  });
  it('refuses a provider who was never assigned', () => {
    expect(errorOf([sent('c-1', 'ShowCredential', 60, {}, otherProvider)])).toEqual({
      code: 'recorder-unassigned',
      facts: { index: 0, role: 'provider', id: 'prov-2' },
    });
  });
  it('refuses a command without an id', () => {
    const { commandId: _, ...metadata } = shown.metadata;
    expect(errorOf([called, { ...shown, metadata }])).toEqual({ code: 'command-id-missing', facts: { index: 1 } });
    expect(errorOf([{ ...shown, metadata: { ...metadata, commandId: '' } }])?.code).toBe('command-id-missing');
  });
  it.each([
    ['null', null],
    ['a text', 'ShowCredential'],
    ['no data', { type: 'ShowCredential', metadata: shown.metadata }],
    ['no metadata', { type: 'ShowCredential', data: shown.data }],
    ['data that a rule cannot read', sent('c-1', 'TakePhotos', 60, {} as never)],
    ['data that no effect can read', sent('c-1', 'ShowTools', 60, { tools: 7 } as never)],
  ])('refuses %s', (_, malformed) => {
    expect(errorOf([shown, malformed], 2, eventsBefore('TakePhotos'))).toEqual({
      code: 'malformed',
      facts: { index: 1 },
    });
  });
  it('refuses a batch whose report would have the id of an earlier one', () => {
    const { by, ...data } = reportIn(reconciled(onSite(), 2, back).log);
    const foreign = [...onSite(), fact('DiscrepancyReported', { ...data, discrepancyId: 'd-4' }, by)];
    expect(errorOf([back, { ...back, metadata: { ...back.metadata, commandId: 'c-9' } }], 2, foreign)).toEqual({
      code: 'discrepancy-exists',
      facts: { discrepancyId: 'd-4' },
    });
  });
  it.each<[string, object]>([
    ['reconcile takes the log, an array', { log: {}, basedOn: 0, commands: [] }],
    ['commands, an array', { log: [], basedOn: 0, commands: shown }],
    ['option of reconcile: comands', { log: [], basedOn: 0, comands: [] }],
    ['events that can be read', { log: [null], basedOn: 0, commands: [] }],
    ['Unknown option of policy', { log: [], basedOn: 0, commands: [], policy: { alow: [] } }],
  ])('throws for wrong arguments: %s', (message, request) => {
    expect(() => reconcile(request as never)).toThrow(message);
    expect(() => reconcile(request as never)).toThrow(TypeError);
  });
});

describe('1.1-10 a log that was reconciled', () => {
  it('is clean where all was accepted', () => {
    const { log } = reconciled(onSite(), 2, shown, called);
    expect(audit(log).clean).toBe(true);
    expect(operator.role).toBe('contact-center');
  });
});
