import { type AppendRecord, checkHistory, type FinalStream, type HistoryFault } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';

type Tried = Omit<AppendRecord, 'op' | 'type' | 'version'>;

const told = (type: AppendRecord['type'], tried: Tried, version?: number): AppendRecord => ({
  ...{ op: 'append', type, ...tried },
  ...(version === undefined ? {} : { version }),
});

/** An append from its beginning to its end. */
const ok = (tried: Tried, version: number) => [told('invoke', tried), told('ok', tried, version)];
const failed = (tried: Tried) => [told('invoke', tried), told('fail', tried)];
const unknown = (tried: Tried) => [told('invoke', tried), told('unknown', tried)];

const by = (writer: string, ids: readonly string[], more: Partial<Tried> = {}): Tried => ({
  ...{ writer, stream: 's', ids },
  ...more,
});

const final = (ids: readonly string[], stream = 's'): FinalStream => ({
  stream,
  events: ids.map((id, index) => ({ id, version: index + 1 })),
});

/** Two writers, one of whom meets a conflict and tries again; a third whose answer got lost. */
const records: readonly AppendRecord[] = [
  ...ok(by('w', ['a', 'b'], { expected: 'STREAM_DOES_NOT_EXIST' }), 2),
  ...failed(by('x', ['c'], { expected: 0 })),
  ...ok(by('x', ['c'], { expected: 2 }), 3),
  ...ok(by('w', ['d'], { expected: 3 }), 4),
  ...unknown(by('y', ['e', 'f'], { expected: 4 })),
  ...unknown(by('z', ['g', 'h'], { expected: 4 })),
  told('invoke', by('v', ['i'])),
  ...ok(by('x', ['j'], { stream: 't' }), 1),
  ...failed(by('y', ['k'], { expected: 2 })),
];
const streams = [final(['a', 'b', 'c', 'd', 'e', 'f']), final(['j'], 't')];

const faultsOf = (more: readonly AppendRecord[], end: readonly FinalStream[]) =>
  checkHistory(more, end).map(({ fault, stream, ids }) => ({ fault, stream, ids }));

describe('a history that is sound', () => {
  it('has no findings', () => {
    expect(checkHistory(records, streams)).toEqual([]);
    expect(checkHistory([], [])).toEqual([]);
  });

  it('may have repeats of one batch, with the answer of the first', () => {
    const again = [...records, ...ok(by('w', ['a', 'b'], { expected: 7 }), 2)];
    expect(checkHistory(again, streams)).toEqual([]);
  });

  it('may have an unknown batch that was there when it was tried again at another version', () => {
    const again = [
      ...records,
      ...failed(by('y', ['e', 'f'], { expected: 5 })),
      ...ok(by('y', ['e', 'f'], { expected: 6 }), 6),
    ];
    expect(checkHistory(again, streams)).toEqual([]);
  });

  it('may be told by processes one after the other, whatever came first', () => {
    const byWriter = ['x', 'v', 'z', 'y', 'w'].flatMap((writer) => records.filter((one) => one.writer === writer));
    expect(checkHistory(byWriter, streams)).toEqual([]);
  });

  it('goes through JSON', () => {
    expect(checkHistory(JSON.parse(JSON.stringify(records)), streams)).toEqual([]);
  });
});

/** One fault planted in the sound history each, and all that is found then. */
const planted: Record<
  string,
  readonly [
    more: readonly AppendRecord[],
    end: readonly FinalStream[],
    found: readonly [HistoryFault, string, ...string[]][],
  ]
> = {
  'an acknowledged event is not there': [ok(by('w', ['l'], { expected: 6 }), 7), streams, [['lost', 's', 'l']]],
  'half an acknowledged batch is not there': [
    ok(by('w', ['l', 'm'], { expected: 6 }), 8),
    [final(['a', 'b', 'c', 'd', 'e', 'f', 'l']), final(['j'], 't')],
    [['lost', 's', 'm']],
  ],
  'an acknowledged stream is not there': [[], [final(['a', 'b', 'c', 'd'])], [['lost', 't', 'j']]],
  'acknowledged batches have changed places': [
    [],
    [final(['a', 'b', 'd', 'c', 'e', 'f']), final(['j'], 't')],
    [
      ['moved', 's', 'c'],
      ['moved', 's', 'd'],
    ],
  ],
  'an acknowledged batch is in another order': [
    [],
    [final(['b', 'a', 'c', 'd']), final(['j'], 't')],
    [['moved', 's', 'a', 'b']],
  ],
  'an acknowledged event is in another stream': [
    [],
    [final(['a', 'b', 'c', 'd']), final(['j'], 'u')],
    [['moved', 't', 'j']],
  ],
  'an event is there twice': [[], [final(['a', 'b', 'c', 'd', 'd']), final(['j'], 't')], [['doubled', 's', 'd']]],
  'an event is in two streams': [
    [],
    [final(['a', 'b', 'c', 'd']), final(['j'], 't'), final(['c'], 'u')],
    [['doubled', 'u', 'c']],
  ],
  'a failed event is there': [
    [],
    [final(['a', 'b', 'c', 'd', 'k']), final(['j'], 't')],
    [['failed-present', 's', 'k']],
  ],
  'half an unknown batch is there': [[], [final(['a', 'b', 'c', 'd', 'e']), final(['j'], 't')], [['torn', 's', 'e']]],
  'an unknown batch is there with another between': [
    [...unknown(by('u', ['n']))],
    [final(['a', 'b', 'c', 'd', 'e', 'n', 'f']), final(['j'], 't')],
    [['torn', 's', 'e', 'f']],
  ],
  'a version is missing': [
    [],
    [{ stream: 's', events: [...final(['a', 'b', 'c', 'd']).events, { id: 'i', version: 6 }] }, final(['j'], 't')],
    [['gap', 's', 'i']],
  ],
  'a stream begins at 0': [
    unknown(by('u', ['n'], { stream: 'u' })),
    [...streams, { stream: 'u', events: [{ id: 'n', version: 0 }] }],
    [['gap', 'u', 'n']],
  ],
  'a version is there twice': [
    [],
    [{ stream: 's', events: [...final(['a', 'b', 'c', 'd']).events, { id: 'i', version: 4 }] }, final(['j'], 't')],
    [['gap', 's', 'i']],
  ],
  'an event is there that nobody submitted': [
    [],
    [final(['a', 'b', 'c', 'd', 'stranger']), final(['j'], 't')],
    [['stranger', 's', 'stranger']],
  ],
  'two batches won at one expected version': [
    ok(by('u', ['n'], { expected: 3 }), 7),
    [final(['a', 'b', 'c', 'd', 'e', 'f', 'n']), final(['j'], 't')],
    [['two-winners', 's', 'd', 'n']],
  ],
  'two batches created one stream': [
    ok(by('u', ['n'], { stream: 't', expected: 'STREAM_DOES_NOT_EXIST' }), 2).concat(
      ok(by('u', ['o'], { stream: 't', expected: 0 }), 3),
    ),
    [final(['a', 'b', 'c', 'd', 'e', 'f']), final(['j', 'n', 'o'], 't')],
    [['two-winners', 't', 'n', 'o']],
  ],
  'an unknown batch won beside an acknowledged one': [
    [],
    [final(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']), final(['j'], 't')],
    [['two-winners', 's', 'e', 'f', 'g', 'h']],
  ],
  'a batch was acknowledged elsewhere than it expected': [
    ok(by('u', ['n'], { expected: 5 }), 7),
    [final(['a', 'b', 'c', 'd', 'e', 'f', 'n']), final(['j'], 't')],
    [['unexpected', 's', 'n']],
  ],
  'a writer’s later event stands before an earlier one': [
    [...ok(by('u', ['n']), 8), ...ok(by('u', ['o']), 7)],
    [final(['a', 'b', 'c', 'd', 'e', 'f', 'o', 'n']), final(['j'], 't')],
    [['order', 's', 'o']],
  ],
  'a writer’s unknown event stands before one that was acknowledged earlier': [
    [...ok(by('u', ['n']), 8), ...unknown(by('u', ['o']))],
    [final(['a', 'b', 'c', 'd', 'e', 'f', 'o', 'n']), final(['j'], 't')],
    [['order', 's', 'o']],
  ],
};

describe('a history in which', () => {
  it.each(Object.entries(planted))('%s', (_, [more, end, found]) => {
    const expected = found.map(([fault, stream, ...ids]) => ({ fault, stream, ids }));
    expect(faultsOf([...records, ...more], end)).toEqual(expected);
  });

  it('every kind of fault is planted above', () => {
    const kinds: Record<HistoryFault, true> = {
      ...{ lost: true, moved: true, doubled: true, 'failed-present': true, torn: true, gap: true, stranger: true },
      ...{ 'two-winners': true, unexpected: true, order: true },
    };
    const found = new Set(Object.values(planted).flatMap(([, , faults]) => faults.map(([fault]) => fault)));
    expect(found).toEqual(new Set(Object.keys(kinds)));
  });

  it('a fault is told with who and where', () => {
    const [found] = checkHistory(
      [...records, ...ok(by('u', ['n'], { expected: 3 }), 7)],
      [final(['a', 'b', 'c', 'd', 'e', 'f', 'n']), final(['j'], 't')],
    );
    expect(found?.text).toBe('two-winners in the stream s: at the expected version 3 there won w with d and u with n');
  });

  it('an event is in two batches, is none', () => {
    for (const ids of [['b'], ['a'], ['a', 'b', 'c'], ['new', 'a']]) {
      expect(() => checkHistory([...records, told('invoke', by('u', ids))], streams)).toThrow(RangeError);
    }
    expect(() => checkHistory([...records, told('invoke', by('u', ['j']))], streams)).toThrow(
      /j stands in two batches/,
    );
  });

  it('events that were acknowledged without having begun are taken as they are', () => {
    const late = told('ok', by('u', ['n'], { expected: 6 }), 7);
    expect(checkHistory([...records, late], [final(['a', 'b', 'c', 'd', 'e', 'f', 'n']), final(['j'], 't')])).toEqual(
      [],
    );
  });
});

describe('a long history', () => {
  /** Writers in turn, each batch refused once and then accepted. */
  const long = (batches: number) => {
    const tried = Array.from({ length: batches }, (_, n) => by(`w${n % 7}`, [`${n}-a`, `${n}-b`], { expected: 2 * n }));
    const all = tried.flatMap((one, n) => [...failed({ ...one, expected: 2 * n + 1 }), ...ok(one, 2 * n + 2)]);
    return [all, [final(tried.flatMap(({ ids }) => ids))]] as const;
  };

  it('of twenty thousand batches is checked, which a quadratic search would not end', () => {
    expect(checkHistory(...long(20_000))).toEqual([]);
  });

  it('is searched in one pass', () => {
    const [all, end] = long(1_000);
    let read = 0;
    function* counted<T>(items: Iterable<T>) {
      for (const item of items) {
        read += 1;
        yield item;
      }
    }
    expect(checkHistory(counted(all), counted(end))).toEqual([]);
    expect(read).toBe(all.length + 1);
  });
});
