import fc from 'fast-check';

/** Any character of Unicode, as a unit of `fc.string`: the unit `binary` takes seconds of a processor to be made. */
export const codePoint = fc
  .nat(0x10ffff)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));
