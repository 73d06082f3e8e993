import type { CommandSpec, OptionSpec } from './command-spec.ts';
import { type Context, print } from './console/context.ts';
import type { CliWords, CommandName } from './words/en.ts';

/** The commands of a command line, and the options that all of them have. */
type Grammar = Readonly<{ specs: Readonly<Record<CommandName, CommandSpec>>; everywhere: readonly OptionSpec[] }>;

/** Prints the script by which a shell completes command lines, from the specifications of the commands. */
export async function completion(shell: string, grammar: Grammar, context: Context): Promise<number> {
  const scripts: Readonly<Record<string, (grammar: Grammar, words: CliWords) => readonly string[]>> = {
    bash,
    zsh,
    fish,
  };
  for (const line of scripts[shell]?.(grammar, context.words) ?? []) await print(context, line);
  return 0;
}

const namesIn = ({ specs }: Grammar) => Object.keys(specs) as CommandName[];
const ownOptions = ({ required, options }: CommandSpec) => [...required, ...options];
const flagsOf = ({ name, short }: OptionSpec) => [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
const takesFile = ({ flags }: OptionSpec) => flags.endsWith('<file>');

/** True if a command takes files beside the choices of its first argument. */
const hasFiles = ({ arguments: terms, choices = [] }: CommandSpec) => terms.length > (choices.length > 0 ? 1 : 0);

/** Every option of all commands that takes a value, once. */
function valued({ specs, everywhere }: Grammar): readonly OptionSpec[] {
  const options = [...Object.values(specs).flatMap(ownOptions), ...everywhere];
  const all = new Map(options.map((spec) => [spec.name, spec]));
  return [...all.values()].filter(({ takesValue }) => takesValue);
}

/** The script for bash, which itself completes names of files where `COMPREPLY` stays empty. */
function bash(grammar: Grammar): readonly string[] {
  const { specs, everywhere } = grammar;
  const commandNames = namesIn(grammar);
  const values = valued(grammar).flatMap((spec) => {
    const { choices } = spec;
    const pattern = flagsOf(spec).join('|');
    if (choices !== undefined) return [`    ${pattern}) _auxilio_words "${choices.join(' ')}"; return;;`];
    return [takesFile(spec) ? `    ${pattern}) return;;` : `    ${pattern}) compopt +o default 2>/dev/null; return;;`];
  });
  const commands = commandNames.map((name) => {
    const spec = specs[name];
    const flags = [...ownOptions(spec), ...everywhere].flatMap(flagsOf).join(' ');
    return `    ${name}) flags="${flags}"; first="${(spec.choices ?? []).join(' ')}"; files=${hasFiles(spec) ? 1 : ''};;`;
  });
  return [
    '# auxilio completion bash',
    '_auxilio_words() {',
    '  local word',
    '  COMPREPLY=()',
    '  for word in $1; do [[ $word == "$cur"* ]] && COMPREPLY+=("$word"); done',
    '  compopt +o default 2>/dev/null',
    '}',
    '_auxilio() {',
    `  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= place=0 flags= first= files= at`,
    '  COMPREPLY=()',
    '  case $prev in',
    ...values,
    '  esac',
    '  for ((at = 1; at < COMP_CWORD; at += 1)); do',
    `    case \${COMP_WORDS[at]} in ${commandNames.join('|')}) command=\${COMP_WORDS[at]}; place=$at; break;; esac`,
    '  done',
    '  case $command in',
    ...commands,
    `    *) _auxilio_words "${[...commandNames, 'help', ...everywhere.flatMap(flagsOf)].join(' ')}"; return;;`,
    '  esac',
    '  if [[ $cur == -* ]]; then _auxilio_words "$flags"',
    '  elif [[ -n $first && $COMP_CWORD -eq $((place + 1)) ]]; then _auxilio_words "$first"',
    '  elif [[ -z $files ]]; then compopt +o default 2>/dev/null',
    '  fi',
    '}',
    'complete -o default -F _auxilio auxilio',
  ];
}

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A text within a specification of zsh, where some signs have a meaning. */
const zshText = (text: string) => text.replaceAll(/[[\]:\\]/g, (sign) => `\\${sign}`);

function zsh(grammar: Grammar, { help }: CliWords): readonly string[] {
  const { specs, everywhere } = grammar;
  const commandNames = namesIn(grammar);
  const optionLine = (spec: OptionSpec) => {
    const flags = flagsOf(spec);
    const kind = takesFile(spec) ? '_files' : `(${(spec.choices ?? []).join(' ')})`;
    const value = spec.takesValue ? `:${spec.name}:${kind === '()' ? ' ' : kind}` : '';
    const text = quoted(`[${zshText(help.options[spec.words])}]${value}`);
    return flags.length === 1 ? `${flags[0]}${text}` : `'(${flags.join(' ')})'{${flags.join(',')}}${text}`;
  };
  const commands = commandNames.flatMap((name) => {
    const spec = specs[name];
    const first = spec.choices === undefined ? [] : [quoted(`1:${name}:(${spec.choices.join(' ')})`)];
    const rest = [...first, ...(hasFiles(spec) ? [quoted('*:file:_files')] : [])];
    return [
      `    ${name}) _arguments ${[...[...ownOptions(spec), ...everywhere].map(optionLine), ...rest].join(' \\\n      ')};;`,
    ];
  });
  return [
    '#compdef auxilio',
    '_auxilio() {',
    '  local -a commands',
    '  commands=(',
    ...commandNames.map((name) => `    ${quoted(`${name}:${help.commands[name].summary}`)}`),
    '  )',
    "  if (( CURRENT == 2 )); then _describe 'auxilio' commands; return; fi",
    '  shift words; (( CURRENT -= 1 ))',
    '  case $words[1] in',
    ...commands,
    '  esac',
    '}',
    'if [[ $funcstack[1] == _auxilio ]]; then _auxilio "$@"; else compdef _auxilio auxilio; fi',
  ];
}

function fish(grammar: Grammar, { help }: CliWords): readonly string[] {
  const { specs, everywhere } = grammar;
  const line = (condition: string, rest: string) => `complete -c auxilio -n ${quoted(condition)} ${rest}`;
  const optionLine = (condition: string, spec: OptionSpec) => {
    const short = spec.short === undefined ? '' : `-s ${spec.short} `;
    const choices = spec.choices === undefined ? '-x' : `-x -a ${quoted(spec.choices.join(' '))}`;
    const value = spec.takesValue ? ` ${takesFile(spec) ? '-r -F' : choices}` : '';
    return line(condition, `${short}-l ${spec.name}${value} -d ${quoted(help.options[spec.words])}`);
  };
  const ofCommand = (name: CommandName) => {
    const spec = specs[name];
    const seen = `__fish_seen_subcommand_from ${name}`;
    return [
      line('__fish_use_subcommand', `-f -a ${name} -d ${quoted(help.commands[name].summary)}`),
      ...(hasFiles(spec) ? [] : [line(seen, '-f')]),
      ...(spec.choices === undefined
        ? []
        : [
            line(
              `${seen}; and not __fish_seen_subcommand_from ${spec.choices.join(' ')}`,
              `-f -a ${quoted(spec.choices.join(' '))}`,
            ),
          ]),
      ...ownOptions(spec).map((option) => optionLine(seen, option)),
    ];
  };
  return [
    '# auxilio completion fish',
    line('__fish_use_subcommand', '-f'),
    ...namesIn(grammar).flatMap(ofCommand),
    ...everywhere.map((spec) => optionLine('true', spec)),
  ];
}
