import { describe, expect, it } from 'vitest';
import { type IssueCode, LIMITS, parseCommand, parseEvent } from '../../src/wire/index.ts';
import { command, event } from './samples.ts';

const refusal = (path: string, code: IssueCode) => ({ ok: false, issues: [{ path, code }] });
const start = command('StartWork');
const withData = (data: unknown) => ({ ...start, data });
const withCall = (call: unknown) => command('ReportStart', { call });

class Visit {
  readonly at = '2026-03-09T14:05:00.000Z';
}

const thrower = () => {
  throw new Error('looked at');
};

describe('a value that is not plain JSON is refused, and nothing of it is called', () => {
  it.each<[string, unknown, IssueCode]>([
    ['undefined', undefined, 'not-json'],
    ['a function', thrower, 'not-json'],
    ['a symbol', Symbol('x'), 'not-json'],
    ['a bigint', 1n, 'not-json'],
    ['NaN', Number.NaN, 'not-finite'],
    ['an infinity', Number.NEGATIVE_INFINITY, 'not-finite'],
    ['a Date', new Date(0), 'not-json'],
    ['a Map', new Map(), 'not-json'],
    ['a Set', new Set(), 'not-json'],
    ['an instance', new Visit(), 'not-json'],
    ['a boxed string', Object('text'), 'not-json'],
    ['a regular expression', /a/, 'not-json'],
    ['bytes', new Uint8Array(3), 'not-json'],
    ['a promise', Promise.resolve(), 'not-json'],
    ['an error', new Error('x'), 'not-json'],
    ['an object of an object', Object.create({ at: 'x' }), 'not-json'],
    ['a sparse array', Array(3), 'not-json'],
    ['an array with a name', Object.assign([1], { extra: 1 }), 'not-json'],
    ['a revoked proxy', revoked(), 'unreadable'],
    ['a proxy that throws on keys', new Proxy({}, { ownKeys: thrower }), 'unreadable'],
    ['a proxy that throws on prototypes', new Proxy({}, { getPrototypeOf: thrower }), 'unreadable'],
  ])('%s', (_, value, code) => {
    expect(parseCommand(value)).toStrictEqual(refusal('', code));
    expect(parseEvent(value)).toStrictEqual(refusal('', code));
    expect(parseCommand(withData(value))).toStrictEqual(refusal('/data', code));
    expect(parseCommand(withCall(value))).toStrictEqual(refusal('/data/call', code));
    expect(parseCommand(withCall([{ unheardOf: value }]))).toStrictEqual(refusal('/data/call', code));
    expect(parseEvent({ ...event('StartWork'), metadata: { host: [value] } })).toStrictEqual(
      refusal('/metadata', code),
    );
  });

  it('a getter is not run', () => {
    const data = Object.defineProperty({ visitId: 'v-1' }, 'at', { enumerable: true, get: thrower });
    expect(parseCommand(withData(data))).toStrictEqual(refusal('/data/at', 'not-json'));
  });

  it('a proxy that throws while it is copied', () => {
    const call = new Proxy({ at: 'x' }, { getOwnPropertyDescriptor: thrower });
    expect(parseCommand(withCall(call))).toStrictEqual(refusal('/data/call', 'unreadable'));
  });

  it('a hidden field, and one under a symbol, are not lost', () => {
    const hidden = Object.defineProperty({ ...start.data }, 'note', { value: 'x', enumerable: false });
    expect(parseCommand(withData(hidden))).toStrictEqual(refusal('/data', 'not-json'));
    expect(parseCommand(withData({ ...start.data, [Symbol('x')]: 1 }))).toStrictEqual(
      refusal('/data', 'unrecognized-key'),
    );
  });

  it('toJSON is a field like any other', () => {
    expect(parseCommand({ ...start, toJSON: () => start })).toStrictEqual(refusal('', 'not-json'));
    expect(parseCommand({ ...start, toJSON: 'x' })).toStrictEqual(refusal('', 'unrecognized-key'));
  });

  it('an undefined field is not an absent one', () => {
    expect(parseCommand(command('ReportStart', { call: undefined }))).toStrictEqual(refusal('/data/call', 'not-json'));
    expect(parseEvent({ ...event('StartWork'), metadata: undefined })).toStrictEqual(refusal('/metadata', 'not-json'));
  });

  it('a circle', () => {
    const call: Record<string, unknown> = {};
    call.at = call;
    expect(parseCommand(withCall(call))).toStrictEqual(refusal('/data/call/at', 'cyclic'));
    const list: unknown[] = [];
    list.push(list);
    expect(parseCommand(list)).toStrictEqual(refusal('', 'cyclic'));
  });

  it('the same object twice is no circle', () => {
    const call = { at: start.data.at };
    const shared = { type: 'ReportStart', data: { ...start.data, call }, metadata: start.metadata };
    expect(parseCommand(shared)).toStrictEqual({ ok: true, value: shared });
  });
});

describe('an object without a prototype is plain', () => {
  it('and comes out as an ordinary one', () => {
    const bare = Object.assign(Object.create(null), start, { data: Object.assign(Object.create(null), start.data) });
    const result = parseCommand(bare);
    expect(result).toStrictEqual({ ok: true, value: start });
  });
});

describe('keys that could change a prototype are neither effective nor lost', () => {
  const own = (value: object) => JSON.parse(JSON.stringify(value).replaceAll('"PROTO"', '"__proto__"'));
  const evil = { polluted: true };

  it.each<[string, unknown, string]>([
    ['at the top', own({ ...start, PROTO: evil }), ''],
    ['in the data', own(withData({ ...start.data, PROTO: evil })), '/data'],
    ['in the actor', own({ ...start, metadata: { actor: { ...start.metadata.actor, PROTO: 1 } } }), '/metadata/actor'],
    ['alone', own({ PROTO: start }), ''],
  ])('__proto__ %s', (_, value, path) => {
    expect(parseCommand(value)).toStrictEqual(refusal(path, 'unrecognized-key'));
    expect(parseCommand(JSON.stringify(value))).toStrictEqual(refusal(path, 'unrecognized-key'));
  });

  it.each([{ PROTO: evil }, { host: { deep: [{ PROTO: evil }] } }])(
    '__proto__ in the metadata of an event: %j',
    (metadata) => {
      const value = own({ ...event('StartWork'), metadata });
      expect(parseEvent(value)).toStrictEqual(refusal('/metadata', 'unrecognized-key'));
      expect(parseEvent(JSON.stringify(value))).toStrictEqual(refusal('/metadata', 'unrecognized-key'));
    },
  );

  it.each(['constructor', 'prototype', 'toString', 'hasOwnProperty', '__defineGetter__', 'valueOf'])('%s', (key) => {
    expect(parseCommand({ ...start, [key]: evil })).toStrictEqual(refusal('', 'unrecognized-key'));
    expect(parseCommand(withData({ ...start.data, [key]: evil }))).toStrictEqual(refusal('/data', 'unrecognized-key'));
  });

  it('nothing was polluted', () => {
    expect('polluted' in {}).toBe(false);
  });
});

describe('size', () => {
  const quickly = (parse: () => unknown) => {
    const began = performance.now();
    const result = parse();
    expect(performance.now() - began).toBeLessThan(200);
    return result;
  };

  it.each([
    ['command', parseCommand, LIMITS.commandBytes],
    ['event', parseEvent, LIMITS.eventBytes],
  ] as const)('the bytes of a %s are counted before anything else', (_, parse, max) => {
    expect(parse(' '.repeat(max))).toStrictEqual(refusal('', 'invalid-json'));
    expect(parse(' '.repeat(max + 1))).toStrictEqual(refusal('', 'too-large'));
    expect(parse('á'.repeat(max / 2))).toStrictEqual(refusal('', 'invalid-json'));
    expect(parse('á'.repeat(max / 2 + 1))).toStrictEqual(refusal('', 'too-large'));
    expect(parse('💧'.repeat(max / 4))).toStrictEqual(refusal('', 'invalid-json'));
    expect(parse('💧'.repeat(max / 4 + 1))).toStrictEqual(refusal('', 'too-large'));
    expect(parse('水'.repeat(max / 2))).toStrictEqual(refusal('', 'too-large'));
    expect(quickly(() => parse('a'.repeat(1 << 28)))).toStrictEqual(refusal('', 'too-large'));
  });

  it('the characters of a value are counted too', () => {
    const moved = Array(33).fill('a'.repeat(2000));
    expect(parseCommand(command('ClearArea', { moved }))).toStrictEqual(refusal('/data/moved/32', 'too-large'));
    expect(parseEvent(event('ClearArea', { moved })).ok).toBe(true);
    expect(parseCommand(command('ClearArea', { moved: ['a'.repeat(8193)] }))).toStrictEqual(
      refusal('/data/moved/0', 'too-long'),
    );
  });

  it('depth, of texts and of values', () => {
    expect(parseEvent('['.repeat(100_000) + ']'.repeat(100_000))).toStrictEqual(refusal('', 'too-large'));
    expect(parseEvent('['.repeat(60_000) + ']'.repeat(60_000))).toStrictEqual(refusal('', 'too-deep'));
    expect(parseEvent('{"data":'.repeat(10_000))).toStrictEqual(refusal('', 'invalid-json'));
    let nest: unknown = [];
    for (let depth = 0; depth < 100_000; depth += 1) nest = depth % 2 ? [nest] : { data: nest };
    expect(quickly(() => parseCommand(nest))).toStrictEqual(refusal('', 'too-deep'));
    expect(parseCommand(withCall(nest))).toStrictEqual(refusal('/data/call', 'too-deep'));
  });

  it.each([
    [14, true],
    [15, false],
  ])('%i containers within the metadata of an event: %s', (depth, isAllowed) => {
    const host = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    const message = { ...event('StartWork'), metadata: { host } };
    expect(parseEvent(message)).toStrictEqual(
      isAllowed ? { ok: true, value: message } : refusal('/metadata', 'too-deep'),
    );
    expect(parseEvent(JSON.stringify(message)).ok).toBe(isAllowed);
  });

  it('arrays', () => {
    const million = Array(1_000_000).fill({ bad: true });
    const taken = command('TakePhotos', { photos: million });
    expect(quickly(() => parseCommand(taken))).toStrictEqual(refusal('/data/photos', 'too-many-items'));
    expect(parseCommand(million)).toStrictEqual(refusal('', 'too-many-items'));
    const long = `{"type":"TakePhotos","data":{"photos":[${Array(30_000).fill('0').join()}]}}`;
    expect(quickly(() => parseCommand(long))).toStrictEqual(refusal('/data/photos', 'too-many-items'));
    const short = `{"type":"TakePhotos","data":{"photos":[${Array(1_900).fill('0').join()}]}}`;
    expect(quickly(() => parseCommand(short))).toStrictEqual(refusal('/data/photos', 'too-many-items'));
  });

  it('keys', () => {
    const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 0]));
    expect(parseCommand(withData(keys(65)))).toStrictEqual(refusal('/data', 'too-many-keys'));
    expect(quickly(() => parseEvent(JSON.stringify(withData(keys(10_000)))))).toStrictEqual(
      refusal('/data', 'too-many-keys'),
    );
    expect(parseEvent({ ...event('StartWork'), metadata: keys(64) }).ok).toBe(true);
    expect(parseEvent({ ...event('StartWork'), metadata: keys(65) }).ok).toBe(false);
  });

  it('nodes', () => {
    const hundred = Array(100).fill(0);
    const metadata = { host: Array(45).fill(hundred) };
    expect(parseEvent({ ...event('StartWork'), metadata })).toStrictEqual(refusal('/metadata', 'too-many-nodes'));
  });

  it('issues are at most twenty, and one that says so', () => {
    const photos = Array(100).fill({});
    const result = parseCommand(command('TakePhotos', { photos }));
    const issues = result.ok ? [] : result.issues;
    expect(issues).toHaveLength(LIMITS.issues + 1);
    expect(issues[0]).toStrictEqual({ path: '/data/photos/0/photoId', code: 'missing' });
    expect(issues.at(-1)).toStrictEqual({ path: '', code: 'too-many-issues' });
    const holes = parseCommand(command('TakePhotos', { photos: Array(100).fill(undefined) }));
    expect(holes.ok ? [] : holes.issues).toHaveLength(LIMITS.issues + 1);
  });
});

describe('purity', () => {
  const frozen = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    for (const item of Object.values(value)) frozen(item);
    return Object.freeze(value);
  };

  it('a frozen input is read, and nothing of it is in the result', () => {
    const photos = [{ photoId: 'f', sha256: 'a'.repeat(64), takenAt: '2026-03-09T08:05:00-06:00' }];
    const input = frozen(command('TakePhotos', { photos }));
    const before = JSON.stringify(input);
    const result = parseCommand(input);
    expect(result).toMatchObject({ ok: true, value: { data: { photos: [{ takenAt: '2026-03-09T14:05:00.000Z' }] } } });
    expect(JSON.stringify(input)).toBe(before);
    expect(result.ok && Object.isFrozen(result.value.data)).toBe(false);
  });

  it('what a host added is copied', () => {
    const host = { list: [1] };
    const result = parseEvent({ ...event('StartWork'), metadata: { host } });
    const read = result.ok ? result.value.metadata?.host : undefined;
    expect(read).toStrictEqual(host);
    expect(read).not.toBe(host);
  });
});

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
