import { describe, expect, it } from 'vitest';
import { type UpcastStep, upcast, upcasterOf } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';
import { event } from './samples.ts';

const started = event('StartWork');
const unknownType = { ok: false, issues: [{ path: '/type', code: 'unknown-type' }], unknown: true };
const newerVersion = { ok: false, issues: [{ path: '/metadata/schemaVersion', code: 'newer-version' }], unknown: true };

describe('an event of a later time', () => {
  it.each([
    ['a type that we do not know', { type: 'DroneDispatched', data: {} }, unknownType],
    ['with whatever else', { type: 'DroneDispatched', data: { a: [1] }, metadata: { b: 1 }, c: null }, unknownType],
    ['a type every object answers to', { type: 'constructor', data: {} }, unknownType],
    ['a command', { ...started, type: 'StartWork' }, unknownType],
    ['a newer version', { ...started, metadata: { schemaVersion: 3 } }, newerVersion],
    [
      'a newer version of another shape',
      { type: 'X', data: { b: 1 }, metadata: { schemaVersion: 9 }, c: 1 },
      newerVersion,
    ],
  ])('%s is told apart from what cannot be read', (_, message, expected) => {
    expect(parseEvent(message)).toStrictEqual(expected);
    expect(parseEvent(JSON.stringify(message))).toStrictEqual(expected);
  });

  it.each([
    ['no data', { type: 'DroneDispatched' }],
    ['data that is a list', { type: 'DroneDispatched', data: [] }],
    ['metadata that is a text', { type: 'DroneDispatched', data: {}, metadata: 'x' }],
    ['a version that is none', { type: 'DroneDispatched', data: {}, metadata: { schemaVersion: 'two' } }],
    ['no type', { data: {}, metadata: { schemaVersion: 3 } }],
    ['a value of no JSON', { type: 'DroneDispatched', data: { when: new Date(0) } }],
    ['too much of it', { type: 'DroneDispatched', data: { list: Array(101).fill(0) } }],
  ])('with %s is not of any time', (_, message) => {
    const result = parseEvent(message);
    expect(result.ok).toBe(false);
    expect(result).not.toHaveProperty('unknown');
  });

  it('a command of a later time is refused like any other', () => {
    expect(parseCommand({ type: 'SendDrone', data: {}, metadata: {} })).toStrictEqual({
      ok: false,
      issues: [{ path: '/type', code: 'unknown-type' }],
    });
  });
});

describe('upcast', () => {
  it('returns each event of the only version as it is', () => {
    expect(upcast(started)).toBe(started);
    const bare = { type: 'WorkStarted', data: {} };
    expect(upcast(bare)).toBe(bare);
  });

  it.each([
    null,
    7,
    'text',
    [],
    {},
    { metadata: 7 },
    { metadata: { schemaVersion: 2 } },
    { metadata: { schemaVersion: 'x' } },
  ])('leaves %j untouched', (raw) => {
    expect(upcast(raw)).toBe(raw);
  });
});

describe('upcasterOf, with two planted steps', () => {
  const renamed: UpcastStep = { from: 1, up: (raw) => ({ ...raw, type: 'WorkBegun' }) };
  const split: UpcastStep = { from: 2, up: (raw) => ({ ...raw, data: { moment: raw.data } }) };
  const toThird = upcasterOf([renamed, split], 3);

  it('takes an event through every step from its own version', () => {
    expect(toThird({ type: 'WorkStarted', data: 1 })).toStrictEqual({
      type: 'WorkBegun',
      data: { moment: 1 },
      metadata: { schemaVersion: 3 },
    });
    expect(toThird({ type: 'A', data: 1, metadata: { schemaVersion: 2, host: 'x' } })).toStrictEqual({
      type: 'A',
      data: { moment: 1 },
      metadata: { schemaVersion: 3, host: 'x' },
    });
  });

  it.each([3, 4, 0, -1, 1.5, '1', null])('leaves version %j untouched', (schemaVersion) => {
    const raw = Object.freeze({ type: 'A', data: 1, metadata: { schemaVersion } });
    expect(toThird(raw)).toBe(raw);
  });

  it('is pure and can be repeated', () => {
    const raw = Object.freeze({ type: 'A', data: Object.freeze({}) });
    const once = toThird(raw);
    expect(toThird(once)).toBe(once);
    expect(raw).toStrictEqual({ type: 'A', data: {} });
  });

  it.each<[string, UpcastStep[], number]>([
    ['a step too few', [renamed], 3],
    ['a step too many', [renamed, split], 2],
    ['in disorder', [split, renamed], 3],
    ['twice the same', [renamed, renamed], 3],
  ])('is refused at once with %s', (_, steps, current) => {
    expect(() => upcasterOf(steps, current)).toThrow(RangeError);
  });
});
