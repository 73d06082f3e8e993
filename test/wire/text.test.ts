import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { text as textSchema } from '../../src/wire/text.ts';
import type { IssueCode } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';
import { corpusTold, isText, naughty } from './naughty.ts';
import { command, event } from './samples.ts';

const read = (what: string) => parseCommand(command('RecordObjection', { what }));
const refusal = (path: string, code: IssueCode) => ({ ok: false, issues: [{ path, code }] });

describe('a text', () => {
  it.each([
    ['cafe\u0301', 'caf\u00e9'],
    ['\u1112\u1161\u11ab', '\ud55c'],
    ['\u212b', '\u00c5'],
    ['Año nuevo 👩‍👩‍👧', 'Año nuevo 👩‍👩‍👧'],
    ['  two  spaces ', '  two  spaces '],
    ['שלום', 'שלום'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['💧', '💧'],
  ])('%j becomes %j', (given, normal) => {
    expect(read(given)).toMatchObject({ ok: true, value: { data: { what: normal } } });
  });

  it.each<[string, IssueCode]>([
    ['', 'blank'],
    [' ', 'blank'],
    ['\u00a0\u3000\u2003', 'blank'],
    ['\u200b\u200d\ufeff\u2060', 'blank'],
    ['\u3164\u115f', 'blank'],
    ['\u2800', 'blank'],
    ['\u{e0041}\ufe0f', 'blank'],
    ['a\0b', 'null-character'],
    ['a\nb', 'control-character'],
    ['a\tb', 'control-character'],
    ['a\u007f', 'control-character'],
    ['a\u0085', 'control-character'],
    ['a\u202eb', 'bidi-character'],
    ['a\u2066b\u2069', 'bidi-character'],
    ['\u200fa', 'bidi-character'],
    ['\u061c', 'bidi-character'],
  ])('%j is refused: %s', (given, code) => {
    expect(read(given)).toStrictEqual(refusal('/data/what', code));
  });

  it.each(['\ud800', 'a\udc00b', '\udc00\ud800', '💧\ud83d'])('half a surrogate pair is refused: %j', (given) => {
    expect(read(given)).toStrictEqual(refusal('/data/what', 'lone-surrogate'));
    expect(parseCommand(JSON.stringify(command('RecordObjection', { what: given })))).toStrictEqual(
      refusal('/data/what', 'lone-surrogate'),
    );
  });

  it('has at most thirty marks on a letter', () => {
    const piled = (height: number) => `a${'\u0323\u0307'.repeat(height / 2)}`;
    expect(read(piled(30)).ok).toBe(true);
    expect(read(piled(32))).toStrictEqual(refusal('/data/what', 'too-many-marks'));
    expect(read(`á${'\u0344'.repeat(16)}`)).toStrictEqual(refusal('/data/what', 'too-many-marks'));
    expect(read(piled(30).repeat(20)).ok).toBe(true);
  });

  it('is measured in its normal form', () => {
    expect(read('e\u0301'.repeat(2000)).ok).toBe(true);
    expect(read('e\u0301'.repeat(2001))).toStrictEqual(refusal('/data/what', 'too-long'));
    expect(read('💧'.repeat(2000)).ok).toBe(true);
    expect(read('a'.repeat(2001))).toStrictEqual(refusal('/data/what', 'too-long'));
  });

  it('of a single code point is accepted exactly when it shows and does no harm', () => {
    const schema = z.compile(textSchema());
    const wrong: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const given = String.fromCodePoint(point);
      if (schema.safeParse(given).success !== isText(given)) wrong.push(point.toString(16));
    }
    expect(wrong).toStrictEqual([]);
  });
});

describe('an id', () => {
  it.each(['a', '7', 'A.b_c:d/e@f+g-h', 'a'.repeat(128), 'constructor', '9007199254740993'])('%s is one', (visitId) => {
    expect(parseCommand(command('StartWork', { visitId }))).toMatchObject({ ok: true, value: { data: { visitId } } });
  });

  it.each(['', '-a', '.', '_', 'a b', 'a\n', 'á', 'a'.repeat(129), '__proto__', 'a\0', '１'])(
    '%j is none',
    (visitId) => {
      expect(parseCommand(command('StartWork', { visitId }))).toStrictEqual(refusal('/data/visitId', 'invalid-id'));
    },
  );
});

describe(`${naughty.length} naughty strings, ${corpusTold}`, () => {
  it('as a text are accepted in NFC, or refused for what they hold', () => {
    for (const given of naughty) {
      const isAllowed = isText(given) && given.normalize('NFC').length <= 2000;
      const result = read(given);
      expect([given, result.ok]).toStrictEqual([given, isAllowed]);
      if (result.ok) expect(result.value.data).toHaveProperty('what', given.normalize('NFC'));
    }
  });

  it('as an id, a type, an instant, a key or the whole message are refused without being repeated', () => {
    for (const given of naughty) {
      const results = [
        parseCommand({ ...command('StartWork'), type: given }),
        parseCommand(command('StartWork', { at: given })),
        parseCommand(command('StartWork', { visitId: `-${given}` })),
        parseCommand(command('StartWork', JSON.parse(`{${JSON.stringify(given)}:1}`))),
        parseEvent(event('StartWork', { recordedBy: JSON.parse(`{${JSON.stringify(given)}:1}`) })),
        parseCommand(given),
        parseEvent(`{"type":${given}}`),
      ];
      for (const result of results) {
        expect([given, result.ok]).toStrictEqual([given, false]);
        const paths = result.ok ? [] : result.issues.map(({ path }) => path);
        expect(
          paths.filter((path) => !/^(?:\/(?:type|data|at|visitId|recordedBy|role|id))*$/.test(path)),
        ).toStrictEqual([]);
      }
    }
  });
});
