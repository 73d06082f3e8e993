/**
 * Builds the site into `site/dist` and checks every link of what it built. The pages are those of `docs/`, the API is made from the
 * docstrings. `npm run site -- [--base /path/] [--release v0.8.0 …] [--dev]`: `--release` also builds the docs of an earlier release
 * below these, from its git ref, and `--dev` serves the pages and renews them when `docs/` changes. A release that is built below a later
 * one gets the address of that one by `--latest`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, createServer } from 'vitepress';
import { writeApi } from './site/api.ts';
import { checkLinks } from './site/links.ts';
import { assemblePages, pagesFolder } from './site/pages.ts';
import { buildRelease, releasesOf } from './site/versions.ts';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: '/' },
    latest: { type: 'string' },
    release: { type: 'string', multiple: true, default: [] },
    dev: { type: 'boolean', default: false },
  },
});
const { base, latest, release: refs } = values;
const dist = 'site/dist';

/** Puts the base before the addresses of pictures in the copies of the pages for language models. */
function rebaseCopies(folder: string): void {
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith('.md'))) {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/(?<=!\[[^\]]*\]\()\//g, base));
  }
}

/** Puts the copies of the pages for language models where the pages are, so that their links hold. */
function nestCopies(folder: string, pages: readonly string[]): void {
  const change = (file: string, from: RegExp, to: string) =>
    writeFileSync(join(folder, file), readFileSync(join(folder, file), 'utf8').replace(from, to));
  for (const page of pages.filter((one) => one.endsWith('/index.md'))) {
    const flat = `${dirname(page)}.md`;
    const alternate = new RegExp(`<link href="([^"]*)${flat}" rel="alternate"[^>]*>`);
    const html = page.replace(/\.md$/, '.html');
    if (existsSync(join(folder, flat))) {
      renameSync(join(folder, flat), join(folder, page));
      change('llms.txt', new RegExp(`(?<=\\([^)]*)${flat}(?=\\))`), page);
      change(html, alternate, `<link href="$1${page}" rel="alternate" type="text/markdown">`);
    } else change(html, alternate, '');
  }
}

/** Writes all pages in Markdown, and answers with the places of those that are written by hand. */
async function writePages(): Promise<readonly string[]> {
  rmSync(pagesFolder, { recursive: true, force: true });
  const pages = assemblePages();
  await writeApi(`${pagesFolder}/api`);
  return pages;
}

async function buildSite(): Promise<void> {
  const pages = await writePages();
  const releases = releasesOf(refs);
  const { version, homepage } = JSON.parse(readFileSync('package.json', 'utf8'));
  const others = Object.fromEntries(releases.map((one) => [one.version, `${base}${one.version}/`]));
  process.env.SITE_BASE = base;
  process.env.SITE_VERSIONS = JSON.stringify({ current: version, latest, others });
  await build('site', { base });
  nestCopies(dist, pages);
  rebaseCopies(dist);
  execFileSync('npm', ['run', '--silent', 'playground'], { stdio: 'inherit' });
  for (const one of releases) buildRelease(one, base, dist);
  const home = { address: homepage, folder: dist };
  // An earlier release links to the latest, which is not there when it is built.
  const problems = [
    ...checkLinks(dist, { base }).filter(({ link }) => link !== latest),
    ...checkLinks('.', { files: ['README.md'], home }),
  ];
  for (const { file, link, problem } of problems) console.error(`${file}: ${problem}: ${link}`);
  console.log(`\n${problems.length} links lead nowhere`);
  if (problems.length > 0) process.exitCode = 1;
}

async function serveDrafts(): Promise<void> {
  await writePages();
  const server = await createServer('site');
  await server.listen();
  server.printUrls();
  for (const folder of ['docs', 'site']) {
    watch(folder, { recursive: true }, (_, file) => {
      if (file?.endsWith('.md') && !file.startsWith('.pages')) assemblePages();
    });
  }
}

await (values.dev ? serveDrafts() : buildSite());
