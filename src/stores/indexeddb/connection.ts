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
  /** True for a database that no connection without it may read or write, in another tab either. */
  isEncrypted?: boolean;
}>;

/** STORAGE: what an encrypted database has in its version, beside the number of steps. */
const ENCRYPTED = 1_000;

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

type Mode = 'readonly' | 'readwrite';

/** The state of a connection. */
type State = {
  readonly options: ConnectionOptions;
  readonly steps: readonly Step[];
  /** The name of the database, as messages have it. */
  readonly named: string;
  /** The calls in flight. */
  readonly running: Set<Promise<unknown>>;
  opening: Promise<WrappedDatabase> | undefined;
  /** True while another tab has an older version open. */
  isBlocked: boolean;
  closing: Promise<void> | undefined;
  /** The reason why every later call is refused. */
  lost: StoreError | undefined;
  dataLoss: string | null;
};

/** Creates a connection, which the first call opens. */
export function connect(options: ConnectionOptions, steps = STEPS): Connection {
  const on: State = {
    ...{ options, steps, named: JSON.stringify(options.name), running: new Set() },
    ...{ opening: undefined, isBlocked: false, closing: undefined, lost: undefined, dataLoss: null },
  };
  return {
    read: (stores, work) => run(on, 'readonly', stores, work),
    write: (stores, work) => run(on, 'readwrite', stores, work),
    close: () => (on.closing ??= close(on)),
    dataLoss: () => on.dataLoss,
  };
}

/** Refuses every later call, since the connection was closed by the browser or for another tab. */
function lose(on: State, database: Promise<WrappedDatabase>, reason: StoreError): void {
  if (on.lost !== undefined || on.closing !== undefined) return;
  on.lost = reason;
  void database.then((one) => one.close());
  on.options.onClose?.(reason);
}

/** Lets the next call open the database again, since the browser has closed the connection, which it need not report. */
function reopen(on: State): void {
  void on.opening?.then((one) => one.close()).catch(() => undefined);
  on.opening = undefined;
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

async function open(on: State): Promise<WrappedDatabase> {
  const { options, steps, named } = on;
  on.isBlocked = false;
  const opening = async () => {
    if (!hasIndexedDb()) throw new StoreError('unavailable', 'There is no IndexedDB here');
    return openDatabase(options.name, steps.length + (options.isEncrypted ? ENCRYPTED : 0), {
      upgrade(one, oldVersion, _, transaction, event) {
        transaction.done.catch(() => undefined); // an upgrade that is interrupted rejects the opening
        if (event?.dataLoss === 'total') on.dataLoss = event.dataLossMessage ?? '';
        for (const step of steps.slice(oldVersion % ENCRYPTED)) step(one);
      },
      blocked: () => {
        on.isBlocked = true;
      },
      blocking: (_, newer) => lose(on, database, new StoreError('closed', replacedMessage(named, newer))),
      terminated: () => {
        forgetLog();
        if (options.reopens) reopen(on);
        else lose(on, database, new StoreError('unavailable', `The browser closed the database ${named}`));
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

/** Returns the open database, which the first call opens. */
function openOnce(on: State): Promise<WrappedDatabase> {
  const { options, named } = on;
  on.opening ??= open(on).catch(async (error: unknown) => {
    on.opening = undefined;
    throw await nameFull(error);
  });
  return rejectWhenLate(options.busyTimeoutMs, on.opening, () =>
    on.isBlocked
      ? new StoreError('busy', `Another tab has an older version of the database ${named} open, and keeps it open`)
      : new StoreError('unavailable', `The database ${named} could not be opened in ${options.busyTimeoutMs} ms`),
  );
}

async function transact<T>(on: State, mode: Mode, stores: readonly StoreName[], work: Work<T>): Promise<T> {
  const { busyTimeoutMs } = on.options;
  const opened = await openOnce(on);
  if (mode === 'readwrite') await beginLog();
  const transaction = await beginOrReopen(on, opened, mode, stores);
  let late: StoreError | undefined;
  const stop = startLimit(busyTimeoutMs, () => {
    if (abort(transaction))
      late = new StoreError('busy', `The database ${on.named} was locked for ${busyTimeoutMs} ms`);
  });
  try {
    const result = await work(transaction);
    await transaction.done;
    void beginLog(); // after the first read, which it would slow down
    return result;
  } catch (error) {
    abort(transaction);
    await transaction.done.catch(() => undefined);
    throw await nameFull(late ?? mapIndexedDbError(isAbort(error) ? (on.lost ?? transaction.error ?? error) : error));
  } finally {
    stop();
  }
}

/** Begins a transaction, on another connection if the browser has closed this one. */
async function beginOrReopen(on: State, one: WrappedDatabase, mode: Mode, stores: readonly StoreName[]) {
  try {
    return begin(on, one, mode, stores);
  } catch (error) {
    if (!on.options.reopens || on.closing !== undefined || causeName(error) !== 'InvalidStateError')
      throw await nameFull(error);
    if ((await on.opening) === one) reopen(on);
    return begin(on, await openOnce(on), mode, stores);
  }
}

function begin(on: State, database: WrappedDatabase, mode: Mode, stores: readonly StoreName[]) {
  if (on.lost !== undefined) throw on.lost;
  try {
    const transaction = database.transaction(stores, mode, { durability: 'strict' });
    transaction.done.catch(() => undefined);
    return transaction;
  } catch (error) {
    throw on.lost ?? mapIndexedDbError(error);
  }
}

function run<T>(on: State, mode: Mode, stores: readonly StoreName[], work: Work<T>): Promise<T> {
  if (on.closing !== undefined) return Promise.reject(new StoreError('closed', 'The store is closed'));
  if (on.lost !== undefined) return Promise.reject(on.lost);
  const result = transact(on, mode, stores, work);
  const settled = result.catch(() => undefined);
  on.running.add(settled);
  void settled.then(() => on.running.delete(settled));
  return result;
}

async function close(on: State): Promise<void> {
  await Promise.all(on.running);
  void on.opening?.then((one) => one.close()).catch(() => undefined);
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
