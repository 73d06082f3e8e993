import type { VisitCommand } from 'auxilio';
import { parseUnsent, type Unsent, type UnsentCommand } from 'auxilio/replica';
import { LIMITS } from 'auxilio/wire';
import { isId } from './access.ts';
import type { App, Asked } from './app.ts';
import { type Call, json, type Reply } from './call.ts';
import { isDevice } from './device-routes.ts';
import { type PhotoStore, sha256Of } from './photo-store.ts';
import { Problem, wrong } from './problem.ts';
import type { UnsentReply } from './replies.ts';

/** The most bytes of a file. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * `POST /unsent`: the file of a phone that can send no more, by the contact center. Its seal does not prove who wrote it, so its
 * commands wait in the quarantine until an operator vouches for them.
 */
export async function takeUnsent(app: App, { call, caller }: Asked): Promise<Reply> {
  const { quarantine, photos, now } = app;
  if (quarantine === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const { actor: sender, device, commands, photos: taken } = await unsentOf(call);
  const stored = photos === undefined ? 0 : await storeAll(photos, sender.id, taken);
  const quarantineIds: string[] = [];
  for (const batch of batchesOf(commands)) {
    const id = await quarantine.add({ ...batch, sender, device, receivedAt: now() });
    if (id === null) throw new Problem('quarantine-full');
    quarantineIds.push(id);
  }
  const body: UnsentReply = { sender, device, quarantineIds, photos: stored };
  return json(body);
}

async function unsentOf({ bytes }: Call): Promise<Unsent> {
  const read = await bytes(MAX_BYTES);
  if (read === null) throw new Problem('too-large');
  const parsed = await parseUnsent(new TextDecoder().decode(read));
  if (!parsed.ok) {
    const isOfLine = parsed.reason === 'malformed' || parsed.reason === 'signature-invalid';
    throw wrong('body', `/${parsed.line}`, isOfLine ? 'malformed-line' : parsed.reason);
  }
  const { actor, device, commands } = parsed.value;
  if (!isDevice(device) || !isId(actor.id)) throw wrong('body', '/1', 'malformed-line');
  const isTheirs = ({ command: { data, metadata }, visitId, basedOn }: UnsentCommand) =>
    data.visitId === visitId &&
    metadata.commandId !== undefined &&
    metadata.actor.role === actor.role &&
    metadata.actor.id === actor.id &&
    Number.isSafeInteger(basedOn);
  const foreign = commands.findIndex((each) => !isTheirs(each));
  if (foreign !== -1) throw new Problem('other-actor', { index: foreign });
  return parsed.value;
}

type Batch = { readonly visitId: string; readonly basedOn: number; readonly commands: VisitCommand[] };

/** The batches that a phone would have sent. What it had withheld is a batch each, to stop no other; what waits already is left out. */
function batchesOf(commands: readonly UnsentCommand[]): readonly Batch[] {
  const batches: (Batch & { readonly isOpen: boolean })[] = [];
  for (const { visitId, basedOn, command, withheld } of commands) {
    if (withheld?.reason === 'quarantined') continue;
    const open = batches.findLast((batch) => batch.isOpen && batch.visitId === visitId);
    const fits = open !== undefined && withheld === undefined && open.basedOn === basedOn && hasRoom(open, command);
    if (fits) open.commands.push(command);
    else batches.push({ visitId, basedOn, commands: [command], isOpen: withheld === undefined });
  }
  return batches.map(({ isOpen: _, ...batch }) => batch);
}

function hasRoom({ commands }: Batch, command: VisitCommand): boolean {
  if (commands.length >= LIMITS.batchCommands) return false;
  return new TextEncoder().encode(JSON.stringify([...commands, command])).byteLength <= LIMITS.batchBytes;
}

/** Stores the photographs whose bytes have their hash; answers how many there are now. */
async function storeAll(photos: PhotoStore, uploader: string, taken: Unsent['photos']): Promise<number> {
  let stored = 0;
  for (const { sha256, bytes } of taken) {
    if ((await sha256Of(bytes)) !== sha256) continue;
    const upload = { sha256, uploader };
    const isThere = (await photos.size(sha256, uploader)) !== null;
    if (isThere || ((await photos.add(upload, 0, bytes)) && (await photos.finish(upload)))) stored += 1;
  }
  return stored;
}
