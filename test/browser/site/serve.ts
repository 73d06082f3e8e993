import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export type ServedSite = {
  readonly url: string;
  /** The bytes of the answers since `reset`, compressed as a server would. */
  readonly bytes: () => number;
  readonly reset: () => void;
  readonly close: () => void;
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};
const compressed = new Set(['.html', '.js', '.css', '.svg']);

/** Serves `site/dist`, which it builds if it is not there, or there for another path than `/`. */
export async function serveSite(folder = 'site/dist'): Promise<ServedSite> {
  const landing = join(folder, 'index.html');
  if (!existsSync(landing) || !readFileSync(landing, 'utf8').includes('"/assets/'))
    execFileSync('npm', ['run', '--silent', 'site'], { stdio: 'inherit' });
  let bytes = 0;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site.test');
    const file = join(folder, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    const isCompressed = compressed.has(extname(file));
    const body = isCompressed ? gzipSync(readFileSync(file)) : readFileSync(file);
    bytes += body.length;
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    if (isCompressed) response.setHeader('content-encoding', 'gzip');
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytes: () => bytes,
    reset: () => {
      bytes = 0;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
