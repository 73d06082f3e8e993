import type { Call, Claims, Reply } from './call.ts';
import { Problem, wrong } from './problem.ts';

/** The application as a Web-standard handler, for Hono, Deno, Bun, or anything else that takes one. */
export function fetchHandler(
  app: (call: Call) => Promise<Reply>,
  claimsOf: (request: Request) => Promise<Claims | null>,
  { bodyTimeoutMs = 10_000 }: Readonly<{ bodyTimeoutMs?: number }> = {},
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const { status, headers, body } = await app({
      method: request.method,
      path,
      query,
      header: (name) => request.headers.get(name),
      bytes: (max) => bytesOf(request, max, bodyTimeoutMs),
      claims: () => claimsOf(request),
      gone: request.signal,
    });
    return new Response(body, { status, headers });
  };
}

/** The bytes of a body: reads no further than the limit, which null says, and for no longer. */
export async function bytesOf({ body }: Request, max: number, timeoutMs: number): Promise<Uint8Array | null> {
  const reader = body?.getReader();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void reader?.cancel().catch(() => undefined);
  }, timeoutMs);
  try {
    return await readBy(reader, max, () => isLate);
  } finally {
    clearTimeout(timer);
  }
}

async function readBy(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | undefined,
  max: number,
  isLate: () => boolean,
): Promise<Uint8Array | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const read = await reader?.read().catch(() => {
      throw isLate() ? new Problem('body-timeout') : wrong('body', '', 'incomplete');
    });
    if (isLate()) throw new Problem('body-timeout');
    if (read === undefined || read.done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += read.value.byteLength;
    if (size > max) {
      await reader?.cancel();
      return null;
    }
    chunks.push(read.value);
  }
}
