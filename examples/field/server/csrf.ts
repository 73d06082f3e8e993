import { Refusal } from './refusals.ts';

/** The header that the screens send with every request that changes something. A page of another origin cannot. */
const CSRF_HEADER = 'x-field';

const harmless: readonly string[] = ['GET', 'HEAD'];

/**
 * Refuses a request that changes something and was not made by a script of this origin. Three things must agree, so that none is
 * relied upon alone (the cookie is `SameSite=Strict` besides): the header of the screens is there, which a page of another origin
 * may not set, as no preflight is answered; `Origin`, where the browser sends it, is this one; so is what `Sec-Fetch-Site` says.
 */
export function refuseCrossSite({ method, headers }: Request, origin: string): void {
  if (harmless.includes(method)) return;
  const from = headers.get('origin');
  const site = headers.get('sec-fetch-site');
  const isOwn = (from === null || from === origin) && (site === null || site === 'same-origin');
  if (!isOwn || headers.get(CSRF_HEADER) !== '1') throw new Refusal('cross-site');
}
