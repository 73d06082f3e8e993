import type { Reply } from '../../http/call.ts';

/** A reply in JSON, for this caller alone. */
export function jsonReply(body: object, headers: Readonly<Record<string, string>> = {}, status = 200): Response {
  const own = { 'content-type': 'application/json', 'cache-control': 'private, no-cache', ...headers };
  const sized = sizedReply({ status, headers: own, body: JSON.stringify(body) });
  return new Response(sized.body, { status, headers: sized.headers });
}

/** A reply whose JSON is harmless wherever it lands, with its length: a short one is not worth compressing. */
export function sizedReply(reply: Reply): Reply {
  if (typeof reply.body !== 'string') return reply;
  const body = safeJson(reply.body);
  return { ...reply, headers: { ...reply.headers, 'content-length': String(Buffer.byteLength(body)) }, body };
}

/** JSON that is harmless wherever it lands: no tag begins in it. */
export const safeJson = (json: string): string => json.replaceAll('<', '\\u003c');
