import { describe, expect, it } from 'vitest';
import type { BatchReply, EventsReply, ProblemReply } from '../../../examples/http/replies.ts';
import { ana, arrive, assign, at, breach, eva, hostOn, luis, operator, start } from './host.ts';

const json = { 'content-type': 'application/json' };

function phone(host = hostOn()) {
  const post = <T = BatchReply>(claims: typeof luis, body: unknown, headers: Record<string, string> = json) =>
    host.ask<T>(claims, 'POST', '/commands', { body: typeof body === 'string' ? body : JSON.stringify(body), headers });
  return { ...host, post };
}

const outcomes = ({ results }: BatchReply) =>
  results.map((result) =>
    'reply' in result ? [result.status, result.reply.version] : [result.status, result.problem.code],
  );

describe('POST /commands', () => {
  it('answers each command in its order, as if it had been sent alone', async () => {
    const { post, send, version } = phone();
    await post(operator, { commands: [assign('v-1', 'a-1'), assign('v-2', 'a-2')] });
    const commands = [
      arrive('v-1', 'c-1'),
      { ...start('v-1'), metadata: { commandId: 'c-2' } },
      arrive('v-2', 'c-1'),
      { ...breach('x', 'v-1'), metadata: { commandId: 'c-3' } },
    ];
    const { status, body } = await post(luis, { commands });
    expect(status).toBe(200);
    expect(outcomes(body)).toEqual([
      [200, 2],
      [409, 'refused'],
      [200, 2],
      [403, 'not-permitted'],
    ]);
    const [, refused] = body.results;
    const alone = await send(luis, { ...start('v-1'), metadata: { commandId: 'c-2' } });
    expect(refused).toEqual({ status: 409, problem: alone.body });
    expect(await version()).toBe(2n);
  });

  it('sent again is answered as before', async () => {
    const { post, version } = phone();
    await post(operator, { commands: [assign('v-1', 'a-1')] });
    const first = await post(luis, { commands: [arrive('v-1', 'c-1')] });
    const again = await post(luis, { commands: [arrive('v-1', 'c-1'), arrive('v-1', 'c-1')] });
    const [result] = first.body.results;
    const repeated = {
      ...result,
      reply: { ...(result as { reply: object }).reply, repeated: true, recognisedBy: 'content' },
    };
    expect(again.body.results).toEqual([repeated, repeated]);
    expect(await version()).toBe(2n);
  });

  it('takes those that it can, and says what is wrong with the others', async () => {
    const { post, send } = phone();
    await send(operator, assign());
    const named = { ...arrive('v-1', 'c-4'), metadata: { commandId: 'c-4', actor: { role: 'provider', id: 'p-2' } } };
    const { body } = await post(luis, { commands: [arrive(), 7, { type: 'Nope' }, named, arrive('v-1', 'c-1')] });
    expect(outcomes(body)).toEqual([
      [400, 'malformed'],
      [400, 'malformed'],
      [400, 'malformed'],
      [403, 'other-actor'],
      [200, 2],
    ]);
    expect(body.results[0]).toMatchObject({
      problem: { issues: [{ in: 'body', at: '/metadata/commandId', code: 'missing' }] },
    });
  });

  it('says nothing of visits that are another’s', async () => {
    const { post, send } = phone();
    await send(operator, assign());
    await send(luis, arrive('v-1', 'c-1'));
    const commands = [arrive('v-1', 'c-1'), arrive('v-1', 'c-9'), arrive('v-none', 'c-1')];
    const { body } = await post(eva, { commands });
    expect(new Set(body.results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(outcomes(body)[0]).toEqual([403, 'not-yours']);
    const other = { ...breach('x', 'v-2'), metadata: { commandId: 'k' } };
    expect(outcomes((await post(ana, { commands: [other] })).body)).toEqual([[403, 'not-yours']]);
  });

  it.each<[string, unknown, number, string]>([
    ['no list', {}, 400, 'malformed'],
    ['a list that is none', { commands: 'x' }, 400, 'malformed'],
    ['null', null, 400, 'malformed'],
    ['no JSON', '{', 400, 'malformed'],
    ['a key twice', '{"commands":[],"commands":[]}', 400, 'malformed'],
    ['more than a hundred', { commands: Array(101).fill(0) }, 413, 'too-large'],
    ['more than a mebibyte', JSON.stringify({ commands: ['x'.repeat(1024 * 1024)] }), 413, 'too-large'],
  ])('refuses %s', async (_, body, status, code) => {
    expect((await phone().post<ProblemReply>(luis, body)).body).toMatchObject({ status, code });
  });

  it('of nothing is answered by nothing, of a hundred by a hundred', async () => {
    const { post } = phone();
    expect((await post(luis, { commands: [] })).body).toEqual({ results: [] });
    expect((await post(luis, { commands: Array(100).fill(0) })).body.results).toHaveLength(100);
    expect((await post<ProblemReply>(luis, '{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });
});

describe('GET /visits/:id/events', () => {
  async function withEvents() {
    const host = hostOn();
    await host.send(operator, assign());
    await host.send(luis, arrive('v-1', 'c-1'));
    return host;
  }

  it('is the log, whole or after what the phone has', async () => {
    const { ask, service } = await withEvents();
    const { events } = await service.load('v-1');
    const all = await ask<EventsReply>(luis, 'GET', '/visits/v-1/events');
    expect([all.headers.get('etag'), all.body]).toEqual([
      '"2"',
      JSON.parse(JSON.stringify({ visitId: 'v-1', version: 2, events, serverTime: at(30) })),
    ]);
    const rest = await ask<EventsReply>(luis, 'GET', '/visits/v-1/events?after=1');
    expect(rest.body.events.map(({ type }) => type)).toEqual(['ProviderArrived']);
    expect((await ask<EventsReply>(operator, 'GET', '/visits/v-1/events?after=9')).body).toEqual({
      visitId: 'v-1',
      version: 2,
      events: [],
      serverTime: at(30),
    });
    const known = await ask(luis, 'GET', '/visits/v-1/events', { headers: { 'if-none-match': '"2"' } });
    expect([known.status, known.text]).toEqual([304, '']);
  });

  it('is for the contact center, the assigned provider and the client of the visit', async () => {
    const { ask } = await withEvents();
    expect((await ask(ana, 'GET', '/visits/v-1/events')).status).toBe(200);
    for (const claims of [eva, { ...ana, visit: 'v-2' }]) {
      expect((await ask(claims, 'GET', '/visits/v-1/events')).body).toMatchObject({ status: 403, code: 'not-yours' });
    }
    expect((await ask(eva, 'GET', '/visits/v-none/events')).status).toBe(403);
    expect((await ask(operator, 'GET', '/visits/v-none/events')).status).toBe(404);
  });

  it.each(['-1', 'x', '1.5', '9999999999', ''])('takes no %j for a place', async (after) => {
    const { ask } = await withEvents();
    const { body } = await ask(luis, 'GET', `/visits/v-1/events?after=${after}`);
    expect(body).toMatchObject({ status: 400, issues: [{ in: 'query', at: 'after', code: 'not-a-version' }] });
  });
});

describe('boards of one caller', () => {
  const sse = { accept: 'text/event-stream' };

  it('are so many at once, and one more when one is closed', async () => {
    const { request, send } = hostOn(undefined, { maxStreams: 2, now: () => at(30) });
    await send(operator, assign());
    const open = () => request(operator, 'GET', '/board', { headers: sse });
    const [first, second, third] = [await open(), await open(), await open()];
    expect([first?.status, second?.status, third?.status]).toEqual([200, 200, 429]);
    expect(third?.headers.get('retry-after')).toBe('5');
    expect(await third?.json()).toMatchObject({ code: 'too-many-streams' });
    const other = await request({ ...operator, sub: 'op-2' }, 'GET', '/board', { headers: sse });
    expect(other.status).toBe(200);
    await first?.body?.cancel();
    let status = 429;
    while (status === 429) {
      const next = await open();
      status = next.status;
      await next.body?.cancel();
    }
    expect(status).toBe(200);
    for (const each of [second, other]) await each?.body?.cancel();
  });
});
