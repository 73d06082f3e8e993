import type { EventStore } from '../../../stores/event-store.ts';
import { ascii, same } from '../../assert.ts';
import { cases } from '../stage/case.ts';
import { events } from '../stage/events.ts';

/** Every two of them are two streams, however a store writes a name. */
export const PLAIN_NAMES: readonly string[] = [
  ...['visit', 'visit-', 'visit-1', 'visit-10', 'visit-1-', 'visit-1 ', ' visit-1', 'VISIT-1', 'visit_1', ' '],
  ...['visit-1%', 'visit-_', 'visit-1*', "visit-1'", 'visit-1"', 'visit-1\\', 'visit-1\\u0000', "'; --", '$1', '?'],
  ...['a.b', 'a/b', 'a:b', '../a', 'null', 'undefined', 'true', '0', '00', '1e0', '-1', '{}', '[]'],
];

const OTHER_ALPHABETS = ['é', 'e\u0301', 'ñandú', '\u{1f527}', '\u202e', '\ufeff', '\u2028', 'ﬁ', 'fi', 'ß', 'ss'];
const OF_JAVASCRIPT = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'prototype'];
const LONG = 'long '.repeat(100);

/** More such names, for what is named beside the streams: consumers, projections, keys. */
export const ODD_NAMES: readonly string[] = [
  ...['\u0000', '\u0000x', '\ud800', '\udc00', '\ufffd', 'é', 'e\u0301', '__proto__', 'constructor'],
  ...[`${LONG}1`, `${LONG}2`],
];

const BARELY_TEXT = ['', '\u0000', 'visit-1\u0000', 'visit-1\u0000x', '\ud800', '\udc00', '\ufffd', 'visit-1\ufffd'];

async function mustBeApart(store: EventStore, names: readonly string[]): Promise<void> {
  const all = ['plain', ...names];
  for (const [n, name] of all.entries()) {
    const answer = await store.appendToStream(name, events(n));
    same(1n, answer.nextExpectedStreamVersion, `the first append to "${ascii(name)}"`);
  }
  for (const [n, name] of all.entries()) {
    const { events: read, currentStreamVersion } = await store.readStream(name);
    const found = read.map(({ data, metadata }) => [(data as { n: number }).n, ascii(metadata.streamName)]);
    same([[n, ascii(name)]], found, `the events of "${ascii(name)}", with the name of their stream`);
    same(1n, currentStreamVersion, `the version of "${ascii(name)}"`);
    same(true, await store.streamExists(name), `streamExists of "${ascii(name)}"`);
  }
}

export const names = cases('names', [], {
  'names that begin alike, or mean something to a database, are apart': ({ store }) => mustBeApart(store, PLAIN_NAMES),
  'letters of any alphabet, in either normal form': ({ store }) => mustBeApart(store, OTHER_ALPHABETS),
  'names that mean something in JavaScript': ({ store }) => mustBeApart(store, OF_JAVASCRIPT),
  'the empty name, U+0000 and halves of a pair': ({ store }) => mustBeApart(store, BARELY_TEXT),
  'a name of 5,000 characters': async ({ store }) => {
    // Nothing that repeats: a database may compress a name before it finds it too long for an index.
    const long = Array.from({ length: 625 }, (_, n) =>
      ((n * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, '0'),
    ).join('');
    await mustBeApart(store, [long, `${long}x`, long.slice(1)]);
  },
});

export const storedNames = cases('stored', ['names'], {
  'readStored knows the same names': async ({ store }) => {
    const all = [...PLAIN_NAMES, ...OTHER_ALPHABETS, ...OF_JAVASCRIPT, ...BARELY_TEXT];
    for (const [n, name] of all.entries()) await store.appendToStream(name, events(n));
    for (const [n, name] of all.entries()) {
      const found = (await store.readStored(name)).map(({ messageId, streamName }) => [messageId, ascii(streamName)]);
      same([[`event-${n}`, ascii(name)]], found, `the stored events of "${ascii(name)}"`);
    }
  },
});
