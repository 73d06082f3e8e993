import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkLinks } from '../../scripts/site/links.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'links-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const problemsOf = (files: Readonly<Record<string, string>>, options = {}) =>
  checkLinks(folderOf(files), options).map(({ file, link, problem }) => `${file}: ${problem}: ${link}`);

describe('the links of a built site', () => {
  const site = {
    'index.html': '<a href="guide/pay.html#when">pay</a><img src="/docs/a.svg"><a href="https://example.com">out</a>',
    'guide/pay.html':
      '<h2 id="when">When</h2><a href="../">home</a><a href="/docs/guide/pay.html">self</a><a href="#when">when</a>',
    'a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  };

  it('lead to files and anchors under the base', () => {
    expect(problemsOf(site, { base: '/docs/' })).toEqual([]);
  });

  it.each([
    ['<a href="gone.html">', 'no such file: gone.html'],
    ['<a href="guide/pay.html#whence">', 'no such anchor: guide/pay.html#whence'],
    ['<a href="#top-of-it">', 'no such anchor: #top-of-it'],
    ['<img src="gone.png">', 'no such file: gone.png'],
    ['<img srcset="gone.png 2x">', 'no such file: gone.png'],
    ['<a href="/elsewhere/">', 'outside the folder: /elsewhere/'],
    ['<a href="../../etc/passwd">', 'outside the folder: ../../etc/passwd'],
    ['<script src="https://cdn.example/x.js"></script>', 'external request: https://cdn.example/x.js'],
    ['<link rel="stylesheet" href="//fonts.example/i.css">', 'external request: //fonts.example/i.css'],
    ['<img src="https://example.com/a.png">', 'external request: https://example.com/a.png'],
    ['<p style="background: url(https://example.com/a.png)">', 'external request: https://example.com/a.png'],
    ['<style>@import "https://example.com/a.css";</style>', 'external request: https://example.com/a.css'],
  ])('are reported where they break: %s', (html, problem) => {
    expect(problemsOf({ ...site, 'broken.html': html }, { base: '/docs/' })).toEqual([`broken.html: ${problem}`]);
  });

  it('are those of styles, too', () => {
    const css = '@font-face { src: url("https://example.com/inter.woff2") } a { background: url(gone.svg) }';
    expect(problemsOf({ 'style.css': css })).toEqual([
      'style.css: external request: https://example.com/inter.woff2',
      'style.css: no such file: gone.svg',
    ]);
  });
});

describe('the links of an unpacked package', () => {
  const page = (text: string) => ({ 'README.md': text, 'docs/cli.md': '# The command line\n\n## A report\n' });

  it('lead to packed files and their headings', () => {
    expect(problemsOf(page('[a](docs/cli.md#a-report) [b](docs) `[no](link)` [c](https://example.com)'))).toEqual([]);
  });

  it.each([
    ['[a](docs/gone.md)', 'no such file: docs/gone.md'],
    ['[a](docs/cli.md#reports)', 'no such anchor: docs/cli.md#reports'],
    ['![a](docs/images/a.png)', 'no such file: docs/images/a.png'],
    ['<img src="gone.png">', 'no such file: gone.png'],
    ['[a](../outside.md)', 'outside the folder: ../outside.md'],
  ])('are reported where they break: %s', (text, problem) => {
    expect(problemsOf(page(text))).toEqual([`README.md: ${problem}`]);
  });

  it('are those of the pages that are named alone, if some are', () => {
    const files = { 'README.md': '[a](docs/cli.md)', 'docs/cli.md': '[a](gone.md)' };
    expect(problemsOf(files, { files: ['README.md'] })).toEqual([]);
    expect(problemsOf(files)).toEqual(['docs/cli.md: no such file: gone.md']);
  });

  it('lead to pages of the site, if it is given', () => {
    const home = {
      address: 'https://auxilio.test/',
      folder: folderOf({ 'cli.html': '<h1 id="x">', 'index.html': '' }),
    };
    const text = '[a](https://auxilio.test/cli.html#x) [b](https://auxilio.test/) [c](https://auxilio.test/gone.html)';
    expect(problemsOf(page(text), { home })).toEqual(['README.md: no such file: https://auxilio.test/gone.html']);
  });
});
