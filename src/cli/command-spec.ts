import type { Context } from './console/context.ts';
import type { CliWords, OptionName } from './words/en.ts';

/** An option, and its value if it has one. */
export type OptionSpec = {
  /** The option as help shows it: `-o, --output <file>`; its name has no dashes. */
  readonly flags: string;
  readonly name: string;
  readonly short?: string;
  readonly takesValue: boolean;
  readonly words: OptionName;
  /** The value of a text; undefined where it cannot have that value. */
  readonly parse: (text: string) => unknown;
  /** The values that it may have. */
  readonly allowed: (words: CliWords) => string;
  /** The values that it may have, where they are few. */
  readonly choices?: readonly string[];
  /** The name of an option that cannot be given with it. */
  readonly excludes?: string;
  readonly initial?: unknown;
};

export type ArgumentSpec = readonly [term: string, words: keyof CliWords['help']['arguments']];

/** A command: its arguments and options, and the function that runs it. */
export type CommandSpec = {
  readonly arguments: readonly ArgumentSpec[];
  /** The allowed values of the first argument. */
  readonly choices?: readonly string[];
  /** Options that must be given, and those that may be. */
  readonly required: readonly OptionSpec[];
  readonly options: readonly OptionSpec[];
  /** Runs the command; answers with the exit code. */
  readonly run: (args: readonly string[], options: never, context: Context) => Promise<number>;
};
