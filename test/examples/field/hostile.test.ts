import { beforeAll, describe, expect, it } from 'vitest';
import { demoUsers } from '../../../examples/field/server/demo.ts';
import { routes } from '../../../examples/field/server/routes.ts';
import { fieldHost } from './field-host.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeAll(async () => {
  host = await fieldHost({ isDemo: true });
  await host.assign('v-1', 'gerardo');
});

const ids = [
  '%00',
  '%E0%A4%A',
  '..%2F..',
  '__proto__',
  'constructor',
  '%F0%9F%98%80',
  'x'.repeat(300),
  'v-1%2Fevents',
  ' ',
];
const bodies = [
  '',
  '{',
  'null',
  '[]',
  '{"__proto__":{"role":"supervisor"}}',
  '{"text":"\\u0000"}',
  `{"login":${'['.repeat(2000)}`,
];
const queries = [
  '?after=%00',
  '?q=%00%F0%9F%98%80',
  '?now=9999999',
  '?maxCount=1e9',
  '?visit=__proto__',
  '?role=constructor',
];

describe('hostile requests', () => {
  const reads = routes.filter(({ path, method }) => path !== '/stream' && path !== '/session' && method === 'GET');
  // An empty object is enough to begin a session or a morning.
  const others = ['/session', '/play'];
  const writes = routes.filter(({ path, method }) => !others.includes(path) && method !== 'GET');

  it('of any path and query are answered with a problem, and are no failure', async () => {
    for (const { path, roles } of reads) {
      const login = demoUsers.find(({ role }) => roles.includes(role))?.login ?? 'marta';
      for (const id of path.includes(':') ? ids : ['']) {
        for (const query of ['', ...queries]) {
          const response = await host.as(login, `/api${path.replace(/:\w+/, id)}${query}`);
          expect([path, id, query, response.status < 500]).toEqual([path, id, query, true]);
          await response.body?.cancel();
        }
      }
    }
    expect(host.failures).toEqual([]);
  });

  it('of any body are answered with a problem, and change nothing', async () => {
    const before = (await host.field.store.readFeed({})).length;
    for (const { path, method, roles } of writes) {
      const login = demoUsers.find(({ role }) => roles.includes(role))?.login ?? 'marta';
      for (const body of method === 'DELETE' ? [undefined] : bodies) {
        const response = await host.as(login, `/api${path.replace(/:\w+/, 'v-1')}`, { method, body });
        expect([method, path, body, response.status < 500]).toEqual([method, path, body, true]);
        await response.body?.cancel();
      }
    }
    expect((await host.field.store.readFeed({})).length).toBe(before);
    expect(host.failures).toEqual([]);
  });

  it('that name a route by another spelling reach none that is not theirs', async () => {
    for (const path of [
      '/api/board/',
      '/api//board',
      '/api/./board',
      '/API/board',
      '/api/%62oard',
      '/api/visits/../board',
    ]) {
      const response = await host.as('gerardo', path);
      expect([path, [403, 404].includes(response.status)]).toEqual([path, true]);
    }
  });
});
