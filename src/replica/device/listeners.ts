/** The receivers of a change: the listeners of the application, and the other tabs of the origin. */
import { mustBe } from '../../kernel/known.ts';
import type { Id } from '../../messages/index.ts';

/** Functions of the application that are called when something happens. */
export type Listeners<T extends readonly unknown[]> = Readonly<{
  /** Adds a listener; the answer removes it. */
  add: (listener: (...given: T) => void) => () => void;
  call: (...given: T) => void;
  clear: () => void;
}>;

export function createListeners<T extends readonly unknown[]>(): Listeners<T> {
  const listeners = new Set<(...given: T) => void>();
  return {
    add(listener) {
      mustBe(typeof listener === 'function', 'subscribe takes a function', listener);
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    call(...given) {
      for (const listener of [...listeners]) {
        try {
          listener(...given);
        } catch (error) {
          // An error in a screen neither undoes the change nor stops it.
          reportListenerError(error);
        }
      }
    },
    clear: () => listeners.clear(),
  };
}

/** Reports the error of a listener as the runtime does. */
function reportListenerError(error: unknown): void {
  const { reportError } = globalThis as { reportError?: (error: unknown) => void };
  if (reportError === undefined) console.error(error);
  else reportError(error);
}

type Tabs = Readonly<{ tell: (visitId: Id) => void; close: () => void }>;

/** Connects the tabs of a name by a BroadcastChannel, if this runtime has one. */
export function connectTabs(name: string, onChange: (visitId: Id) => void): Tabs {
  if (typeof BroadcastChannel !== 'function') return { tell: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(`auxilio/${name}`);
  channel.onmessage = ({ data }: { data: unknown }) => {
    if (typeof data === 'string') onChange(data);
  };
  // In Node a channel would keep the process running.
  (channel as { unref?: () => void }).unref?.();
  let isClosed = false;
  return {
    tell(visitId) {
      // A write that was under way when the replica was closed still ends here.
      if (!isClosed) channel.postMessage(visitId);
    },
    close() {
      isClosed = true;
      channel.close();
    },
  };
}
