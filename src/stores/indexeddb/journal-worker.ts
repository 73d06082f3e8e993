/** The worker of a journal in OPFS: the only thread of a page that may write a file there in place. */
import type { JournalFile, OpenedJournal } from '../journal-file.ts';

/** A request of the page: the entries of a prefix, or changes to write. */
export type JournalRequest = Readonly<{
  id: number;
  name: string;
  prefix?: string;
  changes?: Readonly<Record<string, string | null>>;
}>;

/** The answer: the entries that were asked for, or a refusal. */
export type JournalAnswer = Readonly<{ id: number; entries?: ReadonlyMap<string, string>; refused?: string }>;

/** The part of a file of OPFS that is used. */
type AccessHandle = {
  getSize(): number;
  read(bytes: Uint8Array, options: { at: number }): number;
  write(bytes: Uint8Array, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
};

type FileHandle = { createSyncAccessHandle(): Promise<AccessHandle> };

type WorkerScope = {
  onmessage: ((event: { data: JournalRequest }) => void) | null;
  postMessage(answer: JournalAnswer): void;
  navigator: {
    storage: {
      getDirectory(): Promise<{ getFileHandle(name: string, options: { create: true }): Promise<FileHandle> }>;
    };
    locks: { request<T>(name: string, task: () => Promise<T>): Promise<T> };
  };
};

/**
 * Serves the journals of this origin. The file is open only while the lock of its name is held, so that the workers of several tabs write
 * it one at a time, and a page that the system has stopped keeps no other from it.
 *
 * The text of this function is also the script of a worker: it uses nothing from outside.
 */
export function serveJournals(open: (file: JournalFile) => OpenedJournal, scope: WorkerScope): void {
  const { storage, locks } = scope.navigator;
  const journals = new Map<string, OpenedJournal>();
  const handles = new Map<string, AccessHandle>();

  const openFile = async (name: string) => {
    const directory = await storage.getDirectory();
    const file = await directory.getFileHandle(`auxilio-${encodeURIComponent(name)}.journal`, { create: true });
    return file.createSyncAccessHandle();
  };

  /** The journal of a name, over the file as it is open at the time. */
  const openJournal = (name: string) => {
    const handle = () => handles.get(name) as AccessHandle;
    const known =
      journals.get(name) ??
      open({
        size: () => handle().getSize(),
        read: (bytes, at) => void handle().read(bytes, { at }),
        write(bytes, at) {
          if (handle().write(bytes, { at }) !== bytes.length) throw new Error('The file was not written whole');
        },
        resize: (size) => handle().truncate(size),
        flush: () => handle().flush(),
      });
    journals.set(name, known);
    return known;
  };

  const serve = async ({ id, name, prefix, changes }: JournalRequest) => {
    const handle = await openFile(name);
    handles.set(name, handle);
    try {
      const journal = openJournal(name);
      if (changes !== undefined) {
        journal.allocate();
        const isWritten = journal.write(changes);
        scope.postMessage(isWritten ? { id } : { id, refused: 'full' });
      } else {
        const found = [...journal.read()].filter(([key]) => key.startsWith(prefix ?? ''));
        scope.postMessage({ id, entries: new Map(found) });
        journal.allocate();
      }
    } finally {
      handle.close();
    }
  };

  scope.onmessage = ({ data }) => {
    locks
      .request(`auxilio/journal/${data.name}`, () => serve(data))
      .catch((error: Error) => scope.postMessage({ id: data.id, refused: `${error.name}: ${error.message}` }));
  };
}
