import { CommanderError } from 'commander';
import type { Locale } from '../protocol/index.ts';
import { localeOf } from '../visit/known.ts';
import { EXIT, Failure } from './cli-error.ts';
import { type Context, printError } from './context.ts';
import { type GlobalOptions, programOf } from './program.ts';
import { clearBar } from './progress.ts';
import { endWithReader, isColoured, painter } from './terminal.ts';
import { helpInWords, helpLayout, usageError } from './usage.ts';
import { wordsOf } from './words/of.ts';
import type { CliWords } from './words/words.ts';

/** The command line with the locale that a tag stands for, as the library takes it: `en-US` for `en`, `es` for `es-CR`. */
const withLocale = (typed: readonly string[]): readonly string[] =>
  typed.map((text, place) => {
    if (typed[place - 1] === '--locale') return localeFor(text);
    return text.startsWith(inline) ? `${inline}${localeFor(text.slice(inline.length))}` : text;
  });

const inline = '--locale=';

const localeFor = (tag: string) => (/^(?:en|es)(?:-|$)/i.test(tag) ? localeOf(tag) : tag);

/** The language that is asked for, before anything else can be said: Spanish of Costa Rica unless it is English. */
function localeIn(typed: readonly string[]): Locale {
  const place = typed.lastIndexOf('--locale');
  return typed[place + 1] === 'en' && place >= 0 ? 'en' : typed.includes('--locale=en') ? 'en' : 'es-CR';
}

/** Carries out a command line; sets the exit code, and never throws. */
export async function run(args: readonly string[]): Promise<void> {
  const typed = withLocale(args);
  const locale = localeIn(typed);
  const words = wordsOf(locale);
  const exit = () => process.exit();
  endWithReader(process.stdout, exit, (code) => endUnwritten(words.failures.notWritten(words.failures.stdout, code)));
  endWithReader(process.stderr, exit, () => process.exit(EXIT.failed));
  let failing = 'auxilio';
  const program = programOf(words, async (task, everywhere) => {
    process.exitCode = await task(contextOf(locale, words, everywhere));
  });
  for (const command of [program, ...program.commands]) {
    const write = (stream: NodeJS.WriteStream) => (text: string) => stream.write(helpInWords(text, words));
    const outputs = { writeOut: write(process.stdout), writeErr: write(process.stderr), outputError: () => {} };
    const noteName = (error: CommanderError) => {
      failing = command === program ? 'auxilio' : `auxilio ${command.name()}`;
      throw error;
    };
    command.exitOverride(noteName).configureHelp(helpLayout).configureOutput(outputs);
  }
  try {
    await program.parseAsync(typed, { from: 'user' });
  } catch (error) {
    process.exitCode = await failedBy(error, failing, contextOf(locale, words, {}));
  }
}

/** Reports that standard output could not be written, and ends. */
function endUnwritten(message: string): never {
  clearBar();
  process.stderr.write(`auxilio: ${message}\n`);
  process.exit(EXIT.failed);
}

function contextOf(locale: Locale, words: CliWords, { json = false, quiet = false }: GlobalOptions): Context {
  const coloured = isColoured(process.stdout, process.env);
  return {
    words,
    locale,
    json,
    quiet,
    isColoured: coloured,
    paint: painter(coloured),
    paintFault: painter(isColoured(process.stderr, process.env)),
    stdout: process.stdout,
    stderr: process.stderr,
    showsProgress: process.stderr.isTTY === true && !quiet,
  };
}

/** Tells what ended a command before its time; answers with the exit code. */
async function failedBy(error: unknown, command: string, context: Context): Promise<number> {
  const { words } = context;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    // Called without a command, it has shown its help.
    if (error.code !== 'commander.help') await printError(context, usageError(error, command, words));
    return EXIT.failed;
  }
  const message = error instanceof Error ? error.message : String(error);
  await printError(context, error instanceof Failure ? error.tell(words) : [words.failures.unexpected(message)]);
  return EXIT.failed;
}
