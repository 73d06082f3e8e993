import { type FileHandle, open, stat } from 'node:fs/promises';
import { Failure } from './cli-error.ts';
import { type Context, print } from './context.ts';
import { safeJson, sanitize } from './sanitize.ts';

/** The output of a command: standard output or a new file. */
export type Output = {
  readonly line: (text: string) => Promise<void>;
  readonly json: (value: unknown) => Promise<void>;
  readonly bytes: (bytes: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Standard output for `-` or nothing. An existing file is not overwritten unless the command takes `--force`
 * and gets it.
 */
export async function outputOf(path: string | undefined, context: Context, force?: boolean): Promise<Output> {
  if (path === undefined || path === '-') {
    const line = (text: string) => print(context, text);
    return {
      line,
      json: (value) => line(safeJson(value)),
      bytes: async (bytes) => {
        const { stdout, quiet } = context;
        if (!quiet) await new Promise<void>((resolve) => stdout.write(bytes, () => resolve()));
      },
      close: async () => {},
    };
  }
  const name = sanitize(path);
  const exists = new Failure(({ failures }) =>
    force === undefined ? failures.exists(name) : failures.wouldReplace(name),
  );
  if (!force && (await isThere(path))) throw exists;
  // Created at the first write, so that a command that fails before leaves nothing.
  let file: FileHandle | undefined;
  const write = (content: string | Uint8Array) =>
    writing(name, exists, async () => {
      file ??= await (force ? open(path, 'w') : opened(path));
      await file.appendFile(content);
    });
  const line = (text: string) => write(`${text}\n`);
  return {
    line,
    json: (value) => line(safeJson(value)),
    bytes: write,
    close: () => writing(name, exists, async () => file?.close()),
  };
}

/** A device may be written to, again and again. */
const isThere = (path: string) =>
  stat(path).then(
    (found) => found.isFile() || found.isDirectory(),
    () => false,
  );

/** A new file; anything else, such as a device, is opened as it is. */
const opened = (path: string) =>
  open(path, 'wx').catch(async (error) => {
    if (error.code === 'EEXIST' && !(await isThere(path))) return open(path, 'a');
    throw error;
  });

async function writing<T>(name: string, exists: Failure, carryOut: () => Promise<T>): Promise<T> {
  try {
    return await carryOut();
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST' ? exists : new Failure(({ failures }) => failures.notWritten(name, code));
  }
}
