/** The events that start a round of syncing by itself: the start, the network, the page that comes back, an act, the time. */
import { mustKnowKeys } from '../kernel/known.ts';
import { runtime } from '../util/runtime.ts';
import { isOffline, LONGEST_MS } from './remote/calls.ts';
import type { SyncReport } from './sync/round.ts';

/** Options of `start` of a {@link Replica}. @since 0.5.0 */
export type StartOptions = Readonly<{
  /** The longest random pause before the round after a reconnection, so that many phones do not return at once; 20 s by default. */
  reconnectJitterMs?: number;
  /**
   * The tag under which Background Sync wakes the service worker after an act, where the browser has it; the worker calls
   * `sync` of a replica of its own over the same store. None by default.
   */
  backgroundSync?: string;
}>;

/** The parts of a browser that announce a good moment. */
type Announcer = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

type Rounds = Readonly<{
  sync: () => Promise<SyncReport>;
  /** Calls a listener when an act was recorded. */
  onAct: (listener: () => void) => () => void;
  /** The pause after an act, in which it can be undone. */
  undoMs: number;
}>;

/** The pause between two rounds when nothing happens, in milliseconds. */
const EVERY_MS = 60_000;

/** The first pause after a round that failed, in milliseconds, and the longest: it doubles with each. */
const PAUSE_MS = { first: 2_000, longest: 300_000 } as const;

/** Starts to sync by itself; the answer ends it. */
export function startTriggers({ sync, onAct, undoMs }: Rounds, options: StartOptions = {}): () => void {
  mustKnowKeys('start', options, { reconnectJitterMs: 0, backgroundSync: 0 });
  const { reconnectJitterMs = 20_000 } = options;
  let cancel = () => {};
  let dueAt = Number.POSITIVE_INFINITY;
  /** The server asked for no round before. */
  let closedUntil = 0;
  let failures = 0;
  let isRunning = false;
  let isEnded = false;

  /** Plans the next round, unless one is planned earlier. */
  function plan(ms: number): void {
    const now = runtime.monotonicMs();
    const inMs = Math.min(Math.max(ms, closedUntil - now), LONGEST_MS);
    const at = now + inMs;
    if (isEnded || at >= dueAt) return;
    cancel();
    dueAt = at;
    // While a round is under way it is the one after it.
    if (!isRunning) cancel = runtime.setTimer(run, inMs);
  }

  function run(): void {
    dueAt = Number.POSITIVE_INFINITY;
    isRunning = true;
    const failed: Pick<SyncReport, 'result' | 'retryAfterMs'> = { result: 'offline', retryAfterMs: null };
    (isOffline() ? Promise.resolve(failed) : sync())
      .catch(() => failed)
      .then(({ result, retryAfterMs }) => {
        isRunning = false;
        const wantedIn = dueAt - runtime.monotonicMs();
        dueAt = Number.POSITIVE_INFINITY;
        failures = result === 'done' || result === 'busy' ? 0 : failures + 1;
        closedUntil = runtime.monotonicMs() + (retryAfterMs ?? 0);
        plan(failures === 0 ? Math.min(EVERY_MS, Math.max(wantedIn, 0)) : backoffMs());
      });
  }

  const backoffMs = () =>
    Math.min(PAUSE_MS.longest, PAUSE_MS.first * 2 ** Math.min(failures - 1, 30)) * (0.5 + runtime.random() / 2);

  const onOnline = () => plan(runtime.random() * reconnectJitterMs);
  const { document } = globalThis as { document?: Announcer & { readonly visibilityState?: string } };
  const onVisible = () => {
    if (document?.visibilityState === 'visible') plan(0);
  };
  const page = globalThis as Partial<Announcer>;
  page.addEventListener?.('online', onOnline);
  document?.addEventListener('visibilitychange', onVisible);
  const endActs = onAct(() => {
    plan(undoMs);
    if (options.backgroundSync !== undefined) void askForSync(options.backgroundSync);
  });
  plan(0);
  return () => {
    isEnded = true;
    cancel();
    endActs();
    page.removeEventListener?.('online', onOnline);
    document?.removeEventListener('visibilitychange', onVisible);
  };
}

type Worker = Readonly<{ ready: Promise<{ sync?: { register(tag: string): Promise<void> } }> }>;

/** Asks the browser to wake the service worker once there is a network, even if the page is closed by then. */
async function askForSync(tag: string): Promise<void> {
  const { navigator } = globalThis as { navigator?: { serviceWorker?: Worker } };
  try {
    const registration = await navigator?.serviceWorker?.ready;
    await registration?.sync?.register(tag);
  } catch {
    // Not allowed here: the page syncs by itself as long as it is open.
  }
}
