import { parse, serialize } from 'hono/utils/cookie';

/** Over HTTPS the browser keeps it from any other host, path and subdomain. */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-session' : 'session');

/** Of its own path, so that no other route is sent it. */
const clientNameOf = (isSecure: boolean) => (isSecure ? '__Secure-client' : 'client');

const CLIENT_PATH = '/api/client';

/** The token of the session cookie. */
export function tokenOf(request: Request, isSecure: boolean): string | undefined {
  return cookieIn(request, nameOf(isSecure));
}

/** The token of a client's cookie. */
export function clientTokenOf(request: Request, isSecure: boolean): string | undefined {
  return cookieIn(request, clientNameOf(isSecure));
}

const cookieIn = ({ headers }: Request, name: string): string | undefined =>
  parse(headers.get('cookie') ?? '', name)[name];

/** The session cookie: for scripts unreadable, and never sent from another site. Without a token it is removed. */
export function cookieOf(token: string | null, isSecure: boolean, maxAgeSeconds: number): string {
  return written(nameOf(isSecure), '/', token, isSecure, maxAgeSeconds);
}

/** The cookie of a client's session, which the browser sends to the client's routes alone. */
export function clientCookieOf(token: string | null, isSecure: boolean, maxAgeSeconds: number): string {
  return written(clientNameOf(isSecure), CLIENT_PATH, token, isSecure, maxAgeSeconds);
}

function written(name: string, path: string, token: string | null, secure: boolean, maxAgeSeconds: number): string {
  const maxAge = Math.floor(token === null ? 0 : maxAgeSeconds);
  return serialize(name, token ?? '', { path, httpOnly: true, sameSite: 'Strict', secure, maxAge });
}
