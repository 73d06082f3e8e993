import { sign, verify } from 'hono/jwt';
import type { Claims } from '../http/call.ts';

/**
 * The claims of a request's bearer token, verified; null without a good one. This host signs its own with a secret; one with
 * an identity provider verifies by its public keys (`verifyWithJwks`).
 */
export function claimsBy(secret: string): (request: Request) => Promise<Claims | null> {
  return async ({ headers }) => {
    const token = /^Bearer ([\w.-]+)$/i.exec(headers.get('authorization') ?? '')?.[1];
    if (token === undefined) return null;
    return verify(token, secret, 'HS256').catch(() => null);
  };
}

/** A token of that content, good for an hour. */
export function tokenOf(claims: Claims, secret: string): Promise<string> {
  return sign({ ...claims, exp: Math.floor(Date.now() / 1000) + 3600 }, secret, 'HS256');
}
