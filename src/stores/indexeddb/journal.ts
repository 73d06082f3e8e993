/** The journal of a replica in OPFS, and marks in `localStorage`, where a browser has them. */
import { fromBase64, toBase64 } from '../../util/base64.ts';
import { storeRuntime } from '../../util/runtime.ts';
import { StoreError } from '../errors.ts';
import { openJournalFile } from '../journal-file.ts';
import { checkKeys, type ReplicaJournal, type ReplicaMarks } from '../replica-store.ts';
import type { DeviceCipher } from './device-cipher.ts';
import { type JournalAnswer, type JournalRequest, serveJournals } from './journal-worker.ts';
import { startLimit } from './time-limit.ts';

/** The part of a dedicated worker that is used. @since 0.5.0 */
export type JournalWorker = {
  onmessage: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  postMessage(request: object): void;
  terminate(): void;
};

/** The longest wait for the worker, in milliseconds. */
const LIMIT_MS = 5_000;

type Browser = {
  Worker?: new (url: string) => JournalWorker;
  navigator?: { storage?: { getDirectory?: unknown }; locks?: unknown };
  localStorage?: {
    readonly length: number;
    key(index: number): string | null;
    getItem(key: string): string | null;
    setItem(key: string, text: string): void;
    removeItem(key: string): void;
  };
};

const browser = () => globalThis as Browser;

/**
 * Runs the worker of the journals: the whole script of a worker that an application serves itself, where its content security policy allows
 * no worker of a `blob:`.
 *
 * @since 0.5.0
 */
export function runJournalWorker(): void {
  serveJournals(openJournalFile, globalThis as never);
}

/** Starts the worker from its text. Bundlers may have added calls of `__name`. */
function startWorker(): JournalWorker {
  const { Worker } = browser();
  if (Worker === undefined) throw new StoreError('unavailable', 'No worker can be started here');
  const script = `const __name = (given) => given; (${serveJournals})(${openJournalFile}, self);`;
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  try {
    return new Worker(url);
  } finally {
    storeRuntime.setTimer(() => URL.revokeObjectURL(url), LIMIT_MS);
  }
}

/** A request that was not answered yet. */
type Open = Readonly<{ resolve: (answer: JournalAnswer) => void; reject: (error: unknown) => void }>;

/** A journal in OPFS; undefined where there is none, or where no worker can be started, as in a service worker. */
export function opfsJournal(
  name: string,
  start: () => JournalWorker = startWorker,
): (ReplicaJournal & Readonly<{ close: () => void }>) | undefined {
  const { Worker, navigator } = browser();
  const isHere = Worker && navigator?.locks && navigator.storage?.getDirectory;
  if (!isHere) return undefined;
  const open = new Map<number, Open>();
  let last = 0;
  let worker: JournalWorker | undefined;
  /** The reason why no worker is started any more. */
  let ended: StoreError | undefined;
  let hasAnswered = false;

  function end(error: StoreError): void {
    worker?.terminate();
    worker = undefined;
    for (const { reject } of open.values()) reject(error);
    open.clear();
    // A worker that never ran, for example since a policy forbids it, is not started again.
    if (!hasAnswered) ended = error;
  }

  function ensureWorker(): JournalWorker {
    if (worker !== undefined) return worker;
    const one = start();
    one.onmessage = ({ data }: { data: JournalAnswer }) => {
      hasAnswered = true;
      open.get(data.id)?.resolve(data);
      open.delete(data.id);
    };
    one.onerror = () => end(new StoreError('unavailable', 'The worker of the journal failed'));
    worker = one;
    return one;
  }

  async function ask(request: Omit<JournalRequest, 'id' | 'name'>): Promise<JournalAnswer> {
    if (ended !== undefined) throw ended;
    const id = ++last;
    let stop = () => {};
    try {
      const answer = await new Promise<JournalAnswer>((resolve, reject) => {
        open.set(id, { resolve, reject });
        stop = startLimit(LIMIT_MS, () => reject(new StoreError('busy', 'The worker of the journal did not answer')));
        ensureWorker().postMessage({ id, name, ...request } satisfies JournalRequest);
      });
      if (answer.refused === undefined) return answer;
      throw new StoreError(answer.refused === 'full' ? 'full' : 'io', `The journal: ${answer.refused}`);
    } catch (error) {
      if (!hasAnswered && !(error instanceof StoreError)) ended = new StoreError('unavailable', String(error));
      throw ended ?? error;
    } finally {
      stop();
      open.delete(id);
    }
  }

  return {
    async read(prefix) {
      return (await ask({ prefix })).entries ?? new Map();
    },
    async write(changes) {
      await ask({ changes: Object.fromEntries(checkKeys(changes)) });
    },
    close() {
      hasAnswered = false;
      end(new StoreError('closed', 'The store is closed'));
    },
  };
}

/** STORAGE: the beginning of an encrypted entry; one in clear is JSON. */
const SEALED = 'sealed:';

/** The same journal, whose entries are encrypted; their keys are not. An entry whose key is lost is passed over. */
export function sealJournal(journal: ReplicaJournal, { seal, open }: DeviceCipher): ReplicaJournal {
  const placeOf = (key: string) => `the journal of ${key}`;
  const openEntry = async (key: string, text: string): Promise<readonly [string, string] | undefined> => {
    if (!text.startsWith(SEALED)) return [key, text];
    try {
      return [key, new TextDecoder().decode(await open(fromBase64(text.slice(SEALED.length)), placeOf(key)))];
    } catch (error) {
      if ((error as StoreError).kind === 'corrupt') return undefined;
      throw error;
    }
  };
  return {
    async read(prefix) {
      const entries = await Promise.all([...(await journal.read(prefix))].map((entry) => openEntry(...entry)));
      return new Map(entries.filter((entry) => entry !== undefined));
    },
    async write(changes) {
      const sealed = checkKeys(changes).map(async ([key, text]) => {
        if (text === null) return [key, null] as const;
        return [key, SEALED + toBase64(await seal(new TextEncoder().encode(text), placeOf(key)))] as const;
      });
      await journal.write(Object.fromEntries(await Promise.all(sealed)));
    },
  };
}

/** Marks in `localStorage`, beside the database of a name; undefined where there is none. */
export function localMarks(name: string): ReplicaMarks | undefined {
  const scope = `auxilio/${name}/`;
  const guarded = <T>(run: (storage: NonNullable<Browser['localStorage']>) => T, otherwise: T): T => {
    try {
      const { localStorage } = browser();
      return localStorage === undefined ? otherwise : run(localStorage);
    } catch {
      return otherwise; // forbidden, or full
    }
  };
  if (!guarded(() => true, false)) return undefined;
  return {
    read: (prefix) =>
      guarded((storage) => {
        const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
        const own = keys.filter((key) => key.startsWith(scope + prefix));
        return new Map(own.map((key) => [key.slice(scope.length), storage.getItem(key) ?? '']));
      }, new Map<string, string>()),
    set: (key, text) =>
      guarded((storage) => {
        if (text === null) storage.removeItem(scope + key);
        else storage.setItem(scope + key, text);
      }, undefined),
  };
}
