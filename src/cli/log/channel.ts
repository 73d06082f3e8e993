/** Passes values from one who makes them to one who takes them, in order. */
export type Channel<T> = {
  /** Resolves when there is room for more: who makes them waits for who takes them. */
  readonly put: (value: T) => Promise<void>;
  /** No more will come; or, with an error, something went wrong. */
  readonly close: (error?: unknown) => void;
  readonly values: () => AsyncGenerator<T>;
};

/** A channel in which values of so much size in all may wait. */
export function channelOf<T>(room: number, sizeOf: (value: T) => number): Channel<T> {
  const waiting: T[] = [];
  let taking = 0;
  let isClosed = false;
  let failure: { readonly error: unknown } | null = null;
  let [arrived, taken] = [() => {}, () => {}];
  return {
    put: async (value) => {
      waiting.push(value);
      taking += sizeOf(value);
      arrived();
      while (taking >= room && !isClosed) await new Promise<void>((resolve) => (taken = resolve));
    },
    close: (error) => {
      isClosed = true;
      if (error !== undefined) failure ??= { error };
      arrived();
      taken();
    },
    async *values() {
      while (true) {
        if (failure !== null) throw failure.error;
        const value = waiting.shift();
        if (value !== undefined) {
          taking -= sizeOf(value);
          taken();
          yield value;
        } else if (isClosed) return;
        else await new Promise<void>((resolve) => (arrived = resolve));
      }
    },
  };
}
