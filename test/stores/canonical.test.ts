import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/stores/canonical.ts';

describe('canonical JSON (RFC 8785)', () => {
  it('writes the example of its section 3.2.2 and 3.2.3', () => {
    const text = String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
      "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`;
    expect(canonicalJson(JSON.parse(text))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as its section 3.2.3 shows', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const record = Object.fromEntries(keys.map((key) => [key, 0]));
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    expect(canonicalJson(record)).toBe(`{${sorted.map((key) => `${JSON.stringify(key)}:0`).join(',')}}`);
  });

  it('keeps __proto__ as a key', () => {
    expect(canonicalJson(JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}'))).toBe('{"__proto__":{"a":2,"z":1},"b":1}');
  });

  it('drops and replaces what JSON cannot hold, as JSON.stringify does', () => {
    expect(canonicalJson({ b: undefined, a: [undefined, Number.NaN, -0] })).toBe('{"a":[null,null,0]}');
  });

  it('writes what JSON.stringify writes of a value that has a form of its own, and leaves out what it leaves out', () => {
    const value = { b: new Date(0), a: { toJSON: () => ({ d: 1, c: [() => 1] }) }, f: () => 1, toJSON: 'a text' };
    expect(canonicalJson(value)).toBe('{"a":{"c":[null],"d":1},"b":"1970-01-01T00:00:00.000Z","toJSON":"a text"}');
  });

  it('writes every character as JSON.stringify does, alone and among others', () => {
    const differ = Array.from({ length: 0x1_0000 }, (_, unit) => String.fromCharCode(unit)).filter((one) =>
      [one, `a${one}`, `${one}b`].some((text) => canonicalJson(text) !== JSON.stringify(text)),
    );
    expect(differ).toEqual([]);
    expect(canonicalJson('\u{1f600}')).toBe('"\u{1f600}"');
  });

  it('writes keys of every length, met before or not, however many there were', () => {
    const keys = Array.from({ length: 3_000 }, (_, index) => `"${'k'.repeat(index % 100)}${index}`);
    for (const key of [...keys, ...keys]) expect(canonicalJson({ [key]: 1 })).toBe(JSON.stringify({ [key]: 1 }));
  });

  it('sorts many keys as it sorts few', () => {
    const keys = Array.from({ length: 50 }, (_, index) => `k${(index * 37) % 50}`);
    const sorted = [...keys].sort();
    for (const count of [2, 19, 20, 21, 50]) {
      const record = Object.fromEntries(keys.slice(0, count).map((key) => [key, 0]));
      const expected = sorted.filter((key) => key in record).map((key) => `"${key}":0`);
      expect(canonicalJson(record)).toBe(`{${expected.join(',')}}`);
    }
  });

  it('means the value it was given, whatever the order of its keys', () => {
    const turned = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.map(turned);
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, member]) => [key, turned(member)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
        expect(canonicalJson(turned(plain))).toBe(canonicalJson(plain));
      }),
      { seed: 20260101 },
    );
  });
});
