import { type FileHandle, open, stat } from 'node:fs/promises';
import { decodeUtf8 } from '../../logs/utf8.ts';
import { Failure } from '../console/context.ts';
import { sanitize } from '../console/text.ts';

/** An input of a command: a file, or standard input. */
export type Source = {
  /** Its name for a person. */
  readonly name: string;
  /** Its name for another program: `-` for standard input. */
  readonly path: string;
  /** The size in bytes of a regular file, which can be read again; null where it can be read only once. */
  readonly size: number | null;
  /** Reads it, and reports the number of bytes of each part. */
  readonly chunks: (onBytes?: (bytes: number) => void) => AsyncIterable<Uint8Array>;
};

const PART = 1 << 20;

/** The code of the error of a file that was shortened while it was read: what is left would pass for the whole. */
const SHORTENED = 'ESHORTENED';

/** Opens a source, or fails with the reason. `-` or nothing is standard input. */
export async function openSource(
  path: string | undefined,
  stdin: NodeJS.ReadStream,
  stdinName: string,
  isSheet = false,
): Promise<Source> {
  if (path === undefined && stdin.isTTY === true) throw new Failure(({ failures }) => failures.noInput);
  if (path === undefined || path === '-') {
    return { name: stdinName, path: '-', size: null, chunks: (onBytes) => read(stdin, stdinName, isSheet, onBytes) };
  }
  const name = sanitize(path);
  const size = await measureFile(path, name, isSheet).catch((error) => {
    throw notRead(error, name);
  });
  return { name, path, size, chunks: (onBytes) => readFile(path, name, size, isSheet, onBytes) };
}

/** The size of a regular file in bytes; null for anything else, which is not opened: a pipe can be opened once. */
async function measureFile(path: string, name: string, isSheet: boolean): Promise<number | null> {
  const found = await stat(path);
  if (found.isDirectory()) throw new Failure(({ failures }) => failures.isDirectory(name));
  if (found.isCharacterDevice()) throw new Failure(({ failures }) => failures.isDevice(name));
  if (!found.isFile()) return null;
  if (found.size === 0) throw new Failure(({ failures }) => failures.empty(name));
  const file = await open(path, 'r');
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0).finally(() => file.close());
  refuseForeign(buffer.subarray(0, bytesRead), name, isSheet);
  return found.size;
}

/**
 * The kind of a file that is not UTF-8, by its first bytes in hexadecimal; UTF-16 is recognised by its mark, or by the zero bytes
 * of its first two characters.
 */
function foreignKind(start: string): 'gzip' | 'zip' | 'utf16' | undefined {
  if (start.startsWith('1f8b')) return 'gzip';
  if (start === '504b0304') return 'zip';
  return /^(?:fffe|feff|00(?!00)..00(?!00)|(?!00)..00(?!00)..00)/.test(start) ? 'utf16' : undefined;
}

/** True for the first bytes of a text in UTF-16. */
export const isUtf16 = (bytes: Uint8Array): boolean => detectKind(bytes) === 'utf16';

const detectKind = (bytes: Uint8Array) => foreignKind(Buffer.from(bytes.subarray(0, 4)).toString('hex'));

/** Refuses a file of another kind by its first bytes, since no line of it could be read. A sheet is decoded. */
function refuseForeign(bytes: Uint8Array, name: string, isSheet: boolean): void {
  const kind = detectKind(bytes);
  if (kind !== undefined && !(isSheet && kind === 'utf16')) throw new Failure(({ failures }) => failures[kind](name));
}

async function openFile(path: string, name: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw notRead(error, name);
  }
}

/** Reads a file up to the size that it had; bytes appended meanwhile are left for the next reading. */
async function* readFile(
  path: string,
  name: string,
  size: number | null,
  isSheet: boolean,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const parts =
    size === null
      ? (await openFile(path, name)).createReadStream({ highWaterMark: PART })
      : readRange(path, { from: 0, to: size });
  yield* read(parts, name, isSheet, onBytes);
}

/** Reads some bytes of a file. Throws as the file system does, and with a code of its own where they are no longer there. */
export async function* readRange(
  path: string,
  { from, to }: { readonly from: number; readonly to: number },
): AsyncGenerator<Uint8Array> {
  if (from >= to) return;
  const file = await open(path, 'r');
  let left = to - from;
  for await (const part of file.createReadStream({ highWaterMark: PART, start: from, end: to - 1 })) {
    left -= part.length;
    yield part;
  }
  if (left > 0) throw Object.assign(new Error('The file was shortened'), { code: SHORTENED });
}

async function* read(
  stream: AsyncIterable<Uint8Array>,
  name: string,
  isSheet: boolean,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const parts = stream[Symbol.asyncIterator]();
  try {
    let isFirst = true;
    for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
      if (isFirst) refuseForeign(next.value, name, isSheet);
      isFirst = false;
      onBytes(next.value.length);
      yield next.value;
    }
  } catch (error) {
    throw notRead(error, name);
  } finally {
    await parts.return?.();
  }
}

/** Why a file could not be read; another error as it is. */
export function notRead(error: unknown, name: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code !== 'string') return error;
  return new Failure(({ failures }) => {
    switch (code) {
      case 'ENOENT':
      case 'ENOTDIR':
        return failures.noSuchFile(name);
      case 'EACCES':
      case 'EPERM':
        return failures.notPermitted(name);
      case SHORTENED:
        return failures.shortened(name);
      case 'EISDIR':
        return failures.isDirectory(name);
      default:
        return failures.notRead(name, code);
    }
  });
}

/** The most megabytes of a file that is read whole. */
const MOST_MEGABYTES = 256;

/** All text of a file, at most {@link MOST_MEGABYTES}. */
export const wholeText = async (source: Pick<Source, 'name' | 'chunks'>): Promise<string> =>
  decodeUtf8(await wholeBytes(source));

async function wholeBytes({ name, chunks }: Pick<Source, 'name' | 'chunks'>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of chunks()) {
    size += part.length;
    if (size > MOST_MEGABYTES << 20) throw new Failure(({ failures }) => failures.tooLarge(name, MOST_MEGABYTES));
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Makes a source that can be read again: holds one that can be read only once. */
export async function holdSource(source: Source): Promise<Source> {
  if (source.size !== null) return source;
  const bytes = await wholeBytes(source);
  return { ...source, size: bytes.length, chunks: () => partsIn(bytes) };
}

async function* partsIn(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += PART) yield bytes.subarray(from, from + PART);
}

/** The number of bytes that identify a source. */
const ENOUGH = 1 << 16;

/** A source and its beginning. Bytes of a source that can be read only once are kept, and given again. */
type Peeked = { readonly source: Source; readonly head: string };

/** Reads the beginning of a source. */
export async function peek(source: Source): Promise<Peeked> {
  const parts = source.chunks()[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let size = 0;
  while (size < ENOUGH) {
    const next = await parts.next();
    if (next.done === true) break;
    read.push(next.value);
    size += next.value.length;
  }
  const head = decodeUtf8(Buffer.concat(read).subarray(0, ENOUGH));
  if (source.size === null) return { source: { ...source, chunks: (onBytes) => replayed(read, parts, onBytes) }, head };
  await parts.return?.();
  return { source, head };
}

async function* replayed(
  read: readonly Uint8Array[],
  rest: AsyncIterator<Uint8Array>,
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  for (const part of read) {
    onBytes(part.length);
    yield part;
  }
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    onBytes(next.value.length);
    yield next.value;
  }
}
