/**
 * The codes at the door: six digits for each direction, from a secret that provider and client have of one assignment. They are made
 * without a signal, change every ten minutes, and the one before and the one after are good, too.
 */
type Shower = 'provider' | 'client';

const WINDOW_MS = 600_000;

/** Makes the code that one of the two shows at a time. */
export async function doorCode(secret: string, shownBy: Shower, nowMs: number): Promise<string> {
  return codeIn(secret, shownBy, Math.floor(nowMs / WINDOW_MS));
}

/** Tells whether a code is the one that the other shows now, by a clock that may be ten minutes off. */
export async function isDoorCode(secret: string, shownBy: Shower, typed: string, nowMs: number): Promise<boolean> {
  const current = Math.floor(nowMs / WINDOW_MS);
  const near = [current - 1, current, current + 1].map((window) => codeIn(secret, shownBy, window));
  return (await Promise.all(near)).includes(typed.replaceAll(/\s/g, ''));
}

/** Groups the digits of a code for the eye. */
export const spaced = (code: string): string => `${code.slice(0, 3)}\u2009${code.slice(3)}`;

async function codeIn(secret: string, shownBy: Shower, window: number): Promise<string> {
  const bytes = new TextEncoder();
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), hmac, false, ['sign']);
  const mac = new DataView(await crypto.subtle.sign(hmac.name, key, bytes.encode(`${shownBy} ${window}`)));
  // As RFC 4226 takes a number out of a MAC: the last four bits say where it begins.
  const number = mac.getUint32(mac.getUint8(mac.byteLength - 1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}
