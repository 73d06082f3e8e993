import { beforeAll, describe, expect, it } from 'vitest';
import { follow, presentPosition } from '../../../examples/field/server/tail.ts';
import { fieldHost } from './field-host.ts';
import { streamOf } from './stream-events.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
const at = (minute: number) => new Date(Date.UTC(2026, 2, 17, 14, minute)).toISOString();
const path = '/visits/v-1/reads';

const ask = async (login: string, method: string, to: string, body?: object) => {
  const response = await host.as(login, `/api${to}`, { method, body });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
};

async function tell(minute: number, type: string, data: object): Promise<void> {
  const command = {
    type,
    data: { visitId: 'v-1', at: at(minute), ...data },
    metadata: { commandId: `${type}-${minute}` },
  };
  expect((await ask('marta', 'POST', '/visits/v-1/commands', command)).status).toBe(200);
}

const instruct = (minute: number, decision: string) =>
  tell(minute, 'GiveInstruction', { about: 'visit', decision, text: 'El cliente llamó' });

// The assignment, then: go on (2), wait (3), reassign (4), and the other provider (5).
beforeAll(async () => {
  host = await fieldHost();
  host.time.minutes = 30;
  await host.assign('v-1', 'gerardo');
  await instruct(1, 'proceed');
  await instruct(2, 'wait');
  await instruct(3, 'reassign');
  await tell(4, 'ReassignProvider', { provider: { id: 'prov-022', name: 'Lucía Mora Vargas' }, arriveBy: at(50) });
});

describe('a reading of an instruction', () => {
  it('is kept once for each device, by whom and when, and is told to the screens of the center alone', async () => {
    const following = follow(host.field, await presentPosition(host.field), 10);
    const [console, phone] = await Promise.all(
      ['marta', 'gerardo'].map(async (login) => streamOf(await host.as(login, '/api/stream'))),
    );
    for (const each of [console, phone]) expect((await each?.next())?.name).toBe('hello');
    const said = { position: 3, given: at(2), at: at(6) };
    const read = { visitId: 'v-1', position: 3, providerId: 'prov-014', device: 'gerardo-1', at: at(6) };
    expect(await ask('gerardo', 'POST', path, said)).toMatchObject({
      status: 201,
      body: { ...read, receivedAt: at(30) },
    });
    host.time.minutes = 31;
    // What was sent twice, or with another time, is what came first.
    const twice = await Promise.all([7, 8].map((minute) => ask('gerardo', 'POST', path, { ...said, at: at(minute) })));
    expect(twice.map(({ status, body }) => [status, body.at, body.receivedAt])).toEqual(
      new Array(2).fill([200, at(6), at(30)]),
    );
    // A former provider reads that the visit is another's, too.
    expect((await ask('gerardo', 'POST', path, { position: 5, given: at(4), at: at(9) })).status).toBe(201);
    for (const position of [3, 5]) expect(await console?.next()).toMatchObject({ name: 'read', data: { position } });
    for (const login of ['marta', 'silvia'])
      expect((await ask(login, 'GET', path)).body.reads).toMatchObject([read, { position: 5, at: at(9) }]);
    await host.assign('v-2', 'gerardo');
    expect(await phone?.next()).toMatchObject({ name: 'assignments', data: { visitId: 'v-2' } });
    host.closing.abort();
    await following;
    expect(host.failures).toEqual([]);
  });

  it('is refused to a provider to whom the instruction was not given, of an event that is no instruction, and without a time', async () => {
    const said = { position: 4, given: at(3), at: at(6) };
    // The next provider has the visit, but not what the one before was told.
    expect((await ask('lucia', 'POST', path, said)).status).toBe(400);
    expect((await ask('lucia', 'POST', path, { ...said, position: 5, given: at(4) })).status).toBe(400);
    expect((await ask('lucia', 'POST', '/visits/v-2/reads', said)).status).toBe(403);
    expect((await ask('gerardo', 'POST', '/visits/v-none/reads', said)).status).toBe(403);
    for (const wrong of [
      { position: 1 },
      { position: 2, given: at(1) },
      { position: 6 },
      { position: '4' },
      { given: at(2) },
      { given: undefined },
      { at: 'ayer' },
      { at: 7 },
    ])
      expect([wrong, (await ask('gerardo', 'POST', path, { ...said, ...wrong })).status]).toEqual([wrong, 400]);
    for (const login of ['marta', 'pablo']) expect((await ask(login, 'POST', path, said)).status).toBe(403);
    for (const login of ['gerardo', 'pablo']) expect((await ask(login, 'GET', path)).status).toBe(403);
    expect((await ask('marta', 'GET', path)).body.reads).toHaveLength(2);
  });

  it('of one person on many devices is bounded', async () => {
    const read = await host.field.reads.all();
    for (let n = read.length; n < 200; n += 1)
      await host.field.reads.change(`v-1 00000004 prov-014 d${n}`, () => ({
        ...(read[0] as (typeof read)[number]),
        device: `d${n}`,
      }));
    expect((await ask('gerardo', 'POST', path, { position: 4, given: at(3), at: at(6) })).status).toBe(413);
    expect((await ask('gerardo', 'POST', path, { position: 3, given: at(2), at: at(6) })).status).toBe(200);
  });
});
