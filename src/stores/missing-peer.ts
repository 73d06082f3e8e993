import { StoreError } from './errors.ts';

/** The drivers that a host installs, by their ranges in `peerDependencies`. */
export const PEERS = { 'better-sqlite3': '^12.11.1', pg: '^8.23.1' } as const;

/** The error for a driver that could not be loaded: it says which one, of which version, and the command that installs it. */
export function missingPeer(entry: string, peer: keyof typeof PEERS, cause: unknown): StoreError {
  const { code, message } = cause as { code?: unknown; message?: unknown };
  const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  const [major] = /\d+/.exec(PEERS[peer]) ?? [];
  const reason = isMissing
    ? `which is not installed: npm install ${peer}@${major}`
    : `which cannot be loaded: ${message}`;
  return new StoreError('invalid', `${entry} needs ${peer} ${PEERS[peer]}, ${reason}`, { cause });
}
