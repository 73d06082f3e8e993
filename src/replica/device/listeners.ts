import { mustBe } from '../../kernel/known.ts';

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
          // What a screen makes of a change neither undoes nor stops it.
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
