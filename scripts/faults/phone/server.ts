import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { memoryStore } from 'auxilio/memory';
import { createService, type VisitService } from 'auxilio/service';
import { build } from 'esbuild';
import { access } from '../../../examples/http/access.ts';
import { createApp } from '../../../examples/http/app.ts';
import { fetchHandler } from '../../../examples/http/fetch.ts';
import { memoryPhotoStore, type PhotoStore } from '../../../examples/http/photo-store.ts';

/** The server of the phone: the example application under `/api`, a page with its script, and a service worker. It is never killed. */
export type PhoneServer = Readonly<{
  url: string;
  service: VisitService;
  photos: PhotoStore;
  close: () => void;
}>;

/** Starts a server of which `script` is the script of the page, a file of TypeScript. */
export async function startServer(now: () => string, script: URL): Promise<PhoneServer> {
  const store = memoryStore();
  const service = createService({ store });
  const photos = memoryPhotoStore();
  const app = createApp({ service, store, access, now, photos, onFailure: (error) => console.error(error) });
  const answer = fetchHandler(app, async () => ({ role: 'provider', sub: 'p-1' }));
  const files = filesOf(await bundled(script));
  const server = createServer((request, response) => {
    const isApi = request.url?.startsWith('/api/') === true;
    if (isApi) void serve(request, response, answer).catch(() => response.destroy());
    else giveFile(request, response, files);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, service, photos, close };
}

async function bundled(script: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(script)],
    bundle: true,
    write: false,
    minify: true,
    platform: 'browser',
    format: 'iife',
    tsconfig: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)),
  });
  return outputFiles[0]?.text ?? '';
}

/** Keeps the page and its script for a reload without a network. */
const SERVICE_WORKER = `
  const keep = async () => { await (await caches.open('app')).addAll(['/', '/page.js']); await skipWaiting(); };
  const find = async (request) => (await caches.match(request)) ?? fetch(request);
  addEventListener('install', (event) => event.waitUntil(keep()));
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (!new URL(event.request.url).pathname.startsWith('/api/')) event.respondWith(find(event.request));
  });`;

type Files = Readonly<Record<string, readonly [type: string, text: string]>>;

const filesOf = (script: string): Files => ({
  '/': ['text/html; charset=utf-8', '<!doctype html><title>auxilio</title><script src="/page.js"></script>'],
  '/page.js': ['text/javascript; charset=utf-8', script],
  '/sw.js': ['text/javascript; charset=utf-8', SERVICE_WORKER],
});

function giveFile({ url = '' }: IncomingMessage, response: ServerResponse, files: Files): void {
  const [type, text] = files[url] ?? [];
  if (type === undefined) response.writeHead(404).end();
  else response.setHeader('content-type', type).end(text);
}

/** Answers a request of the page; the answer of one whose browser was killed goes nowhere. */
async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const { method = 'GET', url = '', headers } = request;
  const body = method === 'GET' || method === 'HEAD' ? undefined : new Uint8Array(await buffer(request));
  const init = { method, headers: headers as Record<string, string>, ...(body !== undefined && { body }) };
  const answered = await answer(new Request(`http://phone.test${url.slice('/api'.length)}`, init));
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(Buffer.from(await answered.arrayBuffer()));
}
