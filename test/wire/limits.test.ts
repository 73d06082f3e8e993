import { describe, expect, it } from 'vitest';
import { type IssueCode, LIMITS } from '../../src/wire.ts';
import { parseCommand, parseEvent } from './bare.ts';
import { command, event } from './samples.ts';

const refusal = (path: string, code: IssueCode) => ({ ok: false, issues: [{ path, code }] });
const withData = (data: unknown) => ({ ...command('StartWork'), data });
const withCall = (call: unknown) => command('ReportStart', { call });

describe('size', () => {
  /** The processor's time, the best of three: a busy machine is not the parser's fault. */
  const quickly = (parse: () => unknown) => {
    const took = [1, 2, 3].map(() => {
      const began = process.cpuUsage();
      parse();
      return process.cpuUsage(began).user / 1_000;
    });
    expect(Math.min(...took)).toBeLessThan(200);
    return parse();
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

  it('marks piled on a letter cost no more than others', () => {
    const moved = Array(14).fill(`a${'\u0323\u0307'.repeat(2_300)}`);
    expect(quickly(() => parseCommand(command('ClearArea', { moved })))).toHaveProperty('ok', false);
    const texts = Array(8).fill(`a${'\u0323\u0307'.repeat(2_000)}`);
    expect(quickly(() => parseEvent(JSON.stringify(event('ClearArea', { moved: texts }))))).toHaveProperty('ok', false);
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

describe('a value that grows as it is normalised', () => {
  it('is still measured in bytes as it will be written', () => {
    const items = Array.from({ length: 100 }, () => '\u{1d160}'.repeat(200));
    const parsed = parseEvent(event('ShowBelongings', { items: items.map((item) => item.slice(0, 60)) }));
    expect(parsed.ok).toBe(true);
    const long = parseEvent(event('ShowBelongings', { items, disputed: items }));
    expect(long.ok).toBe(false);
  });
});
