import type { Context } from './context.ts';

/** How far a long work has come, shown on a terminal while it lasts. */
export type Progress = {
  readonly advance: (amount: number) => void;
  /** So much is done, and that is how it stands. */
  readonly reach: (done: number, total: number, note: string) => void;
  readonly stop: () => void;
};

const none: Progress = { advance: () => {}, reach: () => {}, stop: () => {} };

let shown: NodeJS.WritableStream | null = null;

/** Takes the bar away before something else is written; it comes back by itself. */
export function clearBar(): void {
  shown?.write('\r\u001b[K');
}

/** A bar with the time that is left, where a person looks at the terminal. */
export async function progressOf({ showsProgress, stderr }: Context, label: string, total: number): Promise<Progress> {
  if (!showsProgress || total === 0) return none;
  const { SingleBar } = await import('cli-progress');
  const format = `${label} [{bar}] {percentage}% {eta_formatted}{note}`;
  const bar = new SingleBar({ format, stream: stderr as NodeJS.WriteStream, clearOnComplete: true, hideCursor: true });
  bar.start(total, 0, { note: '' });
  shown = stderr;
  return {
    advance: (amount) => bar.increment(amount),
    reach: (done, all, note) => {
      bar.setTotal(all);
      bar.update(done, { note: `  ${note}` });
    },
    stop: () => {
      bar.stop();
      shown = null;
    },
  };
}
