import type { Id, Sha256 } from 'auxilio';

/** An upload of a photograph. Each caller has a separate one, to which no other caller adds. */
export type Upload = Readonly<{ sha256: Sha256; uploader: Id }>;

/** The bytes of photographs under their SHA-256, and the uploads that are not complete. */
export interface PhotoStore {
  /**
   * The size of a photograph in bytes; null if it is not there. One that is there has the hash of its name. With an uploader, null
   * unless they uploaded it, too: a hash is known to more people than may see the photograph.
   */
  size(sha256: Sha256, uploader?: Id): Promise<number | null>;
  /** The number of bytes of an upload so far. */
  uploaded(upload: Upload): Promise<number>;
  /**
   * Adds bytes to an upload which has that many; at 0 it begins again. False if it has another number, and nothing is added.
   * Once it resolves, they survive a power cut.
   */
  add(upload: Upload, offset: number, bytes: Uint8Array): Promise<boolean>;
  /** Removes the uploads to which nothing was added for some time, in milliseconds; answers how many there were. */
  removeAbandoned(olderThanMs: number): Promise<number>;
  /** Ends an upload. The photograph is stored if its bytes have the hash; else false, and the upload is removed. */
  finish(upload: Upload): Promise<boolean>;
}

/** The age of an upload that is abandoned, in milliseconds: a week. A phone that comes back later begins again. */
export const ABANDONED_MS = 7 * 86_400_000;

/** A photo store in memory. */
export function memoryPhotoStore(): PhotoStore {
  const photos = new Map<Sha256, Uint8Array>();
  const uploads = new Map<string, Uint8Array>();
  const addedAt = new Map<string, number>();
  const keyOf = ({ sha256, uploader }: Upload) => `${sha256} ${uploader}`;
  const owned = new Set<string>();
  return {
    size: async (sha256, uploader) => {
      if (uploader !== undefined && !owned.has(keyOf({ sha256, uploader }))) return null;
      return photos.get(sha256)?.byteLength ?? null;
    },
    uploaded: async (upload) => uploads.get(keyOf(upload))?.byteLength ?? 0,
    async add(upload, offset, bytes) {
      const before = offset === 0 ? new Uint8Array() : (uploads.get(keyOf(upload)) ?? new Uint8Array());
      if (before.byteLength !== offset) return false;
      const after = new Uint8Array(offset + bytes.byteLength);
      after.set(before);
      after.set(bytes, offset);
      uploads.set(keyOf(upload), after);
      addedAt.set(keyOf(upload), Date.now());
      return true;
    },
    async removeAbandoned(olderThanMs) {
      const old = [...addedAt].filter(([, at]) => Date.now() - at >= olderThanMs);
      for (const [key] of old) {
        addedAt.delete(key);
        uploads.delete(key);
      }
      return old.length;
    },
    async finish(upload) {
      const bytes = uploads.get(keyOf(upload)) ?? new Uint8Array();
      uploads.delete(keyOf(upload));
      addedAt.delete(keyOf(upload));
      if ((await sha256Of(bytes)) !== upload.sha256) return false;
      photos.set(upload.sha256, bytes);
      owned.add(keyOf(upload));
      return true;
    },
  };
}

/** The SHA-256 of bytes, in lower-case hexadecimal. */
export async function sha256Of(bytes: Uint8Array): Promise<Sha256> {
  const hash = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
