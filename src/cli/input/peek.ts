import { textOf } from '../../logs/utf8.ts';
import type { Source } from './source.ts';

/** The number of bytes that identify a source. */
const ENOUGH = 1 << 16;

/** A source, and how it begins. What comes once is kept, to be read again. */
export type Peeked = { readonly source: Source; readonly head: string };

/** Reads the beginning of a source. */
export async function peeked(source: Source): Promise<Peeked> {
  const parts = source.chunks()[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let size = 0;
  while (size < ENOUGH) {
    const next = await parts.next();
    if (next.done === true) break;
    read.push(next.value);
    size += next.value.length;
  }
  const head = textOf(Buffer.concat(read).subarray(0, ENOUGH));
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
