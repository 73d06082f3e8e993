import { mustBe, mustKnowKeys } from '../../kernel/known.ts';
import { runtime } from '../../util/runtime.ts';
import {
  checkedAssignments,
  checkedEvents,
  checkedSyncAnswer,
  isCount,
  readFields,
  readTime,
  unusable,
} from './answers.ts';
import { createCall, type HttpCall, type HttpRemoteOptions, unavailable } from './http-call.ts';
import { type Remote, RemoteError } from './remote.ts';

export type { HttpHeaders, HttpRemoteOptions } from './http-call.ts';

/** The sizes of the pieces of a photograph, in bytes: the first, the least and the most. */
const PIECE = { first: 128 * 1024, least: 16 * 1024, most: 1024 * 1024 } as const;
/** Pieces grow as long as one takes less than the first of these times, and shrink when one takes more than the other. */
const PIECE_MS = { brisk: 2_000, slow: 5_000 } as const;
/** The number of times that a server may be no further with a photograph than before. */
const MAX_STALLS = 5;

/**
 * The server of a replica over HTTP, as the example application serves it. It needs nothing but `fetch`. Photographs are sent in
 * pieces: after a cut, the next call goes on where the server has them. The pieces grow while they arrive soon, and shrink
 * when one does not.
 *
 * Statuses, time limits and answers of something in between become a {@link RemoteError}.
 *
 * @throws TypeError for an unknown option, or one of another type
 * @since 0.5.0
 */
export function httpRemote(options: HttpRemoteOptions): Remote {
  checkOptions(options);
  const call = createCall(options);
  const uploads = { pieceBytes: PIECE.first as number };
  return {
    async sync(batch, { signal } = {}) {
      const { visitId, ...body } = batch;
      const { value } = await call({ method: 'POST', path: `${visitPath(visitId)}/sync`, json: body, signal });
      return checkedSyncAnswer(value, batch);
    },
    async events(visitId, after, { signal, lastEventId } = {}) {
      const last = lastEventId === undefined ? '' : `&lastEventId=${encodeURIComponent(lastEventId)}`;
      const { value } = await call({
        method: 'GET',
        path: `${visitPath(visitId)}/events?after=${after}${last}`,
        signal,
      });
      return checkedEvents(value, visitId, after);
    },
    async assignments(after, { signal } = {}) {
      const query = after === null ? '' : `?after=${encodeURIComponent(after)}`;
      const { value } = await call({ method: 'GET', path: `/assignments${query}`, signal });
      return checkedAssignments(value, after);
    },
    async takeLead(visitId, device, { signal } = {}) {
      try {
        const { value } = await call({ method: 'PUT', path: `${visitPath(visitId)}/lead`, json: { device }, signal });
        return { serverTime: readTime(readFields(value)) };
      } catch (error) {
        // A server that keeps no leads has none to hand over.
        if (error instanceof RemoteError && error.reason === 'no-such-path') return {};
        throw error;
      }
    },
    async registerKey(device, key, { signal } = {}) {
      await call({ method: 'PUT', path: '/devices/key', json: { device, key }, signal });
    },
    async hasPhoto({ sha256, visitId }, { signal } = {}) {
      try {
        return (await askProgress(call, photoPath(sha256, visitId), signal)).complete;
      } catch (error) {
        // A server that keeps no photographs has none.
        if (error instanceof RemoteError && error.kind === 'refused') return false;
        throw error;
      }
    },
    putPhoto: (photo, { signal } = {}) => putPhoto(call, uploads, photo, signal),
  };
}

const visitPath = (visitId: string) => `/visits/${encodeURIComponent(visitId)}`;

const knownOptions: Readonly<Record<keyof HttpRemoteOptions, 0>> = { url: 0, fetch: 0, headers: 0, timeoutMs: 0 };

function checkOptions(options: HttpRemoteOptions): void {
  mustKnowKeys('httpRemote', options ?? {}, knownOptions);
  const { url, fetch, headers = {}, timeoutMs = 1 } = options ?? {};
  // Only a page has an address that a relative one continues.
  const known = fetch || 'location' in globalThis ? /^[^?#]+$/ : /^https?:[^?#]+$/i;
  if (typeof url !== 'string' || !known.test(url)) {
    throw new TypeError('httpRemote takes { url }, an address without a query, such as https://visits.example/api');
  }
  mustBe(fetch === undefined || typeof fetch === 'function', 'fetch is a function', fetch);
  const hasHeaders = ['object', 'function'].includes(typeof headers) && headers !== null;
  mustBe(hasHeaders, 'headers are an object or a function', headers);
  mustBe(timeoutMs > 0 && timeoutMs < 2 ** 31, 'timeoutMs is a number of milliseconds', timeoutMs);
}

/** The part of a photograph that the server has. */
type PhotoProgress = Readonly<{ offset: number; complete: boolean }>;

function readProgress(value: unknown): PhotoProgress {
  const { offset, complete } = readFields(value);
  if (!isCount(offset) || typeof complete !== 'boolean') throw unusable('offset');
  return { offset, complete };
}

/** The same, as the headers of an answer without a body say it. */
function readProgressHeaders(headers: Headers): PhotoProgress {
  const offset = headers.get('upload-offset') ?? '';
  const complete = headers.get('upload-complete');
  if (!/^\d{1,15}$/.test(offset) || (complete !== '?0' && complete !== '?1')) throw unusable('upload-offset');
  return { offset: Number(offset), complete: complete === '?1' };
}

const photoPath = (sha256: string, visitId: string) =>
  `/photos/${encodeURIComponent(sha256)}?visit=${encodeURIComponent(visitId)}`;

const askProgress = async (call: HttpCall, path: string, signal: AbortSignal | undefined): Promise<PhotoProgress> =>
  readProgressHeaders((await call({ method: 'HEAD', path, signal })).headers);

type Photo = Parameters<Remote['putPhoto']>[0];

async function putPhoto(
  call: HttpCall,
  uploads: { pieceBytes: number },
  { sha256, bytes, visitId, mediaType }: Photo,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (bytes.length === 0) throw new RemoteError('refused', 'The photograph is empty', { reason: 'photo-empty' });
  const path = photoPath(sha256, visitId);
  const head = () => askProgress(call, path, signal);
  // One piece is sent without asking first: of it there is all or nothing.
  const isOnePiece = bytes.length <= Math.min(uploads.pieceBytes, PIECE.first);
  let progress = isOnePiece ? { offset: 0, complete: false } : await head();
  // Parts that were sent before may have been damaged: then it is sent once more from the beginning.
  let isResumed = progress.offset > 0;
  for (let stalls = 0; !progress.complete; ) {
    // What the server has beyond the end is no part of this photograph.
    const from = progress.offset < bytes.length ? progress.offset : 0;
    const piece = bytes.slice(from, from + uploads.pieceBytes);
    const range = `bytes ${from}-${from + piece.length - 1}/${bytes.length}`;
    const headers = { 'content-type': mediaType, 'content-range': range };
    const request = { path, headers, body: piece, signal };
    const sent = (await putPiece(call, uploads, request, isResumed)) ?? (await head());
    if (from === 0) isResumed = false;
    if (sent.offset <= progress.offset || sent.offset >= bytes.length) stalls += 1;
    if (stalls > MAX_STALLS && !sent.complete) throw unavailable('The server does not go on with the photograph');
    progress = sent;
  }
}

type Piece = Omit<Parameters<HttpCall>[0], 'method'>;

/** Sends a piece; answers how much the server has then. Null where it has another part than it said before. */
async function putPiece(
  call: HttpCall,
  uploads: { pieceBytes: number },
  piece: Piece,
  isResumed: boolean,
): Promise<PhotoProgress | null> {
  const startedAt = runtime.monotonicMs();
  try {
    const { value } = await call({ method: 'PUT', ...piece });
    const tookMs = runtime.monotonicMs() - startedAt;
    if (tookMs < PIECE_MS.brisk) grow(uploads, 2);
    else if (tookMs > PIECE_MS.slow) grow(uploads, 1 / 2);
    return readProgress(value);
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    if (error.reason === 'offset-mismatch' || (isResumed && error.reason === 'hash-mismatch')) return null;
    if (error.kind === 'unavailable') grow(uploads, 1 / 2);
    throw error;
  }
}

function grow(uploads: { pieceBytes: number }, factor: number): void {
  uploads.pieceBytes = Math.min(Math.max(uploads.pieceBytes * factor, PIECE.least), PIECE.most);
}
