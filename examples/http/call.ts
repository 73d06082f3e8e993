/** What a token says, as this host's issuer writes it. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * What a caller asks, freed from who brought it: a Web `Request` (`fetch.ts`), or an event of API Gateway. A Lambda that made
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
  /** What the caller's token says, once it was verified; null if he has none that is good. */
  claims: () => Promise<Claims | null>;
  /** Aborted when the caller is gone. Without it nothing can be streamed to him. */
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
