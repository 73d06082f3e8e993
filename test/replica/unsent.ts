import { createHash } from 'node:crypto';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The seal of a file of unsent commands: the SHA-256 of the hashes of its lines, of those before the last. */
export function sealOf(body: string): string {
  return sha256(body.trimEnd().split('\n').map(sha256).join('\n'));
}
