import { pause, storeRuntime } from '../../util/runtime.ts';
import { deleteDatabase, openDatabase } from './driver.ts';

const SCRATCH = 'auxilio-scratch';
/** The time that Chromium takes to write its memory out, after it has answered, in milliseconds. */
const SETTLE_MS = 50;
/** The longest wait for a new log, in milliseconds. */
const LIMIT_MS = 2_000;

let begun: Promise<void> | undefined;

/**
 * Makes Chromium begin a new log before this page writes; once for the page.
 *
 * Chromium keeps IndexedDB in LevelDB, which goes on with the log of the last session. If the browser was killed in the middle of
 * a write, that log ends in a torn record. What is appended after it is acknowledged, in strict transactions too, but when the
 * browser reads the log again, it skips it, or takes the whole database to be corrupt and removes it. Deleting a database makes LevelDB write its
 * memory into a table, and begin another log.
 */
export function beginLog(): Promise<void> {
  begun ??= isChromium() ? waitForLog(rotate()) : Promise.resolve();
  return begun;
}

/** Lets the next call of {@link beginLog} begin one: the browser has closed the database, and opens it again. */
export function forgetLog(): void {
  begun = undefined;
}

function isChromium(): boolean {
  const { navigator } = globalThis as { navigator?: { readonly userAgent?: unknown } };
  return /Chrom(e|ium)\//.test(String(navigator?.userAgent));
}

async function rotate(): Promise<void> {
  const nothing = () => undefined;
  const upgrade: Parameters<typeof openDatabase>[2]['upgrade'] = (one) => void one.createObjectStore('application');
  const database = await openDatabase(SCRATCH, 1, {
    upgrade,
    blocked: nothing,
    blocking: nothing,
    terminated: nothing,
  });
  database.close();
  await deleteDatabase(SCRATCH);
  await pause(SETTLE_MS, storeRuntime);
}

/** Waits for the new log, but not without end; without one, as when there is no room, writes go on. */
const waitForLog = (rotating: Promise<void>): Promise<void> =>
  Promise.race([rotating.catch(() => undefined), pause(LIMIT_MS, storeRuntime)]);
