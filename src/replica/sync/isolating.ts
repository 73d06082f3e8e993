/** The evidence that one act or one photograph is what the server fails at, and not the server, the network or the visit. */
import type { Copy } from '../copies/copy.ts';
import type { RemoteError } from '../remote/remote.ts';
import { type Syncing, sendCommands } from './exchange.ts';
import { isAnswered, isDiverged, isRevocation } from './failing.ts';

/**
 * The number of rounds in which a visit fails though the server answers other calls, before one thing of it is withheld: where something
 * answers with a failure, where nothing answers, and where nothing answers to a photograph, which may be on its way over a slow network.
 */
const PATIENCE = { answered: 1, unanswered: 4, photo: 20 } as const;

/** The most things of a visit that are withheld in one round for failures of the server. */
const MOST = 4;

/** The kinds of failure that are the server's word on what was sent. */
const refusals: readonly string[] = ['refused', 'forbidden', 'malformed', 'too-large', 'photos-missing'];

/** True for the server's word on what was sent: not for a call that did not come through, nor for a device that it serves no longer. */
export const isRefusal = (failure: RemoteError): boolean =>
  refusals.includes(failure.kind) && !isRevocation(failure) && !isDiverged(failure);

/** The evidence of a visit in a round. */
export type Evidence = {
  /** The number of rounds in a row in which the visit failed though the server answered other calls. */
  readonly reached: number;
  /** True if the server takes an empty batch of the visit; null until it was asked. */
  isAlive: boolean | null;
  /** The number of things that may still be withheld. */
  left: number;
};

export const beginEvidence = ({ failure }: Copy): Evidence => ({
  reached: failure?.reached ?? 0,
  isAlive: null,
  left: MOST,
});

/** Asks whether the server takes a batch of the visit that has nothing in it. */
export async function isAlive(syncing: Syncing, copy: Copy, evidence: Evidence): Promise<boolean> {
  if (evidence.isAlive === null) {
    evidence.isAlive = (await sendCommands(syncing, copy, copy.events.length, [])).ok;
  }
  return evidence.isAlive;
}

/** True if what failed can be told from the rest of its visit: the visit is exchanged without it, and fails with it. */
export async function mayIsolate(
  syncing: Syncing,
  copy: Copy,
  evidence: Evidence,
  failure: RemoteError,
  what: 'act' | 'photo',
): Promise<boolean> {
  if (syncing.signal.aborted || isRevocation(failure) || isDiverged(failure) || evidence.left === 0) return false;
  const unanswered = what === 'photo' ? PATIENCE.photo : PATIENCE.unanswered;
  const patience = isRefusal(failure) ? 0 : isAnswered(failure) ? PATIENCE.answered : unanswered;
  if (evidence.reached < patience) return false;
  // A server that asked to wait is asked no more.
  return isAskedToWait(failure) ? evidence.isAlive === true : isAlive(syncing, copy, evidence);
}

/** True if the server asked to wait before the next call. */
export const isAskedToWait = ({ retryAfterMs = 0 }: RemoteError): boolean => retryAfterMs > 0;
