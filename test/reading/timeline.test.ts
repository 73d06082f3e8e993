import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { listDiscrepancies } from '../../src/reading/reported-acts.ts';
import { visitTimeline } from '../../src/reading/timeline.ts';
import { command, eventsAfter, fact, minute, offlineMix, simulate } from '../../src/testing.ts';
import { decide, initialState, replay } from '../../src/visit/index.ts';
import { corrected, reported } from '../report/corrected-visit.ts';
import {
  accept,
  annul,
  arrival,
  askExtra,
  leave,
  operator,
  pause,
  reenter,
  reported as reportedAct,
  resume,
  settle,
  step,
  stretch,
  supplyExtra,
  waive,
} from '../scenarios/commands.ts';

describe('the timeline of a visit', () => {
  it('has an entry for each event, in order, with its clauses, its person and its recorder', () => {
    const log = eventsAfter('StartWork');
    const { entries, clean, visitId } = visitTimeline(log);
    expect([clean, visitId, entries.length]).toEqual([true, 'visit-1', log.length]);
    expect(entries.map(({ type }) => type)).toEqual(log.map(({ type }) => type));
    expect(entries.every(({ status, at, now }) => status === 'stands' && at === now)).toBe(true);
    expect(entries.every(({ clauses }) => clauses.length > 0)).toBe(true);
    const people = log.map(({ data: { by, recordedBy } }) => [by, recordedBy ?? by]);
    expect(entries.map(({ by, recorder }) => [by, recorder])).toEqual(people);
  });

  it('says what was corrected, annulled and reported, and by which entry', () => {
    const { entries } = visitTimeline(corrected);
    const { corrections } = dossier(corrected);
    for (const correction of corrections) {
      if (correction.kind === 'settled') continue;
      const entry = entries[correction.of];
      const last = corrections.findLast((one) => one.kind !== 'settled' && one.of === correction.of);
      expect(entry).toMatchObject({
        revisedBy: last?.index,
        status: last?.kind === 'annulled' ? 'annulled' : 'corrected',
      });
      expect(entry?.now ?? null).toBe(last?.kind === 'time' ? last.now : null);
    }
    const statuses = new Set(entries.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['annulled', 'corrected', 'stands']);
    const report = entries.find(({ type }) => type === 'DiscrepancyReported');
    expect(report?.reported?.map(({ type, fate }) => [type, fate.kind])).toEqual([
      ['Paused', 'twin'],
      ['Resumed', 'taken'],
      ['QualityTested', 'taken'],
      ['ToolsShown', 'left'],
    ]);
    const taken = report?.reported?.flatMap(({ fate }) => (fate.kind === 'taken' ? (fate.onRecord ?? -1) : []));
    expect([report?.status, taken?.map((index) => entries[index]?.type)]).toEqual([
      'stands',
      ['Resumed', 'QualityTested'],
    ]);
    const [twin] = report?.reported ?? [];
    expect(twin?.fate.kind === 'twin' && entries[twin.fate.of]?.type).toBe('Paused');
    const open = visitTimeline(reported).entries.find(({ type }) => type === 'DiscrepancyReported');
    expect(open?.reported?.map(({ fate }) => fate.kind)).toEqual(['twin', 'open', 'open', 'open']);
  });

  it('1.1-10 says of each report what its own settlements left; a second one of an id says nothing', () => {
    const report = (discrepancyId: string) =>
      fact('DiscrepancyReported', { discrepancyId, basedOn: 1, acts: [reportedAct('Resumed')] });
    const settled = fact('DiscrepancySettled', { ...settle([], 'd-1').data }, operator);
    const reports = [report('d-1'), report('d-2'), report('d-1')];
    const { entries } = visitTimeline([...eventsAfter('AssignVisit'), ...reports, settled]);
    const fates = entries.map(({ reported: acts }) => acts?.map(({ fate }) => fate.kind));
    expect(fates).toEqual([undefined, ['left'], ['open'], undefined, undefined]);
  });

  it('is made of reports that say by whose leave an act was done, or null', () => {
    const acts = [{ type: 'Paused', despite: { by: 'Eva', reason: 'x' } }, { type: 'Resumed' }];
    const report = fact('DiscrepancyReported', { discrepancyId: 'd-1', basedOn: 4, acts });
    const [found] = listDiscrepancies([[0, report]], []);
    expect(found?.basedOn).toBe(4);
    expect(found?.acts.map(({ despite }) => despite)).toEqual([{ by: 'Eva', reason: 'x' }, null]);
  });

  const logOf = (commands: readonly VisitCommand[]) => {
    let state = initialState();
    return commands.flatMap((asked) => {
      const decision = decide(asked, state);
      if (!decision.ok) throw new Error(asked.type);
      state = replay(decision.events, state);
      return decision.events;
    });
  };
  const at = <Command extends VisitCommand>(minutes: number, asked: Command): Command => ({
    ...asked,
    data: { ...asked.data, at: minute(minutes) },
  });
  const later = (minutes: number, asked: VisitCommand): VisitCommand =>
    at((Date.parse(asked.data.at) - Date.parse(minute(0))) / 60_000 + minutes, asked);
  const clock = (time: string | null) => time?.slice(11, 16) ?? null;

  it('has the stretches of travel, site, break, materials, absence and work, and the moments of calls and photographs', () => {
    const after = stretch('TestQuality').map((asked) => later(53, asked));
    const log = logOf([
      step('AssignVisit'),
      command('ReportTransitIssue', { at: minute(1), issue: 'delay' }),
      command('NotifyClient', { at: minute(2), about: ['delay'], reached: true }),
      command('GiveInstruction', { at: minute(3), about: 'visit', decision: 'proceed', text: 'siga' }),
      at(4, command('RecordArrival', {})),
      ...stretch('ShowCredential', 'StartWork').map((asked) => later(3, asked)),
      ...[
        pause,
        resume,
        leave,
        at(35, arrival),
        reenter,
        at(37, askExtra),
        at(38, supplyExtra),
        at(39, accept),
        ...after,
      ],
      command('EscalateClientImpact', { at: minute(200), what: 'fuga' }),
    ]);
    const { spans, marks } = visitTimeline(log);
    const stretches = Object.entries(spans).map(([name, each]) => [
      name,
      each.map(({ from, to }) => [clock(from), clock(to)]),
    ]);
    expect(Object.fromEntries(stretches)).toEqual({
      travel: [['14:00', '14:04']],
      site: [
        ['14:04', '14:33'],
        ['14:35', '15:16'],
      ],
      break: [['14:30', '14:31']],
      materials: [
        ['14:13', '14:14'],
        ['14:37', '14:39'],
      ],
      away: [['14:33', '14:36']],
      work: [
        ['14:19', '14:30'],
        ['14:31', '14:33'],
        ['14:36', '14:37'],
        ['14:39', '15:16'],
      ],
    });
    expect(marks.calls.map(clock)).toEqual(['14:01', '14:02', '14:15', '14:00', '14:00', '14:21']);
    expect(marks.instructions.map(clock)).toEqual(['14:03']);
    expect([marks.taken.map(clock), marks.sent.map(clock)]).toEqual([['14:07'], ['14:11']]);
  });

  it('has what lasts still without an end, and nothing of an act that was annulled', () => {
    const log = logOf([step('AssignVisit'), step('RecordArrival'), annul('ProviderArrived', minute(1))]);
    expect(visitTimeline(log.slice(0, 2)).spans.site).toEqual([{ from: minute(1), to: null }]);
    expect(visitTimeline(log).spans).toMatchObject({ site: [], travel: [{ from: minute(0), to: null }] });
    expect(visitTimeline(logOf(stretch('AssignVisit', 'StartWork'))).spans.work).toEqual([
      { from: minute(16), to: null },
    ]);
  });

  it('has no stretch of what lasted no time, and none of materials that are waived', () => {
    const working = stretch('AssignVisit', 'StartWork');
    expect(visitTimeline(logOf([...working, pause, at(30, resume)])).spans.break).toEqual([]);
    const waived = logOf([...working, askExtra, at(40, waive('materials-settled'))]);
    expect(visitTimeline(waived).spans.materials.at(-1)).toEqual({ from: minute(35), to: minute(40) });
  });

  it('1.1-13 has no travel before the visit is assigned', () => {
    const early = fact('ClientNotified', { at: minute(-9), about: ['delay'], reached: true }, operator);
    const { spans } = visitTimeline([early, ...logOf([step('AssignVisit')])]);
    expect(spans.travel).toEqual([{ from: minute(0), to: null }]);
  });

  it('takes what any log may hold for a time, a list, an id or a report', () => {
    const by = { role: 'provider', id: 'prov-1' };
    const event = (type: string, data: object, metadata?: object) =>
      ({ type, data: { visitId: 'visit-1', at: minute(5), by, ...data }, metadata }) as unknown as VisitEvent;
    const acts = [
      { type: 'Unheard', data: {} },
      { type: 7, data: { at: 8 } },
      { data: { at: minute(1) }, lawfulThen: true },
    ];
    const odd = [
      event('ProviderArrived', { at: 'soon' }, { recordedAt: 7, commandId: 8 }),
      event('PhotosTaken', { photos: 'none' }),
      event(
        'PhotosTaken',
        {
          photos: [
            { photoId: 'f-1', takenAt: 9 },
            { photoId: 'f-2', takenAt: minute(4) },
          ],
        },
        { recordedAt: minute(6), commandId: 'c-1' },
      ),
      event('StartReported', { call: 'yes', recordedBy: { role: 'contact-center', id: 'op-1' } }),
      event('DiscrepancyReported', { discrepancyId: 'd-1', basedOn: 'x', acts }),
    ];
    const { entries, marks, spans } = visitTimeline([...logOf([step('AssignVisit')]), ...odd]);
    expect(entries.map(({ recordedAt, commandId }) => [recordedAt, commandId])).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [minute(6), 'c-1'],
      [null, null],
      [null, null],
    ]);
    expect(marks).toEqual({ calls: [], instructions: [], taken: [minute(4)], sent: [] });
    expect(spans.site).toEqual([{ from: minute(5), to: null }]);
    expect(entries[4]).toMatchObject({ by, recorder: { role: 'contact-center', id: 'op-1' } });
    const open = { kind: 'open' };
    expect(entries[5]?.reported).toEqual([
      { type: null, at: null, lawfulThen: false, fate: open },
      { type: null, at: null, lawfulThen: false, fate: open },
      { type: null, at: minute(1), lawfulThen: true, fate: open },
    ]);
    expect(entries[1]).not.toHaveProperty('reported');
  });

  it('agrees with the audit and the dossier about any simulated visit', () => {
    for (const { events } of simulate({ visits: 60, seed: 3, mix: { ...offlineMix, handedOver: 0.2 } })) {
      const { clean, entries, debts, spans } = visitTimeline(events);
      const { findings, ...audited } = audit(events);
      expect(clean).toBe(audited.clean);
      expect(entries.flatMap((entry) => entry.findings)).toEqual(findings);
      expect(debts).toEqual(dossier(events).debts);
      for (const each of Object.values(spans).flat()) if (each.to !== null) expect(each.from <= each.to).toBe(true);
    }
  });

  it('says which entry changed nothing, since the visit had ended', () => {
    const { entries } = visitTimeline([...eventsAfter('CompleteVisit'), fact('Paused', { kind: 'break' })]);
    expect(entries.map(({ status }) => status).slice(-2)).toEqual(['stands', 'ignored']);
  });

  it('says which entry repeats an earlier one', () => {
    const stored = eventsAfter('RecordArrival').map((event, index) => ({
      ...event,
      metadata: { eventId: `e-${index}` },
    }));
    const { entries } = visitTimeline([...stored, stored[1]] as VisitEvent[]);
    expect(entries.map(({ status, type }) => [status, type])).toEqual([
      ['stands', 'VisitAssigned'],
      ['stands', 'ProviderArrived'],
      ['repeated', 'ProviderArrived'],
    ]);
  });

  it('takes a foreign log: what cannot be read has its place', () => {
    const [first, ...rest] = eventsAfter('StartWork');
    const odd = [
      first,
      null,
      { type: 'Unheard', data: { visitId: 'visit-1', at: '2026', by: { role: 'x', id: 'y' } } },
    ];
    const { entries } = visitTimeline([...odd, first, ...rest] as never);
    expect(entries.slice(0, 4).map(({ status, type }) => [status, type])).toEqual([
      ['stands', 'VisitAssigned'],
      ['unreadable', null],
      ['unreadable', null],
      ['stands', 'VisitAssigned'],
    ]);
    expect(entries[1]).toEqual({
      ...{
        index: 1,
        status: 'unreadable',
        type: null,
        at: null,
        now: null,
        recordedAt: null,
        by: null,
        recorder: null,
      },
      ...{ commandId: null, revisedBy: null, clauses: [], findings: [expect.objectContaining({ index: 1 })] },
    });
    expect(visitTimeline([]).entries).toEqual([]);
    expect(() => visitTimeline(7 as never)).toThrow('visitTimeline');
    expect(() => visitTimeline([], { until: '' } as never)).toThrow('option of visitTimeline: until');
  });
});
