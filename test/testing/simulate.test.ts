import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/testing/index.ts';
import { replay } from '../../src/visit/index.ts';
import { parseCommand } from '../../src/wire/index.ts';

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
    for (const { events, state } of simulate({ visits: 2_000 })) {
      for (const type of new Set(events.map((event) => event.type))) seen.set(type, (seen.get(type) ?? 0) + 1);
      phases.set(state.phase, (phases.get(state.phase) ?? 0) + 1);
    }
    expect(seen.size).toBeGreaterThan(38);
    expect((phases.get('completed') ?? 0) / 2_000).toBeGreaterThan(0.9);
    expect((phases.get('closed') ?? 0) / 2_000).toBeGreaterThan(0.02);
    expect((seen.get('ExtraMaterialsRequested') ?? 0) / 2_000).toBeCloseTo(0.08, 1);
  });

  it('takes a mix', () => {
    const visits = [...simulate({ visits: 50, mix: { calledOff: 1 } })];
    expect(visits.every(({ state }) => state.phase === 'closed')).toBe(true);
  });
});
