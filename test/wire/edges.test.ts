import { describe, expect, it } from 'vitest';
import { command } from '../../src/testing.ts';
import { exceedsBytes } from '../../src/wire/limits.ts';
import { jsonSchema, upcasterOf, validationMode } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';

it('the JSON Schema of every message is the one on record', async () => {
  await expect(`${JSON.stringify(jsonSchema(), null, 1)}\n`).toMatchFileSnapshot('../golden/json-schema.json');
});

it('a validator is compiled where code may be made', () => {
  expect(validationMode()).toBe('compiled');
});

describe('the size of a text in bytes', () => {
  it.each([
    ['\u007f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\ud7ff', 3],
    ['\u{10000}', 4],
    ['\u{10ffff}', 4],
    ['\ue000', 3],
    ['\uffff', 3],
  ])('of %j is %i', (text, bytes) => {
    expect(exceedsBytes(text, bytes - 1)).toBe(true);
    expect(exceedsBytes(text, bytes)).toBe(false);
    expect(exceedsBytes(text.repeat(100), bytes * 100 - 1)).toBe(true);
    expect(exceedsBytes(text.repeat(100), bytes * 100)).toBe(false);
  });
});

describe('what is normalised', () => {
  it('a coordinate of minus zero is zero', () => {
    const arrival = command('RecordArrival', { position: { latitude: -0, longitude: -0 } });
    const parsed = parseCommand(arrival);
    expect(parsed).toMatchObject({ ok: true, value: { data: { position: { latitude: 0, longitude: 0 } } } });
  });
  it.each(['Z', 'z', '+00:00', '-00:00'])('an instant with the offset %s is in UTC', (offset) => {
    const arrival = command('RecordArrival', { at: `2026-03-17T14:00:00${offset}` });
    expect(parseCommand(arrival)).toMatchObject({ ok: true, value: { data: { at: '2026-03-17T14:00:00.000Z' } } });
  });
  it.each(['2026-03-00', '2026-02-29', '2026-04-31', '0000-01-01', '1900-02-29'])('there is no %s', (day) => {
    expect(parseCommand(command('RecordArrival', { at: `${day}T14:00:00Z` })).ok).toBe(false);
  });
  it.each(['2024-02-29', '2000-02-29', '2026-02-28', '2026-01-31'])('there is a %s', (day) => {
    expect(parseCommand(command('RecordArrival', { at: `${day}T14:00:00Z` })).ok).toBe(true);
  });
});

describe('a hash', () => {
  it.each(['a'.repeat(63), 'a'.repeat(65), 'g'.repeat(64)])('is 64 hexadecimal digits, not %s', (sha256) => {
    const photos = [{ photoId: 'f-1', sha256, takenAt: '2026-03-17T14:00:00.000Z' }];
    const parsed = parseCommand(command('TakePhotos', { photos }));
    expect(parsed).toMatchObject({ ok: false, issues: [{ code: 'invalid-sha256', path: '/data/photos/0/sha256' }] });
  });
});

describe('the steps from one version to the next', () => {
  const step = (from: number) => ({ from, up: (raw: never) => raw });
  it.each([
    [1, [step(1)]],
    [2, []],
    [2, [step(2)]],
    [3, [step(2), step(1)]],
  ])('to version %i are one from each below it, in order', (current, steps) => {
    expect(() => upcasterOf(steps as never, current)).toThrow('upcasterOf needs one step from each version below');
  });
  it('a version below 1 is none', () => {
    const event = { type: 'ProviderArrived', data: {}, metadata: { schemaVersion: 0 } };
    expect(parseEvent(event).ok).toBe(false);
  });
});
