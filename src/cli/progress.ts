import type { Writable } from 'node:stream';

/** The progress of a long operation, shown on a terminal while it lasts. */
export type Progress = {
  readonly advance: (amount: number) => void;
  /** So much is done, and that is how it stands. */
  readonly reach: (done: number, total: number, note: string) => void;
  readonly stop: () => void;
};

const none: Progress = { advance: () => {}, reach: () => {}, stop: () => {} };

/** Standard error, and whether progress is shown on it. */
type Terminal = { readonly showsProgress: boolean; readonly stderr: Writable };

let shown: NodeJS.WritableStream | null = null;

/** Ends the line, shows the cursor and turns wrapping on, which a bar turns off. */
const RESTORED = '\r\u001b[K\u001b[?25h\u001b[?7h';
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Leaves the terminal as it was. A terminal is written to at once, so that it may be the last thing done. */
function restore(): void {
  if (shown === null) return;
  const stream = shown;
  show(null);
  stream.write(RESTORED);
}

/** Leaves the terminal as it was, and ends by the signal, as without a bar. */
function restoreAndEnd(signal: NodeJS.Signals): void {
  restore();
  process.kill(process.pid, signal);
}

/** Notes where a bar is shown; while one is, the terminal is restored however the process ends. */
function show(stream: NodeJS.WritableStream | null): void {
  if ((shown === null) === (stream === null)) return;
  shown = stream;
  const change = stream === null ? 'off' : 'on';
  process[change]('exit', restore);
  for (const signal of signals) process[change](signal, restoreAndEnd);
}

/** Takes the bar away before something else is written; it comes back by itself. */
export function clearBar(): void {
  shown?.write('\r\u001b[K');
}

/** A bar with the time that is left, where a person looks at the terminal. */
export async function progressOf({ showsProgress, stderr }: Terminal, label: string, total: number): Promise<Progress> {
  if (!showsProgress || total === 0) return none;
  const { SingleBar } = await import('cli-progress');
  const format = `${label} [{bar}] {percentage}% {eta_formatted}{note}`;
  const bar = new SingleBar({ format, stream: stderr as NodeJS.WriteStream, clearOnComplete: true, hideCursor: true });
  show(stderr);
  bar.start(total, 0, { note: '' });
  return {
    advance: (amount) => bar.increment(amount),
    reach: (done, all, note) => {
      bar.setTotal(all);
      bar.update(done, { note: `  ${note}` });
    },
    stop: () => {
      bar.stop();
      show(null);
    },
  };
}
