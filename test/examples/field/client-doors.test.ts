import { beforeEach, describe, expect, it } from 'vitest';
import type { ClientSessionReply, ClientVisitReply } from '../../../examples/field/client-contract.ts';
import { routes } from '../../../examples/field/server/routes.ts';
import { follow, presentPosition } from '../../../examples/field/server/tail.ts';
import { telephoneKey } from '../../../examples/field/server/telephones.ts';
import { fieldHost } from './field-host.ts';
import { streamOf } from './stream-events.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeEach(async () => {
  host = await fieldHost({ streams: { heartbeatMs: 3_600_000 } });
  await host.assign('v-1', 'gerardo');
  await host.assign('v-2', 'lucia');
  for (const of of ['EXP-v-1', 'EXP-v-2'])
    await host.field.telephones.change(telephoneKey.client(of), () => ({ of, number: '8777-4512' }));
});

type Reply = { status: number; headers: Headers; body: Record<string, unknown> & { code?: string } };

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

const ask = async (login: string, method: string, path: string, body?: object) =>
  replyOf(await host.as(login, `/api${path}`, { method, ...(body && { body }) }));

const asClient = async (cookie: string, method: string, path: string, body?: object) =>
  replyOf(await host.send(`/api${path}`, { method, headers: { cookie }, ...(body && { body }) }));

const newLink = async (visitId = 'v-1') => {
  const { url } = (await ask('marta', 'POST', `/visits/${visitId}/client-link`)).body as { url: string };
  return url.slice(url.indexOf('#') + 1);
};
const newCode = async () => ((await ask('marta', 'POST', '/visits/v-1/client-code')).body as { code: string }).code;
const doorId = async () =>
  (await ask('gerardo', 'GET', '/door-secrets')).body as unknown as { doors: { doorId: string; secret: string }[] };
const open = async (body: object) =>
  replyOf(await host.send('/api/client/session', { method: 'POST', body: { device: 'd-1', ...body } }));
const cookieOf = ({ headers }: Reply) => headers.get('set-cookie')?.split(';')[0] ?? '';
const enter = async (visitId = 'v-1') => {
  const opened = await open({ secret: await newLink(visitId) });
  return { cookie: cookieOf(opened), session: opened.body as unknown as ClientSessionReply };
};
const visitOf = async (cookie: string) =>
  (await asClient(cookie, 'GET', '/client/visit')).body as unknown as ClientVisitReply;

const arrive = async (minute: number) => {
  const at = new Date(Date.UTC(2026, 2, 17, 14, minute)).toISOString();
  const body = { type: 'RecordArrival', data: { visitId: 'v-1', at }, metadata: { commandId: `a-${minute}` } };
  expect((await ask('gerardo', 'POST', '/visits/v-1/commands', body)).status).toBe(200);
  return at;
};
const attest = (recorded: string, agrees: boolean, commandId = 'k-1') => ({
  type: 'AttestFacts',
  data: { visitId: 'v-1', at: recorded, facts: [{ fact: 'arrival', recorded, agrees }] },
  metadata: { commandId, device: 'd-1' },
});

describe('a link to the client’s own telephone', () => {
  it('opens a session of one device and one visit, which sees the client’s view and records their word', async () => {
    host.time.minutes = 10;
    const { cookie, session } = await enter();
    expect(session).toMatchObject({ visitId: 'v-1', way: 'link', device: 'd-1', centerPhone: '800-467-4669' });
    expect((await visitOf(cookie)).view).toMatchObject({ visitId: 'v-1', provider: { id: 'prov-014' }, version: 1 });
    const recorded = await arrive(5);
    const commands = [attest(recorded, false)];
    const said = await asClient(cookie, 'POST', '/client/sync', { basedOn: 2, commands });
    expect(said.body).toMatchObject({
      outcomes: [{ outcome: 'accepted' }],
      view: { facts: [{ fact: 'arrival', word: 'denied', said: { agrees: false } }], version: 3 },
    });
    const again = await asClient(cookie, 'POST', '/client/sync', { basedOn: 2, commands });
    expect(again.body.outcomes).toEqual([{ outcome: 'repeated', first: 'accepted' }]);
    const { events } = await host.field.service.load('v-1');
    expect(events.at(-1)?.data.by).toEqual({ role: 'client', id: session.actorId });
    expect(JSON.stringify(said.body)).not.toContain('"events"');
  });

  it('is exchanged once: another try is refused, and shown to the center', async () => {
    const secret = await newLink();
    expect((await open({ secret })).status).toBe(200);
    host.time.minutes = 3;
    const forwarded = await open({ secret, device: 'd-2' });
    expect([forwarded.status, forwarded.body.code]).toEqual([410, 'used']);
    expect(forwarded.body.title).toMatch(/llame al Centro de Contacto/);
    expect(forwarded.headers.get('set-cookie')).toBeNull();
    const shown = (await ask('marta', 'GET', '/visits/v-1/client-sessions')).body;
    expect(shown).toMatchObject({
      made: [{ way: 'link', name: 'Marta Solano Brenes', triedAgainAt: ['2026-03-17T14:03:00.000Z'] }],
      sessions: [{ way: 'link', device: 'd-1', endedAt: null }],
    });
    expect(JSON.stringify(shown)).not.toContain(secret);
  });

  it('expires, is revoked with what it opened, and another takes its place', async () => {
    const first = await newLink();
    const second = await newLink();
    expect((await open({ secret: first })).body.code).toBe('revoked');
    const opened = await open({ secret: second });
    expect(opened.status).toBe(200);
    const third = await newLink();
    expect((await ask('marta', 'DELETE', '/visits/v-1/client-link')).status).toBe(204);
    expect((await open({ secret: third })).body.code).toBe('revoked');
    expect((await asClient(cookieOf(opened), 'GET', '/client/visit')).status).toBe(401);
    const late = await newLink();
    host.time.minutes = 48 * 60;
    expect([(await open({ secret: late })).status, (await open({ secret: late })).body.code]).toEqual([410, 'expired']);
  });

  it('is not opened by a secret that was forged', async () => {
    const secret = await newLink();
    const forged = [
      `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
      secret.slice(12),
      '',
      'x'.repeat(34),
      7,
      null,
    ];
    for (const one of forged) expect([(await open({ secret: one })).status]).toEqual([401]);
    expect((await open({ secret })).status).toBe(200);
  });

  it('goes to a number that is the client’s, and no provider’s', async () => {
    await host.assign('v-3', 'gerardo');
    expect((await ask('marta', 'POST', '/visits/v-3/client-link')).body.code).toBe('no-client-number');
    await host.field.telephones.change(
      telephoneKey.client('EXP-v-3'),
      (of) => of ?? { of: 'EXP-v-3', number: '88880014' },
    );
    for (const path of ['client-link', 'client-code'])
      expect((await ask('marta', 'POST', `/visits/v-3/${path}`)).body.code).toBe('number-of-provider');
  });
});

describe('a code that the center tells', () => {
  it('opens a session once, within ten minutes, and its way is on record', async () => {
    const [door] = (await doorId()).doors;
    const code = await newCode();
    const opened = await open({ door: door?.doorId, code });
    expect([opened.status, opened.body.way]).toEqual([200, 'code']);
    expect((await open({ door: door?.doorId, code })).body.code).toBe('used');
    const late = await newCode();
    host.time.minutes = 10;
    expect((await open({ door: door?.doorId, code: late })).body.code).toBe('expired');
    const { sessions } = (await ask('pablo', 'GET', '/visits/v-1/client-sessions')).body;
    expect(sessions).toMatchObject([{ way: 'code' }]);
  });

  it('is lost after five wrong ones, whoever tries', async () => {
    const [door] = (await doorId()).doors;
    const code = await newCode();
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const answers = [];
    for (let index = 0; index < 5; index += 1)
      answers.push((await open({ door: door?.doorId, code: wrong })).body.left);
    expect(answers).toEqual([4, 3, 2, 1, 0]);
    expect((await open({ door: door?.doorId, code })).body.code).toBe('revoked');
    expect((await open({ door: 'AAAAAAAAAAAA', code })).body.code).toBe('wrong-code');
  });

  it('is not guessed by one address over many visits', async () => {
    const statuses = [];
    for (let index = 0; index < 30; index += 1)
      statuses.push((await open({ door: `AAAAAAAAAA${10 + index}`, code: '000000' })).status);
    expect([statuses.slice(0, 20), statuses.slice(20)]).toEqual([Array(20).fill(401), Array(10).fill(429)]);
  });
});

describe('what is the client’s alone', () => {
  it('reaches no other route with the client’s cookie, and no client’s route with another', async () => {
    const { cookie } = await enter();
    const [name, token] = [cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1)];
    expect(name).toBe('__Secure-client');
    for (const { method, path, roles } of routes) {
      if (roles === 'anyone') continue;
      const at = path.replace(':visitId', 'v-1').replace(':sha256', 'a'.repeat(64)).replace(/:\w+/, 'x');
      const body = method === 'GET' ? undefined : {};
      const given =
        roles === 'client'
          ? [await host.cookieOf('gerardo'), await host.cookieOf('marta')]
          : [cookie, `__Host-session=${token}`];
      for (const other of given) expect([path, (await asClient(other, method, at, body)).status]).toEqual([path, 401]);
    }
  });

  it('gives a provider no link, no code and no session', async () => {
    const secret = await newLink();
    for (const [method, path] of [
      ['POST', 'client-link'],
      ['POST', 'client-code'],
      ['DELETE', 'client-link'],
      ['GET', 'client-sessions'],
    ] as const)
      expect((await ask('gerardo', method, `/visits/v-1/${path}`)).status).toBe(403);
    const seen = await Promise.all(
      ['/door-secrets', '/visits/v-1', '/visits/v-1/events', '/visits/v-1/timeline', '/telephones'].map(async (path) =>
        JSON.stringify((await ask('gerardo', 'GET', path)).body),
      ),
    );
    expect(seen.join()).not.toContain(secret.slice(12));
    expect((await doorId()).doors).toHaveLength(1);
  });

  it('records nothing but the client’s own acts, of their visit, by their device', async () => {
    const { cookie } = await enter();
    const recorded = await arrive(0);
    const base = attest(recorded, true);
    const wrong = [
      { ...base, type: 'RecordArrival', data: { visitId: 'v-1', at: recorded } },
      { ...base, data: { ...base.data, visitId: 'v-2' } },
      { ...base, metadata: { ...base.metadata, device: 'd-9' } },
      { ...base, metadata: { ...base.metadata, actor: { role: 'provider', id: 'prov-014' } } },
      { ...base, metadata: { ...base.metadata, despite: { by: 'Ana', reason: 'x' } } },
    ];
    for (const command of wrong) {
      const { status } = await asClient(cookie, 'POST', '/client/sync', { basedOn: 2, commands: [command] });
      expect([400, 403, 422]).toContain(status);
    }
    expect((await host.field.service.load('v-1')).version).toBe(2n);
  });

  it('hears of its own visit alone, and of nothing after it was revoked', async () => {
    const { cookie } = await enter();
    const following = follow(host.field, await presentPosition(host.field), 10);
    const stream = streamOf(await host.send('/api/client/stream', { headers: { cookie } }));
    expect((await stream.next())?.name).toBe('hello');
    await host.assign('v-9', 'gerardo');
    await ask('marta', 'POST', '/visits/v-1/notes', { text: 'Nota' });
    await arrive(0);
    expect(await stream.next()).toMatchObject({ name: 'visit', data: { visitId: 'v-1', version: 2 } });
    await ask('marta', 'DELETE', '/visits/v-1/client-link');
    expect(await stream.next()).toBe(null);
    host.closing.abort();
    await following;
    expect(host.failures).toEqual([]);
  });

  it('keeps a cookie of its own path, and no secret in a header', async () => {
    const opened = await open({ secret: await newLink() });
    expect(opened.headers.get('set-cookie')).toMatch(/; Path=\/api\/client; HttpOnly; Secure; SameSite=Strict$/);
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
    expect(opened.headers.get('cache-control')).toBe('no-store');
  });

  it('gives each assignment another secret for the codes at the door, the same to client and provider', async () => {
    const { cookie } = await enter();
    const [before] = (await doorId()).doors;
    expect((await visitOf(cookie)).door).toEqual({ secret: before?.secret });
    const at = new Date(Date.UTC(2026, 2, 17, 14)).toISOString();
    const give = async (id: string, to: string) => {
      const instruction = { about: 'visit', decision: 'reassign', text: 'Cambio' };
      for (const [type, data] of [
        ['GiveInstruction', instruction],
        ['ReassignProvider', { provider: { id: to, name: to }, arriveBy: at }],
      ] as const) {
        const command = { type, data: { visitId: 'v-1', at, ...data }, metadata: { commandId: `${id}-${type}` } };
        expect((await ask('marta', 'POST', '/visits/v-1/commands', command)).status).toBe(200);
      }
    };
    await give('one', 'prov-022');
    const other = (await visitOf(cookie)).door;
    expect((await doorId()).doors).toEqual([]);
    await give('two', 'prov-014');
    const again = (await visitOf(cookie)).door;
    expect(new Set([before?.secret, other?.secret, again?.secret]).size).toBe(3);
    expect((await doorId()).doors).toMatchObject([{ secret: again?.secret, position: 5 }]);
  });
});
