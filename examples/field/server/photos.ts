import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { VisitEvent } from 'auxilio';
import { isId } from '../../http/access.ts';
import { photoFolder } from '../../http/photo-folder.ts';
import { Problem } from '../../http/problem.ts';
import type { Field, FieldAsked, FieldPhotos } from './field.ts';
import { DATA_POLICY } from './headers.ts';
import type { PhotoKeys } from './photo-keys.ts';
import { type Look, lookAt } from './pictures.ts';
import { Refusal } from './refusals.ts';
import { readSealed, sealedFiles } from './sealed-photos.ts';
import { viewFor } from './views.ts';

const HASH = /^[0-9a-f]{64}$/;
const BEGIN_BYTES = 12;
const PIECE_BYTES = 64 * 1024;

/** Photographs in a folder, each looked at before it is there; encrypted under their keys, if there are any. */
export function photosIn(folder: string, look: Look = lookAt): (keys: PhotoKeys | null) => FieldPhotos {
  return (keys) => {
    const isSound = async (bytes: Uint8Array) => (await look(bytes)) !== null;
    const pathOf = async (sha256: string) => join(folder, keys === null ? sha256 : await keys.nameOf(sha256));
    return {
      ...photoFolder(folder, isSound, keys === null ? undefined : sealedFiles(keys)),
      async read(sha256) {
        if (!HASH.test(sha256)) return null;
        const path = await pathOf(sha256);
        const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return null;
          throw error;
        });
        if (found === null) return null;
        if (keys === null) return { size: found.size, begin: await beginOf(path), body: streamOf(path) };
        const key = await keys.read(sha256);
        return key && readSealed(path, found.size, key);
      },
      remove: async (sha256) => rm(await pathOf(sha256), { force: true }),
    };
  };
}

async function beginOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(BEGIN_BYTES), 0, BEGIN_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The bytes of a file, read as they are taken: of a photograph that is read slowly, no more is kept here than a piece. */
function streamOf(path: string): ReadableStream<Uint8Array<ArrayBuffer>> {
  let file: FileHandle | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        file ??= await open(path);
        const { buffer, bytesRead } = await file.read(new Uint8Array(PIECE_BYTES));
        if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead));
        await file.close();
        controller.close();
      },
      cancel: () => file?.close(),
    },
    { highWaterMark: 0 },
  );
}

/** `GET /api/photos/:sha256?visit=`: a photograph of a visit, for those who may see the act that took it. */
export async function photoOf(field: Field, asked: FieldAsked): Promise<Response> {
  const { param, query } = asked;
  const sha256 = param('sha256');
  const visitId = query.get('visit');
  if (!HASH.test(sha256) || !isId(visitId))
    throw new Refusal('bad-request', { at: HASH.test(sha256) ? 'visit' : 'sha256' });
  const { events, own = [] } = await viewFor(field, asked, visitId);
  const taken = [...events, ...own].filter((event) => isOf(event, sha256));
  if (taken.length === 0) throw new Problem('not-yours');
  // Asked for again each time: the next person at this screen may not see it.
  const shared = { etag: `"${sha256}"`, 'cache-control': 'private, no-cache', 'content-security-policy': DATA_POLICY };
  if (asked.request.headers.get('if-none-match') === shared.etag)
    return new Response(null, { status: 304, headers: shared });
  // Of those who say that they took it, one has to have had it: a hash alone opens no photograph of another visit.
  const takers = new Set(taken.flatMap(({ data: { by, recordedBy = by } }) => [by.id, recordedBy.id]));
  const sizes = await Promise.all([...takers].map((taker) => field.photos.size(sha256, taker)));
  const photo = sizes.every((size) => size === null) ? null : await field.photos.read(sha256);
  if (photo === null) throw new Refusal('no-such-path');
  const { size, begin, body } = photo;
  return new Response(body, {
    headers: { ...shared, 'content-type': typeOf(begin), 'content-length': String(size) },
  });
}

/** True if the event took the photograph, or reports an act that did. */
function isOf({ type, data }: VisitEvent, sha256: string): boolean {
  if (type === 'PhotosTaken') return data.photos.some((photo) => photo.sha256.toLowerCase() === sha256);
  if (type !== 'DiscrepancyReported') return false;
  return data.acts.some((act) => act.type === 'PhotosTaken' && isOf(act as unknown as VisitEvent, sha256));
}

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** The type of a photograph by its first bytes. Other files were refused when they came. */
function typeOf(bytes: Uint8Array): string {
  if (ascii(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'image/webp';
  return ascii(bytes, 4, 8) === 'ftyp' ? 'image/heic' : 'application/octet-stream';
}
