import type { VisitCommand } from 'auxilio';
import { parseUnsent, type Unsent, type UnsentCommand } from 'auxilio/replica';
import { LIMITS } from 'auxilio/wire';
import { isId } from './access.ts';
import type { App, Asked } from './app.ts';
import { type Call, json, type Reply } from './call.ts';
import { verifierOf } from './device-keys.ts';
import { isDevice } from './device-routes.ts';
import { isPhoto } from './photo-bytes.ts';
import { type PhotoStore, sha256Of } from './photo-store.ts';
import { Problem, wrong } from './problem.ts';
import type { UnsentSignature } from './quarantine.ts';
import type { UnsentReply } from './replies.ts';
import { signatureWords } from './words.ts';

/** The most bytes of a file, and the most lines: a phone with all its visits has far fewer, and each takes a while to be read. */
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_LINES = 10_000;

/**
 * `POST /unsent`: the file of a phone that can send no more, by the contact center. Its commands wait in the quarantine until an operator
 * vouches for them. The answer says whose signature it has: the seal alone does not prove who wrote it.
 */
export async function takeUnsent(app: App, { call, caller, locale }: Asked): Promise<Reply> {
  const { quarantine, photos, now } = app;
  if (quarantine === undefined) throw new Problem('no-such-path');
  if (caller.actor.role !== 'contact-center') throw new Problem('not-yours');
  const text = await textOf(call);
  const unsent = await unsentOf(text);
  const { actor: sender, device, commands, photos: taken } = unsent;
  const signature = await signatureOf(app, text, unsent);
  const stored = photos === undefined ? 0 : await storeAll(photos, sender.id, taken);
  const quarantineIds: string[] = [];
  for (const batch of batchesOf(commands)) {
    const id = await quarantine.add({ ...batch, sender, device, receivedAt: now(), signature });
    if (id === null) throw new Problem('quarantine-full');
    quarantineIds.push(id);
  }
  const told = { ...signature, message: signatureWords[locale](signature) };
  const body: UnsentReply = { sender, device, quarantineIds, signature: told, photos: stored };
  return json(body);
}

async function textOf({ bytes }: Call): Promise<string> {
  const read = await bytes(MAX_BYTES);
  if (read === null) throw new Problem('too-large');
  if (linesOf(read) > MAX_LINES) throw new Problem('too-large');
  return new TextDecoder().decode(read);
}

function linesOf(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

async function unsentOf(text: string): Promise<Unsent> {
  const parsed = await parseUnsent(text);
  if (!parsed.ok) {
    // No signature was verified.
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

/** Finds the key of its device that signed a file. */
async function signatureOf({ devices }: App, text: string, unsent: Unsent): Promise<UnsentSignature> {
  const { actor, device, isSigned } = unsent;
  const keys = (await devices?.keysOf({ providerId: actor.id, device })) ?? [];
  const unproven = { device, replacedAt: null };
  if (keys.length === 0) return { ...unproven, state: isSigned ? 'unknown-key' : 'unsigned' };
  if (!isSigned) return { ...unproven, state: 'missing' };
  for (const key of keys) {
    const { ok } = await parseUnsent(text, { verify: verifierOf(key) });
    if (ok) return { state: 'signed', device, replacedAt: key.replacedAt };
  }
  return { ...unproven, state: 'mismatch' };
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

/** Leaves out a photograph that cannot be read, so that the acts of the file are taken. */
function ifNoPhoto(error: unknown): false {
  if (error instanceof Problem && error.code === 'not-an-image') return false;
  throw error;
}

/** Stores what is a photograph with its hash; answers how many there are now. */
async function storeAll(photos: PhotoStore, uploader: string, taken: Unsent['photos']): Promise<number> {
  let stored = 0;
  for (const { sha256, bytes } of taken) {
    if (!isPhoto(bytes) || (await sha256Of(bytes)) !== sha256) continue;
    const upload = { sha256, uploader };
    const isThere = (await photos.size(sha256, uploader)) !== null;
    if (isThere || ((await photos.add(upload, 0, bytes)) && (await photos.finish(upload).catch(ifNoPhoto))))
      stored += 1;
  }
  return stored;
}
