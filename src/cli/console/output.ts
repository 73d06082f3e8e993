import { rmSync } from 'node:fs';
import { type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { type Context, Failure, print } from './context.ts';
import { beforeSignal } from './terminal.ts';
import { safeJson, sanitize } from './text.ts';

/** The output of a command: standard output or a new file. */
export type Output = {
  readonly line: (text: string) => Promise<void>;
  readonly json: (value: unknown) => Promise<void>;
  readonly bytes: (bytes: Uint8Array) => Promise<void>;
};

/**
 * Standard output for `-` or nothing. A file gets its name once `work` has written all of it: a command that fails or is interrupted
 * leaves none, and one that is killed (`SIGKILL`) a `.part` in its folder. An existing file is not overwritten unless the command takes `--force` and gets it.
 */
export async function writingTo<T>(
  path: string | undefined,
  context: Context,
  force: boolean | undefined,
  work: (output: Output) => Promise<T>,
): Promise<T> {
  if (path === undefined || path === '-') return work(standardOutput(context));
  const name = sanitize(path);
  const exists = new Failure(({ failures }) =>
    force === undefined ? failures.exists(name) : failures.wouldReplace(name),
  );
  const found = await stat(path).catch(() => undefined);
  const isDevice = found !== undefined && !found.isFile() && !found.isDirectory();
  if (!force && found !== undefined && !isDevice) throw exists;
  const target = isDevice ? path : `${path}.${process.pid}.part`;
  const tried = writing(name, exists);
  // Created at the first write, so that a command that fails before leaves nothing.
  let file: FileHandle | undefined;
  const write = (content: string | Uint8Array) =>
    tried(async () => {
      file ??= await open(target, isDevice ? 'a' : 'w');
      await file.appendFile(content);
    });
  const line = (text: string) => write(`${text}\n`);
  const takeBack = isDevice ? () => {} : beforeSignal(() => rmSync(target, { force: true }));
  try {
    const result = await work({ line, json: (value) => line(safeJson(value)), bytes: write });
    await tried(async () => {
      await file?.close();
      if (file !== undefined && !isDevice) await publish(target, path, force === true);
    });
    return result;
  } finally {
    if (!isDevice) await remove(target, file);
    takeBack();
  }
}

function standardOutput(context: Context): Output {
  const line = (text: string) => print(context, text);
  return {
    line,
    json: (value) => line(safeJson(value)),
    bytes: async (bytes) => {
      const { stdout, quiet } = context;
      if (!quiet) await new Promise<void>((resolve) => stdout.write(bytes, () => resolve()));
    },
  };
}

/** Gives a whole file its name, unless another file has taken it; also on file systems without hard links. */
async function publish(part: string, path: string, replaces: boolean): Promise<void> {
  if (replaces) return rename(part, await realpath(path).catch(() => path));
  await link(part, path).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw error;
    await rename(part, path);
  });
}

/** Removes what was written of a file that did not get its name; nothing is left of one that did. */
async function remove(part: string, file: FileHandle | undefined): Promise<void> {
  if (file === undefined) return;
  await file.close().catch(() => undefined);
  await rm(part, { force: true });
}

const writing =
  (name: string, exists: Failure) =>
  async <T>(carryOut: () => Promise<T>): Promise<T> => {
    try {
      return await carryOut();
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      throw code === 'EEXIST' ? exists : new Failure(({ failures }) => failures.notWritten(name, code));
    }
  };
