import type { OptionSpec } from './command-spec.ts';
import { commandNames, commandSpecs, globalOptions, helpOption } from './command-specs.ts';
import type { CliWords, CommandName } from './words/en.ts';

type Row = readonly [term: string, text: string];
type Section = { readonly heading: string; readonly rows: readonly Row[] };

/** The help of a command, or of the program, in lines of so many characters. */
export function formatHelp(command: CommandName | undefined, words: CliWords, width: number): string {
  const { help } = words;
  const sections = (command === undefined ? programSections(help) : commandSections(command, help)).filter(
    ({ rows }) => rows.length > 0,
  );
  const pad = 2 + Math.max(...sections.flatMap(({ rows }) => rows.map(([term]) => term.length)));
  const lines = [
    `${help.headings.usage} ${formatUsage(command, help)}`,
    '',
    ...wrapText(command === undefined ? help.about : describeCommand(command, help), width - 1),
    ...sections.flatMap(({ heading, rows }) => ['', heading, ...rows.flatMap((row) => item(row, pad, width))]),
    ...(command === undefined ? [] : ['', help.headings.examples, ...examples[command].map((line) => `  ${line}`)]),
  ];
  return `${lines.join('\n')}\n`;
}

type HelpText = CliWords['help'];

function formatUsage(command: CommandName | undefined, { placeholders }: HelpText): string {
  const terms = command === undefined ? [`<${placeholders.command}>`] : [command, ...listTerms(command)];
  return ['auxilio', ...terms, `[${placeholders.options}]`].join(' ');
}

const listTerms = (command: CommandName) => commandSpecs[command].arguments.map(([term]) => term);

function describeCommand(command: CommandName, { commands }: HelpText): string {
  const { summary, details } = commands[command];
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return details === undefined ? sentence : `${sentence}\n\n${details}`;
}

const optionRow = ({ options }: HelpText, { flags, words }: OptionSpec): Row => [flags, options[words]];

function programSections(help: HelpText): readonly Section[] {
  const { headings, commands, helpCommand } = help;
  const rows = commandNames.map(
    (name): Row => [[name, ...listTerms(name).slice(0, 1)].join(' '), commands[name].summary],
  );
  return [
    { heading: headings.options, rows: [...globalOptions, helpOption].map((spec) => optionRow(help, spec)) },
    { heading: headings.commands, rows: [...rows, ['help [command]', helpCommand]] },
  ];
}

function commandSections(command: CommandName, help: HelpText): readonly Section[] {
  const { arguments: specs, required, options } = commandSpecs[command];
  const { headings } = help;
  const needed = required.map((spec): Row => [spec.flags, help.required(help.options[spec.words])]);
  return [
    {
      heading: headings.arguments,
      rows: specs.map(([term, words]) => [term.replace(/\W/g, ''), help.arguments[words]]),
    },
    {
      heading: headings.options,
      rows: [...needed, ...[...options, helpOption].map((spec) => optionRow(help, spec))],
    },
    { heading: headings.everywhere, rows: globalOptions.map((spec) => optionRow(help, spec)) },
  ];
}

/** A term and its text in columns; one after the other where there is little room. */
function item([term, text]: Row, pad: number, width: number): readonly string[] {
  const [first = '', ...rest] = wrapText(text, width - pad - 3);
  return [`  ${term.padEnd(pad)}${first}`, ...rest.map((line) => `  ${' '.repeat(pad)}${line}`)];
}

/** The narrowest column that is wrapped. */
const NARROW = 40;

function wrapText(text: string, width: number): readonly string[] {
  if (width < NARROW) return text.split('\n');
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      const longer = line === '' ? word : `${line} ${word}`;
      if (longer.length > width && line !== '') lines.push(line);
      line = longer.length > width ? word : longer;
    }
    return [...lines, line];
  });
}

/** Example command lines, the same in every language. */
const examples: Readonly<Record<CommandName, readonly string[]>> = {
  audit: [
    'auxilio audit visitas.ndjson',
    'auxilio audit llamadas.csv --map mapa.json --policy politica.json',
    'auxilio audit marzo.ndjson abril.ndjson --csv -o hallazgos.csv',
    'zcat visitas.ndjson.gz | auxilio audit --json | jq -c "select(.clean | not)"',
  ],
  show: ['auxilio show visitas.ndjson --visit V-101'],
  guide: [
    'auxilio guide visita.ndjson --role provider',
    'auxilio guide visitas.ndjson --visit V-101 --role contact-center',
  ],
  dossier: ['auxilio dossier visitas.ndjson --visit V-101', 'auxilio dossier visitas.ndjson --json'],
  payments: [
    'auxilio payments visitas.ndjson',
    'auxilio payments marzo.ndjson abril.ndjson --xlsx -o pagos.xlsx',
    'auxilio payments visitas.ndjson --csv --totals > proveedores.csv',
  ],
  report: [
    'auxilio report visitas.ndjson -o informe.html',
    'auxilio report llamadas.csv --map mapa.json -o informe.html',
  ],
  schema: ['auxilio schema > auxilio.schema.json', 'auxilio schema --command StartWork'],
  clauses: ['auxilio clauses', 'auxilio clauses 1.1-19 --locale en'],
  explain: [`echo '{"rule":"photos-sent","clause":"1.1-19","facts":{"unsent":["f-2"]}}' | auxilio explain`],
  simulate: [
    'auxilio simulate --visits 100 --seed 7 > visitas.ndjson',
    'auxilio simulate --visits 1000 | auxilio audit',
  ],
  explore: ['auxilio explore --policy politica.json', 'auxilio explore --full'],
  sheet: ['auxilio sheet guess llamadas.csv > mapa.json', 'auxilio audit llamadas.csv --map mapa.json'],
  completion: [
    'source <(auxilio completion bash)',
    'auxilio completion fish > ~/.config/fish/completions/auxilio.fish',
  ],
  privacy: [
    'auxilio privacy erase visitas.sqlite --keys llaves.sqlite --wrapping maestra.txt --visit V-101 --by op-7',
    'auxilio privacy due visitas.sqlite --keys llaves.sqlite --wrapping maestra.txt --table plazos.json',
    'auxilio privacy dispose visitas.sqlite --keys llaves.sqlite --wrapping maestra.txt --visit V-101 --by op-7 --table plazos.json --page acta.html',
  ],
  verify: ['auxilio verify receipt recibo.json', 'auxilio verify receipt recibo.json --log visitas.ndjson'],
  store: ['auxilio store backup visitas.sqlite respaldo-2026-03-17.sqlite'],
};
