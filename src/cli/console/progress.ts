import type { Writable } from 'node:stream';
import { runtime } from '../../util/runtime.ts';
import { beforeSignal } from './terminal.ts';

/** The progress of a long operation, shown on a terminal while it lasts. */
export type Progress = {
  readonly advance: (amount: number) => void;
  /** Sets what is done, the total, and a note. */
  readonly reach: (done: number, total: number, note: string) => void;
  readonly stop: () => void;
};

const none: Progress = { advance: () => {}, reach: () => {}, stop: () => {} };

/** Standard error, and true if progress is shown on it. */
type Terminal = { readonly showsProgress: boolean; readonly stderr: Writable };

let shown: NodeJS.WritableStream | null = null;

/** Hides the cursor and turns wrapping off, so that a bar keeps to one line. */
const HIDDEN = '\u001b[?25l\u001b[?7l';
/** Ends the line, shows the cursor and turns wrapping on. */
const RESTORED = '\r\u001b[K\u001b[?25h\u001b[?7h';

/** Leaves the terminal as it was. A terminal is written to at once, so that it may be the last thing done. */
function restore(): void {
  if (shown === null) return;
  const stream = shown;
  show(null);
  stream.write(RESTORED);
}

let takeBack = () => {};

/** Sets the stream on which a bar is shown; as long as there is one, the terminal is restored however the process ends. */
function show(stream: NodeJS.WritableStream | null): void {
  if ((shown === null) === (stream === null)) return;
  shown = stream;
  process[stream === null ? 'off' : 'on']('exit', restore);
  takeBack();
  takeBack = stream === null ? () => {} : beforeSignal(restore);
}

/** Clears the bar before something else is written; the next progress draws it again. */
export function clearBar(): void {
  shown?.write('\r\u001b[K');
}

const WIDTH = 40;
/** The least time between two drawings. */
const EVERY_MS = 100;
const SECONDS = 1_000;

/** A bar with the time that is left, where a person looks at the terminal. */
export function showProgress({ showsProgress, stderr }: Terminal, label: string, total: number): Progress {
  if (!showsProgress || total === 0) return none;
  const begun = runtime.monotonicMs();
  // The first progress is drawn at once.
  let [done, all, note, drawn] = [0, total, '', Number.NEGATIVE_INFINITY];
  const draw = () => {
    const elapsedMs = runtime.monotonicMs() - begun;
    stderr.write(`${HIDDEN}\r${label} ${formatBar(done, all, elapsedMs)}${note}\u001b[K`);
  };
  const reach = (now: number, most: number, text: string) => {
    [done, all, note] = [now, most, text];
    if (shown !== stderr || runtime.monotonicMs() - drawn < EVERY_MS) return;
    drawn = runtime.monotonicMs();
    draw();
  };
  show(stderr);
  draw();
  return {
    advance: (amount) => reach(done + amount, all, note),
    reach: (now, most, text) => reach(now, most, `  ${text}`),
    stop: restore,
  };
}

/** The bar, the share that is done and, from its pace so far, the time that is left. */
function formatBar(done: number, all: number, elapsedMs: number): string {
  const share = Math.min(1, done / all);
  const full = Math.floor(share * WIDTH);
  const left = share === 0 ? '' : ` ${formatDuration((elapsedMs / share) * (1 - share))}`;
  return `[${'='.repeat(full)}${'-'.repeat(WIDTH - full)}] ${Math.floor(share * 100)}%${left}`;
}

function formatDuration(ms: number): string {
  const seconds = Math.ceil(ms / SECONDS);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
