import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { startServer } from '../../examples/05-server/server.ts';
import { tokenOf } from '../../examples/05-server/token.ts';
import { installed, run } from '../package/packed.ts';
import { inChromium, noChromium, withChromium } from '../support/chromium.ts';

const SECRET = 'a secret of this test alone';
const page = readFileSync('docs/offline-phone.md', 'utf8');

/** The files of the page: each block whose file is named before it. */
const files = [...page.matchAll(/`([\w./]+\.(?:js|ts|html))`[^`]*(?:`\w+`[^`]*)*\n\n```\w+\n([\s\S]*?)^```/gm)].map(
  ([, name = '', text = '']) => ({ name, text }),
);

describe('an offline phone in an afternoon', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let site: PreviewServer;
  let url = '';
  let token = '';
  let folder = '';

  beforeAll(async () => {
    if (noChromium !== undefined) return;
    server = await startServer({ secret: SECRET, port: 0, onFailure: console.error });
    token = await tokenOf({ role: 'provider', sub: 'prov-014' }, SECRET);
    const data = /-d '([\s\S]*?)'\n```/.exec(page)?.[1];
    const operator = await tokenOf({ role: 'operator', sub: 'op-03' }, SECRET);
    const headers = { authorization: `Bearer ${operator}`, 'content-type': 'application/json' };
    const assigned = await fetch(`${server.url}/visits/v-1/commands`, { method: 'POST', headers, body: data ?? '' });
    expect(await assigned.text()).toContain('VisitAssigned');
    folder = installed().folder;
    for (const { name, text } of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text.replace('http://127.0.0.1:3000', server.url));
    }
    const quiet = { root: folder, logLevel: 'error' as const };
    await build(quiet);
    site = await preview({ ...quiet, preview: { port: 0, host: '127.0.0.1' } });
    url = site.resolvedUrls?.local[0] ?? '';
  });
  afterAll(async () => {
    await site?.close();
    await server?.close();
  });

  const open = async (visit: Page) => {
    visit.on('dialog', (dialog) => dialog.accept(token));
    await visit.goto(url);
    await visit.getByRole('heading', { name: /Marta Solano/ }).waitFor();
  };
  const heading = (visit: Page) => visit.locator('h2').textContent();
  const log = async () => {
    const response = await fetch(`${server.url}/visits/v-1/events`, { headers: { authorization: `Bearer ${token}` } });
    const { events } = (await response.json()) as { events: readonly { type: string }[] };
    return events.map(({ type }) => type);
  };

  inChromium('has the files of the page, which compile', async () => {
    expect(files.map(({ name }) => name)).toEqual(['vite.config.js', 'index.html', 'src/main.ts', 'public/sw.js']);
    symlinkSync(resolve('node_modules', 'vite'), join(folder, 'node_modules', 'vite'));
    const options = {
      target: 'es2023',
      module: 'esnext',
      moduleResolution: 'bundler',
      strict: true,
      noEmit: true,
      lib: ['es2023', 'dom'],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['src'] }));
    expect(run(folder, process.execPath, resolve('node_modules/typescript-native/bin/tsc'), '-p', '.')).toBe('');
  });

  inChromium('carries out acts without a signal, is reloaded without one, and loses nothing', () =>
    withChromium(async (browser) => {
      const context = await browser.newContext();
      const visit = await context.newPage();
      await open(visit);
      await visit.reload();
      await visit.getByRole('heading', { name: /Marta Solano/ }).waitFor();
      await context.setOffline(true);
      await visit.getByRole('button', { name: 'llegada' }).click();
      await visit.getByText('Guardado en este teléfono').waitFor();
      await visit.getByRole('button', { name: 'carné' }).click();
      await visit.getByRole('heading', { name: /2 por enviar/ }).waitFor();
      await visit.reload();
      await visit.getByRole('heading', { name: /on-site · 2 por enviar/ }).waitFor();
      await expect.poll(() => log()).toEqual(['VisitAssigned']);
      await context.setOffline(false);
      await visit.reload();
      await visit.getByRole('heading', { name: /0 por enviar/ }).waitFor();
      await expect.poll(() => heading(visit)).toContain('on-site');
      await expect.poll(() => log()).toEqual(['VisitAssigned', 'ProviderArrived', 'CredentialShown']);
    }),
  );
});
