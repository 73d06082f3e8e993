/** A file of all that was not sent, for a device that can no longer send it. */
import { mustBe } from '../kernel/known.ts';
import type { Actor, Id, Instant, Sha256, VisitCommand } from '../messages/index.ts';
import { fromBase64, toBase64 } from '../util/base64.ts';
import { asRecord, parseJson } from '../util/json.ts';
import { isId } from '../wire/characters.ts';
import { parseCommand } from '../wire/parse.ts';
import { markSent } from './copies/confirming.ts';
import { readCopy, refreshCopies, updateCopy } from './copies/copies.ts';
import { type Copy, isUndoable, type Queued, type Withheld } from './copies/copy.ts';
import { hashBytes } from './device/hash.ts';
import type { Host } from './host.ts';
import { isCount } from './remote/answers.ts';

const FORMAT = 'auxilio-unsent';
const VERSION = 2;

/** The most bytes of a file, in which no photograph begins that would exceed them: a server takes no more. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The room that a photograph takes in its line besides its bytes. */
const LINE_BYTES = 1_024;

/** Options of `exportUnsent` of a {@link Replica}. @since 0.5.0 */
export type UnsentOptions = Readonly<{
  /**
   * True to include the bytes of the photographs that the server does not have, as far as the file has no more than 64 MiB; or the hashes of
   * those to include, such as those that another file has left out.
   */
  photos?: boolean | readonly Sha256[];
}>;

/** A command of a file of unsent commands. @since 0.5.0 */
export type UnsentCommand = Readonly<{
  visitId: Id;
  basedOn: number;
  recordedAt: Instant;
  /** Time when it was first sent: the log may have it. */
  sentAt?: Instant;
  withheld?: Withheld;
  command: VisitCommand;
}>;

/** A photograph of such a file. @since 0.5.0 */
export type UnsentPhoto = Readonly<{ visitId: Id; sha256: Sha256; mediaType: string; bytes: Uint8Array<ArrayBuffer> }>;

/** A photograph that such a file only names, since it exceeds the size of the file, or its bytes are not here or cannot be read. @since 0.5.0 */
export type UnsentPhotoName = Readonly<{
  visitId: Id;
  sha256: Sha256;
  mediaType: string;
  leftOut: 'file-full' | 'missing' | 'unreadable';
}>;

/** A file of what a device has not sent, as it was read. @since 0.5.0 */
export type Unsent = Readonly<{
  actor: Actor;
  device: string;
  exportedAt: Instant;
  /** True if it has a signature, which proves something only where `verify` was given. */
  isSigned: boolean;
  /** In their order, visit by visit. Hand them to `sync` with their actor, in batches of one visit and one `basedOn`. */
  commands: readonly UnsentCommand[];
  photos: readonly UnsentPhoto[];
  /** The photographs that were asked for and are not in the file. */
  leftOut: readonly UnsentPhotoName[];
  /** The visits of which something could not be read on the device, so that it may be missing here. */
  unread: readonly Id[];
}>;

/** Options of {@link parseUnsent}. @since 0.5.0 */
export type ParseUnsentOptions = Readonly<{
  /** Verifies the signature by the public key of the device: answers if the device signed these bytes. */
  verify?: (bytes: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer>) => boolean | Promise<boolean>;
}>;

/**
 * The answer to {@link parseUnsent}. Not read: `not-unsent`, it is another kind of file; `newer-version`, of a later release;
 * `seal-broken`, it was cut or changed; `signature-invalid`, the key of the device did not sign it; `malformed`, a line cannot be
 * read, counted from 1.
 *
 * @since 0.5.0
 */
export type ParsedUnsent =
  | Readonly<{ ok: true; value: Unsent }>
  | Readonly<{ ok: false; reason: UnsentReason; line: number }>;

type UnsentReason = 'not-unsent' | 'newer-version' | 'seal-broken' | 'signature-invalid' | 'malformed';

/** The parts of a file that is being written, each with the hash of its line. */
type Parts = { readonly blobs: Blob[]; readonly hashes: string[]; bytes: number };

/**
 * Writes all that was not sent as lines of JSON: first the acts, then the photographs, one at a time. The last line has the SHA-256 of the
 * hashes of those before it, and the signature of these hashes.
 */
export async function exportUnsent(host: Host, { photos = false }: UnsentOptions = {}): Promise<Blob> {
  const { copies, actor, device, now } = host;
  // A store that cannot list its copies any more may still read those that are known.
  await refreshCopies(copies).catch((error: unknown) => {
    if (copies.heads.size === 0) throw error;
  });
  const acts: UnsentCommand[] = [];
  const named: UnsentPhotoName[] = [];
  const unread = new Set<Id>();
  for (const visitId of [...copies.heads.keys()]) {
    try {
      const copy = await readForFile(host, visitId);
      acts.push(...copy.queue.map((queued) => formatCommand(visitId, queued)));
      named.push(...photosToWrite(copy, photos));
    } catch {
      unread.add(visitId);
    }
  }
  const header = { format: FORMAT, version: VERSION, actor, device, exportedAt: now() };
  const parts: Parts = { blobs: [], hashes: [], bytes: 0 };
  await addLine(parts, unread.size === 0 ? header : { ...header, unread: [...unread] });
  for (const act of acts) await addLine(parts, act);
  for (const photo of named) await addLine(parts, await photoLine(host, parts, photo));
  const hashes = parts.hashes.join('\n');
  const signature = await signHashes(host, hashes);
  const last = { seal: await hashText(hashes), ...(signature && { signature: toBase64(new Uint8Array(signature)) }) };
  return new Blob([...parts.blobs, `${JSON.stringify(last)}\n`], { type: 'application/x-ndjson' });
}

/** Adds a line, as a part of its own: the browser need not keep it in the memory of the page. */
async function addLine(parts: Parts, value: object): Promise<void> {
  const bytes = encodeText(JSON.stringify(value));
  parts.hashes.push(await hashBytes(bytes));
  parts.blobs.push(new Blob([bytes, '\n']));
  parts.bytes += bytes.length + 1;
}

function photosToWrite({ visitId, photos }: Copy, wanted: boolean | readonly Sha256[]): readonly UnsentPhotoName[] {
  const isWanted = (sha256: Sha256) => (typeof wanted === 'boolean' ? wanted : wanted.includes(sha256));
  const unsent = [...photos.values()].filter(({ sha256, uploadedAt }) => uploadedAt === undefined && isWanted(sha256));
  return unsent.map(({ sha256, mediaType }) => ({ visitId, sha256, mediaType, leftOut: 'missing' }));
}

/** The line of a photograph: with its bytes, if they can be read and the file has room for them. */
async function photoLine({ store }: Host, parts: Parts, photo: UnsentPhotoName): Promise<object> {
  try {
    const bytes = await store.readBlob(photo.sha256);
    if (bytes === null) return photo;
    if (parts.bytes + (bytes.length * 4) / 3 + LINE_BYTES > MOST_BYTES) return { ...photo, leftOut: 'file-full' };
    const { leftOut: _, ...named } = photo;
    return { ...named, base64: toBase64(bytes) };
  } catch {
    return { ...photo, leftOut: 'unreadable' };
  }
}

/** Reads a copy for the file, and marks its acts as sent, so that they can no longer be undone; a copy that cannot be written is only read. */
async function readForFile({ copies, now, undoMs }: Host, visitId: Id): Promise<Copy> {
  const copy = await readCopy(copies, visitId);
  if (!copy.queue.some((queued) => isUndoable(queued, now(), undoMs))) return copy;
  const mark = (stored: Copy) => ({ copy: markSent(stored, stored.queue, now()), answer: stored });
  return updateCopy(copies, visitId, mark).catch(() => copy);
}

/** Signs a file; without the key, it is written unsigned. */
async function signHashes({ sign }: Host, sealed: string): Promise<ArrayBuffer | undefined> {
  try {
    return await sign?.(encodeText(sealed));
  } catch {
    return undefined;
  }
}

const encodeText = (text: string) => new TextEncoder().encode(text);
const hashText = (text: string) => hashBytes(encodeText(text));

async function isSigned(
  text: string,
  signature: unknown,
  verify: NonNullable<ParseUnsentOptions['verify']>,
): Promise<boolean> {
  try {
    return typeof signature === 'string' && (await verify(encodeText(text), fromBase64(signature)));
  } catch {
    return false;
  }
}

function formatCommand(visitId: Id, { place: _, ...waiting }: Queued): UnsentCommand {
  return { visitId, ...waiting };
}

/**
 * Reads a file of unsent commands, and checks its seal: that it is whole and as it was written. `verify` proves which device wrote
 * it; the seal alone does not. Never throws of a text.
 *
 * @since 0.5.0
 */
export async function parseUnsent(file: string | Blob, { verify }: ParseUnsentOptions = {}): Promise<ParsedUnsent> {
  const isFile = typeof file === 'string' || file instanceof Blob;
  mustBe(isFile, 'parseUnsent takes a file, or its text', file);
  const text = typeof file === 'string' ? file : await file.text();
  const end = text.trimEnd().lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const header = asRecord(parseJson(lines[0] ?? text.split('\n')[0] ?? ''));
  if (header.format !== FORMAT) return { ok: false, reason: 'not-unsent', line: 1 };
  const isEarlier = typeof header.version === 'number' && header.version < VERSION;
  if (isEarlier) return { ok: false, reason: 'not-unsent', line: 1 };
  if (header.version !== VERSION) return { ok: false, reason: 'newer-version', line: 1 };
  const { seal, signature } = asRecord(parseJson(text.slice(end)));
  const refused = (reason: UnsentReason): ParsedUnsent => ({ ok: false, reason, line: lines.length + 1 });
  const hashes = await hashLines(lines);
  if (seal !== (await hashText(hashes))) return refused('seal-broken');
  if (verify !== undefined && !(await isSigned(hashes, signature, verify))) return refused('signature-invalid');
  if (!isHeader(header)) return { ok: false, reason: 'malformed', line: 1 };
  const { actor, device, exportedAt, unread = [] } = header;
  const commands: UnsentCommand[] = [];
  const photos: UnsentPhoto[] = [];
  const leftOut: UnsentPhotoName[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const read = readLine(asRecord(parseJson(line)));
    if (read === null) return { ok: false, reason: 'malformed', line: index + 1 };
    if ('command' in read) commands.push(read);
    else if ('leftOut' in read) leftOut.push(read);
    else photos.push(read);
  }
  return {
    ok: true,
    value: { actor, device, exportedAt, isSigned: typeof signature === 'string', commands, photos, leftOut, unread },
  };
}

type Header = Pick<Unsent, 'actor' | 'device' | 'exportedAt'> & Partial<Pick<Unsent, 'unread'>>;

/** True for a header that a replica writes: the seal proves that it is whole, not that it was written by one. */
function isHeader(header: unknown): header is Header {
  const { actor, device, exportedAt, unread = [] } = asRecord(header);
  const { role, id } = asRecord(actor);
  const isActor = (role === 'provider' || role === 'client') && isId(id);
  const isRead = Array.isArray(unread) && unread.every(isId);
  return isActor && typeof device === 'string' && typeof exportedAt === 'string' && isRead;
}

async function hashLines(lines: readonly string[]): Promise<string> {
  const hashes: string[] = [];
  for (const line of lines) hashes.push(await hashBytes(encodeText(line)));
  return hashes.join('\n');
}

function readLine(line: ReturnType<typeof asRecord>): UnsentCommand | UnsentPhoto | UnsentPhotoName | null {
  const { visitId, basedOn, recordedAt, base64, leftOut, command } = line;
  if (!isId(visitId)) return null;
  if (typeof leftOut === 'string') return line as unknown as UnsentPhotoName;
  if (typeof base64 === 'string') return readPhoto(line as never, base64);
  const isPlaced = isCount(basedOn) && typeof recordedAt === 'string';
  if (!isPlaced) return null;
  const parsed = parseCommand(command);
  return parsed.ok ? { ...(line as unknown as UnsentCommand), command: parsed.value } : null;
}

function readPhoto({ visitId, sha256: hash, mediaType }: UnsentPhoto, base64: string): UnsentPhoto | null {
  try {
    return { visitId, sha256: hash, mediaType, bytes: fromBase64(base64) };
  } catch {
    return null;
  }
}
