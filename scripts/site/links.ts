/** Checks the links of a built site, or of the Markdown pages of an unpacked package: each leads to a file and an anchor that are there. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { slugOf } from './slug.ts';

export type LinkProblem = {
  /** The file that has the link, in the folder. */
  readonly file: string;
  readonly link: string;
  readonly problem: 'no such file' | 'no such anchor' | 'outside the folder' | 'external request';
};

export type LinkOptions = {
  /** The path under which the folder is served: what an address that begins with `/` begins with. */
  readonly base?: string;
  /** The folder of a built site, to which the addresses that begin with this one lead. */
  readonly home?: { readonly address: string; readonly folder: string };
  /** The pages of the folder to check; all by default. */
  readonly files?: readonly string[];
};

type Link = { readonly target: string; readonly isRequest: boolean };
type Page = { readonly links: readonly Link[]; readonly anchors: ReadonlySet<string> };

/** Checks all pages in a folder. An empty list says that all links hold. */
export function checkLinks(folder: string, { base = '/', home, files }: LinkOptions = {}): readonly LinkProblem[] {
  const pages = new Map<string, Page>();
  const pageOf = (file: string) => {
    const page = pages.get(file) ?? readPage(file);
    pages.set(file, page);
    return page;
  };

  const problemOf = (file: string, { target, isRequest }: Link): LinkProblem['problem'] | undefined => {
    if (home !== undefined && target.startsWith(home.address)) {
      return leads(home.folder, resolve(home.folder, `.${sep}${target.slice(home.address.length)}`), pageOf);
    }
    if (/^(?:[a-z][a-z+.-]*:|\/\/)/i.test(target)) {
      return isRequest && !/^(?:data|blob):/.test(target) ? 'external request' : undefined;
    }
    if (!target.startsWith('/')) {
      const path =
        target.startsWith('#') || target.startsWith('?') ? `${resolve(file)}${target}` : resolve(dirname(file), target);
      return leads(folder, target.endsWith('/') ? `${path}/` : path, pageOf);
    }
    if (!target.startsWith(base)) return 'outside the folder';
    return leads(folder, join(resolve(folder), target.slice(base.length - 1)), pageOf);
  };

  return (files?.map((file) => join(folder, file)) ?? filesOf(folder)).flatMap((file) =>
    pageOf(file).links.flatMap((link) => {
      const problem = problemOf(file, link);
      return problem === undefined ? [] : [{ file: relative(folder, file), link: link.target, problem }];
    }),
  );
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?:\.(?:html|css|md)|llms\.txt)$/.test(file) && !file.split(sep).includes('node_modules'))
    .map((file) => join(folder, file));

/** Finds the problem of an address in a folder, if it has one. */
function leads(folder: string, address: string, pageOf: (file: string) => Page): LinkProblem['problem'] | undefined {
  const [, path = '', hash] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(address) ?? [];
  const place = decodeURI(path);
  if (place !== resolve(folder) && !place.startsWith(resolve(folder) + sep)) return 'outside the folder';
  const candidates = place.endsWith(sep)
    ? [join(place, 'index.html')]
    : [place, `${place}.html`, join(place, 'index.html')];
  const file = candidates.find((one) => existsSync(one) && statSync(one).isFile());
  if (file === undefined)
    return existsSync(place) && !existsSync(join(folder, 'index.html')) ? undefined : 'no such file';
  if (hash === undefined || hash === '' || !/\.(?:html|md)$/.test(file)) return undefined;
  return pageOf(file).anchors.has(decodeURIComponent(hash)) ? undefined : 'no such anchor';
}

function readPage(file: string): Page {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.css')) return { links: requestsOfStyle(text), anchors: new Set() };
  return file.endsWith('.html') ? readHtml(text) : readMarkdown(text);
}

const requestsOfStyle = (text: string): Link[] =>
  [...text.matchAll(/url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)/g)]
    .map(([, url = '', imported = '']) => ({ target: url || imported, isRequest: true }))
    .filter(({ target }) => !target.startsWith('#'));

/** The attributes for which a browser asks a server without being asked to. */
const requests: Readonly<Record<string, readonly string[]>> = {
  link: ['href'],
  script: ['src'],
  img: ['src'],
  source: ['src'],
  iframe: ['src'],
  video: ['src', 'poster'],
  audio: ['src'],
  embed: ['src'],
  object: ['data'],
  image: ['href'],
  use: ['href'],
};

function readHtml(text: string): Page {
  const links: Link[] = [];
  const anchors = new Set<string>();
  const visit = (node: DefaultTreeAdapterMap['node']): void => {
    if ('attrs' in node) {
      for (const { name, value } of node.attrs) {
        if (name === 'id' || (node.tagName === 'a' && name === 'name')) anchors.add(value);
        if (name === 'style') links.push(...requestsOfStyle(value));
        if ((node.tagName === 'a' || node.tagName === 'area') && name === 'href')
          links.push({ target: value, isRequest: false });
        if (requests[node.tagName]?.includes(name)) links.push({ target: value, isRequest: true });
        if (name === 'srcset')
          links.push(...value.split(',').map((one) => ({ target: one.trim().split(' ')[0] ?? '', isRequest: true })));
      }
      if (node.tagName === 'style') {
        links.push(...node.childNodes.flatMap((child) => ('value' in child ? requestsOfStyle(child.value) : [])));
      }
    }
    if ('content' in node) visit(node.content);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(text));
  return { links, anchors };
}

function readMarkdown(text: string): Page {
  const prose = text.replaceAll(/^(`{3,}|~{3,})[\s\S]*?^\1/gm, '');
  const links = [
    ...prose.replaceAll(/`[^`\n]*`/g, '').matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|\b(?:href|src)="([^"]+)"/g),
  ];
  const anchors = new Set([...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name));
  const counts = new Map<string, number>();
  for (const [, title = '', own] of prose.matchAll(/^#+ +(.+?)(?: \{#(.+)\})?$/gm)) {
    const slug = own ?? slugOf(title.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const count = counts.get(slug) ?? 0;
    counts.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return { links: links.map(([, one = '', other = '']) => ({ target: one || other, isRequest: false })), anchors };
}
