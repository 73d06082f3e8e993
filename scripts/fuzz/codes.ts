import type { IssueCode } from 'auxilio/wire';

const codes: Readonly<Record<IssueCode, true>> = {
  'too-large': true,
  'invalid-json': true,
  'not-json': true,
  'not-finite': true,
  cyclic: true,
  unreadable: true,
  'too-deep': true,
  'too-many-nodes': true,
  'too-many-keys': true,
  'too-many-items': true,
  'too-few-items': true,
  missing: true,
  'unrecognized-key': true,
  'invalid-type': true,
  'invalid-value': true,
  'unknown-type': true,
  'newer-version': true,
  'invalid-id': true,
  'invalid-instant': true,
  'invalid-sha256': true,
  'null-character': true,
  'control-character': true,
  'bidi-character': true,
  'lone-surrogate': true,
  'too-many-marks': true,
  blank: true,
  'too-long': true,
  'too-small': true,
  'too-big': true,
  'too-precise': true,
  'not-ascending': true,
  'too-many-issues': true,
};

/** Every code that an issue can carry; the compiler knows when one is missing. */
export const issueCodes: ReadonlySet<string> = new Set(Object.keys(codes));
