import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SCREEN_POLICY } from './headers.ts';

/** Answers a request for a file of the screens. */
export type Screens = (request: Request) => Promise<Response> | Response;

type File = Readonly<{ bytes: Buffer<ArrayBuffer>; zipped: Buffer<ArrayBuffer> | null; type: string; etag: string }>;

/** The folders of built screens by the path under which they are served, such as `/phone/`. */
export type ScreenFolders = Readonly<Record<string, string>>;

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  webp: 'image/webp',
  woff2: 'font/woff2',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  txt: 'text/plain; charset=utf-8',
};

/**
 * Serves built screens from memory. Only what was listed in a folder is served, so no path leads out of it. A file of `assets/` has
 * its hash in its name and is kept for good; all else is asked for again. A path of a screen that names no file is its first page.
 */
export function screensIn(folders: ScreenFolders): Screens {
  const screens = Object.entries(folders).map(([path, folder]) => ({ path, folder, files: filesIn(folder) }));
  return (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/') return pageOf(Object.keys(folders));
    const screen = screens.find(({ path }) => pathname.startsWith(path) || `${pathname}/` === path);
    if (screen === undefined) return new Response(null, { status: 404 });
    if (!pathname.startsWith(screen.path))
      return new Response(null, { status: 308, headers: { location: screen.path } });
    const name = pathname.slice(screen.path.length);
    // A screen that was built after the start.
    if (screen.files.size === 0) screen.files = filesIn(screen.folder);
    const isPage = !/\.\w+$/.test(name);
    const file = screen.files.get(isPage ? 'index.html' : name);
    return file === undefined ? missing(isPage) : served(request, name, file);
  };
}

function served({ headers }: Request, name: string, { bytes, zipped, type, etag }: File): Response {
  const isForGood = name.startsWith('assets/');
  const shared = {
    etag,
    vary: 'accept-encoding',
    'cache-control': isForGood ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': SCREEN_POLICY,
  };
  if (headers.get('if-none-match')?.split(/,\s*/).includes(etag))
    return new Response(null, { status: 304, headers: shared });
  const takesZip = zipped !== null && /\bgzip\b/.test(headers.get('accept-encoding') ?? '');
  const body = takesZip ? zipped : bytes;
  return new Response(body, {
    headers: {
      ...shared,
      'content-type': type,
      'content-length': String(body.byteLength),
      ...(takesZip && { 'content-encoding': 'gzip' }),
    },
  });
}

function missing(isPage: boolean): Response {
  const text =
    'Esta pantalla no está construida: vea examples/field. · This screen is not built: see examples/field.\n';
  return new Response(isPage ? text : null, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

/** The page that links the screens. */
function pageOf(paths: readonly string[]): Response {
  const links = paths.map((path) => `<li><a href="${path}">${path}</a></li>`).join('');
  const html = `<!doctype html><html lang="es-CR"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>auxilio</title><ul>${links}</ul></html>`;
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': SCREEN_POLICY },
  });
}

function filesIn(folder: string): Map<string, File> {
  const files = new Map<string, File>();
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
    const zipped = /^(text|application|image\/svg)/.test(type) ? gzipSync(bytes) : null;
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    files.set(name.replaceAll('\\', '/'), { bytes, zipped, type, etag });
  }
  return files;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
}
