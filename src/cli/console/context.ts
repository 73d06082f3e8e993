import type { Writable } from 'node:stream';
import type { Locale } from '../../protocol/index.ts';
import { type CliWords, en } from '../words/en.ts';
import { esCR } from '../words/es-cr.ts';
import { clearBar } from './progress.ts';
import { type Paint, writeLine } from './terminal.ts';
import { safeJson, sanitize, wrapLine } from './text.ts';

/** Exit codes: all is well, something was found, something could not be read or was asked wrongly. */
export const EXIT = { ok: 0, found: 1, failed: 2 } as const;

/** A failure that ends a command: one line, sometimes with more below it. */
export class Failure extends Error {
  readonly linesIn: (words: CliWords) => readonly string[];
  constructor(describe: (words: CliWords) => string | readonly string[]) {
    super('failure');
    this.linesIn = (words) => [describe(words)].flat();
  }
}

/** The words of a language. */
export const selectWords = (locale: Locale): CliWords => (locale === 'en' ? en : esCR);

/** The environment of every command. */
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

/** The words and the colours of what is printed. */
export type Wording = Pick<Context, 'words' | 'paint'>;

/** Prints a line on standard output, unless `--quiet` is given. */
export async function print({ stdout, quiet, showsProgress }: Context, line: string): Promise<void> {
  if (quiet) return;
  if (showsProgress) clearBar();
  await writeLine(stdout, line);
}

/** Prints text for a person: broken at the width of a terminal, unbroken in a file or a pipe, for other programs. */
export async function printText(context: Context, text: string): Promise<void> {
  for (const line of text.split('\n')) {
    for (const one of linesFor(context.stdout, line)) await print(context, one);
  }
}

/** The lines that a line becomes on a stream. */
function linesFor(stream: Writable & { readonly isTTY?: boolean; readonly columns?: number }, line: string) {
  // A terminal that does not know its width says 0.
  return stream.isTTY === true ? wrapLine(line, stream.columns || 80) : [line];
}

/** Prints a value as one line of JSON. */
export const printJson = (context: Context, value: unknown): Promise<void> => print(context, safeJson(value));

/** Prints an error on standard error, with the lines below it. */
export async function printError(
  { stderr, paintFault, showsProgress }: Context,
  lines: readonly string[],
): Promise<void> {
  const [first = '', ...rest] = lines;
  if (showsProgress) clearBar();
  for (const line of [`auxilio: ${first}`, ...rest.map((text) => `  ${text}`)]) {
    for (const one of linesFor(stderr, sanitize(line))) await writeLine(stderr, paintFault('red', one));
  }
}
