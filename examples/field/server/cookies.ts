import { parse, serialize } from 'hono/utils/cookie';

/** Over HTTPS the browser keeps it from any other host, path and subdomain. */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-session' : 'session');

/** The token of the session cookie. */
export function tokenOf(request: Request, isSecure: boolean): string | undefined {
  const name = nameOf(isSecure);
  return parse(request.headers.get('cookie') ?? '', name)[name];
}

/** The session cookie: for scripts unreadable, and never sent from another site. Without a token it is removed. */
export function cookieOf(token: string | null, isSecure: boolean, maxAgeSeconds: number): string {
  const lasts = token === null ? 0 : maxAgeSeconds;
  return serialize(nameOf(isSecure), token ?? '', {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure,
    maxAge: Math.floor(lasts),
  });
}
