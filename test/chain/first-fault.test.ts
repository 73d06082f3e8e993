import { describe, expect, it } from 'vitest';
import { readLink } from '../../src/chain/entries.ts';
import { firstFault } from '../../src/chain/faults.ts';
import { copyOf, type Entry, logOf, sealed, withAt } from './logs.ts';

const log = logOf(5);
const bare = log.map(({ type, data }) => ({ type, data }));
const hashAt = (index: number) => log[index]!.metadata.hash;
const changed = (index: number) => withAt(log, index, { ...copyOf(log[index]!), data: { changed: true } });
const unsealed = (index: number) => withAt(log, index, bare[index]);

describe('the first entry at which a chain breaks', () => {
  it.each<[string, readonly unknown[], unknown]>([
    ['a whole log', log, undefined],
    ['nothing', [], undefined],
    ['a log without a seal', bare, undefined],
    ['a sealed log after an unsealed beginning', [...bare.slice(0, 2), ...sealed(bare.slice(2))], undefined],
    ['a changed event', changed(2), { index: 2, fault: 'changed' }],
    ['a changed first event', changed(0), { index: 0, fault: 'changed' }],
    ['an event without its seal', unsealed(2), { index: 2, fault: 'unsealed' }],
    ['what is no event', withAt(log, 3, null), { index: 3, fault: 'unsealed' }],
    ['an event that is gone', log.toSpliced(1, 1), { index: 1, fault: 'dropped' }],
    ['a beginning that lost its seal', unsealed(0), { index: 1, fault: 'dropped' }],
    ['two faults', changed(1).toSpliced(3, 1), { index: 1, fault: 'changed' }],
  ])('of %s', (_, entries, fault) => {
    expect(firstFault(entries.map(readLink))).toEqual(fault);
  });

  it.each<[string, readonly unknown[], number, unknown]>([
    ['goes on', log.slice(2), 1, undefined],
    ['has no more', [], 4, undefined],
    ['lacks the next', log.slice(3), 1, { index: 0, fault: 'dropped' }],
    ['begins again', log, 1, { index: 0, fault: 'dropped' }],
    ['has no seal', bare.slice(2), 1, { index: 0, fault: 'unsealed' }],
  ])('after an event that was verified, of a log that %s', (_, entries, after, fault) => {
    expect(firstFault(entries.map(readLink), hashAt(after) as Entry['metadata']['hash'])).toEqual(fault);
  });
});
