import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** A style of text on the terminal. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** Puts a colour on a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** True if output is coloured: on a terminal, unless `NO_COLOR` is set (no-color.org). */
export const isColoured = (stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean =>
  stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';

/** Puts colours on texts, or leaves them as they are. */
export function painter(isColoured: boolean): Paint {
  if (!isColoured) return (_, text) => text;
  return (style, text) => {
    const [on, off] = codes[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  };
}

/** Writes a line, and waits while the reader is slower than we are. */
export async function writeLine(stream: Writable, line: string): Promise<void> {
  if (!stream.write(`${line}\n`)) await once(stream, 'drain');
}

/** Ends quietly when the reader closes the pipe (`auxilio … | head`). Any other write error ends it as a failure. */
export function endWithReader(stream: Writable, exit: () => never, fail: (code: string) => never): void {
  stream.on('error', ({ code = '' }: NodeJS.ErrnoException) => (code === 'EPIPE' ? exit() : fail(code)));
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** Runs some work when a signal ends the process, which then ends. Returns a function that cancels this. */
export function beforeSignal(work: () => void): () => void {
  const end = (signal: NodeJS.Signals) => {
    change('off');
    work();
    process.kill(process.pid, signal);
  };
  const change = (to: 'on' | 'off') => {
    for (const signal of signals) process[to](signal, end);
  };
  change('on');
  return () => change('off');
}
