import { version } from '../../package.json';
import type { Locale } from '../protocol/index.ts';
import { type Context, EXIT, Failure, printError, selectWords } from './console/context.ts';
import { clearBar } from './console/progress.ts';
import { endWithReader, isColoured, painter } from './console/terminal.ts';
import { formatHelp } from './help.ts';
import { localeIn, type Request, requestIn, tokenize } from './parse-command.ts';
import type { CliWords } from './words/en.ts';

/** Carries out a command line; sets the exit code, and never throws. */
export async function run(args: readonly string[]): Promise<void> {
  const tokens = tokenize(args);
  const locale = localeIn(tokens);
  const words = selectWords(locale);
  const exit = () => process.exit();
  endWithReader(process.stdout, exit, (code) => endUnwritten(words.failures.notWritten(words.failures.stdout, code)));
  endWithReader(process.stderr, exit, () => process.exit(EXIT.failed));
  try {
    process.exitCode = await carryOut(requestIn(tokens), locale, words);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const lines = error instanceof Failure ? error.linesIn(words) : [words.failures.unexpected(message)];
    await printError(createContext(locale, words), lines);
    process.exitCode = EXIT.failed;
  }
}

/** Carries out a request; answers with the exit code. */
async function carryOut(request: Request, locale: Locale, words: CliWords): Promise<number> {
  switch (request.kind) {
    case 'run':
      return request.run(createContext(locale, words, request.json, request.quiet));
    case 'version':
      process.stdout.write(`${version}\n`);
      return EXIT.ok;
    case 'help': {
      const stream = request.isAsked ? process.stdout : process.stderr;
      stream.write(formatHelp(request.command, words, stream.columns ?? 80));
      return request.isAsked ? EXIT.ok : EXIT.failed;
    }
  }
}

/** Reports that standard output could not be written, and ends. */
function endUnwritten(message: string): never {
  clearBar();
  process.stderr.write(`auxilio: ${message}\n`);
  process.exit(EXIT.failed);
}

function createContext(locale: Locale, words: CliWords, json = false, quiet = false): Context {
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
