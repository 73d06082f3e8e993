/** A file of all that was not sent, for the day on which a device can no longer send it. */
import { mustBe } from '../kernel/known.ts';
import type { Actor, Id, Instant, Sha256, VisitCommand } from '../messages/index.ts';
import type { ReplicaStore } from '../stores/replica-store.ts';
import { fromBase64, toBase64 } from '../util/base64.ts';
import { asRecord, parseJson } from '../util/json.ts';
import { isId, parseCommand } from '../wire/index.ts';
import { isUndoable } from './acting.ts';
import { markSent } from './copies/confirming.ts';
import type { Copies } from './copies/copies.ts';
import type { Copy, Queued, Withheld } from './copies/copy.ts';
import { hashOf } from './device/hash.ts';
import type { ResolvedOptions } from './options.ts';
import { isCount } from './remote/answers.ts';

const FORMAT = 'auxilio-unsent';
const VERSION = 1;

/** Options of {@link Replica.exportUnsent}. @since 0.5.0 */
export type UnsentOptions = Readonly<{
  /** True to include the bytes of the photographs that the server does not have. */
  photos?: boolean;
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

type Host = Readonly<{ store: ReplicaStore; copies: Copies }> &
  Pick<ResolvedOptions, 'actor' | 'device' | 'now' | 'undoMs' | 'sign'>;

/** Writes all that was not sent as lines of JSON, the last of which has the SHA-256 of those before it, and their signature. */
export async function exportUnsent(host: Host, { photos = false }: UnsentOptions = {}): Promise<string> {
  const { copies, store, actor, device, now } = host;
  // A store that cannot list its copies any more may still read those that are known.
  await copies.refresh().catch((error: unknown) => {
    if (copies.heads.size === 0) throw error;
  });
  const lines: string[] = [];
  const unread = new Set<Id>();
  for (const visitId of [...copies.heads.keys()]) {
    try {
      const copy = await handedOver(host, visitId);
      lines.push(...copy.queue.map((queued) => JSON.stringify(lineOf(visitId, queued))));
      if (photos) lines.push(...(await photoLines(store, copy)));
    } catch {
      unread.add(visitId);
    }
  }
  const header = { format: FORMAT, version: VERSION, actor, device, exportedAt: now() };
  lines.unshift(JSON.stringify(unread.size === 0 ? header : { ...header, unread: [...unread] }));
  const body = `${lines.join('\n')}\n`;
  const signature = await signatureOf(host, body);
  const last = { seal: await sealOf(body), ...(signature && { signature: toBase64(new Uint8Array(signature)) }) };
  return `${body}${JSON.stringify(last)}\n`;
}

/** Reads a copy, and marks its acts as sent while they can be undone: they are in the file. Where it cannot be written, it is read. */
async function handedOver({ copies, now, undoMs }: Host, visitId: Id): Promise<Copy> {
  const copy = await copies.read(visitId);
  if (!copy.queue.some((queued) => isUndoable(queued, now(), undoMs))) return copy;
  return copies
    .update(visitId, (stored) => ({ copy: markSent(stored, stored.queue, now()), answer: stored }))
    .catch(() => copy);
}

/** Signs a file. Where the key cannot be had, the file is worth more than its signature. */
async function signatureOf({ sign }: Host, body: string): Promise<ArrayBuffer | undefined> {
  try {
    return await sign?.(bytesOf(body));
  } catch {
    return undefined;
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sealOf = (text: string) => hashOf(bytesOf(text));

async function isSigned(
  text: string,
  signature: unknown,
  verify: NonNullable<ParseUnsentOptions['verify']>,
): Promise<boolean> {
  try {
    return typeof signature === 'string' && (await verify(bytesOf(text), fromBase64(signature)));
  } catch {
    return false;
  }
}

function lineOf(visitId: Id, { place: _, ...waiting }: Queued): UnsentCommand {
  return { visitId, ...waiting };
}

async function photoLines(store: ReplicaStore, { visitId, photos }: Copy): Promise<string[]> {
  const lines: string[] = [];
  for (const photo of photos.values()) {
    const bytes = photo.uploadedAt === undefined ? await store.readBlob(photo.sha256) : null;
    if (bytes === null) continue;
    lines.push(JSON.stringify({ visitId, sha256: photo.sha256, mediaType: photo.mediaType, base64: toBase64(bytes) }));
  }
  return lines;
}

/**
 * Reads a file of unsent commands, and checks its seal: that it is whole and as it was written. `verify` proves which device wrote
 * it; the seal alone does not. Never throws of a text.
 *
 * @since 0.5.0
 */
export async function parseUnsent(text: string, { verify }: ParseUnsentOptions = {}): Promise<ParsedUnsent> {
  mustBe(typeof text === 'string', 'parseUnsent takes the text of a file', text);
  const end = text.trimEnd().lastIndexOf('\n') + 1;
  const lines = text.slice(0, end).split('\n').slice(0, -1);
  const header = asRecord(parseJson(lines[0] ?? text.split('\n')[0] ?? ''));
  if (header.format !== FORMAT) return { ok: false, reason: 'not-unsent', line: 1 };
  if (header.version !== VERSION) return { ok: false, reason: 'newer-version', line: 1 };
  const { seal, signature } = asRecord(parseJson(text.slice(end)));
  const refused = (reason: UnsentReason): ParsedUnsent => ({ ok: false, reason, line: lines.length + 1 });
  if (seal !== (await sealOf(text.slice(0, end)))) return refused('seal-broken');
  if (verify !== undefined && !(await isSigned(text.slice(0, end), signature, verify))) {
    return refused('signature-invalid');
  }
  if (!isHeader(header)) return { ok: false, reason: 'malformed', line: 1 };
  const { actor, device, exportedAt, unread = [] } = header;
  const commands: UnsentCommand[] = [];
  const photos: UnsentPhoto[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0) continue;
    const read = readLine(asRecord(parseJson(line)));
    if (read === null) return { ok: false, reason: 'malformed', line: index + 1 };
    if ('command' in read) commands.push(read);
    else photos.push(read);
  }
  return {
    ok: true,
    value: { actor, device, exportedAt, isSigned: typeof signature === 'string', commands, photos, unread },
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

function readLine(line: ReturnType<typeof asRecord>): UnsentCommand | UnsentPhoto | null {
  const { visitId, basedOn, recordedAt, base64, command } = line;
  if (!isId(visitId)) return null;
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
