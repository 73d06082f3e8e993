import { describe, expect, it } from 'vitest';
import type { IssueCode } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';
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
  it('it is copied to an ordinary one', () => {
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
