import { beforeAll, describe, expect, it } from 'vitest';
import { follow, presentPosition } from '../../../examples/field/server/tail.ts';
import { fieldHost } from './field-host.ts';
import { streamOf } from './stream-events.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeAll(async () => {
  host = await fieldHost();
  await host.assign('v-1', 'gerardo', 'EXP-9', 'Zoila Núñez');
  await host.assign('v-2', 'lucia');
});

const ask = async (login: string, method: string, path: string, body?: object) => {
  const response = await host.as(login, `/api${path}`, { method, body });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
};

const said = { disagreementId: 'd-1', at: '2026-03-17T13:00:00.000Z', reason: 'Trabajé dos horas, no una' };
const path = '/visits/v-1/disagreements';

describe('a disagreement of a provider', () => {
  it('is kept once, is shown to the center, and its answer to the provider', async () => {
    const following = follow(host.field, await presentPosition(host.field), 10);
    const [console, phone] = await Promise.all(
      ['marta', 'gerardo'].map(async (login) => streamOf(await host.as(login, '/api/stream'))),
    );
    for (const each of [console, phone]) expect((await each?.next())?.name).toBe('hello');
    expect(await ask('gerardo', 'POST', path, said)).toMatchObject({ status: 201, body: { ...said, answer: null } });
    expect((await ask('gerardo', 'POST', path, { ...said, reason: 'otra cosa' })).body.reason).toBe(said.reason);
    const made = { name: 'disagreement', data: { ...said, visit: { client: 'Zoila Núñez', caseNumber: 'EXP-9' } } };
    for (const each of [console, phone]) expect(await each?.next()).toMatchObject(made);
    expect((await ask('marta', 'GET', '/disagreements')).body.disagreements).toMatchObject([said]);
    const answered = await ask('marta', 'POST', `${path}/d-1`, { text: 'Se corrigió la hora de inicio' });
    expect(answered.body).toMatchObject({ answer: { actorId: 'op-03', text: 'Se corrigió la hora de inicio' } });
    expect((await phone?.next())?.data).toMatchObject({ answer: { text: 'Se corrigió la hora de inicio' } });
    // The first answer stays.
    expect((await ask('diego', 'POST', `${path}/d-1`, { text: 'No' })).body).toEqual(answered.body);
    expect((await ask('marta', 'GET', '/disagreements')).body.disagreements).toEqual([]);
    for (const login of ['gerardo', 'diego', 'pablo'])
      expect((await ask(login, 'GET', path)).body.disagreements).toEqual([answered.body]);
    host.closing.abort();
    await following;
    expect(host.failures).toEqual([]);
  });

  it('is refused to those who never had the visit, and where it says nothing', async () => {
    expect((await ask('lucia', 'POST', path, said)).status).toBe(403);
    expect((await ask('lucia', 'GET', path)).status).toBe(403);
    expect((await ask('gerardo', 'POST', '/visits/v-none/disagreements', said)).status).toBe(403);
    for (const wrong of [{ reason: '' }, { reason: 'a\u0000' }, { disagreementId: 'a b' }, { at: 'ayer' }])
      expect((await ask('gerardo', 'POST', path, { ...said, disagreementId: 'd-2', ...wrong })).status).toBe(400);
    expect((await ask('marta', 'POST', `${path}/d-none`, { text: 'No' })).status).toBe(404);
    const many = Array.from({ length: 20 }, (_, n) => ({ ...said, disagreementId: `m-${n}` }));
    const statuses = [];
    for (const one of many) statuses.push((await ask('gerardo', 'POST', path, one)).status);
    expect([statuses.slice(0, 19), statuses.at(-1)]).toEqual([new Array(19).fill(201), 413]);
  });
});
