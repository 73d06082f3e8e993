import { describe, expect, it } from 'vitest';
import type { CommandType } from '../../src/messages/index.ts';
import type { IssueCode } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';
import { command, event, samples, turned, without } from './samples.ts';

type Bad = readonly [changes: object, path: string, code: IssueCode];

/** One act of a chapter: which of its fields may be absent, and which data it refuses where. */
export function act(type: CommandType, optional: readonly string[], refused: readonly Bad[] = []): void {
  const fields = Object.keys(samples[type]);
  const required = fields.filter((field) => !optional.includes(field));

  describe(type, () => {
    it('is read whole, in the order of the protocol, from text and from a value', () => {
      for (const [parse, message] of [
        [parseCommand, command(type)],
        [parseEvent, event(type)],
      ] as const) {
        const expected = JSON.stringify({ ok: true, value: message });
        expect(JSON.stringify(parse(message))).toBe(expected);
        expect(JSON.stringify(parse(turned(message)))).toBe(expected);
        expect(JSON.stringify(parse(JSON.stringify(turned(message))))).toBe(expected);
        expect(JSON.stringify(parse(' '.repeat(5000) + JSON.stringify(message)))).toBe(expected);
      }
    });

    it(`may be without ${optional.join(', ') || 'nothing'}`, () => {
      const bare = { ...command(type), data: without(samples[type], optional) };
      expect(parseCommand(bare)).toStrictEqual({ ok: true, value: bare });
      for (const field of optional) {
        const lacking = { ...command(type), data: without(samples[type], [field]) };
        expect(parseCommand(lacking)).toStrictEqual({ ok: true, value: lacking });
      }
    });

    it.each(required)('needs %s', (field) => {
      const lacking = { ...command(type), data: without(samples[type], [field]) };
      expect(parseCommand(lacking)).toStrictEqual({ ok: false, issues: [{ path: `/data/${field}`, code: 'missing' }] });
    });

    it.each(fields)('takes no null as %s', (field) => {
      const result = parseCommand(command(type, { [field]: null }));
      expect(result.ok ? [] : result.issues.map(({ path }) => path)).toStrictEqual([`/data/${field}`]);
    });

    it('takes no other field', () => {
      const issues = [{ path: '/data', code: 'unrecognized-key' }];
      expect(parseCommand(command(type, { extra: 1 }))).toStrictEqual({ ok: false, issues });
      expect(parseEvent(event(type, { extra: 1 }))).toStrictEqual({ ok: false, issues });
    });

    if (refused.length > 0) {
      it.each(refused)('refuses %j at %s: %s', (changes, path, code) => {
        const issues = [{ path, code }];
        expect(parseCommand(command(type, changes))).toStrictEqual({ ok: false, issues });
        expect(parseEvent(event(type, changes))).toStrictEqual({ ok: false, issues });
      });
    }
  });
}
