type Ends = Readonly<{ all: Set<() => void>; listener: () => void }>;

const waiting = new WeakMap<AbortSignal, Ends>();

/**
 * Calls `end` once the signal is aborted; answers how to take that back. A signal that many wait for, such as that of a server
 * that closes, has one listener for all of them: runtimes warn of more than ten.
 */
export function onAbort(signal: AbortSignal, end: () => void): () => void {
  const ends = waiting.get(signal) ?? listening(signal);
  ends.all.add(end);
  return () => {
    ends.all.delete(end);
    if (ends.all.size > 0) return;
    signal.removeEventListener('abort', ends.listener);
    waiting.delete(signal);
  };
}

function listening(signal: AbortSignal): Ends {
  const all = new Set<() => void>();
  const listener = () => {
    for (const end of [...all]) end();
  };
  signal.addEventListener('abort', listener);
  const ends = { all, listener };
  waiting.set(signal, ends);
  return ends;
}
