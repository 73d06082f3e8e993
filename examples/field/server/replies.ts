/** A reply in JSON, for this caller alone. */
export function jsonReply(body: object, headers: Readonly<Record<string, string>> = {}, status = 200): Response {
  return new Response(safeJson(JSON.stringify(body)), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-cache', ...headers },
  });
}

/** JSON that is harmless wherever it lands: no tag begins in it. */
export const safeJson = (json: string): string => json.replaceAll('<', '\\u003c');
