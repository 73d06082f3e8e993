/** The server of a fleet, a process that is killed and started again: the host of examples/field with many people. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { postgresStore } from 'auxilio/postgres';
import { sqliteStore } from 'auxilio/sqlite';
import { createFieldApp } from '../../examples/field/server/app.ts';
import { createField, type FieldPhotos } from '../../examples/field/server/field.ts';
import type { Limit } from '../../examples/field/server/limit.ts';
import { hashPassword } from '../../examples/field/server/passwords.ts';
import type { PhotoKeys } from '../../examples/field/server/photo-keys.ts';
import { photosIn } from '../../examples/field/server/photos.ts';
import { keepFresh } from '../../examples/field/server/read-models.ts';
import { keepFollowing } from '../../examples/field/server/server.ts';
import { keysIn } from '../../examples/field/server/stored-keys.ts';
import { presentPosition } from '../../examples/field/server/tail.ts';
import { operatorId, PASSWORD, providerId, type ServerSettings } from './settings.ts';

const settings: ServerSettings = JSON.parse(process.argv[2] ?? '{}');
const { folder, port, database, phones, consoles } = settings;
mkdirSync(join(folder, 'photos'), { recursive: true });
const store =
  database === null
    ? sqliteStore({ file: join(folder, 'field.sqlite') })
    : postgresStore({ connectionString: database });

let isFull = false;
process.on('message', (message: { full: boolean }) => {
  isFull = message.full;
});
process.on('disconnect', () => process.exit());

function onFullDisk(photos: FieldPhotos): FieldPhotos {
  return {
    ...photos,
    async add(...parameters) {
      if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return photos.add(...parameters);
    },
  };
}

const free: Limit = { count: () => 0, giveBack: () => undefined, forget: () => undefined };
const photosOf = photosIn(join(folder, 'photos'));
const photos = (keys: PhotoKeys | null) => onFullDisk(photosOf(keys));
const limits = { pair: free, name: free, address: free, client: free };
const closing = new AbortController().signal;
const onFailure = (error: unknown) => process.send?.({ failure: String(error) });
const keys = keysIn(folder, join(folder, 'wrapping'));
const field = await createField({ store, keys, photos, limits, closing, onFailure, streams: { keeps: 20_000 } });

// Of a low cost: a fleet logs in at once.
const password = await hashPassword(PASSWORD, 16);
const people = [
  ...Array.from({ length: phones }, (_, n) => ({ actorId: providerId(n), role: 'provider' as const })),
  ...Array.from({ length: consoles }, (_, n) => ({ actorId: operatorId(n), role: 'operator' as const })),
];
for (const { actorId, role } of people) {
  const user = { login: actorId, actorId, role, name: actorId, locale: 'es-CR' as const, password };
  await field.users.change(actorId, (known) => (known === null ? user : undefined));
}
void keepFollowing(field, await presentPosition(field));
void keepFresh(field, 5_000);
const hono = createFieldApp({ field, screens: () => new Response(null, { status: 404 }) });
serve({ fetch: hono.fetch, port, hostname: '127.0.0.1', overrideGlobalObjects: false }, () =>
  process.send?.({ ready: true }),
);
