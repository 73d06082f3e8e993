import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportHead, seal, verifyChain } from '../../src/chain.ts';
import { memoryStore } from '../../src/memory.ts';
import { sqliteStore } from '../../src/sqlite.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { simulate } from '../../src/testing.ts';
import { parseEvent } from '../../src/wire.ts';
import { copyOf, found, sealedLogs } from './logs.ts';

const visits = [...simulate({ visits: 5, seed: 3 })].map(({ events }) =>
  events.map((event, index) => ({
    ...event,
    metadata: { schemaVersion: 1, eventId: `${event.data.visitId}-${index}` },
  })),
);

const stores: readonly (readonly [string, () => EventStore<never>])[] = [
  ['memory', () => memoryStore() as EventStore<never>],
  ['sqlite', () => sqliteStore({ file: ':memory:' }) as EventStore<never>],
];

describe.each(stores)('a sealed log in the store %s', (_, open) => {
  it('verifies as it is read, as it lies there, and as it was exported', async () => {
    const store = open();
    for (const [index, events] of visits.entries()) {
      const name = `visit-${index}`;
      for (const event of events) {
        const { events: before } = await store.readStream(name);
        await store.appendToStream(name, seal([event], exportHead(before)));
      }
      const { events: read } = await store.readStream(name);
      const stored = (await store.readStored(name)).map(({ text }) => JSON.parse(text) as unknown);
      const head = exportHead(stored);
      expect(head?.count).toBe(events.length);
      expect(stored).toEqual(seal(events));
      expect(verifyChain(read, head)).toEqual({ intact: true, head, sealedFrom: 0, faults: [] });
      expect(verifyChain(stored, head)).toEqual({ intact: true, head, sealedFrom: 0, faults: [] });
      expect(found(verifyChain(read.slice(1)))).toEqual(['0 dropped']);
    }
  });
});

describe('a sealed log that others wrote down', () => {
  /** As a database or a sheet may give it back: other keys first, other spaces, numbers and escapes. */
  const rewritten = (value: unknown): string => {
    if (Array.isArray(value)) return `[ ${value.map(rewritten).join(' ,\n')} ]`;
    if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e15) return `${value}.0`;
    if (typeof value === 'string' && /^[\w ]*$/.test(value)) return `"${value.replaceAll('a', '\\u0061')}"`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const members = Object.entries(value).reverse();
    return `{ ${members.map(([key, member]) => `${JSON.stringify(key)} : ${rewritten(member)}`).join(' , ')} }`;
  };

  it('verifies, whatever became of the order of keys, of spaces, of escapes', () => {
    fc.assert(
      fc.property(sealedLogs(), (log) => {
        const text = rewritten(log);
        expect(text).not.toBe(JSON.stringify(log));
        expect(verifyChain(JSON.parse(text)).intact).toBe(true);
      }),
      { seed: 10 },
    );
  });

  it('is as the wire reads it, if it was written by what the wire let in', () => {
    for (const events of visits) {
      const log = seal(events);
      const read = log.map((event) => {
        const parsed = parseEvent(JSON.stringify(event));
        return parsed.ok ? parsed.value : parsed.issues;
      });
      expect(verifyChain(read, exportHead(log)).faults).toEqual([]);
    }
  });
});

describe('the wire', () => {
  it('refuses a hash that is none', () => {
    const [event] = seal(visits[0] ?? []);
    for (const key of ['hash', 'previousHash']) {
      for (const value of ['x', 5, null, 'A'.repeat(64)]) {
        const parsed = parseEvent({ ...event, metadata: { ...copyOf(event?.metadata), [key]: value } });
        expect(parsed).toMatchObject({ ok: false, issues: [{ path: `/metadata/${key}` }] });
      }
    }
  });
});
