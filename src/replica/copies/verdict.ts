/** One verdict on what a device recorded: of all its visits, or of one. */
import type { Head, SyncFailure } from './copy.ts';

/**
 * The verdict on what was recorded on a device, of all its visits or of one:
 *
 * - `received`: every act is on record at the server, also one that its rules refused, as a report; and the server holds every photograph
 *   that the acts name, but for those that the user removed after they were refused or lost. Say *received* for this alone;
 * - `attention`: an act is withheld, a photograph was refused or its bytes are lost, the server refuses a visit, the device has lost
 *   something, or it was revoked, so that an operator decides on what it handed in. It does not come right without a person, or only later: see `problems`, `failing` and `losses`;
 * - `saved`: acts or photographs wait, and are durable on the device;
 * - `unknown`: the store was not read yet, or nothing is here of which the server ever answered.
 *
 * @since 0.5.0
 */
export type ReplicaVerdict = 'received' | 'attention' | 'saved' | 'unknown';

/** The facts from which the verdict follows. */
type VerdictFacts = Readonly<{
  /** True once the store was read. */
  isRead: boolean;
  /** True if the server has answered for what is here. */
  isConfirmed: boolean;
  /** The number of acts that are withheld, photographs that were refused or lost, and visits or devices that are refused. */
  problems: number;
  /** The number of acts and photographs that wait. */
  waiting: number;
}>;

/** Derives the verdict: the first that applies. */
export function deriveVerdict({ isRead, isConfirmed, problems, waiting }: VerdictFacts): ReplicaVerdict {
  if (!isRead) return 'unknown';
  if (problems > 0) return 'attention';
  if (waiting > 0) return 'saved';
  return isConfirmed ? 'received' : 'unknown';
}

type Summary = Omit<Head, 'changedAt' | 'hasEnded'>;

/** Counts what a visit contributes to the verdict. */
export function countFacts(head: Summary): Pick<VerdictFacts, 'problems' | 'waiting'> {
  const { withheld, photosRefused, photosLost, waiting, photosWaiting, failure } = head;
  const problems = withheld + photosRefused + photosLost + (isRefusal(failure) ? 1 : 0);
  return { problems, waiting: waiting + photosWaiting };
}

/** The verdict on one visit, of which something may be lost. */
export function deriveVisitVerdict(head: Summary, losses: number): ReplicaVerdict {
  const { problems, waiting } = countFacts(head);
  const isConfirmed = head.version + head.own > 0;
  return deriveVerdict({ isRead: true, isConfirmed, problems: problems + losses, waiting });
}

/** The kinds of failure that pass by themselves, or with another session or version: no visit was refused. */
const passing: readonly string[] = ['unavailable', 'unauthenticated', 'upgrade-required'];

const isRefusal = (failure: SyncFailure | null): boolean => failure !== null && !passing.includes(failure.kind);
