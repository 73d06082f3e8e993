import { describe, expect, it } from 'vitest';
import { doorCode, isDoorCode } from '../../../examples/field/ui/door-codes.ts';

const now = Date.UTC(2026, 2, 17, 14);
const minutes = (count: number) => now + count * 60_000;

describe('the codes at the door', () => {
  it('are six digits, another for each direction, each secret and each ten minutes', async () => {
    const codes = await Promise.all([
      doorCode('one', 'provider', now),
      doorCode('one', 'client', now),
      doorCode('other', 'provider', now),
      doorCode('one', 'provider', minutes(10)),
    ]);
    for (const code of codes) expect(code).toMatch(/^\d{6}$/);
    expect(new Set(codes).size).toBe(4);
    expect(await doorCode('one', 'provider', minutes(9))).toBe(codes[0]);
  });

  it('are good for ten minutes before and after, and for no other direction, secret or time', async () => {
    const shown = await doorCode('one', 'provider', now);
    const spaced = `${shown.slice(0, 3)} ${shown.slice(3)}`;
    for (const count of [-10, 0, 10, 19]) expect(await isDoorCode('one', 'provider', shown, minutes(count))).toBe(true);
    expect(await isDoorCode('one', 'provider', spaced, now)).toBe(true);
    for (const count of [-11, 20]) expect(await isDoorCode('one', 'provider', shown, minutes(count))).toBe(false);
    expect(await isDoorCode('one', 'client', shown, now)).toBe(false);
    expect(await isDoorCode('other', 'provider', shown, now)).toBe(false);
    expect(await isDoorCode('one', 'provider', '', now)).toBe(false);
  });
});
