import type { VisitEvent } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { fact } from 'auxilio/testing';
import { expect, it } from 'vitest';
import { openTexts, restoreEvent } from '../../src/privacy/opened-texts.ts';
import { createGroups } from '../../src/privacy/sealed-texts.ts';
import { privateService } from './fixture.ts';

const arrival = fact('ProviderArrived');

it('what was left out comes back where an event has nothing, and replaces nothing', () => {
  const position = { latitude: 9.9, longitude: -84 };
  const others = { '/data/position': position, '/data/at': '2020-01-01T00:00:00.000Z', '/type': 'Completed' };
  const restored = restoreEvent(arrival, { byToken: new Map(), others, faults: [] });
  expect(restored).toMatchObject({ type: 'ProviderArrived', data: { ...arrival.data, position } });
  const hostile = restoreEvent(arrival, { byToken: new Map(), others: { '/__proto__/polluted': 1 }, faults: [] });
  expect([Reflect.get({}, 'polluted'), hostile.data]).toEqual([undefined, arrival.data]);
});

it('texts that a newer release has sealed are reported, and not opened', async () => {
  const sealed = { v: 2, of: { client: ['AAAA'] } };
  const event = { ...arrival, metadata: { eventId: 'e-1', sealed } } as VisitEvent;
  const secret = new Uint8Array(32);
  const groups = createGroups(
    () => ({ life: 1, secret }),
    () => secret,
  );
  const opened = await openTexts(event, 'visit-1', () => groups(['client']));
  expect(opened.faults).toEqual([{ subjects: 'client', fault: 'unknown-version' }]);
});

it('a service takes a codec or privacy, not both', async () => {
  const { privacy } = await privateService();
  const codec = { encode: ({ data }: VisitEvent) => data, decode: ({ data }: { data: object }) => data };
  expect(() => createService({ store: memoryStore(), privacy, codec })).toThrow('{ codec } or { privacy }, not both');
});
