import { mkdirSync, mkdtempSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ServerType, serve } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Instant, Policy } from 'auxilio';
import { postgresStore } from 'auxilio/postgres';
import { sqliteStore } from 'auxilio/sqlite';
import type { Context, Hono } from 'hono';
import { ABANDONED_MS } from '../../http/photo-store.ts';
import { policy as usualPolicy } from '../../http/policy.ts';
import { createFieldApp } from './app.ts';
import { seedUsers, seedVisits } from './demo.ts';
import { eraseRestored, keepErasing } from './erasures.ts';
import { createField, type Field } from './field.ts';
import { photosIn } from './photos.ts';
import { dropFormerSearch, keepFresh } from './read-models.ts';
import { type ScreenFolders, screensIn } from './screens.ts';
import { keysIn } from './stored-keys.ts';
import { follow, type Position, presentPosition } from './tail.ts';
import type { Template } from './templates.ts';

export type FieldServerOptions = Readonly<{
  /** 0 for any that is free. */
  port: number;
  /** The folder of the SQLite file and the photographs; a temporary one by default. */
  folder?: string;
  /** The address of a Postgres database, instead of the file. */
  database?: string;
  /** The file of the keys that wrap those of personal texts; beside the folder by default, and best kept elsewhere. */
  wrappingKeys?: string;
  /** The public origin, where a proxy stands before this server. */
  origin?: string;
  screens: ScreenFolders;
  /** The policy that judges the visits; that of the examples by default. */
  policy?: Policy;
  /** The instructions of the center that are given again and again. */
  templates?: readonly Template[];
  /** Adds the people and visits of the demo, and the page that plays a morning. */
  /** The clock of the server; that of its machine by default. */
  now?: () => Instant;
  isDemo: boolean;
  password?: string;
  onFailure: (error: unknown) => void;
}>;

/** A server on this machine, and a function that closes it: open streams first, so that closing does not wait for them. */
export async function startFieldServer(options: FieldServerOptions) {
  const { port, origin, screens, policy = usualPolicy, isDemo, password: given, onFailure } = options;
  const folder = resolve(options.folder ?? join(mkdtempSync(join(tmpdir(), 'auxilio-field-')), 'data'));
  const wrappingKeys = resolve(options.wrappingKeys ?? `${folder}-keys`);
  const photoFolder = join(folder, 'photos');
  mkdirSync(photoFolder, { recursive: true });
  const file = join(folder, 'field.sqlite');
  const store =
    options.database === undefined ? sqliteStore({ file }) : postgresStore({ connectionString: options.database });
  const keys = keysIn(folder, wrappingKeys);
  const closing = new AbortController();
  const photos = photosIn(photoFolder);
  const field = await createField({
    store,
    photos,
    keys,
    policy,
    ...(origin && { origin }),
    ...(options.now && { now: options.now }),
    closing: closing.signal,
    onFailure,
    isDemo,
    ...(options.templates && { templates: options.templates }),
  });
  await dropFormerSearch(field);
  await eraseRestored(field, keys.keys);
  const clean = () => void field.photos.removeAbandoned(ABANDONED_MS).catch(onFailure);
  const cleaning = setInterval(clean, 3_600_000).unref();
  clean();
  const password = isDemo ? await seedUsers(field, given) : undefined;
  if (isDemo) await seedVisits(field);
  const position = await presentPosition(field);
  const working = Promise.all([keepFollowing(field, position), keepFresh(field, 5_000), keepErasing(field, 60_000)]);
  const addressOf = (context: Context) => {
    // This machine's proxy says for whom it asks.
    const forwarded =
      origin === undefined ? undefined : context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    return forwarded || (getConnInfo(context).remote.address ?? 'unknown');
  };
  const hono = createFieldApp({ field, screens: screensIn(screens), addressOf });
  const end = async () => {
    clearInterval(cleaning);
    closing.abort();
    await working;
    await Promise.all([store.close(), keys.keys.close()]);
  };
  const server = await listening(hono.fetch, port).catch(async (error: unknown) => {
    await end();
    throw error;
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: origin ?? `http://127.0.0.1:${taken}`,
    field,
    password,
    place: options.database === undefined ? folder : `Postgres, y las fotografías en ${photoFolder}`,
    wrappingKeys,
    close: async () => {
      closing.abort();
      await closed(server);
      await end();
    },
  };
}

/** Follows the visits for the screens, and begins again after a failure. */
export async function keepFollowing(field: Field, position: Position): Promise<void> {
  while (!field.closing.aborted) {
    await follow(field, position, 200).catch(field.onFailure);
    await pause(1_000, undefined, { ref: false, signal: field.closing }).catch(() => undefined);
  }
}

function listening(fetch: Hono['fetch'], port: number): Promise<ServerType> {
  const serverOptions = { requestTimeout: 60_000, headersTimeout: 30_000 };
  const options = { fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false, serverOptions };
  return new Promise((resolve, reject) => {
    const server = serve(options, () => resolve(server));
    // Of one that neither reads nor writes; a stream has its beat.
    if ('timeout' in server) server.timeout = 120_000;
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
