/** Photographs in encrypted files: each under a key of its own, an upload under one key of this host. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { PhotoFiles } from '../../http/photo-folder.ts';
import type { PhotoKeys } from './photo-keys.ts';

const PIECE = 64 * 1024;
const TAG = 16;
/** The first bytes of the file of an upload: its counter begins there. */
const BEGIN = 16;

/** Encrypts or decrypts bytes of an upload from an offset on. Its hash is checked in the end, so it needs no tag. */
function cipherUpload(key: Uint8Array, begin: Uint8Array, offset: number, bytes: Uint8Array): Uint8Array {
  const blocks = BigInt(Math.floor(offset / 16));
  const counter = ((BigInt(`0x${Buffer.from(begin).toString('hex')}`) + blocks) % 2n ** 128n).toString(16);
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.from(counter.padStart(32, '0'), 'hex'));
  cipher.update(new Uint8Array(offset % 16));
  return cipher.update(bytes);
}

/** The nonce of a piece: its place, and a mark of the last one, so that no piece is moved or missing at the end. */
function nonceOf(index: number, isLast: boolean): Uint8Array {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 4);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

function sealPieces(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const pieces: Uint8Array[] = [];
  for (let from = 0; from === 0 || from < bytes.byteLength; from += PIECE) {
    const isLast = from + PIECE >= bytes.byteLength;
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(from / PIECE, isLast));
    pieces.push(cipher.update(bytes.subarray(from, from + PIECE)), cipher.final(), cipher.getAuthTag());
  }
  return Buffer.concat(pieces);
}

/** The number of bytes in a file of pieces of that size. */
const sizeIn = (size: number) => size - TAG * Math.ceil(size / (PIECE + TAG));

/** Writes photographs under keys. */
export const sealedFiles = (keys: PhotoKeys): PhotoFiles => ({
  nameOf: keys.nameOf,
  uploadedIn: (size) => Math.max(0, size - BEGIN),
  async write(file, offset, bytes) {
    const begin = randomBytes(BEGIN);
    if (offset === 0) await file.write(begin, 0, BEGIN, 0);
    else await file.read(begin, 0, BEGIN, 0);
    const sealed = cipherUpload(await keys.uploads(), begin, offset, bytes);
    await file.write(sealed, 0, sealed.byteLength, BEGIN + offset);
  },
  openUpload: async (written) =>
    cipherUpload(await keys.uploads(), written.subarray(0, BEGIN), 0, written.subarray(BEGIN)),
  sizeIn,
  seal: async (sha256, bytes) => sealPieces(await keys.make(sha256), bytes),
});

/** The size of a photograph and its bytes, of which no more is kept here than a piece; null without its key. */
export async function readSealed(path: string, size: number, key: Uint8Array) {
  const pieces = Math.max(1, Math.ceil(size / (PIECE + TAG)));
  async function pieceOf(file: FileHandle, index: number): Promise<Uint8Array<ArrayBuffer>> {
    const { buffer, bytesRead } = await file.read(new Uint8Array(PIECE + TAG), 0, PIECE + TAG, index * (PIECE + TAG));
    const sealed = buffer.subarray(0, bytesRead);
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, index === pieces - 1));
    const text = decipher.setAuthTag(sealed.subarray(-TAG)).update(sealed.subarray(0, -TAG));
    return new Uint8Array(Buffer.concat([text, decipher.final()]));
  }
  const first = await open(path);
  const begin = await pieceOf(first, 0).finally(() => first.close());
  let file: FileHandle | undefined;
  let index = 0;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        if (index < pieces) {
          file ??= await open(path);
          controller.enqueue(await pieceOf(file, index));
          index += 1;
        } else {
          await file?.close();
          controller.close();
        }
      },
      cancel: () => file?.close(),
    },
    { highWaterMark: 0 },
  );
  return { size: sizeIn(size), begin, body };
}
