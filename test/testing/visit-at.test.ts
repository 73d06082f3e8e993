import { describe, expect, it } from 'vitest';
import { audit } from '../../src/reading/index.ts';
import { type Point, points, visitAt } from '../../src/testing/visit-at.ts';
import { type Policy, phases, replay } from '../../src/visit/index.ts';
import { parseCommand, parseEvent } from '../../src/wire.ts';

const phaseOf: Partial<Record<Point, string>> = {
  absent: 'on-site',
  identified: 'on-site',
  inspected: 'on-site',
  photographed: 'on-site',
  explained: 'on-site',
  supplied: 'on-site',
  'in-dispute': 'on-site',
  'ready-to-start': 'on-site',
  tested: 'working',
  'tests-failed': 'working',
  'ready-to-complete': 'working',
  closing: 'on-site',
};

describe('visitAt', () => {
  it.each(points)('brings a visit to %s, through messages that the wire lets in', (point) => {
    const { state, events, commands } = visitAt(point);
    expect(state.phase).toBe(phaseOf[point] ?? point);
    expect(replay(events)).toEqual(state);
    for (const command of commands) expect(parseCommand(JSON.stringify(command))).toEqual({ ok: true, value: command });
    for (const event of events) expect(parseEvent(JSON.stringify(event)).ok).toBe(true);
  });

  it.each(points)('tells %s without a remark of the audit, whenever it begins', (point) => {
    for (const begin of ['2026-03-17T14:00:00.000Z', '2026-11-30T23:55:00.000Z', '2024-02-29T05:00:00.000Z']) {
      expect(audit(visitAt(point, { begin }).events).findings).toEqual([]);
    }
  });

  it('has a point for every phase', () => {
    expect(phases.filter((phase) => !(points as readonly string[]).includes(phase))).toEqual([]);
  });

  it('is the same each time, and takes overrides', () => {
    expect(visitAt('working')).toEqual(visitAt('working'));
    const other = visitAt('working', {
      visitId: 'v-9',
      begin: '2027-01-01T00:00:00.000Z',
      assignment: { place: 'Nicoya' },
      without: ['ClearArea'],
      policy: { waive: [{ rule: 'area-cleared', reason: 'contrato' }] },
    });
    expect(other.state).toMatchObject({
      visitId: 'v-9',
      place: 'Nicoya',
      phase: 'working',
      work: { areaClearedAt: null },
    });
    expect(other.events[0]?.data.at).toBe('2027-01-01T00:00:00.000Z');
    expect(other.next > (other.events.at(-1)?.data.at ?? '')).toBe(true);
  });

  it('gives each act a time of its own, whichever are left out before it', () => {
    const policy: Policy = { waive: [{ rule: 'area-cleared', reason: 'contrato' }] };
    const whole = visitAt('working');
    const less = visitAt('working', { without: ['ClearArea'], policy });
    expect(less.events).toEqual(whole.events.filter(({ type }) => type !== 'AreaCleared'));
    expect(less.next).toBe(whole.next);
    const times = whole.events.map(({ data }) => data.at);
    expect([...new Set(times)].sort()).toEqual(times);
  });

  it('says which acts there are when one is left out that there is not', () => {
    expect(() => visitAt('working', { without: ['ShowTools', 'Fly' as never] })).toThrow(
      /^Unknown act Fly\. Known: AssignVisit, .*StartWork, /,
    );
    expect(() => visitAt('working', { without: ['Fly' as never] })).toThrow(TypeError);
    expect(() => visitAt('working', { omit: ['ShowTools'] } as never)).toThrow(
      /^Unknown option of visitAt: omit\. Known: visitId, /,
    );
    expect(visitAt('on-site', { without: ['ClearArea'] })).toEqual(visitAt('on-site'));
  });

  it('says what refused when an override makes the way unlawful', () => {
    expect(() => visitAt('working', { without: ['ClearArea'] })).toThrow(/On the way to working, StartWork: .*area/);
  });
});
