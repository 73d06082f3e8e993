import type { IssueWords } from '../issues.ts';
import { LIMITS } from '../limits.ts';

const kinds: IssueWords['kinds'] = {
  id: 'an id: 1 to 128 letters, digits or . _ : / @ + -, beginning with a letter or a digit, such as visit-2026-0317',
  instant: 'an instant: RFC 3339, with its offset, such as 2026-03-17T14:40:00.000Z or 2026-03-17T08:40:00-06:00',
  sha256: 'a SHA-256: 64 hexadecimal digits, in lower case',
  quantity: 'a quantity: a number above 0 with at most three decimals, such as 2.5',
  zone: 'an IANA time zone, such as America/Costa_Rica',
  'local-time': 'a local time, HH:MM, such as 12:00',
  text: 'a text, such as "Grifo de cocina"',
  number: 'a number, such as 9.93',
  boolean: 'true or false',
  list: 'a list, such as ["a", "b"]',
  object: 'an object, such as { "name": "Ana" }',
};

const among = (words: readonly string[] = []) => `one of: ${words.join(', ')}`;
const meant = (word: string | undefined) => (word === undefined ? '' : ` Did you mean ${word}?`);

/** English. */
export const en: IssueWords = {
  message: 'The message',
  kinds,
  sentences: {
    'too-large': ({ limit = LIMITS.eventBytes }, at) => `${at} is too large: it may have ${limit} bytes at most.`,
    'invalid-json': (_, at) => `${at} is not JSON, or is cut.`,
    'not-json': (_, at) =>
      `${at} has a value that JSON does not have, such as undefined, a Date or a bigint. Leave an absent field out, and write a time as 2026-03-17T14:40:00.000Z.`,
    'not-finite': (_, at) => `${at} must be a finite number, such as 2.5.`,
    cyclic: (_, at) => `${at} contains itself.`,
    unreadable: (_, at) => `${at} cannot be read: looking at it threw an error.`,
    'too-deep': ({ limit = LIMITS.depth }, at) => `${at} is nested too deeply: ${limit} levels at most.`,
    'too-many-nodes': ({ limit = LIMITS.nodes }, at) => `${at} has too many values: ${limit} at most.`,
    'too-many-keys': ({ limit = LIMITS.keys }, at) => `${at} has too many fields: ${limit} at most.`,
    'too-many-items': ({ limit = LIMITS.items }, at) => `${at} has too many items: ${limit} at most.`,
    'too-few-items': (_, at) => `${at} must have at least one item.`,
    missing: ({ allowed, expected }, at) =>
      `${at} is missing: give ${allowed ? among(allowed) : expected ? kinds[expected] : 'a value'}.`,
    'unrecognized-key': ({ key, allowed, nearest }, at) =>
      `${at} has an unknown field${key === undefined ? '' : `: ${key}`}.${meant(nearest)}${allowed ? ` It may have: ${allowed.join(', ')}.` : ''}`,
    'invalid-type': ({ expected }, at) => `${at} must be ${expected ? kinds[expected] : 'of another type'}.`,
    'invalid-value': ({ allowed, expected, nearest }, at) =>
      `${at} must be ${expected ? kinds[expected] : among(allowed)}.${meant(nearest)}`,
    'unknown-type': ({ nearest }, at) =>
      `${at} names no known message.${meant(nearest)} Types read like StartWork, a command, or WorkStarted, its event.`,
    'newer-version': ({ limit = 1 }, at) =>
      `${at} is newer than this release, which knows versions up to ${limit}. Keep the event and update auxilio.`,
    'invalid-id': (_, at) => `${at} must be ${kinds.id}.`,
    'invalid-instant': (_, at) => `${at} must be ${kinds.instant}; the date must exist.`,
    'invalid-sha256': (_, at) => `${at} must be ${kinds.sha256}.`,
    'invalid-signature': (_, at) => `${at} must be a compact JWS without its payload.`,
    'null-character': (_, at) => `${at} contains the character U+0000; remove it.`,
    'control-character': (_, at) =>
      `${at} contains a control character, such as a line break or a tab; write one line.`,
    'bidi-character': (_, at) => `${at} contains a character that turns the direction of writing; remove it.`,
    'lone-surrogate': (_, at) => `${at} contains half a character (a lone surrogate); it was cut or damaged.`,
    'too-many-marks': (_, at) => `${at} has more than 30 combining marks on one letter.`,
    blank: (_, at) => `${at} is blank; write something or leave the field out.`,
    'too-long': ({ limit = LIMITS.text }, at) => `${at} is too long: ${limit} characters at most.`,
    'too-small': ({ limit = 0, expected }, at) =>
      `${at} must be ${expected === 'quantity' ? 'more than' : 'at least'} ${limit}.`,
    'too-big': ({ limit = LIMITS.quantity }, at) => `${at} must be at most ${limit}.`,
    'too-precise': (_, at) => `${at} must be ${kinds.quantity}.`,
    'not-ascending': (_, at) => `${at} must be in ascending order, each number once, such as [0, 2].`,
    repeated: (_, at) => `${at} must name each fact with its time once.`,
    'too-many-issues': () => `There are more issues than the ${LIMITS.issues} that are reported.`,
  },
};
