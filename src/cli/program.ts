import { Argument, Command, Option } from 'commander';
import { version } from '../../package.json';
import { type Syntax, syntaxesIn, type Task } from './command-specs.ts';
import { examples } from './examples.ts';
import type { CliWords, CommandName } from './words/words.ts';

/** The options that every command has. */
export type GlobalOptions = { readonly json?: boolean; readonly quiet?: boolean };

type CarryOut = (task: Task, everywhere: GlobalOptions) => Promise<void>;

/** The command line: what may be typed, and what is carried out then. */
export function programOf(words: CliWords, carryOut: CarryOut): Command {
  const { help } = words;
  const program = new Command('auxilio').description(help.about);
  program.version(version, '-V, --version', help.options.version).usage(usageOf(words, true));
  program.addOption(new Option('--json', help.options.json));
  program.addOption(new Option('-q, --quiet', help.options.quiet));
  program.addOption(new Option('--locale <locale>', help.options.locale).choices(['es-CR', 'en']));
  program.helpCommand('help [command]', help.helpCommand);
  for (const [name, syntax] of syntaxesIn(words)) {
    addCommand(program, name, syntax, words, (task) => carryOut(task, program.opts<GlobalOptions>()));
  }
  for (const command of [program, ...program.commands]) {
    command.helpOption('-h, --help', help.options.help).allowExcessArguments(false);
  }
  return program;
}

function addCommand(
  program: Command,
  name: CommandName,
  { argument, choices, more = [], required = [], options, task }: Syntax,
  words: CliWords,
  carryOut: (task: Task) => Promise<void>,
): void {
  const { help } = words;
  const command = program.command(name).description(descriptionOf(name, words)).summary(help.commands[name].summary);
  const typed = [...(argument === undefined ? [] : [argument]), ...more];
  command.usage(usageOf(words, false, typed.length === 0 ? undefined : typed.map(([term]) => term).join(' ')));
  for (const [index, [term, kind]] of typed.entries()) {
    const one = new Argument(term, help.arguments[kind]);
    command.addArgument(index === 0 && choices !== undefined ? one.choices(choices) : one);
  }
  for (const option of required) option.description = help.required(option.description);
  for (const option of [...required, ...options]) command.addOption(option);
  command.action((...given: unknown[]) => {
    // Commander itself would say that one is missing before it says that another was misspelt.
    const missing = required.find((option) => command.getOptionValue(option.attributeName()) === undefined);
    if (missing !== undefined) {
      command.error(`required option '${missing.flags}'`, { code: 'commander.missingMandatoryOptionValue' });
    }
    const values = given.slice(0, typed.length);
    const first = more.length > 0 ? values : values[0];
    return carryOut(task(first as never, given[typed.length] as never));
  });
  command.addHelpText('after', `\n${help.headings.examples}\n${examples[name].map((line) => `  ${line}`).join('\n')}`);
}

function usageOf({ help: { placeholders } }: CliWords, isProgram: boolean, argument?: string): string {
  const rest = isProgram ? [`<${placeholders.command}>`] : argument === undefined ? [] : [argument];
  return [...rest, `[${placeholders.options}]`].join(' ');
}

function descriptionOf(name: CommandName, { help }: CliWords): string {
  const { summary, details } = help.commands[name];
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return details === undefined ? sentence : `${sentence}\n\n${details}`;
}
