import { describe, expect, it } from 'vitest';
import { deriveEventId } from '../../src/service/idempotency.ts';
import { isEventId } from '../../src/service/shared/stream.ts';

describe('the id of an event', () => {
  const known = { commandId: 'c-1', streamName: 'visit-v-1' };
  const occasion = { recordedAt: '2026-03-17T15:00:00.000Z', previousId: undefined };

  it('is a UUID of version 8, always the same', () => {
    expect(deriveEventId(known, occasion)).toBe(deriveEventId({ ...known }, { ...occasion }));
    expect(deriveEventId(known, occasion)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(isEventId(deriveEventId(known, occasion))).toBe(true);
    for (const other of [undefined, 7, 'event-1', crypto.randomUUID()]) expect(isEventId(other)).toBe(false);
  });

  it.each([
    ['c-1', '95022766-ca70-8fa0-b4c1-0f44c05ec484'],
    ['c-2', 'd50c3301-3eb5-8058-88b7-b29b386827ea'],
    ['c-3', '4a92c669-dc95-8fbc-a0d6-55b69ee64eef'],
  ])('of %s is made of the SHA-256, with the version and the variant of a UUID: %s', (commandId, id) => {
    expect(deriveEventId({ ...known, commandId }, occasion)).toBe(id);
  });

  it.each([
    '00000000-0000x8000-8000-000000000000',
    '00000000-0000-7000-8000-000000000000',
    '00000000-0000-8000x8000-000000000000',
    '00000000-0000-8000-8000-00000000000',
    '00000000-0000-8000-8000-0000000000000',
  ])('is not %s', (id) => {
    expect(isEventId(id)).toBe(false);
  });

  it('differs by stream, command, moment and the event before it, and does not run them together', () => {
    const ids = [
      deriveEventId(known, occasion),
      deriveEventId({ ...known, commandId: 'c-2' }, occasion),
      deriveEventId({ ...known, streamName: 'visit-v-2' }, occasion),
      deriveEventId({ ...known, streamName: 'visit-v-1c', commandId: '-1' }, occasion),
      deriveEventId({ ...known, streamName: 'visit-v-1"', commandId: 'c-1' }, occasion),
      deriveEventId(known, { ...occasion, recordedAt: '2026-03-17T15:00:00.001Z' }),
      deriveEventId(known, { ...occasion, previousId: 'e-1' }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});
