/** Assembles the pages of the site from those of the repository: `docs/`, the pages beside it, and the files that they link to. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, posix, relative } from 'node:path';
import { writeBadges } from './badges.ts';

/** The folder that VitePress builds from. */
export const pagesFolder = 'site/.pages';

/** Pages of the root of the repository, by their place on the site. */
const ofTheRoot: Readonly<Record<string, string>> = {
  'SECURITY.md': 'security.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'ARCHITECTURE.md': 'architecture.md',
};

const languages: Readonly<Record<string, string>> = { '.ts': 'ts', '.mjs': 'js', '.cjs': 'js', '.json': 'json' };

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => posix.join(folder, file))
    .filter((file) => statSync(file).isFile());

/** The place on the site of a path of the repository. */
function placeOf(path: string): string {
  if (path === 'README.md') return 'index.md';
  if (ofTheRoot[path] !== undefined) return ofTheRoot[path];
  if (path.startsWith('docs/')) {
    const place = path.slice('docs/'.length);
    // The landing page of a language lies before its list of pages.
    return existsSync(join('site', place)) ? place.replace(/index\.md$/, 'contents.md') : place;
  }
  return path.endsWith('.md') ? `source/${path}` : `source/${path}.md`;
}

/** The files that the page of a folder leads to: all in it, or in a large folder those that lie directly in it. */
const filesOf = (folder: string): string[] => {
  const all = filesIn(folder);
  return all.length <= 40 ? all : all.filter((file) => posix.dirname(file) === folder);
};

/** A page that shows a file of the repository, or lists those of a folder. */
function sourcePage(path: string): string {
  if (statSync(path).isDirectory()) {
    const items = filesOf(path).map((file) => `- [${relative(path, file)}](${linkTo(placeOf(path), placeOf(file))})`);
    return `# ${path}\n\n${items.join('\n')}\n`;
  }
  const text = readFileSync(path, 'utf8');
  if (path.endsWith('.md')) return text;
  const language = (text.length < 50_000 ? languages[extname(path)] : undefined) ?? 'text';
  return `---\nsearch: false\n---\n\n# ${path}\n\n\`\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\`\n`;
}

const linkTo = (from: string, to: string) => {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
};

/** The targets of the relative links of a page. */
const links = /(?<=\]\()(?![a-z]+:|#)([^)\s#]+)(?=(?:#[^)\s]*)?\))/g;

/** A page of the package links to the site by its address. The playground is no page: its links leave the router. */
const homepage: string = JSON.parse(readFileSync('package.json', 'utf8')).homepage;
const toHomepage = new RegExp(`\\]\\(${homepage}([^)\\s#?]*)([^)\\s]*)\\)`, 'g');
const withoutHomepage = (place: string, text: string) =>
  text.replaceAll(toHomepage, (_, target: string, rest: string) => {
    const slash = target.endsWith('/') ? '/' : '';
    if (target.startsWith('playground/')) return `](${linkTo(place, target)}${slash}${rest}){target="_self"}`;
    const page = target.replace(/\.html$/, '.md').replace(/(?<=^|\/)$/, 'index.md');
    return `](${linkTo(place, page)}${rest})`;
  });

/** Writes the pages, and answers with their places. */
export function assemblePages(to = pagesFolder): readonly string[] {
  const written = new Set<string>();

  const write = (place: string, path: string, text: string) => {
    written.add(place);
    const linked: string[] = [];
    const moved = text.replaceAll(links, (target) => {
      const file = posix.normalize(posix.join(posix.dirname(path), target)).replace(/\/$/, '');
      if (!existsSync(file)) return target;
      if (!file.startsWith('docs/')) linked.push(file);
      return extname(file) === '.md' || !file.startsWith('docs/') ? linkTo(place, placeOf(file)) : target;
    });
    mkdirSync(dirname(join(to, place)), { recursive: true });
    writeFileSync(join(to, place), withoutHomepage(place, moved));
    for (const file of linked) add(file);
  };

  const add = (path: string) => {
    const place = placeOf(path);
    if (written.has(place)) return;
    write(place, path, sourcePage(path));
    if (statSync(path).isDirectory()) for (const file of filesOf(path)) add(file);
  };

  for (const file of filesIn('docs')) {
    if (file.endsWith('.md')) write(placeOf(file), file, readFileSync(file, 'utf8'));
    else cpSync(file, join(to, placeOf(file)));
  }
  for (const page of Object.keys(ofTheRoot)) write(placeOf(page), page, readFileSync(page, 'utf8'));
  for (const page of filesIn('site').filter((file) => /^site\/(?:es-CR\/)?[\w-]+\.md$/.test(file))) {
    const place = page.slice('site/'.length);
    write(place, `docs/${place}`, readFileSync(page, 'utf8'));
  }
  writeBadges(join(to, 'public', 'badges'));
  cpSync('examples/field/phone/public/icon.svg', join(to, 'public', 'icon.svg'));
  return [...written];
}
