/** The parts of a replica that a round of syncing needs, and the calls that several steps of it make. */
import type { Id, Instant, Sha256, VisitCommand } from '../../messages/index.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { asWithheld, readLogHead } from '../copies/confirming.ts';
import { type Copies, editCopy } from '../copies/copies.ts';
import type { Copy, Queued, Withheld } from '../copies/copy.ts';
import type { Answered } from '../remote/answers.ts';
import type { Server } from '../remote/calls.ts';
import type { RemoteError, RemoteSyncAnswer } from '../remote/remote.ts';

export type Syncing = Readonly<{
  store: ReplicaStore;
  server: Server;
  copies: Copies;
  device: string;
  now: () => Instant;
  undoMs: number;
  keepEndedMs: number;
  /** The photographs that were uploaded since the replica was created; a full device may not have stored it of all. */
  uploaded: Set<Sha256>;
  /** The visits of which events of others have arrived that were not acknowledged to the server. */
  unacknowledged: Set<Id>;
  signal: AbortSignal;
  /** Notes a time of the server. */
  heard: (serverTime: Instant) => void;
  /** Asked before each step that another tab may take meanwhile: false once this tab may no longer sync. */
  mayGoOn: () => boolean;
}>;

/** The outcomes of the commands of a round, by their ids. */
export type Sent = { accepted: Id[]; refused: Id[]; twin: Id[]; repeated: Id[] };

/** A visit that is being sent in a round, with the evidence that one act or photograph of it fails, and not the visit. */
export type Sending = Syncing & {
  readonly visitId: Id;
  readonly sent: Sent;
  /** The most commands of the next batch; and the most that it grows to, since one of more was too large. */
  most: number;
  cap: number;
  /** The photographs that were uploaded again since the server lacked them. */
  readonly uploadedAgain: Set<Sha256>;
  /** The number of rounds in a row in which the visit failed though the server answered other calls. */
  readonly reached: number;
  /** True if the server takes an empty batch of the visit; null until it was asked. */
  isAlive: boolean | null;
  /** The number of acts and photographs that may still be withheld. */
  left: number;
};

/** The end of the exchange of a visit: it is complete, the server failed, or another tab has taken over the round. */
export type Exchanged = Readonly<{ end: 'done' | 'overtaken' }> | Readonly<{ end: 'failed'; failure: RemoteError }>;

export const overtaken: Exchanged = { end: 'overtaken' };

/** Ends an exchange with the failure of a call, if there was one. */
export const endWith = (failure: RemoteError | null): Exchanged =>
  failure === null ? { end: 'done' } : { end: 'failed', failure };

/** Sends commands of a visit, or none, with the end of its log as it is here. */
export async function sendCommands(
  { server, device, signal, heard }: Syncing,
  copy: Copy,
  basedOn: number,
  commands: readonly VisitCommand[],
): Promise<Answered<RemoteSyncAnswer>> {
  const head = readLogHead(copy);
  const batch = { visitId: copy.visitId, basedOn, ...(head && { head }), commands, device };
  const answered = await server.sync(batch, { signal });
  if (answered.ok) heard(answered.value.serverTime);
  return answered;
}

/** Withholds commands of a visit. */
export const withhold = ({ copies, visitId }: Sending, commands: readonly Queued[], reason: Withheld): Promise<void> =>
  editCopy(copies, visitId, (copy) => commands.reduce((after, { place }) => asWithheld(after, place, reason), copy));
