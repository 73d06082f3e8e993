const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const wide = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, index]));

const numbers = [
  0,
  1,
  -1,
  1.5,
  0.001,
  0.0001,
  90.000001,
  1_000_000,
  1_000_001,
  2 ** 53,
  -(2 ** 31),
  1e21,
  1e308,
  5e-324,
];

const texts = [
  '',
  ' ',
  'a',
  'undefined',
  'NaN',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '\0',
  'a\nb',
  '\u007f',
  '\u202ea',
  '\u2066a\u2069',
  '\ud800',
  'a\udc00b',
  '\u200b',
  '\ufeffa',
  'e\u0301',
  '\u1112\u1161\u11ab',
  '\u0344',
  `a${'\u0323'.repeat(30)}`,
  `a${'\u0323'.repeat(31)}`,
  '👩‍👩‍👧',
  'x'.repeat(128),
  'x'.repeat(129),
  'ñ'.repeat(200),
  'x'.repeat(201),
  'x'.repeat(2000),
  '\u0958'.repeat(1001),
  'x'.repeat(8193),
];

const words = [
  '2026-03-17T08:00:00-06:00',
  '2026-03-17t14:00:00z',
  '2026-02-30T00:00:00Z',
  '2016-12-31T23:59:60Z',
  '0000-01-01T00:00:00.000Z',
  '9999-12-31T23:59:59-23:59',
  '2026-03-17T14:00:00.0000001Z',
  'a'.repeat(64),
  'A'.repeat(64),
  'v-2026-0317-01',
  'prov-003',
  'op-01',
  'provider',
  'contact-center',
  'client',
  'other',
  'completion-reported',
];

const shapes = [null, true, false, [], {}, [null], [[]], { a: {} }, nested(14), nested(17), wide(64), wide(65)];

/** Values at the limits of a field or of the wire as a whole. */
export const oddities: readonly unknown[] = [...numbers, ...texts, ...words, ...shapes, Array(101).fill('a')];
