import { type AssignVisitData, commands } from 'auxilio';
import { syncServerConformance } from 'auxilio/testing';
import { sign } from 'hono/jwt';
import { afterAll, describe, expect, it } from 'vitest';
import { startServer } from '../../../examples/05-server/server.ts';
import { tokenOf } from '../../../examples/05-server/token.ts';

const secret = 'a secret of this test, long enough';
const failures: unknown[] = [];
const server = await startServer({ secret, port: 0, onFailure: (error) => failures.push(error) });
afterAll(async () => {
  await server.close();
  expect(failures).toEqual([]);
});

const bearer = async (claims: object) => ({ authorization: `Bearer ${await tokenOf({ ...claims }, secret)}` });
const person = (id: string, device: string) => ({
  actor: { role: 'provider', id } as const,
  device,
  headers: () => bearer({ role: 'provider', sub: id }),
});

async function assign(data: AssignVisitData): Promise<void> {
  const { status } = await fetch(`${server.url}/visits/${data.visitId}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await bearer({ role: 'operator', sub: 'op-1' })) },
    body: JSON.stringify(commands.assignVisit(data, { role: 'contact-center', id: 'op-1' }, `assign-${data.visitId}`)),
  });
  expect(status).toBe(200);
}

describe('examples/05-server answers a replica over sockets', () => {
  const { cases } = syncServerConformance({
    url: server.url,
    provider: person('p-1', 'phone-1'),
    other: person('p-2', 'phone-2'),
    expired: async () => ({
      authorization: `Bearer ${await sign({ role: 'provider', sub: 'p-1', exp: 1 }, secret, 'HS256')}`,
    }),
    devices: true,
    assign,
  });
  it('all but the cases of a former provider', () => {
    expect(cases.filter(({ skip }) => skip !== false).map(({ skip }) => skip)).toEqual(['needs reassign']);
  });
  for (const { name, skip, run } of cases) it.skipIf(skip)(name, run);
});
