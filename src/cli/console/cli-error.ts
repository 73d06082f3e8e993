import type { CliWords } from '../words/words.ts';

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
