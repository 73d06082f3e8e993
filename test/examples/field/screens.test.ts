import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { screensIn } from '../../../examples/field/server/screens.ts';

const folder = mkdtempSync(join(tmpdir(), 'field-screens-'));
mkdirSync(join(folder, 'phone', 'assets'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'secret');
writeFileSync(join(folder, 'phone', 'index.html'), '<!doctype html><title>phone</title>');
writeFileSync(join(folder, 'phone', 'assets', 'a-123.js'), 'export const a = 1;');
writeFileSync(join(folder, 'phone', 'sw.js'), 'self.x = 1;');
afterAll(() => rmSync(folder, { recursive: true }));

const screens = screensIn({ '/phone/': join(folder, 'phone'), '/console/': join(folder, 'console') });
const get = async (path: string, headers: Record<string, string> = {}) =>
  screens(new Request(`https://field.test${path}`, { headers }));

describe('the files of the screens', () => {
  it('are kept for good if their names have a hash, else asked for again', async () => {
    const page = await get('/phone/');
    expect(await page.text()).toContain('phone');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await get('/phone/assets/a-123.js')).headers.get('cache-control')).toContain('immutable');
    const worker = await get('/phone/sw.js');
    expect([worker.headers.get('content-type'), worker.headers.get('cache-control')]).toEqual([
      'text/javascript; charset=utf-8',
      'no-cache',
    ]);
    const again = await get('/phone/sw.js', { 'if-none-match': worker.headers.get('etag') ?? '' });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('are compressed for those who take it', async () => {
    const zipped = await get('/phone/sw.js', { 'accept-encoding': 'gzip, br' });
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString()).toBe('self.x = 1;');
  });

  it('lead to no other file, and their pages to the first one', async () => {
    expect(await (await get('/phone/visits/v-1')).text()).toContain('phone');
    for (const path of [
      '/phone/../secret.txt',
      '/phone/%2e%2e/secret.txt',
      '/phone/..%2fsecret.txt',
      '/phone/none.js',
      '/secret.txt',
    ]) {
      const response = await get(path);
      expect([path, response.status, (await response.text()).includes('secret')]).toEqual([path, 404, false]);
    }
    expect((await get('/phone')).headers.get('location')).toBe('/phone/');
    expect((await get('/console/')).status).toBe(404);
    expect(await (await get('/')).text()).toContain('/console/');
  });
});
