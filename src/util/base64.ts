/** The number of bytes that are handed to `String.fromCharCode` at once. */
const CHUNK = 0x2000;

export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  }
  return btoa(binary);
}

/** Decodes base64. @throws DOMException for another text */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  // To iterate the text takes five times as long, and a file of photographs has millions of characters.
  return new Uint8Array(binary.length).map((_, place) => binary.charCodeAt(place));
}
