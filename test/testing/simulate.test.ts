import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';
import { parseCommand } from '../../src/wire.ts';
import { runs } from '../support/runs.ts';

const few = (seed?: number) => [...simulate(seed === undefined ? { visits: 30 } : { visits: 30, seed })];

describe('simulate', () => {
  it('makes the same visits from the same seed, and others from another', () => {
    expect(few(7)).toEqual(few(7));
    expect(few(8)).not.toEqual(few(7));
  });

  it('makes visits that the wire lets in and that fold to their state', () => {
    for (const { commands, events, state } of simulate({ visits: 200, seed: 2 })) {
      for (const command of commands)
        expect(parseCommand(JSON.stringify(command))).toEqual({ ok: true, value: command });
      expect(replay(events)).toEqual(state);
      expect(commands.every(({ data }, index) => index === 0 || data.at >= (commands[index - 1]?.data.at ?? ''))).toBe(
        true,
      );
    }
  });

  it('takes every branch at about its rate', () => {
    const seen = new Map<string, number>();
    const phases = new Map<string, number>();
    const visits = runs(2_000);
    for (const { events, state } of simulate({ visits })) {
      for (const type of new Set(events.map((event) => event.type))) seen.set(type, (seen.get(type) ?? 0) + 1);
      phases.set(state.phase, (phases.get(state.phase) ?? 0) + 1);
    }
    expect(seen.size).toBeGreaterThan(38);
    expect((phases.get('completed') ?? 0) / visits).toBeGreaterThan(0.9);
    expect((phases.get('closed') ?? 0) / visits).toBeGreaterThan(0.02);
    expect((seen.get('ExtraMaterialsRequested') ?? 0) / visits).toBeCloseTo(0.08, 1);
  });

  it.each<[string, object, RegExp]>([
    ['visits that are no number', { visits: 'x' }, /^visits is a whole number from 0, or Infinity$/],
    ['fewer than none', { visits: -1 }, /^visits is/],
    ['one and a half', { visits: 1.5 }, /^visits is/],
    ['NaN', { visits: Number.NaN }, /^visits is/],
    ['no count', {}, /^visits is/],
    ['a seed that is no number', { visits: 1, seed: 'x' }, /^seed is a whole number$/],
    ['a seed between two', { visits: 1, seed: 1.5 }, /^seed is/],
    ['a rate above 1', { visits: 1, mix: { calledOff: 3 } }, /^The rate calledOff is a number from 0 to 1$/],
    ['a rate below 0', { visits: 1, mix: { calledOff: -0.1 } }, /^The rate calledOff is/],
    ['a rate that is none', { visits: 1, mix: { delay: null } }, /^The rate delay is/],
  ])('refuses %s before the first visit', (_, simulation, message) => {
    expect(() => simulate(simulation as never)).toThrow(RangeError);
    expect(() => simulate(simulation as never)).toThrow(message);
  });

  it.each<[string, object, string]>([
    ['a branch', { visits: 1, mix: { nope: 1 } }, 'Unknown option of mix: nope. Known: delay, breakdown, '],
    ['a name of every object', { visits: 1, mix: { toString: 1 } }, 'Unknown option of mix: toString. '],
    ['an option', { visits: 1, start: 'x' }, 'Unknown option of simulate: start. Known: visits, seed, mix'],
  ])('refuses %s that there is not', (_, simulation, message) => {
    expect(() => simulate(simulation as never)).toThrow(TypeError);
    expect(() => simulate(simulation as never)).toThrow(message);
  });

  it('makes none of none, and no end of them', () => {
    expect([...simulate({ visits: 0 })]).toEqual([]);
    const [first, second] = simulate({ visits: Number.POSITIVE_INFINITY });
    expect([first, second]).toEqual([...simulate({ visits: 2 })]);
  });

  it('takes a mix', () => {
    const visits = [...simulate({ visits: 50, mix: { calledOff: 1 } })];
    expect(visits.every(({ state }) => state.phase === 'closed')).toBe(true);
  });
});
