import { parseArgs } from 'node:util';
import type { Locale } from '../protocol/index.ts';
import { nearest } from '../util/nearest.ts';
import type { OptionSpec } from './command-spec.ts';
import { commandNames, commandSpecs, globalOptions, helpOption } from './command-specs.ts';
import { type Context, Failure } from './console/context.ts';
import type { CliWords, CommandName } from './words/en.ts';

/** A part of a command line: an option, another word, or `--`. An option takes a value in every command or in none. */
type Token = ReturnType<typeof tokenize>[number];

/** The request of a command line. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command: CommandName | undefined; readonly isAsked: boolean }
  | {
      readonly kind: 'run';
      readonly run: (context: Context) => Promise<number>;
      readonly json: boolean;
      readonly quiet: boolean;
    };

const everywhere: readonly OptionSpec[] = [...globalOptions, helpOption];

/** The options of a command, its own and those that every command has. */
const listOptions = (command: CommandName | undefined): readonly OptionSpec[] =>
  command === undefined
    ? everywhere
    : [...commandSpecs[command].required, ...commandSpecs[command].options, ...everywhere];

export function tokenize(args: readonly string[]) {
  const specs = commandNames.flatMap(listOptions);
  const options = Object.fromEntries(
    specs.map(({ name, short, takesValue }) => {
      const type = takesValue ? ('string' as const) : ('boolean' as const);
      return [name, short === undefined ? { type } : { type, short }];
    }),
  );
  return parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

/** The language that is asked for, before anything else can be said: Spanish of Costa Rica unless it is English. */
export function localeIn(tokens: readonly Token[]): Locale {
  const tags = tokens.flatMap((token) => (token.kind === 'option' && token.name === 'locale' ? [token.value] : []));
  const locale = globalOptions.find(({ name }) => name === 'locale');
  return locale?.parse(tags.at(-1) ?? '') === 'en' ? 'en' : 'es-CR';
}

/** The request of a command line, or the failure of parsing it. */
export function requestIn(tokens: readonly Token[]): Request {
  const [first, ...rest] = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const isHelp = first === 'help';
  const command = findCommand(isHelp ? rest[0] : first);
  const has = (name: string) => tokens.some((token) => token.kind === 'option' && token.name === name);
  if (isHelp || has('help')) return { kind: 'help', command, isAsked: true };
  if (has('version')) return { kind: 'version' };
  const values = valuesIn(tokens, command);
  if (command === undefined) return { kind: 'help', command, isAsked: false };
  checkTogether(values, command);
  checkArguments(rest, command);
  const options = Object.fromEntries([...values].map(([{ name }, value]) => [camelCase(name), value]));
  const { json = false, quiet = false, ...own } = options as { readonly json?: boolean; readonly quiet?: boolean };
  return { kind: 'run', run: (context) => commandSpecs[command].run(rest, own as never, context), json, quiet };
}

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A usage error: the problem, perhaps a suggestion, and a reference to the help. */
const mistake = (
  describe: (usage: CliWords['usage'], words: CliWords) => string,
  command: CommandName | undefined,
  meant: readonly string[] = [],
) =>
  new Failure((words) => [
    describe(words.usage, words),
    ...meant.map(words.usage.suggestion),
    words.usage.hint(command === undefined ? 'auxilio' : `auxilio ${command}`),
  ]);

function findCommand(name: string | undefined): CommandName | undefined {
  const command = commandNames.find((known) => known === name);
  if (name === undefined || command !== undefined) return command;
  throw mistake((usage) => usage.unknownCommand(name), undefined, nearest(name, commandNames));
}

type Values = ReadonlyMap<OptionSpec, unknown>;

/** The options that are given, each with its value, the last one where it is given twice. */
function valuesIn(tokens: readonly Token[], command: CommandName | undefined): Values {
  const specs = listOptions(command);
  const initial = specs.filter((spec) => spec.initial !== undefined);
  const values = new Map(initial.map((spec) => [spec, spec.initial]));
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const spec = specs.find((known) => known.name === name);
    if (spec === undefined || (value !== undefined && !spec.takesValue)) {
      const long = specs.map((known) => `--${known.name}`);
      const typed = spec === undefined ? rawName : `${rawName}=${value}`;
      throw mistake((usage) => usage.unknownOption(typed), command, nearest(rawName, long));
    }
    values.set(spec, parseValue(spec, value, everywhere.includes(spec) ? undefined : command));
  }
  return values;
}

function parseValue(spec: OptionSpec, text: string | undefined, command: CommandName | undefined): unknown {
  if (!spec.takesValue) return true;
  if (text === undefined) throw mistake((usage) => usage.missingValue(`--${spec.name}`), command);
  const value = spec.parse(text);
  if (value !== undefined) return value;
  throw mistake((usage, words) => usage.invalidValue(`--${spec.name}`, spec.allowed(words)), command);
}

function checkTogether(values: Values, command: CommandName): void {
  const missing = commandSpecs[command].required.find((spec) => !values.has(spec));
  if (missing !== undefined) throw mistake((usage) => usage.missingOption(`--${missing.name}`), command);
  const names = new Set([...values.keys()].map(({ name }) => name));
  for (const { name, excludes } of values.keys()) {
    if (excludes === undefined || !names.has(excludes)) continue;
    throw mistake((usage) => usage.conflict(`--${name}`, `--${excludes}`), command);
  }
}

function checkArguments(given: readonly string[], command: CommandName): void {
  const { arguments: specs, choices } = commandSpecs[command];
  const missing = specs.slice(given.length).find(([term]) => term.startsWith('<'));
  const name = (term = '') => term.slice(1, -1);
  if (choices !== undefined && given[0] !== undefined && !choices.includes(given[0])) {
    throw mistake((usage) => usage.invalidValue(name(specs[0]?.[0]), choices.join(', ')), command);
  }
  if (missing !== undefined) throw mistake((usage) => usage.missingArgument(name(missing[0])), command);
  const isOpen = specs.at(-1)?.[0].endsWith('...]') === true;
  if (given.length > specs.length && !isOpen) throw mistake((usage) => usage.tooMany, command);
}
