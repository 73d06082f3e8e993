/** The parts of a replica that a round of syncing needs. */
import type { Actor, Id, Instant, Sha256, VisitCommand } from '../../messages/index.ts';
import type { ReplicaStore } from '../../stores/replica-store.ts';
import { asWithheld, headOfLog } from '../copies/confirming.ts';
import type { Copies } from '../copies/copies.ts';
import type { Copy, Queued, Withheld } from '../copies/copy.ts';
import type { Answered } from '../remote/answers.ts';
import type { Server } from '../remote/calls.ts';
import type { RemoteSyncAnswer } from '../remote/remote.ts';

export type Syncing = Readonly<{
  store: ReplicaStore;
  server: Server;
  copies: Copies;
  actor: Actor;
  device: string;
  now: () => Instant;
  undoMs: number;
  keepEndedMs: number;
  /** The photographs that were uploaded since the replica was created: not all of them may have been noted. */
  uploaded: Set<Sha256>;
  /** The visits with events of others that have arrived and were not acknowledged to the server. */
  unacknowledged: Set<Id>;
  signal: AbortSignal;
  /** Notes a time of the server. */
  heard: (serverTime: Instant) => void;
  /** Called before each step that another tab may take meanwhile. @throws when this one may no longer sync */
  mayGoOn: () => void;
}>;

/** Sends commands of a visit, or none, with the end of its log as it is here. */
export async function sendCommands(
  { server, device, signal, heard }: Syncing,
  copy: Copy,
  basedOn: number,
  commands: readonly VisitCommand[],
): Promise<Answered<RemoteSyncAnswer>> {
  const head = headOfLog(copy);
  const batch = { visitId: copy.visitId, basedOn, ...(head && { head }), commands, device };
  const answered = await server.sync(batch, { signal });
  if (answered.ok) heard(answered.value.serverTime);
  return answered;
}

/** Withholds commands of a visit. */
export const withhold = (
  { copies }: Syncing,
  visitId: Id,
  commands: readonly Queued[],
  reason: Withheld,
): Promise<void> =>
  copies.edit(visitId, (copy) => commands.reduce((after, { place }) => asWithheld(after, place, reason), copy));
