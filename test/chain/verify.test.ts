import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashContent, readLink } from '../../src/chain/entries.ts';
import { firstFault } from '../../src/chain/faults.ts';
import { type ChainHead, exportHead, seal, verifyChain } from '../../src/chain.ts';
import { audit, type VisitEvent } from '../../src/index.ts';
import { copyOf, type Entry, found, foundIn, headOf, logOf, sealed, withAt } from './logs.ts';

const log = logOf(6);
const naive = (index = 0) => ({ type: 'Naive', data: { index } });
const reversed = log.toReversed();

describe('the report', () => {
  it('of an intact log has its head, and nothing else', () => {
    expect(verifyChain(log)).toEqual({ intact: true, head: headOf(log), sealedFrom: 0, faults: [] });
    expect(verifyChain([])).toEqual({ intact: true, head: null, sealedFrom: 0, faults: [] });
    expect(JSON.parse(JSON.stringify(verifyChain(log)))).toEqual(verifyChain(log));
  });

  it('of a broken log has the head as it is, if its end is sound', () => {
    expect(verifyChain(log.toSpliced(1, 1)).head).toEqual({ count: 5, hash: log[5]?.metadata.hash });
    expect(verifyChain([...log, naive()]).head).toBe(null);
    expect(verifyChain(withAt(log, 5, { ...log[5], data: {} })).head).toBe(null);
  });

  it('takes any iterable, once, and refuses anything else', () => {
    expect(verifyChain(log.values()).intact).toBe(true);
    expect(() => verifyChain(7 as never)).toThrow(
      new TypeError('A log is an array of events, or another iterable; got number'),
    );
    expect(() => exportHead(undefined as never)).toThrow('got undefined');
    // The characters of a text are no events.
    expect(() => verifyChain(JSON.stringify(log) as never)).toThrow('got string');
    expect(() => seal(JSON.stringify(log) as never)).toThrow('got string');
  });

  it('is what the audit takes as its chain', () => {
    const { findings } = audit([], { chain: verifyChain([log[1], null]) });
    expect(findings).toEqual([
      { index: 0, kind: 'chain', facts: { fault: 'dropped' } },
      { index: 1, kind: 'chain', facts: { fault: 'unsealed' } },
    ]);
  });
});

describe('several faults', () => {
  it('are each told', () => {
    const damaged = logOf(12) as unknown[];
    damaged[10] = { ...(damaged[10] as Entry), data: {} };
    damaged.splice(7, 1);
    damaged.splice(4, 0, naive());
    damaged.splice(1, 1);
    expect(found(verifyChain(damaged, headOf(logOf(12))))).toEqual([
      '1 dropped',
      '3 inserted',
      '7 dropped',
      '9 changed',
    ]);
  });

  it('a log in reverse has no event at its place but the one in the middle', () => {
    expect(found(verifyChain(reversed, headOf(log)))).toEqual(log.map((_, index) => `${index} swapped`));
    expect(found(verifyChain(logOf(5).toReversed()))).toEqual(['0 swapped', '1 swapped', '3 swapped', '4 swapped']);
  });

  it('an event too many moves no other: two that changed places are told as without it', () => {
    const swapped = log.with(2, log[4]!).with(4, log[2]!) as unknown[];
    expect(found(verifyChain(swapped.toSpliced(1, 0, naive())))).toEqual(['1 inserted', '3 swapped', '5 swapped']);
  });

  it('two halves that changed places are told where each begins', () => {
    expect(found(verifyChain([...log.slice(3), ...log.slice(0, 3)]))).toEqual(['0 swapped', '3 swapped']);
  });

  it('a beginning that stands after the end is out of its place, though what is between them is missing', () => {
    const turned = [...log.slice(3), ...log.slice(0, 2)];
    expect(found(verifyChain(turned))).toEqual(['0 dropped', '3 swapped']);
    expect(found(verifyChain([...log.slice(4), ...log.slice(0, 2)], headOf(log)))).toEqual(['0 dropped', '2 swapped']);
    expect(found(verifyChain([...log.slice(4), ...log.slice(0, 2)]))).toEqual(['0 inserted', '1 inserted']);
  });

  it('what is left after a gap is not strange because one of it stands before the gap', () => {
    const [zeroth, first, second, , fourth, fifth] = log;
    const told = ['1 swapped', '2 swapped', '4 dropped'];
    expect(found(verifyChain([zeroth, fifth, first, second, fourth]))).toEqual(told);
    expect(found(verifyChain([zeroth, log[3], first, fourth]))).toEqual(['1 dropped', '2 swapped']);
  });

  it('a part of another log among this one is inserted, wherever it is', () => {
    const other = sealed(Array.from({ length: 5 }, (_, index) => naive(index))).slice(1);
    const mixed = [other[0], log[0], other[1], log[1], log[2], other[2], other[3], ...log.slice(3)];
    expect(found(verifyChain(mixed, headOf(log)))).toEqual(['0 inserted', '2 inserted', '5 inserted', '6 inserted']);
  });

  it('what is left of a log of which much is missing is told, and not taken for strange', () => {
    const long = logOf(20);
    const damaged: unknown[] = long.with(3, long[19]!).with(19, long[3]!).toSpliced(15, 1);
    const told = ['3 swapped', '15 dropped', '18 swapped'];
    expect(foundIn(damaged, headOf(long))).toEqual({ alone: told, headed: told });
  });

  it('a branch that is not gone on with is inserted, event by event', () => {
    const branch = sealed([naive(1), naive(2)], log[1]?.metadata.hash);
    expect(found(verifyChain(log.toSpliced(2, 0, ...branch)))).toEqual(['2 inserted', '3 inserted']);
  });

  it('what is left after a gap is not strange because it stands within a branch', () => {
    const [b0, b1] = sealed([naive(1), naive(2)], log[0]?.metadata.hash);
    const told = ['4 inserted', '5 dropped', '6 inserted'];
    expect(found(verifyChain([...log.slice(0, 4), b0, log[5], b1]))).toEqual(told);
  });

  it('the longer branch is the chain, unless the head says otherwise', () => {
    const branch = sealed(
      Array.from({ length: 9 }, (_, index) => naive(index)),
      log[2]?.metadata.hash,
    );
    const forked = [...log, ...branch];
    expect(found(verifyChain(forked))).toEqual(['3 inserted', '4 inserted', '5 inserted']);
    expect(found(verifyChain(forked, headOf(log)))).toEqual(branch.map((_, index) => `${6 + index} inserted`));
  });

  it('a log of copies is one log', () => {
    expect(found(verifyChain([...log, ...log, ...log]))).toEqual(
      Array.from({ length: 12 }, (_, index) => `${index + 6} inserted`),
    );
  });

  it('two logs in one are told: the shorter is inserted', () => {
    const other = sealed([naive(1), naive(2), naive(3)]);
    expect(found(verifyChain([other[0], log[0], log[1], other[1], ...log.slice(2), other[2]]))).toEqual([
      '0 inserted',
      '3 inserted',
      '8 inserted',
    ]);
  });
});

describe('one reading of seals', () => {
  const harm = fc.array(
    fc.record({ at: fc.nat(7), how: fc.constantFrom('strip', 'drop', 'swap', 'copy', 'change', 'bare') }),
    { maxLength: 3 },
  );

  it('passes exactly the sealed logs that a service takes commands on', () => {
    let intact = 0;
    fc.assert(
      fc.property(fc.nat(3), harm, (unsealed, harms) => {
        const damaged: unknown[] = [...Array.from({ length: unsealed }, (_, index) => naive(index)), ...log];
        for (const { at, how } of harms) {
          const place = at % damaged.length;
          const { type, data, metadata } = damaged[place] as Entry;
          const { hash, ...rest } = metadata ?? {};
          if (how === 'strip') damaged[place] = { type, data, metadata: rest };
          else if (how === 'drop') damaged.splice(place, 1);
          else if (how === 'swap') damaged.push(...damaged.splice(place, 1));
          else if (how === 'copy') damaged.splice(place, 0, damaged[place]);
          else if (how === 'change') damaged[place] = { type, data: { other: 1 }, metadata };
          else damaged.unshift(naive(9));
        }
        const report = verifyChain(damaged);
        intact += report.intact ? 1 : 0;
        fc.pre(damaged.some((entry) => (entry as Entry).metadata?.hash !== undefined));
        expect(report.intact).toBe(firstFault(damaged.map(readLink)) === undefined);
      }),
      { numRuns: 1000, seed: 15 },
    );
    expect(intact).toBeGreaterThan(100);
  });
});

describe('a log that was not sealed from the beginning', () => {
  const late = [naive(1), naive(2), ...log];
  const head = exportHead(late);

  it('passes, and the report tells from which event on it is sealed', () => {
    expect(verifyChain(late)).toEqual({ intact: true, head, sealedFrom: 2, faults: [] });
    expect(head).toEqual({ count: 8, hash: log.at(-1)?.metadata.hash });
    expect(verifyChain(late, head).intact).toBe(true);
    expect(verifyChain(log).sealedFrom).toBe(0);
  });

  it('is unsealed, event by event, where nothing was sealed', () => {
    const report = verifyChain([naive(1), naive(2)]);
    expect(report).toMatchObject({ intact: false, head: null, sealedFrom: 0 });
    expect(found(report)).toEqual(['0 unsealed', '1 unsealed']);
  });

  it('is broken by a hole in the middle or at the end', () => {
    expect(found(verifyChain([...log, naive(1), naive(2)]))).toEqual(['6 unsealed', '7 unsealed']);
    expect(found(verifyChain([...late, naive(3)]))).toEqual(['8 unsealed']);
    expect(found(verifyChain(late.toSpliced(4, 0, naive(3))))).toEqual(['4 inserted']);
    expect(found(verifyChain(late.with(4, naive(3))))).toEqual(['4 unsealed']);
    expect(found(verifyChain(late.toSpliced(4, 1)))).toEqual(['4 dropped']);
  });

  it('is no beginning where the first seal names a predecessor', () => {
    const rest = log.slice(2);
    expect(found(verifyChain([naive(1), ...rest]))).toEqual(['0 unsealed']);
    expect(verifyChain([naive(1), ...rest]).sealedFrom).toBe(0);
    expect(found(verifyChain([naive(1), ...log.slice(0, 2), ...log.slice(3)]))).toEqual(['3 dropped']);
  });

  it('has a beginning whose events only a head counts', () => {
    expect(found(verifyChain([naive(0), ...late], head))).toEqual(['0 inserted']);
    expect(found(verifyChain(late.slice(1), head))).toEqual(['1 dropped']);
    expect(found(verifyChain([naive(1), ...log], head))).toEqual(['1 dropped']);
    expect(found(verifyChain(late.slice(0, -1), head))).toEqual(['7 cut']);
    expect(found(verifyChain(late, { ...head!, count: 1 }))).toEqual(['0 inserted', '1 inserted']);
  });

  it('and lost all seals in a part of it is unsealed there alone', () => {
    const stripped = log.map(({ type, data, metadata }, index) =>
      [2, 3].includes(index) ? { type, data } : { type, data, metadata },
    );
    expect(found(verifyChain(stripped))).toEqual(['2 unsealed', '3 unsealed']);
  });
});

describe('a head', () => {
  const head = headOf(log);

  it('an invalid head is never met', () => {
    const odd: unknown[] = [
      {},
      'x',
      5,
      [],
      true,
      head.hash,
      { ...head, count: 0 },
      { ...head, count: 2.5 },
      { ...head, count: '6' },
      { ...head, hash: head.hash.toUpperCase() },
      { count: 6 },
      { count: 6, hash: '' },
      { hash: head.hash },
    ];
    for (const one of odd) expect(found(verifyChain(log, one as ChainHead))).toEqual(['6 cut']);
    expect(verifyChain(log, null).intact).toBe(true);
    expect(verifyChain(log, undefined).intact).toBe(true);
  });

  it('of another log is told where it ends', () => {
    const other = headOf(sealed([naive(1), naive(2)]));
    expect(found(verifyChain(log, other))).toEqual(['1 changed']);
    expect(found(verifyChain(log, { ...other, count: 9 }))).toEqual(['6 cut']);
    expect(found(verifyChain([], head))).toEqual(['0 cut']);
  });

  it('with a count that cannot be is told', () => {
    expect(found(verifyChain(log, { ...head, count: 4 }))).toEqual(['3 changed']);
    expect(found(verifyChain(log, { ...head, count: 7 }))).toEqual(['6 cut']);
  });

  it('is not held against what moved its end, which is told', () => {
    expect(found(verifyChain(log.toSpliced(1, 1), head))).toEqual(['1 dropped']);
    expect(found(verifyChain(log.toSpliced(1, 0, log[4] as Entry), head))).toEqual(['1 inserted']);
    expect(found(verifyChain(log.with(5, log[0]!).with(0, log[5]!), head))).toEqual(['0 swapped', '5 swapped']);
  });

  it('tells an end that is missing though more is wrong', () => {
    expect(found(verifyChain(log.slice(0, 5).toSpliced(1, 1), head))).toEqual(['1 dropped', '4 cut']);
    expect(found(verifyChain(log.with(5, sealed([naive()], log[4]?.metadata.hash)[0]!).toSpliced(1, 1), head))).toEqual(
      ['1 dropped', '5 cut'],
    );
  });
});

describe('exportHead', () => {
  it('gives the head of an intact log, and none of an empty one', () => {
    expect(exportHead(log)).toEqual({ count: 6, hash: log[5]?.metadata.hash });
    expect(exportHead([])).toBe(null);
  });

  it('refuses a broken one, and says where', () => {
    expect(() => exportHead(log.toSpliced(2, 1))).toThrow('A broken chain has no head to export: dropped at 2');
    expect(() => exportHead([...log, naive()])).toThrow('unsealed at 6');
  });
});

describe('verifyChain never throws, and believes nothing', () => {
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  const deep = JSON.parse(
    `{"type":"Deep","data":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}},"metadata":{"hash":"x"}}`,
  );
  const trap = new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap');
      },
    },
  );
  const odd: unknown[] = [
    null,
    undefined,
    5,
    'text',
    [],
    {},
    () => 0,
    Symbol('x'),
    1n,
    { metadata: null },
    { type: 'T', data: null, metadata: 5 },
    { type: 'T', data: {}, metadata: [] },
    { type: 'T', data: { big: 1n }, metadata: {} },
    { type: 'T', data: cycle, metadata: {} },
    { type: 'T', data: {}, metadata: { hash: {}, previousHash: [] } },
    JSON.parse('{"__proto__":{"type":"T","data":{},"metadata":{}}}'),
    JSON.parse('{"type":"T","data":{},"metadata":{"__proto__":{"hash":"x"}}}'),
    trap,
  ];

  it('of odd entries: they are unsealed', () => {
    expect(found(verifyChain(odd))).toEqual(odd.map((_, index) => `${index} unsealed`));
  });

  it('of what has a hash and is no JSON: it is changed', () => {
    const entries = [
      deep,
      { type: 'T', data: cycle, metadata: { hash: 'x' } },
      { type: 'T', data: { big: 1n }, metadata: { hash: 'x' } },
    ];
    expect(found(verifyChain(entries))).toEqual(['0 changed', '1 changed', '2 changed']);
  });

  it.each<[string, unknown, unknown]>([
    ['a type that is no text', 7, {}],
    ['data that are no object', 'Naive', 'x'],
  ])('of an entry with %s, though its hash is right: it is no event', (_, type, data) => {
    const content = { type, data, metadata: { previousHash: log[5]?.metadata.hash } };
    const hash = hashContent(content as never);
    const odd = { ...content, metadata: { ...content.metadata, hash } };
    expect(verifyChain([...log, odd as never]).intact).toBe(false);
  });

  it('of odd entries in a sealed log: each is told at its place, and nothing else', () => {
    for (const entry of [...odd, deep]) {
      expect(found(verifyChain(log.toSpliced(3, 0, entry as Entry)))).toEqual(['3 inserted']);
      expect(found(verifyChain(withAt(log, 3, entry)))).toHaveLength(1);
    }
  });

  it('of anything', () => {
    const entry = fc.oneof(
      fc.anything(),
      fc.record(
        {
          type: fc.string(),
          data: fc.object(),
          metadata: fc.record({ hash: fc.anything(), previousHash: fc.anything() }),
        },
        { requiredKeys: [] },
      ),
      fc.constantFrom<unknown>(...log),
    );
    fc.assert(
      fc.property(fc.array(entry), fc.oneof(fc.anything(), fc.constant(headOf(log))), (entries, head) => {
        const { intact, faults } = verifyChain(entries, head as ChainHead);
        expect(intact).toBe(faults.length === 0);
        const places = faults.map(({ index }) => index);
        expect(places).toEqual([...new Set(places)].sort((one, two) => one - two));
        expect(places.every((place) => place <= entries.length)).toBe(true);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  it('of a ring, which takes an event that is not what it says', () => {
    const said = 'f'.repeat(64);
    const [second] = sealed([naive(2)], said);
    const [first] = sealed([naive(1)], second?.metadata.hash);
    const liar = { ...naive(3), metadata: { hash: said } };
    expect(found(verifyChain([first, liar, second]))).toEqual(['0 inserted', '1 changed', '2 inserted']);
    expect(found(verifyChain([...log, first, liar, second]))).toHaveLength(3);
  });

  it('of an event that names no one: its predecessor is not here', () => {
    // `seal` never writes this, but anyone who can hash can.
    const nobody = { ...naive(), metadata: { previousHash: null } };
    const forged = { ...nobody, metadata: { ...nobody.metadata, hash: hashContent(nobody) } };
    expect(found(verifyChain([forged]))).toEqual(['0 dropped']);
  });
});

describe('takes time in proportion to the log, whatever is wrong with it', () => {
  const count = 10_000;
  const root = logOf(1)[0]!;
  const long = logOf(count);

  it.each([
    ['in reverse', () => long.toReversed()],
    [
      'of events all on one',
      () => [root, ...Array.from({ length: count }, (_, index) => sealed([naive(index)], root.metadata.hash)[0])],
    ],
    [
      'of events all on none that is here',
      () => Array.from({ length: count }, (_, index) => sealed([naive(index)], 'a'.repeat(64))[0]),
    ],
    ['of events each on another that is not here', () => long.filter((_, index) => index % 2 === 1)],
    ['of copies', () => Array.from({ length: count }, () => copyOf(root))],
    ['without seals', () => Array.from({ length: count }, (_, index) => naive(index))],
    ['changed throughout', () => long.map((entry) => ({ ...entry, data: {} }))],
  ])('%s', (_, entries) => {
    expect(verifyChain(entries() as VisitEvent[], headOf(long)).intact).toBe(false);
  });
});
