import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFieldApp } from '../../../examples/field/server/app.ts';
import { seedUsers } from '../../../examples/field/server/demo.ts';
import { limitOf } from '../../../examples/field/server/limit.ts';
import { networkOf } from '../../../examples/field/server/network.ts';
import { hashPassword, isPassword } from '../../../examples/field/server/passwords.ts';
import { fieldHost } from './field-host.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeEach(async () => {
  host = await fieldHost();
});

const login = (login: unknown, password: unknown = 'prueba', more: object = { device: 'd-1' }) =>
  host.send('/api/session', { method: 'POST', body: { login, password, ...more } });
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

describe('a login', () => {
  it('answers who it is, and sets a cookie that neither scripts nor other sites get', async () => {
    const response = await login('gerardo');
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await response.json()).toEqual({
      actorId: 'prov-014',
      role: 'provider',
      name: 'Gerardo Ureña Solís',
      locale: 'es-CR',
      device: 'd-1',
      expiresAt: '2026-04-16T14:00:00.000Z',
    });
    const cookie = response.headers.get('set-cookie') ?? '';
    for (const part of ['__Host-session=', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'])
      expect(cookie).toContain(part);
    expect(cookie).not.toMatch(/Domain|prueba/);
  });

  it('has the policy for the phone of a provider to judge by, without thresholds, which may be infinite', async () => {
    const waive = [{ rule: 'photos-sent', reason: 'así lo dice el contrato' }] as const;
    const policy = {
      id: 'p-1',
      allow: ['cambio-de-bombillo'],
      waive,
      thresholds: { visits: Number.POSITIVE_INFINITY },
    };
    host = await fieldHost({ policy });
    const told = { id: 'p-1', allow: ['cambio-de-bombillo'], waive };
    for (const response of [await login('gerardo'), await host.as('gerardo', '/api/session')]) {
      expect(((await response.json()) as { policy: unknown }).policy).toEqual(told);
    }
    expect(await (await host.as('marta', '/api/session')).json()).not.toHaveProperty('policy');
  });

  it('is refused alike for a wrong password and an unknown name', async () => {
    for (const [name, password] of [
      ['gerardo', 'no'],
      ['nadie', 'prueba'],
      ['', 'prueba'],
      ['__proto__', 'prueba'],
      ['gerardo\u0000', 'prueba'],
    ]) {
      expect(await codeOf(await login(name, password))).toEqual([401, 'wrong-login']);
    }
    expect(await codeOf(await login('gerardo', 7))).toEqual([400, 'bad-request']);
    expect(await codeOf(await login('gerardo', 'prueba', {}))).toEqual([400, 'bad-request']);
    expect(await codeOf(await login('gerardo', 'prueba', { device: 'x'.repeat(201) }))).toEqual([400, 'bad-request']);
  });

  it('is limited: after five wrong passwords even the right one waits', async () => {
    for (let n = 0; n < 5; n += 1) expect((await login('marta', 'no')).status).toBe(401);
    const refused = await login('marta');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await login('diego')).status).toBe(200);
    host.time.minutes += 1;
    expect((await login('marta')).status).toBe(200);
  });

  it('is not limited by those that are right: a whole shift enters from one address', async () => {
    for (let n = 0; n < 31; n += 1) expect((await login(n % 2 === 0 ? 'marta' : 'diego')).status).toBe(200);
  });

  it('is limited by the network of IPv6, whose addresses one caller has without number', async () => {
    const app = createFieldApp({
      field: host.field,
      screens: () => new Response(),
      addressOf: ({ req }) => req.header('x-address') ?? '',
    });
    const statusFrom = async (address: string, name: string) => {
      const headers = { 'x-field': '1', 'content-type': 'application/json', 'x-address': address };
      const body = JSON.stringify({ login: name, password: 'no' });
      return (await app.request('https://field.test/api/session', { method: 'POST', headers, body })).status;
    };
    for (let n = 1; n <= 30; n += 1) expect(await statusFrom(`2001:db8::${n.toString(16)}`, `u${n}`)).toBe(401);
    expect(await statusFrom('2001:db8:0:0:ffff::1', 'marta')).toBe(429);
    expect(await statusFrom('2001:db8:0:1::1', 'marta')).toBe(401);
    expect(
      ['::ffff:192.0.2.1', '::ffff:192.0.2.2', 'fe80::1%eth0', '192.0.2.1:4567', '[2001:db8::1]:9'].map(networkOf),
    ).toEqual(['0:0:0:0:0:ffff:c000:201', '0:0:0:0:0:ffff:c000:202', 'fe80:0:0:0', '192.0.2.1', '2001:db8:0:0']);
  });

  it('takes JSON alone, of a sensible size', async () => {
    const post = (body: string, type: string) =>
      host.send('/api/session', { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('login=gerardo', 'application/x-www-form-urlencoded')).status).toBe(400);
    expect((await post('{"login":"marta","login":"x"}', 'application/json')).status).toBe(400);
    expect((await post('[]', 'application/json')).status).toBe(400);
    expect((await post(`{"login":"${'x'.repeat(5000)}"}`, 'application/json')).status).toBe(413);
  });
});

describe('a session', () => {
  it('ends with its time, with a logout, and with the next login of the browser', async () => {
    expect((await host.as('marta', '/api/session')).status).toBe(200);
    host.time.minutes = 12 * 60;
    expect(await codeOf(await host.as('marta', '/api/session'))).toEqual([401, 'unauthenticated']);
    expect((await host.as('gerardo', '/api/session')).status).toBe(200);
    const out = await host.as('gerardo', '/api/session', { method: 'DELETE' });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect((await host.as('gerardo', '/api/session')).status).toBe(401);
    const cookie = await host.cookieOf('lucia');
    const body = { login: 'lucia', password: 'prueba', device: 'd' };
    expect((await host.send('/api/session', { method: 'POST', body, headers: { cookie } })).status).toBe(200);
    expect((await host.send('/api/session', { headers: { cookie } })).status).toBe(401);
  });

  it('is found by no token that is not its own', async () => {
    const cookie = await host.cookieOf('marta');
    const [name, token = ''] = cookie.split('=');
    const forged = [
      token.slice(0, -1),
      `${token}A`,
      '',
      'x',
      '%00',
      Buffer.from('marta x').toString('base64url'),
      'A'.repeat(4000),
    ];
    for (const each of forged) {
      expect((await host.send('/api/session', { headers: { cookie: `${name}=${each}` } })).status).toBe(401);
    }
    // Over HTTPS, only the cookie that no other host can set.
    expect((await host.send('/api/session', { headers: { cookie: `session=${token}` } })).status).toBe(401);
    expect(JSON.stringify(await host.field.store.readRows('field-sessions-1'))).not.toContain(token);
  });

  it('ends for a person who was removed, or has another role', async () => {
    for (const login of ['marta', 'diego']) expect((await host.as(login, '/api/session')).status).toBe(200);
    const { users } = host.field;
    await users.change('marta', () => null);
    await users.change('diego', (user) => (user === null ? null : { ...user, role: 'payer' }));
    for (const login of ['marta', 'diego']) expect((await host.as(login, '/api/session')).status).toBe(401);
  });

  it('ends on every device when the password is another, and goes on when the same is given again', async () => {
    for (const login of ['gerardo', 'marta']) expect((await host.as(login, '/api/session')).status).toBe(200);
    const { field } = host;
    await seedUsers(field, 'prueba', 2 ** 4);
    for (const login of ['gerardo', 'marta']) expect((await host.as(login, '/api/session')).status).toBe(200);
    const password = await hashPassword('otra', 2 ** 4);
    await field.users.change('gerardo', (user) => (user === null ? null : { ...user, password }));
    expect((await host.as('gerardo', '/api/session')).status).toBe(401);
    expect((await host.as('marta', '/api/session')).status).toBe(200);
    await field.users.change('marta', (user) => (user === null ? null : { ...user, actorId: 'op-99' }));
    expect((await host.as('marta', '/api/session')).status).toBe(401);
  });

  it('of one person are ten at most', async () => {
    const cookies: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      host.time.minutes += 1;
      cookies.push((await login('marta')).headers.get('set-cookie')?.split(';')[0] ?? '');
    }
    const statuses = await Promise.all(
      cookies.map(async (cookie) => (await host.send('/api/session', { headers: { cookie } })).status),
    );
    expect(statuses).toEqual([401, ...Array(10).fill(200)]);
  });
});

describe('a request from another site', () => {
  const revoke = { method: 'POST', body: { providerId: 'prov-014', device: 'x' } };

  it('is refused if one of three things says so', async () => {
    const wrong = [
      { 'x-field': undefined },
      { 'x-field': '0' },
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { origin: 'https://field.test.evil.test' },
      { origin: 'http://field.test' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of wrong) {
      const response = await host.as('marta', '/api/devices/revoke', { ...revoke, headers });
      expect([headers, await codeOf(response)]).toEqual([headers, [403, 'cross-site']]);
    }
    const own = { origin: 'https://field.test', 'sec-fetch-site': 'same-origin' };
    expect((await host.as('marta', '/api/devices/revoke', { ...revoke, headers: own })).status).toBe(200);
  });

  it('gets no leave by a preflight, and no header of CORS', async () => {
    const headers = { origin: 'https://evil.test', 'access-control-request-method': 'POST' };
    const response = await host.send('/api/session', { method: 'OPTIONS', headers });
    expect(response.status).toBe(405);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('every answer', () => {
  it('has the headers that keep a browser from harm', async () => {
    const answers = [
      await host.send('/healthz'),
      await host.send('/readyz'),
      await host.send('/nowhere'),
      await host.send('/api/nowhere'),
      await host.send('/api/board'),
      await host.as('marta', '/api/board'),
      await host.as('gerardo', '/api/board'),
      await host.as('marta', '/api/visits/v-none'),
      await host.send('/api/session', { method: 'PATCH' }),
      await login('marta', 'no'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('vary')).toContain('cookie');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toContain('max-age');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
    }
  });

  it('is JSON in which no tag begins', async () => {
    const hostile = '</script><img src=x onerror=alert(1)>';
    await host.assign('v-1', 'gerardo', 'EXP-1', hostile);
    for (const path of [
      '/api/visits/v-1',
      '/api/visits/v-1/events',
      '/api/board',
      '/api/search?q=%3C/script%3E%3Cimg',
    ]) {
      const response = await host.as('marta', path);
      const text = await response.text();
      expect([path, response.status, text.includes('<')]).toEqual([path, 200, false]);
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(JSON.stringify(JSON.parse(text))).toContain(hostile);
    }
  });

  it('says that it is alive, and ready until it ends', async () => {
    expect(await (await host.send('/healthz')).text()).toBe('ok');
    expect((await host.send('/readyz')).status).toBe(200);
    host.closing.abort();
    expect((await host.send('/readyz')).status).toBe(503);
  });
});

describe('passwords and limits', () => {
  it('are kept as salted hashes, and compared whole', async () => {
    const [one, other] = await Promise.all([hashPassword('clave', 16), hashPassword('clave', 16)]);
    expect(one.hash).not.toBe(other.hash);
    expect(await isPassword('clave', one)).toBe(true);
    expect(await isPassword('Clave', one)).toBe(false);
    const many = Array.from({ length: 12 }, (_, n) => isPassword(n % 2 === 0 ? 'clave' : 'x', one));
    expect((await Promise.all(many)).filter(Boolean)).toHaveLength(6);
  });

  it('leave threads to what is compressed or read meanwhile', async () => {
    const done: string[] = [];
    const hashing = Array.from({ length: 6 }, () => hashPassword('prueba', 2 ** 15).then(() => done.push('hash')));
    await promisify(gzip)('x'.repeat(1000)).then(() => done.push('zip'));
    expect(done).toEqual(['zip']);
    await Promise.all(hashing);
  });

  it('forget the oldest key, and let one through each interval', () => {
    const limit = limitOf(2, 1000);
    expect([0, 0, 0, 900, 1000].map((now) => limit.count('a', now))).toEqual([0, 0, 1, 1, 0]);
    limit.giveBack('a');
    limit.giveBack('nobody');
    expect([1000, 1000].map((now) => limit.count('a', now))).toEqual([0, 1]);
    for (let n = 0; n < 10_001; n += 1) limit.count(`k-${n}`, 1000);
    expect(limit.count('a', 1000)).toBe(0);
  });
});
