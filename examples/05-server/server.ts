import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { Hono } from 'hono';
import { access } from '../http/access.ts';
import { createApp } from '../http/app.ts';
import { devicesIn } from '../http/devices.ts';
import { fetchHandler } from '../http/fetch.ts';
import { photoFolder } from '../http/photo-folder.ts';
import { ABANDONED_MS, memoryPhotoStore } from '../http/photo-store.ts';
import { policy } from '../http/policy.ts';
import { quarantineIn } from '../http/quarantine.ts';
import { claimsBy } from './token.ts';

/** Made by `npm run openapi`. */
const openapi = new URL('../data/openapi.json', import.meta.url);

export type ServerOptions = Readonly<{
  /** With which tokens are signed. */
  secret: string;
  /** 0 for any that is free. */
  port: number;
  /** A SQLite file, and photographs in a folder with its name and `.photos`; in memory without one. */
  file?: string;
  /** The time limits of a body and of a whole request in milliseconds, after which the connection is closed. */
  bodyTimeoutMs?: number;
  requestTimeoutMs?: number;
  onFailure: (error: unknown) => void;
}>;

/**
 * A server on this machine, and a function that closes it: open streams first, so that closing does not wait for them.
 */
export async function startServer({
  secret,
  port,
  file,
  bodyTimeoutMs = 10_000,
  requestTimeoutMs = 30_000,
  onFailure,
}: ServerOptions) {
  const sqlite = file === undefined ? undefined : sqliteStore({ file });
  const store = sqlite ?? memoryStore();
  const closing = new AbortController();
  const service = createService({ store, policy });
  const photos = file === undefined ? memoryPhotoStore() : photoFolder(`${file}.photos`);
  const kept = { photos, devices: devicesIn(store), quarantine: quarantineIn(store) };
  const app = createApp({ service, store, ...kept, policy, access, closing: closing.signal, onFailure });
  const handler = fetchHandler(app, claimsBy(secret), { bodyTimeoutMs });

  // What else the host serves, its own middleware, CORS, goes around it here.
  const hono = new Hono();
  hono.get('/openapi.json', ({ body }) => body(readFileSync(openapi), 200, { 'content-type': 'application/json' }));
  hono.all('*', ({ req }) => handler(req.raw));

  const server = await listening(hono.fetch, port, requestTimeoutMs);
  const clean = () => void photos.removeAbandoned(ABANDONED_MS).catch(onFailure);
  const cleaning = setInterval(clean, 3_600_000);
  clean();
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: async () => {
      closing.abort();
      clearInterval(cleaning);
      await closed(server);
      sqlite?.close();
    },
  };
}

function listening(fetch: Hono['fetch'], port: number, requestTimeout: number): Promise<ServerType> {
  const connectionsCheckingInterval = Math.min(requestTimeout, 5_000);
  const serverOptions = { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval };
  const options = { fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false, serverOptions };
  return new Promise((resolve, reject) => {
    const server = serve(options, () => resolve(server));
    server.once('error', reject);
  });
}

/** Takes no more connections, closes those that have nothing to do, and after a while also those that have. */
async function closed(server: ServerType): Promise<void> {
  const ended = new Promise((resolve) => server.close(resolve));
  const connections = server as Partial<Pick<Server, 'closeIdleConnections' | 'closeAllConnections'>>;
  const idle = setInterval(() => connections.closeIdleConnections?.(), 20);
  const late = setTimeout(() => connections.closeAllConnections?.(), 2_000);
  await ended;
  clearInterval(idle);
  clearTimeout(late);
}
