/** Looks at the bytes of a photograph: their type, their size in pixels, and that they decode. */
import sharp, { type Metadata } from 'sharp';
import { isPhoto, photoTypeOf } from '../../http/photo-bytes.ts';
import { createTurns } from './turns.ts';

/** A photograph that was looked at, and its size in pixels. */
export type Picture = Readonly<{ mediaType: string; bytes: number; width: number; height: number }>;

/** Answers what a photograph is; null for other bytes. @throws where the fault is this server's */
export type Look = (bytes: Uint8Array) => Promise<Picture | null>;

/** The most pixels of a picture: its file may be small, and not what it takes to decode it. */
const MOST_PIXELS = 64_000_000;
const MOST_SECONDS = 30;
const inTurn = createTurns(1);

sharp.cache(false);
sharp.concurrency(1);
// Whatever the first bytes say, no other reader has a part in it, such as that of SVG or PDF.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['Jpeg', 'Png', 'Webp', 'Heif'].map((type) => `VipsForeignLoad${type}`) });

/** Decodes a picture whole, at little memory: it is made small as it is read. */
async function decode(bytes: Uint8Array): Promise<Metadata> {
  const options = { limitInputPixels: MOST_PIXELS, failOn: 'warning', sequentialRead: true } as const;
  const metadata = await sharp(bytes, options).metadata();
  // Its reader has no decoder of HEVC, and reads the boxes alone.
  if (metadata.compression !== 'hevc') {
    const small = sharp(bytes, options).resize(32, 32, { fit: 'fill' });
    await small.timeout({ seconds: MOST_SECONDS }).raw().toBuffer();
  }
  return metadata;
}

/** Looks at bytes. */
export async function lookAt(bytes: Uint8Array, decoding = decode): Promise<Picture | null> {
  const mediaType = isPhoto(bytes) ? photoTypeOf(bytes) : null;
  if (mediaType === null || !isWhole(bytes, mediaType)) return null;
  try {
    const { width, height } = await inTurn(() => decoding(bytes));
    return { mediaType, bytes: bytes.byteLength, width, height };
  } catch (error) {
    if (isOwnFault(error)) throw error;
    return null;
  }
}

/** True if an error is of this server, and not of the picture: another time it may decode. */
const isOwnFault = (error: unknown): boolean => /memory|alloc|thread|timeout/i.test(String(error));

/** False of a file that ends before its picture, where the decoder does not notice. */
function isWhole(bytes: Uint8Array, mediaType: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mediaType === 'image/jpeg') return buffer.includes('\xff\xd9', scanOf(buffer), 'latin1');
  return mediaType !== 'image/heic' || hasWholeBoxes(buffer);
}

/** The place of the first scan of a JPEG, after the segments before it: a small picture in one of them ends, too. */
function scanOf(buffer: Buffer): number {
  let at = 2;
  while (at + 4 <= buffer.length && buffer[at] === 0xff && buffer[at + 1] !== 0xda) {
    at += buffer[at + 1] === 0xff ? 1 : 2 + buffer.readUInt16BE(at + 2);
  }
  return at;
}

/** True unless a box of a HEIC ends after the file. What follows the boxes of the picture may be anything. */
function hasWholeBoxes(buffer: Buffer): boolean {
  for (let at = 0; at + 16 <= buffer.length; ) {
    if (!['ftyp', 'meta', 'mdat', 'free', 'skip', 'idat', 'moov'].includes(buffer.toString('latin1', at + 4, at + 8)))
      break;
    const short = buffer.readUInt32BE(at);
    const size = short === 1 ? Number(buffer.readBigUInt64BE(at + 8)) : short;
    // To the end of the file.
    if (size === 0) break;
    if (size < 8 || at + size > buffer.length) return false;
    at += size;
  }
  return true;
}
