import { describe, expect, it } from 'vitest';
import type { CommandReply } from '../../../examples/http/replies.ts';
import { ana, arrive, assign, breach, close, eva, hostOn, luis, operator, start } from './host.ts';

/** A host with one visit, assigned to Luis. */
async function assigned() {
  const host = hostOn();
  await host.send(operator, assign());
  return host;
}

describe('a command that is accepted', () => {
  it('is answered with its events, the version and the tag', async () => {
    const { send } = hostOn();
    const { status, headers, body } = await send<CommandReply>(operator, assign('v-1', 'c-1'));
    expect([status, headers.get('etag'), headers.get('content-type')]).toEqual([200, '"1"', 'application/json']);
    expect(body).toMatchObject({ visitId: 'v-1', commandId: 'c-1', version: 1, repeated: false, phase: 'in-transit' });
    expect(body.events.map(({ type, data }) => [type, data.by])).toEqual([
      ['VisitAssigned', { role: 'contact-center', id: 'op-1' }],
    ]);
  });

  it('sent again is answered as before, and carried out once', async () => {
    const { send, version } = hostOn();
    const first = await send<CommandReply>(operator, assign('v-1', 'c-1'));
    await send(luis, arrive('v-1', 'c-2'));
    const again = await send<CommandReply>(operator, assign('v-1', 'c-1'));
    expect(again.body).toEqual({ ...first.body, repeated: true, recognisedBy: 'content' });
    expect(await version()).toBe(2n);
  });

  it('without an id gets one, which is told', async () => {
    const { body } = await hostOn().send<CommandReply>(operator, assign());
    expect(body.commandId).toMatch(/^[\w-]{36}$/);
  });

  it('goes by the Idempotency-Key, quoted or bare', async () => {
    const { send, version } = hostOn();
    await send(operator, assign(), { 'idempotency-key': '"k-1"' });
    const again = await send<CommandReply>(operator, assign(), { 'idempotency-key': 'k-1' });
    const both = await send<CommandReply>(operator, assign('v-1', 'k-1'), { 'idempotency-key': 'k-1' });
    expect([again.body.repeated, both.body.repeated, await version()]).toEqual([true, true, 1n]);
  });
});

describe('who acts', () => {
  it('comes from the token: without one 401, without a role 403', async () => {
    const { send, ask } = hostOn();
    const nobody = await send(null, assign());
    expect([nobody.status, nobody.headers.get('www-authenticate'), nobody.body.code]).toEqual([
      401,
      'Bearer',
      'unauthenticated',
    ]);
    for (const claims of [{}, { role: 'admin', sub: 'a' }, { role: 'operator' }, { role: 'provider', sub: '../x' }]) {
      expect((await send(claims, assign())).body).toMatchObject({ status: 403, code: 'no-role' });
    }
    expect((await ask({ role: '__proto__', sub: 'a' }, 'GET', '/board')).status).toBe(403);
  });

  it('is refused with 403 where the role or another provider may not', async () => {
    const { send, version } = await assigned();
    const role = await send(luis, { ...breach('x') });
    expect(role.status).toBe(403);
    expect(role.body.violations).toMatchObject([{ rule: 'role', clause: '0-02' }]);
    const other = await send(eva, arrive());
    expect(other.body).toMatchObject({ status: 403, code: 'not-yours' });
    expect(await version()).toBe(1n);
  });

  it('who may not read the visit learns that it is not theirs, and nothing of the visit', async () => {
    const { send } = await assigned();
    for (const command of [start(), ...close(), arrive()]) {
      const { body } = await send(eva, command);
      expect([body.status, body.code, body.violations]).toEqual([403, 'not-yours', undefined]);
    }
  });

  it('a client acts in the one visit that the token names', async () => {
    const { send, ask } = await assigned();
    expect((await send(ana, breach('fuma'))).status).toBe(200);
    const init = { body: JSON.stringify(breach('x', 'v-2')), headers: { 'content-type': 'application/json' } };
    expect((await ask(ana, 'POST', '/visits/v-2/commands', init)).body.code).toBe('not-yours');
    expect((await ask({ role: 'client', sub: 'c-1' }, 'GET', '/visits/v-1')).body.code).toBe('not-yours');
  });

  it('may be named in the body too, but nobody else', async () => {
    const { send, version } = await assigned();
    const as = (actor: unknown) => ({ ...arrive(), metadata: { actor } });
    for (const actor of [{ role: 'contact-center', id: 'op-1' }, { role: 'provider', id: 'p-2' }, null, 'p-1', []]) {
      const { body } = await send(luis, as(actor));
      expect(body).toMatchObject({ status: 403, code: 'other-actor' });
    }
    expect(await version()).toBe(1n);
    const extra = await send(luis, as({ role: 'provider', id: 'p-1', admin: true }));
    expect(extra.status).toBe(200);
    expect(await version()).toBe(2n);
  });
});

describe('a command that the rules refuse', () => {
  it('is answered with each rule, its clause, and what to do in Spanish of Costa Rica', async () => {
    const { send } = await assigned();
    await send(luis, arrive());
    const { status, headers, body } = await send(luis, start());
    expect([status, headers.get('content-type'), headers.get('content-language')]).toEqual([
      409,
      'application/problem+json',
      'es-CR',
    ]);
    expect(body).toMatchObject({ type: 'urn:auxilio:problem:refused', status: 409, code: 'refused' });
    expect(body.violations?.length).toBeGreaterThan(5);
    expect(body.violations?.[0]).toMatchObject({ rule: 'identity-valid', clause: '1.1-08' });
    expect(body.violations?.[0]?.message).toContain('Falta validar la identidad');
    expect(body.detail?.split('\n').length).toBe((body.violations?.length ?? 0) + 1);
  });

  it.each([
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['fr, en;q=0.2', 'en'],
    ['es, en;q=0.9', 'es-CR'],
    ['en;q=0.4, es-MX', 'es-CR'],
    ['fr', 'es-CR'],
    ['*', 'es-CR'],
    ['', 'es-CR'],
    [';;;=,q', 'es-CR'],
  ])('for Accept-Language %j in %s', async (language, locale) => {
    const { headers, body } = await hostOn().send(operator, breach('x'), { 'accept-language': language });
    expect(headers.get('content-language')).toBe(locale);
    expect(body.title).toBe(locale === 'en' ? 'There is no such visit assigned' : 'Esa visita no está asignada');
  });

  it('of a visit that is not assigned is 404', async () => {
    const { body } = await hostOn().send(operator, breach('x'));
    expect(body).toMatchObject({ status: 404, code: 'not-assigned', violations: [{ rule: 'assigned-first' }] });
  });

  it('whose id is another’s is 409', async () => {
    const { send, version } = await assigned();
    await send(luis, arrive('v-1', 'c-2'));
    const { body } = await send(operator, { ...breach('x'), metadata: { commandId: 'c-2' } });
    expect(body).toMatchObject({ status: 409, code: 'id-reused', commandId: 'c-2' });
    expect(await version()).toBe(2n);
  });
});

describe('an expected version', () => {
  it('is checked: If-Match', async () => {
    const { send, version } = await assigned();
    const stale = await send(luis, arrive(), { 'if-match': '"2"' });
    expect([stale.status, stale.headers.get('etag')]).toEqual([412, '"1"']);
    expect(stale.body).toMatchObject({ code: 'version-mismatch', version: 1 });
    expect((await send(luis, arrive('v-1', 'c-2'), { 'if-match': '"1"' })).headers.get('etag')).toBe('"2"');
    expect(await version()).toBe(2n);
    const again = await send<CommandReply>(luis, arrive('v-1', 'c-2'), { 'if-match': '"1"' });
    expect([again.status, again.body.repeated]).toEqual([200, true]);
  });

  it('of two at once at one version, one is carried out', async () => {
    const { send, version } = await assigned();
    const both = [1, 2].map((n) => send(operator, breach(`${n}`), { 'if-match': '"1"' }));
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await version()).toBe(2n);
  });

  it('may be any that exists, or none', async () => {
    const { send } = hostOn();
    expect((await send(operator, assign(), { 'if-match': '*' })).status).toBe(412);
    expect((await send(operator, assign(), { 'if-none-match': '*' })).status).toBe(200);
    expect((await send(luis, arrive(), { 'if-none-match': '*' })).status).toBe(412);
    expect((await send(luis, arrive(), { 'if-match': '*' })).status).toBe(200);
  });

  it.each([
    ['if-match', '1'],
    ['if-match', 'W/"1"'],
    ['if-match', '"1", "2"'],
    ['if-match', '"01"'],
    ['if-match', '"-1"'],
    ['if-match', '"99999999999999999999"'],
    ['if-match', ''],
    ['if-none-match', '"1"'],
  ])('that cannot be read is not passed over: %s %s', async (name, value) => {
    const { send, version } = await assigned();
    const { body } = await send(luis, arrive(), { [name]: value });
    expect(body).toMatchObject({ status: 400, code: 'malformed', issues: [{ in: 'header' }] });
    expect(await version()).toBe(1n);
  });

  it('an expected version and its absence cannot both be required', async () => {
    const { status } = await hostOn().send(operator, assign(), { 'if-match': '*', 'if-none-match': '*' });
    expect(status).toBe(400);
  });
});
