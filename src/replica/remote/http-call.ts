/** One HTTP call of `httpRemote`: sent with a time limit, its answer read up to a size, its failure made a `RemoteError`. */
import { runtime } from '../../util/runtime.ts';
import { isCount } from './answers.ts';
import { RemoteError, type RemoteErrorDetails, type RemoteErrorKind } from './remote.ts';

/** The headers of a call, such as that of a token, or a function that answers them. @since 0.5.0 */
export type HttpHeaders =
  | Readonly<Record<string, string>>
  | (() => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>);

/** Options of `httpRemote`. @since 0.5.0 */
export type HttpRemoteOptions = Readonly<{
  /** The address of the server, to which the paths of the calls are appended. */
  url: string;
  /** The `fetch` to call; that of the runtime by default. */
  fetch?: typeof globalThis.fetch;
  /** The headers of every call. A function is called before each, so that it can renew a token. */
  headers?: HttpHeaders;
  /** The time after which a call is given up, in milliseconds; 60,000 by default. */
  timeoutMs?: number;
}>;

type HttpRequest = Readonly<{
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** The path, escaped, with its query. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array<ArrayBuffer>;
  /** A body that is sent as JSON. */
  json?: unknown;
  signal?: AbortSignal | undefined;
}>;

/** A successful answer: its value, and its headers. */
type HttpAnswer = Readonly<{ value: unknown; headers: Headers }>;

export type HttpCall = (request: HttpRequest) => Promise<HttpAnswer>;

/** The most bytes of an answer that are read. */
const MAX_BYTES = 32 * 1024 * 1024;
/** The most characters of the server's words, and of a code of it. */
const MAX_WORDS = 500;
const MAX_CODE = 100;
const DAY_MS = 86_400_000;

export function createCall({ url, fetch, headers = {}, timeoutMs = 60_000 }: HttpRemoteOptions): HttpCall {
  const base = withoutSlashes(url);
  return async ({ method, path, json, signal, ...request }) => {
    const body = json === undefined ? request.body : JSON.stringify(json);
    const contentType = json === undefined ? {} : { 'content-type': 'application/json' };
    const giveUp = new AbortController();
    const end = () => giveUp.abort(signal?.reason);
    const cancel = runtime.setTimer(() => giveUp.abort(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
    signal?.addEventListener('abort', end);
    if (signal?.aborted === true) end();
    try {
      const own = typeof headers === 'function' ? await headers() : headers;
      giveUp.signal.throwIfAborted();
      const init = {
        method,
        headers: { accept: 'application/json', ...own, ...contentType, ...request.headers },
        ...(body !== undefined && { body }),
        // An answer of a cache, or of the page that a redirect leads to, is not the server's.
        cache: 'no-store',
        redirect: 'error',
        signal: giveUp.signal,
      } as const;
      return await readAnswer(method, await (fetch ?? globalThis.fetch)(base + path, init));
    } catch (error) {
      if (error instanceof RemoteError) throw error;
      const reason: unknown = giveUp.signal.aborted ? giveUp.signal.reason : error;
      throw unavailable(`The server cannot be reached: ${describeReason(reason)}`, { cause: reason });
    } finally {
      cancel();
      signal?.removeEventListener('abort', end);
    }
  };
}

function withoutSlashes(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end -= 1;
  return url.slice(0, end);
}

export const unavailable = (message: string, details?: RemoteErrorDetails) =>
  new RemoteError('unavailable', message, details);

const describeReason = (reason: unknown) =>
  (reason instanceof Error ? reason.message : String(reason)).slice(0, MAX_WORDS);

async function readAnswer(method: HttpRequest['method'], response: Response): Promise<HttpAnswer> {
  const { ok, headers } = response;
  if (method === 'HEAD') {
    if (ok) return { value: undefined, headers };
    throw readError(response, isJson(headers) ? {} : undefined);
  }
  const value = isJson(headers) ? parseBody(await readText(response), response.status) : undefined;
  if (value === undefined) await response.body?.cancel().catch(() => undefined);
  if (!ok) throw readError(response, readRecord(value));
  if (value === undefined) throw unusable(response);
  return { value, headers };
}

const isJson = (headers: Headers) => /^application\/([\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? '');

/** A page of a proxy, or of a network that wants a sign-in, has the status of success as well. */
function unusable({ status, headers }: Response): RemoteError {
  const type = (headers.get('content-type') ?? 'no content type').slice(0, MAX_CODE);
  const message = `The answer (${status}, ${type}) is not JSON: something between here and the server may have answered`;
  return unavailable(message, { status, ...retryAfter(headers) });
}

async function readText(response: Response): Promise<string> {
  if (Number(response.headers.get('content-length') ?? 0) > MAX_BYTES) throw tooLong();
  // Some runtimes have no streams: there the body is whole before its size is known.
  const reader = response.body?.getReader();
  if (reader === undefined) return decoded([new Uint8Array(await response.arrayBuffer())]);
  const chunks: Uint8Array[] = [];
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return decoded(chunks);
    size += value.byteLength;
    if (size > MAX_BYTES) {
      await reader.cancel().catch(() => undefined);
      throw tooLong();
    }
    chunks.push(value);
  }
}

const tooLong = () => unavailable(`The answer has more than ${MAX_BYTES} bytes`);

function decoded(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder();
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
}

function parseBody(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unavailable('The answer is not valid JSON: it may have been cut', { cause, status });
  }
}

/** A JSON object. */
type JsonRecord = Readonly<Record<string, unknown>>;

const readRecord = (value: unknown): JsonRecord | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;

/** The error that a status is, with what the server's problem says. */
function readError(response: Response, problem: JsonRecord | undefined): RemoteError {
  const { status, headers } = response;
  const kind = classifyStatus(status, problem);
  const { title, detail, message, code, index, photos, quarantineId } = problem ?? {};
  if (kind === 'unavailable' && problem === undefined) return unusable(response);
  const words = [title ?? message, detail].filter((each) => typeof each === 'string').join(': ');
  const reason = problem?.reason ?? code;
  return new RemoteError(kind, words.slice(0, MAX_WORDS) || `The server answered ${status}`, {
    ...(typeof reason === 'string' && { reason: reason.slice(0, MAX_CODE) }),
    ...(isCount(index) && { index }),
    ...(Array.isArray(photos) && { photos: photos.filter(isSha256) }),
    ...(typeof quarantineId === 'string' && { quarantineId: quarantineId.slice(0, MAX_CODE) }),
    status,
    ...retryAfter(headers),
  });
}

const isSha256 = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** The kind of a failure. A status without a JSON body is not trusted where something in between may have sent it. */
function classifyStatus(status: number, problem: JsonRecord | undefined): RemoteErrorKind {
  if (status === 401) return 'unauthenticated';
  if (status === 426) return 'upgrade-required';
  if (problem === undefined || status < 400 || status >= 500) return 'unavailable';
  if (status === 403) return 'forbidden';
  if (status === 413) return 'too-large';
  if ([405, 407, 408, 425, 429].includes(status) || problem.code === 'no-such-path') return 'unavailable';
  if (isCount(problem.index)) return 'malformed';
  return problem.code === 'photos-missing' ? 'photos-missing' : 'refused';
}

/** The time to wait, in milliseconds, at most a day. A date is compared with that of the answer, by the server's clock. */
function retryAfter(headers: Headers): Pick<RemoteErrorDetails, 'retryAfterMs'> {
  const value = headers.get('retry-after')?.trim() ?? '';
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.min(Math.max(ms, 0), DAY_MS) };
}
