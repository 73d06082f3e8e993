import { StoreError } from '../errors.ts';
import {
  hasIndexedDb,
  openDatabase,
  STORES,
  type StoreName,
  type WrappedDatabase,
  type WrappedTransaction,
} from './driver.ts';
import { isAbort, isDiskFull, mapIndexedDbError, mapOpeningError } from './errors.ts';
import { beginLog, forgetLog } from './fresh-log.ts';
import { rejectWhenLate, startLimit } from './time-limit.ts';

/** Work in a transaction. It awaits only requests of the transaction: while it awaits anything else, the browser commits. */
type Work<T> = (transaction: WrappedTransaction) => Promise<T>;

/** A connection to a database, opened by the first call. */
export type Connection = Readonly<{
  read<T>(stores: readonly StoreName[], work: Work<T>): Promise<T>;
  /** Resolves once the transaction is on the disk. If the work throws, nothing is written. */
  write<T>(stores: readonly StoreName[], work: Work<T>): Promise<T>;
  /** Closes the connection after the calls that were made before; any later call is refused. */
  close(): Promise<void>;
  /** Returns the browser's message if it has lost the content of the database; else `null`. */
  dataLoss(): string | null;
}>;

/** Options of a connection, checked. */
export type ConnectionOptions = Readonly<{
  name: string;
  busyTimeoutMs: number;
  onClose: ((reason: StoreError) => unknown) | undefined;
  /** True to open the database again when the browser has closed it, instead of refusing every later call. */
  reopens?: boolean;
}>;

/** A step of the schema, which raises it to the next version in the transaction of the upgrade. */
export type Step = (database: WrappedDatabase) => void;

/** The steps of the schema; their number is the version of the database. */
export const STEPS: readonly Step[] = [
  (database) => {
    const events = database.createObjectStore('events', { keyPath: 'position', autoIncrement: true });
    events.createIndex('byStream', ['stream', 'version'], { unique: true });
    events.createIndex('byId', 'id', { unique: true });
    database.createObjectStore('application', { autoIncrement: true });
    for (const name of STORES) if (name !== 'events' && name !== 'application') database.createObjectStore(name);
  },
];

export function connect(options: ConnectionOptions, steps = STEPS): Connection {
  const { name, busyTimeoutMs, onClose, reopens = false } = options;
  const named = JSON.stringify(name);
  const running = new Set<Promise<unknown>>();
  let opening: Promise<WrappedDatabase> | undefined;
  let isBlocked = false;
  let closing: Promise<void> | undefined;
  let lost: StoreError | undefined;
  let dataLoss: string | null = null;

  /** Refuses every later call, since the connection was closed by the browser or for another tab. */
  function lose(database: Promise<WrappedDatabase>, reason: StoreError): void {
    if (lost !== undefined || closing !== undefined) return;
    lost = reason;
    void database.then((one) => one.close());
    onClose?.(reason);
  }

  /** Lets the next call open the database again, since the browser has closed the connection, which it need not report. */
  function reopen(): void {
    void opening?.then((one) => one.close()).catch(() => undefined);
    opening = undefined;
    forgetLog();
  }

  /** Returns an error as `full` if the browser failed because the disk is full. */
  async function nameFull(error: unknown): Promise<unknown> {
    const { kind } = error as Partial<StoreError>;
    if (kind !== 'io' && kind !== 'unavailable') return error;
    return (await isDiskFull())
      ? new StoreError('full', `There is no room: ${messageOf(error)}`, { cause: error })
      : error;
  }

  async function open(): Promise<WrappedDatabase> {
    isBlocked = false;
    const opening = async () => {
      if (!hasIndexedDb()) throw new StoreError('unavailable', 'There is no IndexedDB here');
      return openDatabase(name, steps.length, {
        upgrade(one, oldVersion, _, transaction, event) {
          transaction.done.catch(() => undefined); // an upgrade that is interrupted rejects the opening
          if (event?.dataLoss === 'total') dataLoss = event.dataLossMessage ?? '';
          for (const step of steps.slice(oldVersion)) step(one);
        },
        blocked: () => {
          isBlocked = true;
        },
        blocking: (_, newer) => lose(database, new StoreError('closed', replacedMessage(named, newer))),
        terminated: () => {
          forgetLog();
          if (reopens) reopen();
          else lose(database, new StoreError('unavailable', `The browser closed the database ${named}`));
        },
      });
    };
    const database = opening();
    const opened = await database.catch((error: unknown) => {
      throw mapOpeningError(error);
    });
    const found = new Set(opened.objectStoreNames);
    if (STORES.every((store) => found.has(store))) return opened;
    opened.close();
    throw new StoreError('corrupt', `The database ${named} is not of auxilio`);
  }

  function database(): Promise<WrappedDatabase> {
    opening ??= open().catch(async (error: unknown) => {
      opening = undefined;
      throw await nameFull(error);
    });
    return rejectWhenLate(busyTimeoutMs, opening, () =>
      isBlocked
        ? new StoreError('busy', `Another tab has an older version of the database ${named} open, and keeps it open`)
        : new StoreError('unavailable', `The database ${named} could not be opened in ${busyTimeoutMs} ms`),
    );
  }

  async function transact<T>(mode: 'readonly' | 'readwrite', stores: readonly StoreName[], work: Work<T>): Promise<T> {
    const opened = await database();
    if (mode === 'readwrite') await beginLog();
    const transaction = await beginOrReopen(opened, mode, stores);
    let late: StoreError | undefined;
    const stop = startLimit(busyTimeoutMs, () => {
      if (abort(transaction)) late = new StoreError('busy', `The database ${named} was locked for ${busyTimeoutMs} ms`);
    });
    try {
      const result = await work(transaction);
      await transaction.done;
      void beginLog(); // after the first read, which it would slow down
      return result;
    } catch (error) {
      abort(transaction);
      await transaction.done.catch(() => undefined);
      throw await nameFull(late ?? mapIndexedDbError(isAbort(error) ? (lost ?? transaction.error ?? error) : error));
    } finally {
      stop();
    }
  }

  /** Begins a transaction, on another connection if the browser has closed this one. */
  async function beginOrReopen(one: WrappedDatabase, mode: 'readonly' | 'readwrite', stores: readonly StoreName[]) {
    try {
      return begin(one, mode, stores);
    } catch (error) {
      if (!reopens || closing !== undefined || causeName(error) !== 'InvalidStateError') throw await nameFull(error);
      if ((await opening) === one) reopen();
      return begin(await database(), mode, stores);
    }
  }

  function begin(database: WrappedDatabase, mode: 'readonly' | 'readwrite', stores: readonly StoreName[]) {
    if (lost !== undefined) throw lost;
    try {
      const transaction = database.transaction(stores, mode, { durability: 'strict' });
      transaction.done.catch(() => undefined);
      return transaction;
    } catch (error) {
      throw lost ?? mapIndexedDbError(error);
    }
  }

  function run<T>(mode: 'readonly' | 'readwrite', stores: readonly StoreName[], work: Work<T>): Promise<T> {
    if (closing !== undefined) return Promise.reject(new StoreError('closed', 'The store is closed'));
    if (lost !== undefined) return Promise.reject(lost);
    const result = transact(mode, stores, work);
    const settled = result.catch(() => undefined);
    running.add(settled);
    void settled.then(() => running.delete(settled));
    return result;
  }

  async function close(): Promise<void> {
    await Promise.all(running);
    void opening?.then((one) => one.close()).catch(() => undefined);
  }

  return {
    read: (stores, work) => run('readonly', stores, work),
    write: (stores, work) => run('readwrite', stores, work),
    close: () => (closing ??= close()),
    dataLoss: () => dataLoss,
  };
}

const causeName = (error: unknown) => ((error as Error).cause as Error | undefined)?.name;
const messageOf = (error: unknown) => (error as Error).message;

/** Aborts a transaction; false if it has ended. */
function abort(transaction: WrappedTransaction): boolean {
  try {
    transaction.abort();
    return true;
  } catch {
    return false;
  }
}

const replacedMessage = (named: string, version: number | null) =>
  version === null
    ? `The database ${named} was deleted while it was open`
    : `Another tab upgrades the database ${named} to version ${version}: load the release that knows it`;
