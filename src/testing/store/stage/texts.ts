/** Texts that stores are known to change, cut or refuse. */
export const TEXTS: readonly string[] = [
  ...['', ' ', ' both ends ', '\t\n', 'line\r\nline', 'undefined', 'null', '__proto__', 'constructor', '%s', '?', '$1'],
  ...["'; DROP TABLE auxilio_events;--", '"', '\\', '\\u0000', '\\n', '{"a":1}', '<b>&amp;</b>', '\u0001', '\u007f'],
  ...['\u0080', 'e\u0301', 'é', 'ﬁ', 'Å', '\u212b', 'Ω', '\u2126', '\u202eabc', '\ufeffabc', '\u2028', '\u2029'],
  ...['\u{1f468}\u200d\u{1f527}', '\u{1f1e8}\u{1f1f7}', '\u{10ffff}', '\ufffe', '\uffff', 'ñandú', '日本語', 'العربية'],
];

/** U+0000 and halves of a surrogate pair: JSON holds them as escapes, many a database does not. */
export const BARELY_TEXTS: readonly string[] = [
  ...['\u0000', 'a\u0000b', '\u0000\u0000', '\ud800', '\udfff', '\udfff\ud800', 'a\ud800b', 'x\udc00'],
];

/** Digits that a store may take for something else than text. */
export const DIGITS: readonly string[] = [
  ...['123456789012345678901234567890', '000000000000000000000000000001', '9007199254740993', '1234567890123456'],
  ...['1e400', '0x10', '-0', '1.0', '00', '+1', '1n', '1n1', '12345678901234567890n', '.5', 'Infinity', 'NaN', 'true'],
];

export const DATES: readonly string[] = [
  ...['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00Z', '2026-01-01', '2026-01-01T00:00:00.123456789+02:00'],
  ...['2026-02-30T00:00:00.000Z', '1970-01-01T00:00:00.000Z', '00:00'],
];

export const NUMBERS: readonly number[] = [
  ...[0, 1, -1, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), -(2 ** 53) + 1, 1e-7, 1e21, 1e300, 5e-324, 0.1 + 0.2],
  ...[1.7976931348623157e308, 0.001, 123456.789, 2 ** 31, -(2 ** 31) - 1, 2 ** 63, 1.0000000000000002],
];
