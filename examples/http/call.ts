/** The claims of a token, as the issuer of this application writes them. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * A request independent of its transport: a Web `Request` (`fetch.ts`), or an event of API Gateway. A Lambda that made
 * a `Request` would wait for Node to load its `fetch`, which takes longer than all of the library.
 */
export type Call = Readonly<{
  method: string;
  /** As it stands in the URL. */
  path: string;
  query: URLSearchParams;
  header: (name: string) => string | null;
  /** The body, or null as soon as it is known to exceed that many bytes. */
  bytes: (max: number) => Promise<Uint8Array | null>;
  /** The claims of the caller's verified token; null without a valid one. */
  claims: () => Promise<Claims | null>;
  /** Aborted when the caller is gone. Without it nothing can be streamed. */
  gone?: AbortSignal;
}>;

export type Reply = Readonly<{
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | ReadableStream<Uint8Array> | null;
}>;

/** JSON, for this caller alone. */
export function json(body: object, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'private, no-cache', ...headers },
    body: JSON.stringify(body),
  };
}
