import type { Writable } from 'node:stream';
import type { Locale } from '../protocol/index.ts';
import { clearBar } from './progress.ts';
import { safeJson, sanitize } from './sanitize.ts';
import { type Paint, writeLine } from './terminal.ts';
import type { CliWords } from './words/words.ts';

/** What every command has at hand. */
export type Context = {
  readonly words: CliWords;
  readonly locale: Locale;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Colours of standard output, and of standard error. */
  readonly isColoured: boolean;
  readonly paint: Paint;
  readonly paintFault: Paint;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Progress is shown on a terminal alone. */
  readonly showsProgress: boolean;
};

/** Says something on standard output, unless it is to be quiet. */
export async function print({ stdout, quiet, showsProgress }: Context, line: string): Promise<void> {
  if (quiet) return;
  if (showsProgress) clearBar();
  await writeLine(stdout, line);
}

/** Says a value as one line of JSON. */
export const printJson = (context: Context, value: unknown): Promise<void> => print(context, safeJson(value));

/** Says what went wrong. */
export async function printError(
  { stderr, paintFault, showsProgress }: Context,
  lines: readonly string[],
): Promise<void> {
  const [first = '', ...rest] = lines;
  if (showsProgress) clearBar();
  for (const line of [`auxilio: ${first}`, ...rest.map((text) => `  ${text}`)]) {
    await writeLine(stderr, paintFault('red', sanitize(line)));
  }
}
