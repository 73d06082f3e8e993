import { describe, expect, it } from 'vitest';
import { audit, dossier } from '../../src/reading/index.ts';
import { visitTimeline } from '../../src/reading/timeline.ts';
import { eventsAfter, offlineMix, simulate } from '../../src/testing/index.ts';
import { corrected, reported } from '../report/corrected-visit.ts';

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
    const open = visitTimeline(reported).entries.find(({ type }) => type === 'DiscrepancyReported');
    expect(open?.reported?.map(({ fate }) => fate.kind)).toEqual(['twin', 'open', 'open', 'open']);
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
      [expect.stringMatching(/repeated|stands|ignored/), 'VisitAssigned'],
    ]);
    expect(visitTimeline([]).entries).toEqual([]);
    expect(() => visitTimeline(7 as never)).toThrow(TypeError);
    expect(() => visitTimeline([], { until: '' } as never)).toThrow(TypeError);
  });
});
