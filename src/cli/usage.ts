import type { CommanderError, HelpConfiguration } from 'commander';
import type { CliWords } from './words/words.ts';

type Told = { readonly message: string; readonly named: readonly string[] };
type Teller = (usage: CliWords['usage'], told: Told) => string;

/** What commander says in English, and how we say it. */
const tellers: ReadonlyMap<string, Teller> = new Map<string, Teller>([
  ['commander.unknownCommand', (usage, { message }) => usage.unknownCommand(quotedIn(message))],
  ['commander.unknownOption', (usage, { message }) => usage.unknownOption(quotedIn(message))],
  ['commander.missingMandatoryOptionValue', (usage, { named: [flags = ''] }) => usage.missingOption(longOf(flags))],
  ['commander.optionMissingArgument', (usage, { named: [flags = ''] }) => usage.missingValue(longOf(flags))],
  [
    'commander.invalidArgument',
    (usage, told) => usage.invalidValue(longOf(told.named[0] ?? ''), allowedIn(told.message)),
  ],
  [
    'commander.conflictingOption',
    (usage, { named: [one = '', other = ''] }) => usage.conflict(longOf(one), longOf(other)),
  ],
  ['commander.excessArguments', (usage) => usage.tooMany],
  ['commander.missingArgument', (usage, { named: [name = ''] }) => usage.missingArgument(name)],
]);

/** `-o, --output <file>` as `--output`. */
const longOf = (flags: string): string => flags.split(/[ ,]/).find((part) => part.startsWith('--')) ?? flags;

/** What the first line of a message quotes, which may hold quotation marks itself. */
function quotedIn(message: string): string {
  const [line = ''] = message.split('\n');
  return line.slice(line.indexOf("'") + 1, line.lastIndexOf("'"));
}

/** What an argument may be, as the end of the message says. */
function allowedIn(message: string): string {
  const told = message.replace(/ is invalid for argument '\w+'\. /, ' is invalid. ');
  const said = after(told, ' is invalid. ').replace('Allowed choices are ', '');
  return said.endsWith('.') ? said.slice(0, -1) : said;
}

/** What stands after some words; nothing where they do not stand. */
function after(text: string, words: string): string {
  const at = text.lastIndexOf(words);
  return at < 0 ? '' : text.slice(at + words.length);
}

/** An error of usage in our words, what was meant, if that can be guessed, and where the help is. */
export function usageError({ code, message }: CommanderError, command: string, { usage }: CliWords): readonly string[] {
  const named = message.split("'").filter((_, place) => place % 2 === 1);
  const told = tellers.get(code)?.(usage, { message, named }) ?? message.replace('error: ', '');
  const meant = after(message, '(Did you mean ').replace('one of ', '').replace('?)', '');
  return [told, ...(meant === '' ? [] : [usage.suggestion(meant)]), usage.hint(command)];
}

/** Help as commander lays it out, with its headings in our words. */
export function helpInWords(text: string, { help }: CliWords): string {
  const { usage, everywhere, arguments: args, options, commands } = help.headings;
  return text
    .replace(/^Usage:/m, usage)
    .replace(/^Arguments:$/m, args)
    .replace(/^Global Options:$/m, everywhere)
    .replace(/^Options:$/m, options)
    .replace(/^Commands:$/m, commands);
}

/** Commands with their arguments, options as they are described, and those of all commands below each one's own. */
export const helpLayout: HelpConfiguration = {
  showGlobalOptions: true,
  subcommandTerm: (command) => [command.name(), ...command.registeredArguments.slice(0, 1).map(argumentTerm)].join(' '),
  optionDescription: ({ description }) => description,
  argumentDescription: ({ description }) => description,
};

const argumentTerm = (argument: {
  readonly variadic: boolean;
  readonly required: boolean;
  readonly name: () => string;
}) => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};
