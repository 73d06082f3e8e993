import { syncServerConformance } from 'auxilio/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { fieldHost } from '../../examples/field/field-host.ts';
import { desk } from './hosts.ts';

const host = await fieldHost({ isDemo: true });
afterAll(() => expect(host.failures).toEqual([]));

const person = (login: string, id: string) => ({
  actor: { role: 'provider', id } as const,
  // As the session that they began says it.
  device: `${login}-1`,
  headers: async () => ({ cookie: await host.cookieOf(login), 'x-field': '1' }),
});

describe('the field server answers a replica', () => {
  const { cases } = syncServerConformance({
    url: 'https://field.test/api',
    fetch: async (input, init) => host.hono.request(new Request(input, init)),
    provider: person('gerardo', 'prov-014'),
    other: person('lucia', 'prov-022'),
    anonymous: { 'x-field': '1' },
    expired: { 'x-field': '1', cookie: 'session=expired' },
    devices: true,
    ...desk(host.field.service, { id: 'prov-022', name: 'Lucía Vega' }),
  });
  for (const { name, skip, run } of cases) it.skipIf(skip)(name, run);
});
