import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type PhotoStore, sha256Of, type Upload } from './photo-store.ts';
import { Problem } from './problem.ts';

/**
 * A photo store in a folder: each photograph is a file of its hash, `uploads` has those that are not complete, and `uploaders` an
 * empty file for each who uploaded one. A file takes its name once its bytes are on the disk and have the hash; those that are not
 * sound are refused as no photograph. If the check itself fails, the upload stays. Several processes may share the folder.
 */
export function photoFolder(
  folder: string,
  isSound: (bytes: Uint8Array) => boolean | Promise<boolean> = () => true,
): PhotoStore {
  const uploads = join(folder, 'uploads');
  const uploaders = join(folder, 'uploaders');
  const made = once(() => Promise.all([uploads, uploaders].map((each) => mkdir(each, { recursive: true }))));
  const photoPath = (sha256: string) => join(folder, mustBeHash(sha256));
  const pathIn = async (place: string, { sha256, uploader }: Upload) => {
    await made();
    return join(place, `${mustBeHash(sha256)}-${(await sha256Of(new TextEncoder().encode(uploader))).slice(0, 32)}`);
  };
  const uploadPath = (upload: Upload) => pathIn(uploads, upload);
  return {
    async size(sha256, uploader) {
      const isOthers = uploader !== undefined && (await sizeOf(await pathIn(uploaders, { sha256, uploader }))) === null;
      return isOthers ? null : sizeOf(photoPath(sha256));
    },
    uploaded: async (upload) => (await sizeOf(await uploadPath(upload))) ?? 0,
    async add(upload, offset, bytes) {
      const path = await uploadPath(upload);
      if (offset !== 0 && (await sizeOf(path)) !== offset) return false;
      await withFile(path, offset === 0 ? 'w' : 'r+', async (file) => {
        await file.write(bytes, 0, bytes.byteLength, offset);
        await file.sync();
      });
      return true;
    },
    async removeAbandoned(olderThanMs) {
      await made();
      let removed = 0;
      for (const name of await readdir(uploads)) {
        const path = join(uploads, name);
        const found = await stat(path).catch(ifMissing);
        if (found === null || Date.now() - found.mtimeMs < olderThanMs) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
    async finish(upload) {
      const path = await uploadPath(upload);
      const bytes = await readFile(path).catch(ifMissing);
      if (bytes === null || (await sha256Of(bytes)) !== upload.sha256) {
        await rm(path, { force: true });
        return false;
      }
      if (!(await isSound(bytes))) {
        await rm(path, { force: true });
        throw new Problem('not-an-image');
      }
      // A file of its own: another process may still have the upload open, and write to it.
      const checked = `${path}-${randomUUID()}`;
      await withFile(checked, 'wx', async (file) => {
        await file.writeFile(bytes);
        await file.sync();
      });
      await withFile(await pathIn(uploaders, upload), 'w', (mark) => mark.sync());
      await rename(checked, photoPath(upload.sha256));
      await rm(path, { force: true });
      await withFile(folder, 'r', (handle) => handle.sync());
      return true;
    },
  };
}

/** Refuses a name that is no hash, such as one that leads out of the folder. */
function mustBeHash(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError('A photograph is named by its SHA-256');
  return sha256;
}

async function withFile(path: string, flags: string, use: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags);
  try {
    await use(file);
  } finally {
    await file.close();
  }
}

const sizeOf = (path: string) => stat(path).then(({ size }) => size, ifMissing);

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** Does something once, and again if it failed. */
function once(act: () => Promise<unknown>): () => Promise<unknown> {
  let done: Promise<unknown> | undefined;
  return () => {
    done ??= act().catch((error: unknown) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}
