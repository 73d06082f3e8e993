/** The most bytes of a photograph. */
export const MAX_PHOTO_BYTES = 10 * 1024 * 1024;

const ascii = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** The media type of a photograph that is taken, by its first bytes: JPEG, PNG, WebP and HEIC; null of anything else. */
export function photoTypeOf(bytes: Uint8Array): string | null {
  if (ascii(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(bytes, 0, 4) === 'RIFF') return ascii(bytes, 8, 12) === 'WEBP' ? 'image/webp' : null;
  const isHeic = ascii(bytes, 4, 8) === 'ftyp' && /^(hei[csxm]|hev[cxms]|mif1|msf1)$/.test(ascii(bytes, 8, 12));
  return isHeic ? 'image/heic' : null;
}

/** True for bytes that are taken as a photograph, whichever way they come. */
export const isPhoto = (bytes: Uint8Array): boolean =>
  bytes.byteLength <= MAX_PHOTO_BYTES && photoTypeOf(bytes) !== null;
