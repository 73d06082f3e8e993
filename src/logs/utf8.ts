const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes of UTF-8. Each byte that is not part of any is the lone surrogate U+DC00 and the byte. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decodeWhole(bytes) ?? decodeEach(bytes);
}

function decodeWhole(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function decodeEach(bytes: Uint8Array): string {
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = lengthAt(bytes, at);
    if (length === 1) at += 1;
    else {
      const character = length === 0 ? undefined : decodeWhole(bytes.subarray(at, at + length));
      text += `${decoder.decode(bytes.subarray(from, at))}${character ?? String.fromCharCode(0xdc00 + (bytes[at] ?? 0))}`;
      at += character === undefined ? 1 : length;
      from = at;
    }
  }
  return text + decoder.decode(bytes.subarray(from));
}

/** The number of bytes of the character that begins there; 0 where no character begins. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80) return 1;
  if (byte >= 0xc2 && byte < 0xe0) return 2;
  if (byte >= 0xe0 && byte < 0xf0) return 3;
  return byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
}

/** The length without the last character, if that is incomplete; else the whole length. */
export function completeLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const length = lengthAt(bytes, bytes.length - back);
    if (length > 0) return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Concatenates bytes; where the first has none, answers the second itself. */
export function concatBytes(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
