import { pause, storeRuntime } from '../../util/runtime.ts';
import type { Wakes } from '../wakes.ts';
import { type Listening, startListening } from './listening.ts';
import { ignore, type ListeningClient } from './pool.ts';

/** The newest event that the global stream shows, and whether a transaction holds back newer ones. */
export type Newest = Readonly<{ newest: string | null; is_held: boolean }>;

export type PushOptions = Readonly<{
  schema: string;
  connectTimeoutMs: number;
  /** Looks at the end of the global stream. */
  look(): Promise<Newest>;
  /** Sends a message to all that listen, on a connection other than that of an append. */
  send(message: string): Promise<unknown>;
  /** Creates a connection that can listen; undefined where there can be none. */
  create(): Promise<ListeningClient | undefined>;
}>;

export type Push = Wakes & Readonly<{ close(): Promise<void> }>;

/** The time for which messages, and looks at the global stream, are joined to one: at most 20 a second. */
const JOINED_MS = 50;
/** The pause between two looks without a request, while appends are heard of. */
const HEARD_POLL_MS = 2000;
/** The first pause while a transaction holds back events; it doubles. */
const HELD_MS = 5;

/**
 * Tells the processes of a schema of each other's appends, and serves all listeners of this one by one look at the end of the global
 * stream. NOTIFY is sent after an append, since within it a lock of the whole server would be held until the standby has the commit. A message
 * may be lost: looks go on beneath, so that no event waits for one.
 */
export function createPush({ schema, connectTimeoutMs, look, send, create }: PushOptions): Push {
  const listeners = new Map<() => void, number>();
  const own = `${storeRuntime.randomId()} ${schema}`;
  const messages = joined(() => send(own));
  const looks = joined(lookForNews);
  let listening: Listening | undefined;
  let newest: string | null | undefined;
  let isAsked = false;
  let heldMs = HELD_MS;
  let cancelNext = ignore;
  let isClosed = false;

  const wakeAll = () => {
    for (const wake of listeners.keys()) wake();
  };

  function ask(): void {
    isAsked = true;
    looks.request();
  }

  /** Looks for an event that is new, and plans the next look. */
  async function lookForNews(): Promise<void> {
    cancelNext();
    const wasAsked = isAsked;
    isAsked = false;
    try {
      let found = await look();
      for (note(found, wasAsked); found.is_held && heldMs < JOINED_MS; note(found, true)) {
        await pause(heldMs, storeRuntime);
        heldMs *= 2;
        found = await look();
      }
      if (!found.is_held) heldMs = HELD_MS;
    } catch {
      wakeAll(); // each finds out for itself what is wrong
    }
    if (listeners.size === 0) return;
    const pollMs = Math.min(...listeners.values());
    const nextMs = listening?.isHeard() && heldMs === HELD_MS ? Math.max(pollMs, HEARD_POLL_MS) : pollMs;
    cancelNext = storeRuntime.setTimer(looks.request, nextMs);
  }

  function note(found: Newest, wasAsked: boolean): void {
    if (found.newest === newest) return;
    if (newest !== undefined && !wasAsked) listening?.doubt();
    newest = found.newest;
    wakeAll();
  }

  function begin(): void {
    const onNews = (message = own) => {
      if (message.endsWith(` ${schema}`)) ask();
    };
    listening = startListening({ create, connectTimeoutMs, own, notify: messages.request, onNews });
    ask();
  }

  function end(): void {
    listening?.stop();
    listening = undefined;
    cancelNext();
  }

  return {
    listen(wake, pollMs) {
      // A function may be given twice.
      const listener = () => wake();
      listeners.set(listener, pollMs);
      if (isClosed) wake();
      else if (listeners.size === 1) begin();
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) end();
      };
    },
    appended() {
      messages.request();
      if (listeners.size > 0) ask();
    },
    async close() {
      isClosed = true;
      end();
      wakeAll();
      await messages.settle();
    },
  };
}

/** Runs a task at once, and once more for all requests that come while it runs or within {@link JOINED_MS}. */
function joined(task: () => Promise<unknown>) {
  let isResting = false;
  let isDue = false;
  let ended: Promise<void> = Promise.resolve();
  let endRest = ignore;

  function request(): void {
    isDue = isResting;
    if (isResting) return;
    isResting = true;
    const rest = new Promise<void>((resolve) => {
      const cancel = storeRuntime.setTimer(resolve, JOINED_MS);
      endRest = () => {
        cancel();
        resolve();
      };
    });
    ended = Promise.all([task().catch(ignore), rest]).then(() => {
      isResting = false;
      if (isDue) request();
    });
  }

  /** Runs what was requested without waiting any more, and resolves once it has run. */
  async function settle(): Promise<void> {
    while (isResting) {
      endRest();
      await ended;
    }
  }

  return { request, settle };
}
