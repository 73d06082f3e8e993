import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { exportHead, type Sealable, seal, verifyChain } from '../../src/chain.ts';
import type { EventMetadata, Sha256, VisitEvent } from '../../src/index.ts';
import { deepFreeze } from '../../src/kernel/fold.ts';
import { memoryStore } from '../../src/memory.ts';
import { visitAt } from '../../src/testing.ts';
import { anyEvents, logOf } from './logs.ts';

const event = (data: object, metadata?: object): Sealable => ({ type: 'Noted', data, ...(metadata && { metadata }) });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('seal', () => {
  it('hashes the canonical form of type, data and metadata, with the predecessor and without the hash', () => {
    const [first, second] = seal([event({ b: 1, a: 'ñ' }), event({ c: [2] }, { schemaVersion: 1, eventId: 'e-2' })]);
    const one = sha256('{"data":{"a":"ñ","b":1},"metadata":{},"type":"Noted"}');
    const two = sha256(
      `{"data":{"c":[2]},"metadata":{"eventId":"e-2","previousHash":"${one}","schemaVersion":1},"type":"Noted"}`,
    );
    expect(JSON.stringify([first, second])).toBe(
      `[{"type":"Noted","data":{"b":1,"a":"ñ"},"metadata":{"hash":"${one}"}},` +
        '{"type":"Noted","data":{"c":[2]},"metadata":{"schemaVersion":1,"eventId":"e-2",' +
        `"previousHash":"${one}","hash":"${two}"}}]`,
    );
  });

  it('goes on after a hash or a head, as if all had been sealed at once', () => {
    fc.assert(
      fc.property(anyEvents(0), fc.nat(9), (events, at) => {
        const whole = seal(events);
        const begun = seal(events.slice(0, at));
        const rest = events.slice(at);
        expect([...begun, ...seal(rest, begun.at(-1)?.metadata.hash)]).toEqual(whole);
        expect([...begun, ...seal(rest, exportHead(begun))]).toEqual(whole);
      }),
      { seed: 1 },
    );
  });

  it('makes copies, as JSON would, and leaves the events as they are', () => {
    fc.assert(
      fc.property(anyEvents(1), (events) => {
        const before = JSON.stringify(events);
        const log = seal(deepFreeze(structuredClone(events)));
        expect(JSON.stringify(events)).toBe(before);
        expect(JSON.parse(JSON.stringify(log))).toEqual(log);
        expect(log.map(({ type, data }) => ({ type, data }))).toEqual(
          (JSON.parse(before) as Sealable[]).map(({ type, data }) => ({ type, data })),
        );
        expect(log.some(({ data }, index) => data === events[index]?.data)).toBe(false);
      }),
      { seed: 2 },
    );
  });

  it('seals what JSON makes of a value', () => {
    const [log] = seal([event({ at: new Date(0), nothing: undefined, zero: -0, list: [undefined, Number.NaN] })]);
    expect(log?.data).toEqual({ at: '1970-01-01T00:00:00.000Z', zero: 0, list: [null, null] });
    expect(verifyChain(JSON.parse(JSON.stringify([log]))).intact).toBe(true);
  });

  it('replaces a seal, and leaves out what a store adds', async () => {
    const store = memoryStore();
    const written = logOf(3);
    await store.appendToStream('s', written.slice(1));
    const { events } = await store.readStream('s');
    const own = written.slice(1).map(({ type, data }) => ({ type, data }));
    expect(seal(events)).toEqual(seal(own));
    expect(seal(events, written[0]?.metadata.hash)).toEqual(written.slice(1));
  });

  it('keeps a key named __proto__, and lone surrogates', () => {
    const odd = JSON.parse('{"__proto__":{"a":1},"text":"\\ud800","constructor":2}') as object;
    const log = JSON.parse(JSON.stringify(seal([event(odd, odd)])));
    expect(Object.keys(log[0].data)).toEqual(['__proto__', 'text', 'constructor']);
    expect(Object.keys(log[0].metadata)).toEqual(['__proto__', 'text', 'constructor', 'hash']);
    expect(verifyChain(log).intact).toBe(true);
    for (const part of ['data', 'metadata']) {
      const changed = JSON.parse(
        JSON.stringify(log).replace(`"${part}":{"__proto__":{"a":1}`, `"${part}":{"__proto__":{"a":2}`),
      );
      expect(verifyChain(changed).faults).toEqual([{ index: 0, fault: 'changed' }]);
    }
    const other = JSON.parse(JSON.stringify(log).replaceAll('\\ud800', '\\ud801'));
    expect(verifyChain(other).intact).toBe(false);
  });

  it.each([
    ['an event that is none', [null]],
    ['no type', [{ data: {} }]],
    ['a type that is no text', [{ type: 1, data: {} }]],
    ['no data', [{ type: 'Noted' }]],
    ['data that is no object', [{ type: 'Noted', data: 'x' }]],
    ['data that JSON makes a text of', [{ type: 'Noted', data: new Date(0) }]],
    ['what JSON has not', [event({ big: 1n })]],
    ['what has no end', [event(cyclic())]],
  ])('refuses %s', (_, events) => {
    expect(() => seal(events as Sealable[])).toThrow(TypeError);
  });

  it.each([
    '',
    'X'.repeat(64),
    'A'.repeat(64),
    'a'.repeat(63),
    'a'.repeat(65),
    `-${'a'.repeat(64)}`,
    5,
    {},
    { count: 1 },
    [],
  ])('refuses to go on after %j', (previous) => {
    expect(() => seal([event({})], previous as Sha256)).toThrow(TypeError);
  });

  it('keeps the types of events, whose metadata then have a hash', () => {
    const [sealed] = seal(visitAt('in-transit').events);
    if (sealed === undefined) expect.unreachable();
    expectTypeOf(sealed).toExtend<VisitEvent>();
    expectTypeOf(sealed.metadata.hash).toEqualTypeOf<Sha256>();
    expectTypeOf<EventMetadata['hash']>().toEqualTypeOf<Sha256 | undefined>();
  });
});

function cyclic(): object {
  const data: { self?: object } = {};
  data.self = data;
  return data;
}
