/** The example application in the place of the model's server: its phones speak to it over HTTP. */
import { access } from '../../examples/http/access.ts';
import { createApp } from '../../examples/http/app.ts';
import type { BoardStore } from '../../examples/http/board.ts';
import { devicesIn } from '../../examples/http/devices.ts';
import { fetchHandler } from '../../examples/http/fetch.ts';
import { memoryPhotoStore, type PhotoStore } from '../../examples/http/photo-store.ts';
import type { Actor } from '../../src/messages/index.ts';
import { httpRemote, type Remote } from '../../src/replica.ts';
import type { Server } from './server.ts';

type Fetch = (request: Request) => Promise<Response>;

const servers = new WeakMap<Server['service'], Fetch>();

/** The example application on the service and the store of the model's server. */
function applicationOf(server: Server): Fetch {
  const known = servers.get(server.service);
  if (known !== undefined) return known;
  const store = server.store as BoardStore;
  const { service, now } = server;
  const app = createApp({ service, store, access, now, photos: photosIn(server), devices: devicesIn(store) });
  const made = fetchHandler(app, async ({ headers }) => JSON.parse(headers.get('x-claims') ?? 'null'));
  servers.set(service, made);
  return made;
}

/** Uploads in memory, whose photographs are those of the model's server. */
function photosIn({ photos }: Server): PhotoStore {
  const uploads = memoryPhotoStore();
  const bytes = new Map<string, Uint8Array>();
  return {
    ...uploads,
    size: async (sha256) => photos.get(sha256)?.byteLength ?? null,
    async add(upload, offset, part) {
      if (offset === 0) bytes.set(upload.sha256, part);
      return uploads.add(upload, offset, part);
    },
    async finish(upload) {
      const isWhole = await uploads.finish(upload);
      if (isWhole) photos.set(upload.sha256, bytes.get(upload.sha256) ?? new Uint8Array());
      return isWhole;
    },
  };
}

/** The remote of a phone over HTTP, in the place of the one that calls the server itself. */
export function overHttp(_: Remote, server: Server, { role, id }: Actor): Remote {
  const fetch = (async (input: string, init: RequestInit) =>
    applicationOf(server)(new Request(input, init))) as typeof globalThis.fetch;
  const headers = { 'x-claims': JSON.stringify({ role, sub: id }) };
  return httpRemote({ url: 'https://host.test', fetch, headers });
}
