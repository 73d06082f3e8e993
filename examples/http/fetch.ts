import type { Call, Claims, Reply } from './call.ts';
import { wrong } from './problem.ts';

/** The application as a Web-standard handler, for Hono, Deno, Bun, or anything else that takes one. */
export function fetchHandler(
  app: (call: Call) => Promise<Reply>,
  claimsOf: (request: Request) => Promise<Claims | null>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname: path, searchParams: query } = new URL(request.url);
    const { status, headers, body } = await app({
      method: request.method,
      path,
      query,
      header: (name) => request.headers.get(name),
      bytes: (max) => bytesOf(request, max),
      claims: () => claimsOf(request),
      gone: request.signal,
    });
    return new Response(body, { status, headers });
  };
}

/** Reads no further than the limit. */
async function bytesOf({ body }: Request, max: number): Promise<Uint8Array | null> {
  const reader = body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const read = await reader?.read().catch(() => {
      throw wrong('body', '', 'incomplete');
    });
    if (read === undefined || read.done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    size += read.value.byteLength;
    if (size > max) {
      await reader?.cancel();
      return null;
    }
    chunks.push(read.value);
  }
}
