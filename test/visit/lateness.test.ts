import { describe, expect, it } from 'vitest';
import { plainVisit } from '../../src/testing.ts';
import { decide, initialState, replay } from '../../src/visit/index.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
const later = (at: string) => new Date(Date.parse(at) + YEAR_MS).toISOString();
const commands = plainVisit();

describe('an act is not refused because it is late', () => {
  it.each(commands.map(({ type }, index) => ({ type, index })))('$type, a year after the one before', ({ index }) => {
    let state = initialState();
    for (const [place, command] of commands.entries()) {
      const at = place < index ? command.data.at : later(command.data.at);
      const decision = decide({ ...command, data: { ...command.data, at } } as typeof command, state);
      expect(decision).toMatchObject({ ok: true });
      if (decision.ok) state = replay(decision.events, state);
    }
    expect(state.phase).toBe('completed');
  });
});
