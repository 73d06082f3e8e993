import type { Sha256 } from 'auxilio';
import { isId } from './access.ts';
import type { App, Asked } from './app.ts';
import { type Call, json, type Reply } from './call.ts';
import { MAX_PHOTO_BYTES, photoTypeOf } from './photo-bytes.ts';
import type { PhotoStore, Upload } from './photo-store.ts';
import { Problem, wrong } from './problem.ts';
import type { PhotoReply } from './replies.ts';
import { maySync } from './views.ts';

/** `HEAD /photos/:sha256?visit=`: how many of its bytes are there, and if it is complete. */
export async function photoHead(app: App, asked: Asked): Promise<Reply> {
  const { photos, upload } = await uploadOf(app, asked);
  return progressReply(await progressOf(photos, upload));
}

/** `PUT /photos/:sha256?visit=`: the photograph whole, or by `Content-Range` a part of it. */
export async function putPhoto(app: App, asked: Asked): Promise<Reply> {
  const { photos, upload } = await uploadOf(app, asked);
  const before = await progressOf(photos, upload);
  if (before.complete) return progressReply(before);
  const { from, total, bytes } = await partOf(asked.call);
  if (from === 0 && photoTypeOf(bytes) === null) throw new Problem('not-an-image');
  const offset = from + bytes.byteLength;
  return oneAtATime(photos, upload, async () => {
    if (!(await photos.add(upload, from, bytes))) {
      throw new Problem('offset-mismatch', { offset: await photos.uploaded(upload) });
    }
    if (offset === total && !(await photos.finish(upload))) throw new Problem('hash-mismatch');
    return progressReply({ sha256: upload.sha256, offset, complete: offset === total });
  });
}

/** The upload that is asked for, by a caller whom the visit concerns. */
async function uploadOf(app: App, asked: Asked): Promise<{ photos: PhotoStore; upload: Upload }> {
  const { service, access, photos } = app;
  const { call, caller } = asked;
  if (photos === undefined) throw new Problem('no-such-path');
  if (caller.actor.role === 'client') throw new Problem('not-yours');
  const sha256 = /^\/photos\/([0-9a-f]{64})$/.exec(call.path)?.[1];
  if (sha256 === undefined) throw wrong('path', 'sha256', 'not-a-hash');
  const visitId = call.query.get('visit');
  if (!isId(visitId)) throw wrong('query', 'visit', 'invalid-id');
  if (!access.mayEnter(caller, visitId)) throw new Problem('not-yours');
  const { version } = await service.load(visitId, { authorize: maySync(access, caller, visitId) });
  if (version === 0n) throw new Problem('not-assigned');
  return { photos, upload: { sha256, uploader: caller.actor.id } };
}

async function progressOf(photos: PhotoStore, upload: Upload): Promise<PhotoReply> {
  const { sha256, uploader } = upload;
  const size = await photos.size(sha256, uploader);
  if (size !== null) return { sha256, offset: size, complete: true };
  return { sha256, offset: await photos.uploaded(upload), complete: false };
}

/** In the body, and in headers for those who asked for no body. */
function progressReply(progress: PhotoReply): Reply {
  const { offset, complete } = progress;
  return json(progress, { 'upload-offset': String(offset), 'upload-complete': complete ? '?1' : '?0' });
}

/** A part of a photograph: from which byte on, and how many there are in all. */
type Part = Readonly<{ from: number; total: number; bytes: Uint8Array }>;

async function partOf({ header, bytes }: Call): Promise<Part> {
  if ((header('content-encoding') ?? 'identity') !== 'identity') throw new Problem('not-an-image');
  const range = rangeOf(header('content-range'));
  const declared = header('content-length');
  const length = range?.length ?? Number(declared ?? MAX_PHOTO_BYTES);
  if (length > MAX_PHOTO_BYTES || (range?.total ?? 0) > MAX_PHOTO_BYTES) throw new Problem('too-large');
  if (range !== null && declared !== null && Number(declared) !== length) throw otherLength();
  const read = await bytes(length);
  if (read === null) throw range === null ? new Problem('too-large') : otherLength();
  if (range !== null && read.byteLength !== length) throw otherLength();
  return { from: range?.from ?? 0, total: range?.total ?? read.byteLength, bytes: read };
}

const otherLength = () => wrong('body', '', 'other-length');

function rangeOf(header: string | null): { from: number; length: number; total: number } | null {
  if (header === null) return null;
  const [, from, to, total] = (/^bytes (\d{1,12})-(\d{1,12})\/(\d{1,12})$/.exec(header.trim()) ?? []).map(Number);
  if (from === undefined || to === undefined || total === undefined || from > to || to >= total) {
    throw wrong('header', 'Content-Range', 'not-a-range');
  }
  return { from, length: to - from + 1, total };
}

const running = new WeakMap<PhotoStore, Map<Sha256, Promise<unknown>>>();

/** Runs what adds to a photograph after what does so already: a request that was given up may still be at work. */
async function oneAtATime<T>(photos: PhotoStore, { sha256 }: Upload, act: () => Promise<T>): Promise<T> {
  const all = running.get(photos) ?? new Map<Sha256, Promise<unknown>>();
  running.set(photos, all);
  const turn = (all.get(sha256) ?? Promise.resolve()).then(act, act);
  all.set(sha256, turn);
  try {
    return await turn;
  } finally {
    if (all.get(sha256) === turn) all.delete(sha256);
  }
}
