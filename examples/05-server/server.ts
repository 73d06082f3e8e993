import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { sqliteStore } from 'auxilio/sqlite';
import { Hono } from 'hono';
import { policy } from '../day/policy.ts';
import { access } from '../http/access.ts';
import { createApp } from '../http/app.ts';
import { fetchHandler } from '../http/fetch.ts';
import { claimsBy } from './token.ts';

/** Made by `npm run openapi`. */
const openapi = new URL('../data/openapi.json', import.meta.url);

export type ServerOptions = Readonly<{
  /** With which tokens are signed. */
  secret: string;
  /** 0 for any that is free. */
  port: number;
  /** A SQLite file; in memory without one. */
  file?: string;
  onFailure: (error: unknown) => void;
}>;

/** A server on this machine, and what ends it: open streams first, so that it is not waited for them. */
export async function startServer({ secret, port, file, onFailure }: ServerOptions) {
  const sqlite = file === undefined ? undefined : sqliteStore({ file });
  const store = sqlite ?? memoryStore();
  const closing = new AbortController();
  const service = createService({ store, policy });
  const app = createApp({ service, store, policy, access, closing: closing.signal, onFailure });
  const handler = fetchHandler(app, claimsBy(secret));

  // What else the host serves, its own middleware, CORS, goes around it here.
  const hono = new Hono();
  hono.get('/openapi.json', ({ body }) => body(readFileSync(openapi), 200, { 'content-type': 'application/json' }));
  hono.all('*', ({ req }) => handler(req.raw));

  const server = await listening(hono.fetch, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: async () => {
      closing.abort();
      await new Promise((resolve) => server.close(resolve));
      sqlite?.close();
    },
  };
}

function listening(fetch: Hono['fetch'], port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false }, () => resolve(server));
    server.once('error', reject);
  });
}
