import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportHead, verifyChain } from '../../src/chain.ts';
import { runs } from '../support/runs.ts';
import { copyOf, type Entry, found, foundIn, headOf, insertedAt, logOf, sealed, sealedLogs, withAt } from './logs.ts';

const hex = 'ab'.repeat(32);
/** Events of another log, none of which follows another. */
const strangers = logOf(9).filter((_, index) => index % 2 === 1);
const naive = { type: 'Naive', data: {} };

/** The mutations of one event. */
const changes: readonly (readonly [
  name: string,
  change: (entry: Entry, log: readonly Entry[]) => unknown,
  fault: string,
])[] = [
  ['its data', (entry) => ({ ...entry, data: { ...entry.data, more: 1 } }), 'changed'],
  ['its type', (entry) => ({ ...entry, type: `${entry.type}x` }), 'changed'],
  ['its type, to none', ({ type, ...entry }) => entry, 'changed'],
  ['its data, to none', ({ data, ...entry }) => ({ ...entry, data: null }), 'changed'],
  ['its metadata', (entry) => ({ ...entry, metadata: { ...entry.metadata, more: 1 } }), 'changed'],
  ['its hash', (entry) => ({ ...entry, metadata: { ...entry.metadata, hash: hex } }), 'changed'],
  ['its hash, to nonsense', (entry) => ({ ...entry, metadata: { ...entry.metadata, hash: 'X' } }), 'changed'],
  ['its hash, to none', ({ metadata: { hash, ...metadata }, ...entry }) => ({ ...entry, metadata }), 'unsealed'],
  ['its hash, to null', (entry) => ({ ...entry, metadata: { ...entry.metadata, hash: null } }), 'unsealed'],
  ['its predecessor', (entry) => ({ ...entry, metadata: { ...entry.metadata, previousHash: hex } }), 'changed'],
  [
    'its predecessor, to itself',
    (entry) => ({ ...entry, metadata: { ...entry.metadata, previousHash: entry.metadata.hash } }),
    'changed',
  ],
  [
    'its predecessor, to null',
    (entry) => ({ ...entry, metadata: { ...entry.metadata, previousHash: null } }),
    'changed',
  ],
  [
    'its hash and its data',
    (entry) => ({ ...entry, data: { new: 1 }, metadata: { ...entry.metadata, hash: hex } }),
    'changed',
  ],
  ['all its metadata', ({ metadata, ...entry }) => entry, 'unsealed'],
  ['all of it', () => null, 'unsealed'],
];

/** A law over a sealed log and each of its places. */
function everywhere(minLength: number, check: (log: Entry[], index: number) => void): void {
  fc.assert(
    fc.property(sealedLogs(minLength), (log) => {
      log.forEach((_, index) => {
        check(log, index);
      });
    }),
    { numRuns: runs(50), seed: 4 },
  );
}

describe('a sealed log', () => {
  it('is intact, and so is each of its beginnings, with their heads and with any later one missing', () => {
    fc.assert(
      fc.property(sealedLogs(0), (log) => {
        expect(verifyChain(log)).toEqual({ intact: true, head: exportHead(log), sealedFrom: 0, faults: [] });
        log.forEach((_, index) => {
          const head = headOf(log.slice(0, index + 1));
          expect(exportHead(log.slice(0, index + 1))).toEqual(head);
          expect(verifyChain(log, head).intact).toBe(true);
        });
      }),
      { seed: 5 },
    );
  });

  it('that lost its end is intact by itself, and cut for its head', () => {
    everywhere(1, (log, index) => {
      expect(foundIn(log.slice(0, index), headOf(log))).toEqual({ alone: [], headed: [`${index} cut`] });
    });
  });
});

describe('one event changed is found at its place, and nowhere else', () => {
  it.each(changes)('%s', (_, change, fault) => {
    everywhere(1, (log, index) => {
      const entry = change(copyOf(log[index]!), log);
      const told = [`${index} ${fault}`];
      expect(foundIn(withAt(log, index, entry), headOf(log))).toEqual({ alone: told, headed: told });
    });
  });

  it('its predecessor, to any other', () => {
    everywhere(2, (log, index) => {
      for (const { metadata } of log) {
        const entry = copyOf(log[index]!);
        if (entry.metadata.previousHash === metadata.hash) continue;
        entry.metadata.previousHash = metadata.hash;
        expect(found(verifyChain(withAt(log, index, entry)))).toEqual([`${index} changed`]);
      }
    });
  });
});

describe('an event that was changed is known again by what is left of its seal', () => {
  const left = changes.filter(([name]) => ['its data', 'its metadata', 'its hash', 'its hash, to none'].includes(name));

  it.each(left)('%s, and something inserted right after it', (_, change, fault) => {
    everywhere(2, (log, index) => {
      if (index === log.length - 1) return;
      const changed = withAt(log, index, change(copyOf(log[index]!), log)) as Entry[];
      const told = [`${index} ${fault}`, `${index + 1} inserted`];
      expect(foundIn(insertedAt(changed, index + 1, naive), headOf(log))).toEqual({ alone: told, headed: told });
    });
  });

  it.each(left)('%s, the last by the head, and one before it dropped', (_, change, fault) => {
    everywhere(3, (log, index) => {
      const last = log.length - 1;
      if (index >= last - 1) return;
      const damaged = withAt(log, last, change(copyOf(log[last]!), log)).toSpliced(index, 1);
      const told = [`${index} dropped`, `${last - 1} ${fault}`];
      expect(foundIn(damaged, headOf(log))).toEqual({ alone: told, headed: told });
    });
  });

  it.each(left)('%s, and swapped with another', (_, change, fault) => {
    everywhere(4, (log, index) => {
      const last = log.length - 1;
      if (index === 0 || index >= last - 1) return;
      const changed = change(copyOf(log[index]!), log) as Entry;
      const swapped = log.with(index, log[last]!).with(last, changed);
      const told = [`${index} swapped`, `${last} ${fault}`];
      expect(foundIn(swapped, headOf(log))).toEqual({ alone: told, headed: told });
    });
  });
});

describe('one event replaced and sealed anew', () => {
  it('is found at the one after it, and at the end by a head alone', () => {
    everywhere(1, (log, index) => {
      const [entry] = sealed([naive], log[index - 1]?.metadata.hash);
      const isLast = index === log.length - 1;
      const told = [`${index + 1} dropped`];
      expect(foundIn(withAt(log, index, entry), headOf(log))).toEqual(
        isLast ? { alone: [], headed: [`${index} changed`] } : { alone: told, headed: told },
      );
    });
  });

  it('with all that follow is found by a head alone', () => {
    everywhere(1, (log, index) => {
      const rewritten = [
        ...log.slice(0, index),
        ...sealed([naive, ...log.slice(index + 1)], log[index - 1]?.metadata.hash),
      ];
      expect(foundIn(rewritten, headOf(log))).toEqual({ alone: [], headed: [`${log.length - 1} changed`] });
    });
  });
});

describe('one event dropped', () => {
  it('is found where it stood, and at the end by a head alone', () => {
    everywhere(1, (log, index) => {
      const isLast = index === log.length - 1;
      const told = [`${index} dropped`];
      expect(foundIn(log.toSpliced(index, 1), headOf(log))).toEqual(
        isLast ? { alone: [], headed: [`${index} cut`] } : { alone: told, headed: told },
      );
    });
  });

  it('more with it: each is found where it stood', () => {
    everywhere(2, (log, index) => {
      for (let count = 1; index + count < log.length; count++) {
        const told = [`${index} dropped`];
        expect(foundIn(log.toSpliced(index, count), headOf(log))).toEqual({ alone: told, headed: told });
      }
    });
  });
});

describe('two events swapped', () => {
  it('are found at both places', () => {
    everywhere(2, (log, one) => {
      for (let two = one + 1; two < log.length; two++) {
        const swapped = log.with(one, log[two]!).with(two, log[one]!);
        const told = [`${one} swapped`, `${two} swapped`];
        expect(foundIn(swapped, headOf(log))).toEqual({ alone: told, headed: told });
      }
    });
  });

  it('an event moved is found where it is', () => {
    everywhere(2, (log, from) => {
      const rest = log.toSpliced(from, 1);
      for (let to = 0; to < log.length; to++) {
        if (to === from) continue;
        const moved = insertedAt(rest, to, log[from]);
        const gap = from < to ? from : to + 1;
        const told = from < to ? [`${gap} swapped`, `${to} swapped`] : [`${to} swapped`, `${gap} swapped`];
        expect(foundIn(moved, headOf(log))).toEqual({ alone: told, headed: told });
      }
    });
  });
});

describe('one event inserted is found at its place', () => {
  const places = (log: readonly Entry[]) => Array.from({ length: log.length + 1 }, (_, index) => index);

  it.each([
    ['without a seal', naive, 'unsealed'],
    ['that is none', null, 'unsealed'],
    ['with a hash that is not its own', { ...naive, metadata: { hash: hex, previousHash: hex } }, 'changed'],
  ])('%s', (_, entry, fault) => {
    fc.assert(
      fc.property(sealedLogs(), (log) => {
        for (const index of places(log)) {
          const isEdge = index === 0 || index === log.length;
          // An event without a seal before a sealed log may have been there before it was sealed: only a head knows better.
          const passes = index === 0 && fault === 'unsealed';
          const told = [`${index} ${isEdge && !passes ? fault : 'inserted'}`];
          const alone = passes ? [] : told;
          expect(foundIn(insertedAt(log, index, entry), headOf(log))).toEqual({ alone, headed: told });
        }
      }),
      { numRuns: runs(50), seed: 6 },
    );
  });

  it('a copy, of equal ones the one that is out of place', () => {
    everywhere(1, (log, index) => {
      log.forEach((entry, copied) => {
        const told = [`${index === copied ? index + 1 : index} inserted`];
        expect(foundIn(insertedAt(log, index, copyOf(entry)), headOf(log))).toEqual({ alone: told, headed: told });
      });
    });
  });

  it('a copy that was changed, too', () => {
    everywhere(2, (log, index) => {
      if (index === 0) return;
      for (const { type, data, metadata } of log) {
        const copy = { type, data: { ...data, changed: true }, metadata };
        const told = [`${index} inserted`];
        expect(foundIn(insertedAt(log, index, copy), headOf(log))).toEqual({ alone: told, headed: told });
      }
    });
  });

  it('well sealed on the right predecessor; last but one, by the head', () => {
    everywhere(1, (log, index) => {
      const [entry] = sealed([naive], log[index - 1]?.metadata.hash);
      const isLast = index === log.length - 1;
      expect(foundIn(insertedAt(log, index, entry), headOf(log))).toEqual({
        alone: [`${isLast ? index + 1 : index} inserted`],
        headed: [`${index} inserted`],
      });
    });
  });

  it('well sealed on another predecessor', () => {
    everywhere(3, (log, index) => {
      log.slice(0, -1).forEach(({ metadata }, on) => {
        const isTie = on === log.length - 2;
        const [entry] = sealed([naive], metadata.hash);
        const { alone, headed } = foundIn(insertedAt(log, index, entry), headOf(log));
        expect(headed).toEqual([`${index} inserted`]);
        if (!isTie) expect(alone).toEqual(headed);
      });
    });
  });

  it('of another log, well sealed on what is not here; at the end its predecessor is missing', () => {
    fc.assert(
      fc.property(sealedLogs(), fc.integer({ min: 1, max: 3 }), (log, count) => {
        const strange = strangers.slice(0, count);
        for (const index of places(log)) {
          const isEnd = index === log.length;
          const told = strange.map((_, by) => `${index + by} ${isEnd ? 'dropped' : 'inserted'}`);
          expect(foundIn(log.toSpliced(index, 0, ...strange), headOf(log))).toEqual({ alone: told, headed: told });
        }
      }),
      { numRuns: runs(50), seed: 16 },
    );
  });

  it('of another log, right after one that was changed', () => {
    everywhere(2, (log, index) => {
      if (index === log.length - 1) return;
      const damaged = insertedAt(
        withAt(log, index, { ...log[index], data: { changed: true } }) as Entry[],
        index + 1,
        strangers[0],
      );
      const told = [`${index} changed`, `${index + 1} inserted`];
      expect(foundIn(damaged, headOf(log))).toEqual({ alone: told, headed: told });
    });
  });

  it('well sealed at the end it is no fault: the log goes on', () => {
    fc.assert(
      fc.property(sealedLogs(), (log) => {
        const longer = [...log, ...sealed([naive], log.at(-1)?.metadata.hash)];
        expect(foundIn(longer, headOf(log))).toEqual({ alone: [], headed: [] });
      }),
      { seed: 7 },
    );
  });
});

describe('whatever is done', () => {
  it('a log is intact exactly when it is a beginning of the sealed one', () => {
    fc.assert(
      fc.property(
        sealedLogs(1, 7).chain((log) => fc.tuple(fc.constant(log), fc.shuffledSubarray([...log, ...log]))),
        ([log, damaged]) => {
          const isBeginning = damaged.every((entry, index) => entry.metadata.hash === log[index]?.metadata.hash);
          const { intact, faults } = verifyChain(damaged);
          expect(intact).toBe(isBeginning);
          expect(faults.every(({ index }) => index < damaged.length)).toBe(true);
          expect(verifyChain(damaged, headOf(log)).intact).toBe(isBeginning && damaged.length === log.length);
        },
      ),
      { numRuns: runs(1000), seed: 8 },
    );
  });
});
