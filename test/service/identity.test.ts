import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { eventIdOf } from '../../src/service/identity.ts';
import { commandHash } from '../../src/service/index.ts';

describe('the hash of a command', () => {
  const asked = {
    type: 'RecordArrival',
    data: { visitId: 'v-1', at: '2026-03-17T14:00:00.000Z' },
    metadata: { actor: { role: 'provider', id: 'p-1' } },
  } as unknown as VisitCommand;

  it('is the SHA-256 of the canonical type, data and actor', () => {
    // printf '%s' '{"actor":{"id":"p-1","role":"provider"},"data":{"at":"2026-03-17T14:00:00.000Z","visitId":"v-1"},"type":"RecordArrival"}' | sha256sum
    expect(commandHash(asked)).toBe('21bd8f722242bef99d24b412c20acd2d23ea963ba94add725784c73190fe4182');
  });

  it('does not depend on the id, nor on other metadata', () => {
    const metadata = { ...asked.metadata, commandId: 'c-1', now: new Date(0) };
    expect(commandHash({ ...asked, metadata } as VisitCommand)).toBe(commandHash(asked));
  });
});

describe('the id of an event', () => {
  const known = { commandId: 'c-1', streamName: 'visit-v-1' };

  it('is a UUID of version 8, always the same', () => {
    expect(eventIdOf(known, 0)).toBe('1f21e897-e0a7-8aa4-941f-8d7a963022ee');
    expect(eventIdOf(known, 0)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('differs by stream, command and place, and does not run them together', () => {
    const ids = [
      eventIdOf(known, 0),
      eventIdOf(known, 1),
      eventIdOf({ ...known, commandId: 'c-2' }, 0),
      eventIdOf({ ...known, streamName: 'visit-v-2' }, 0),
      eventIdOf({ ...known, streamName: 'visit-v-1c', commandId: '-1' }, 0),
      eventIdOf({ ...known, streamName: 'visit-v-1"', commandId: 'c-1' }, 0),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
