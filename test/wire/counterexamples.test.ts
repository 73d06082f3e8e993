import { describe, expect, it } from 'vitest';
import { parseCommand, parseEvent, parseLog } from './bare.ts';

const at = '2026-03-17T14:00:00.000Z';
const clearArea = (moved: readonly string[]) => ({
  type: 'ClearArea',
  data: { visitId: 'v-1', at, moved },
  metadata: { actor: { role: 'provider', id: 'p-1' } },
});
const codes = (parsed: ReturnType<typeof parseCommand>) =>
  parsed.ok ? 'accepted' : parsed.issues.map(({ code }) => code);

describe('what is let in can be read again', () => {
  it.each([
    [
      'text that NFC makes longer',
      JSON.stringify(clearArea(Array.from({ length: 48 }, () => '\u{1d160}'.repeat(300)))),
    ],
    ['a value of characters of three bytes', clearArea(Array.from({ length: 32 }, () => '中'.repeat(2_000)))],
    ['a value whose quotation marks are escaped', clearArea(Array.from({ length: 32 }, () => '"'.repeat(2_000)))],
  ])('refuses %s beyond the limit', (_, input) => {
    expect(codes(parseCommand(input))).toEqual(['too-large']);
  });

  it('writes no minus zero', () => {
    const event = { ...clearArea([]), type: 'AreaCleared', metadata: { hosted: -0 } };
    const parsed = parseEvent({ ...event, data: { ...event.data, by: { role: 'provider', id: 'p-1' } } });
    expect(parsed.ok && Object.is(parsed.value.metadata?.hosted, 0)).toBe(true);
  });

  it.each([Buffer.from('{}'), null])('takes no bytes for lines, nor anything else that is no text', async (part) => {
    const read: unknown[] = [];
    const reading = async () => {
      for await (const { line, ok } of parseLog(['{}', part] as string[])) read.push([line, ok]);
    };
    await expect(reading()).rejects.toThrow(/linesOf/);
    expect(read).toEqual([[1, false]]);
  });
});
