import { beforeAll, describe, expect, it } from 'vitest';
import { demoUsers } from '../../../examples/field/server/demo.ts';
import { routes } from '../../../examples/field/server/routes.ts';
import { fieldHost } from './field-host.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeAll(async () => {
  host = await fieldHost();
  await host.assign('v-1', 'gerardo', 'EXP-SECRETO-1', 'Zoila Reservada');
  await host.assign('v-2', 'lucia');
});

const pathOf = (path: string, visitId = 'v-2') =>
  `/api${path.replace(':visitId', visitId).replace(':sha256', 'a'.repeat(64)).replace(/:\w+/, 'x')}`;

const people = new Map(demoUsers.map(({ role, login }) => [role, login]));

describe('the roles of every route', () => {
  for (const { method, path, roles } of routes) {
    it(`${method} ${path}`, async () => {
      const body = method === 'GET' || path === '/session' ? undefined : '{}';
      const init = { method, ...(body !== undefined && { body }) };
      if (roles === 'anyone') return;
      const nobody = await host.send(pathOf(path), init);
      expect([nobody.status, ((await nobody.json()) as { code: string }).code]).toEqual([401, 'unauthenticated']);
      for (const [role, login] of people) {
        const isOut = method === 'DELETE' && path === '/session';
        const headers = isOut ? { cookie: (await loggedIn(login)) ?? '' } : {};
        const response = await host.as(login, pathOf(path), { ...init, headers });
        const isStream = response.headers.get('content-type') === 'text/event-stream';
        const text = isStream ? ((await response.body?.cancel()) ?? '') : await response.text();
        // A client's route knows no session of this host's people.
        if (roles === 'client') {
          expect([role, response.status]).toEqual([role, 401]);
          continue;
        }
        const isRefused = response.status === 403 && text.includes('"not-yours"') && !roles.includes(role);
        expect([role, isRefused]).toEqual([role, !roles.includes(role)]);
        expect([role, response.status === 500]).toEqual([role, false]);
      }
    });
  }

  const loggedIn = async (login: string) => {
    const body = { login, password: 'prueba', device: 'other' };
    const response = await host.send('/api/session', { method: 'POST', body });
    return response.headers.get('set-cookie')?.split(';')[0];
  };

  it('has no route twice', () => {
    const names = routes.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a provider sees their visits alone', () => {
  const asked = routes.filter(({ roles, path }) => roles.includes('provider') && path.includes(':visitId'));

  it('asks for every part of another visit, and learns nothing, not even that it exists', async () => {
    for (const { method, path } of asked) {
      const body = { basedOn: 0, commands: [], device: 'lucia-1' };
      const init = { method, ...(method !== 'GET' && { body }) };
      const [own, none] = await Promise.all([
        host.as('lucia', pathOf(path, 'v-1'), init),
        host.as('lucia', pathOf(path, 'v-none'), init),
      ]);
      const texts = [await own.text(), await none.text()];
      expect([path, own.status]).toEqual([path, path.endsWith('/commands') ? 400 : 403]);
      expect(texts.join()).not.toMatch(/SECRETO|Reservada|Gerardo|prov-014/);
    }
  });
});
