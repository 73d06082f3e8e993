import { beforeAll, expect, it } from 'vitest';
import { fieldHost } from './field-host.ts';

let host: Awaited<ReturnType<typeof fieldHost>>;
beforeAll(async () => {
  host = await fieldHost();
  await host.assign('v-1', 'gerardo', 'EXP-1', 'Zoila <script>alert(1)</script>');
});

const report = (login: string, query = '') => host.as(login, `/api/visits/v-1/report${query}`);

it('is a page of the visit for center and payer, in which nothing of a log is markup', async () => {
  for (const login of ['marta', 'silvia', 'pablo']) {
    const response = await report(login);
    expect([login, response.status]).toEqual([login, 200]);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const page = await response.text();
    expect(page).toContain('Zoila &lt;script&gt;');
    expect(page).not.toContain('<script');
  }
});

it('runs no script, and has its own style by the hash alone', async () => {
  const response = await report('pablo');
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
  );
});

it('is in the language that is asked for, or else in that of the caller', async () => {
  const lang = async (query: string, headers = {}) => {
    const response = await host.as('marta', `/api/visits/v-1/report${query}`, { headers });
    return /<html lang="([^"]+)"/.exec(await response.text())?.[1] ?? response.status;
  };
  expect(await lang('')).toBe('es-CR');
  expect(await lang('', { 'accept-language': 'en' })).toBe('en');
  expect(await lang('?locale=es-CR', { 'accept-language': 'en' })).toBe('es-CR');
  expect(await lang('?locale=fr')).toBe(400);
});
