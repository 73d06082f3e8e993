import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type PhotoStore, sha256Of, type Upload } from './photo-store.ts';
import { Problem } from './problem.ts';

/** The way in which photographs are written to files. */
export type PhotoFiles = Readonly<{
  /** The name of a file for a hash of 64 hexadecimal digits. */
  nameOf: (hash: string) => string | Promise<string>;
  /** Writes the bytes of an upload from an offset on; those at 0 begin it again. */
  write: (file: FileHandle, offset: number, bytes: Uint8Array) => Promise<void>;
  /** The number of bytes of an upload whose file has that size, and the bytes of it. */
  uploadedIn: (size: number) => number;
  openUpload: (written: Uint8Array) => Promise<Uint8Array>;
  /** The number of bytes of a photograph whose file has that size, and the bytes of the file. */
  sizeIn: (size: number) => number;
  seal: (sha256: string, bytes: Uint8Array) => Promise<Uint8Array>;
}>;

/** Photographs as they are. */
const plainFiles: PhotoFiles = {
  nameOf: (hash) => hash,
  write: async (file, offset, bytes) => void (await file.write(bytes, 0, bytes.byteLength, offset)),
  uploadedIn: (size) => size,
  openUpload: async (written) => written,
  sizeIn: (size) => size,
  seal: async (_, bytes) => bytes,
};

/**
 * A photo store in a folder: each photograph is a file of its hash, `uploads` has those that are not complete, and `uploaders` an
 * empty file for each who uploaded one. A file takes its name once its bytes are on the disk and have the hash; those that are not
 * sound are refused as no photograph. If the check itself fails, the upload stays. Several processes may share the folder.
 */
export function photoFolder(
  folder: string,
  isSound: (bytes: Uint8Array) => boolean | Promise<boolean> = () => true,
  files: PhotoFiles = plainFiles,
): PhotoStore {
  const uploads = join(folder, 'uploads');
  const uploaders = join(folder, 'uploaders');
  const made = once(() => Promise.all([uploads, uploaders].map((each) => mkdir(each, { recursive: true }))));
  const photoPath = async (sha256: string) => join(folder, await files.nameOf(mustBeHash(sha256)));
  const pathIn = async (place: string, { sha256, uploader }: Upload) => {
    await made();
    const owner = await files.nameOf(await sha256Of(new TextEncoder().encode(uploader)));
    return join(place, `${await files.nameOf(mustBeHash(sha256))}-${owner.slice(0, 32)}`);
  };
  const uploadPath = (upload: Upload) => pathIn(uploads, upload);
  const uploadedAt = async (path: string) => {
    const size = await sizeOf(path);
    return size === null ? null : files.uploadedIn(size);
  };
  return {
    async size(sha256, uploader) {
      const isOthers = uploader !== undefined && (await sizeOf(await pathIn(uploaders, { sha256, uploader }))) === null;
      const size = isOthers ? null : await sizeOf(await photoPath(sha256));
      return size === null ? null : files.sizeIn(size);
    },
    uploaded: async (upload) => (await uploadedAt(await uploadPath(upload))) ?? 0,
    async add(upload, offset, bytes) {
      const path = await uploadPath(upload);
      if (offset !== 0 && (await uploadedAt(path)) !== offset) return false;
      await withFile(path, offset === 0 ? 'w' : 'r+', async (file) => {
        await files.write(file, offset, bytes);
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
      const written = await readFile(path).catch(ifMissing);
      const bytes = written && (await files.openUpload(written));
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
        await file.writeFile(await files.seal(upload.sha256, bytes));
        await file.sync();
      });
      await withFile(await pathIn(uploaders, upload), 'w', (mark) => mark.sync());
      await rename(checked, await photoPath(upload.sha256));
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
