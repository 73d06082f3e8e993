import { InvalidArgumentError, Option } from 'commander';
import { isPhotoUrl } from '../report/photo-link.ts';
import { toInstant } from '../wire/instant.ts';
import type { Context } from './context.ts';
import type { CliWords, CommandName, OptionName } from './words/words.ts';

/** Runs a command; answers with the exit code. */
export type Task = (context: Context) => Promise<number>;

/** What is typed after the name of a command, and what is carried out then. */
export type Syntax = {
  readonly argument?: readonly [name: string, kind: keyof CliWords['help']['arguments']];
  /** Arguments after the first, all of them needed: the task is given the list of them. */
  readonly more?: readonly (readonly [name: string, kind: keyof CliWords['help']['arguments']])[];
  /** The allowed values of the first argument. */
  readonly choices?: readonly string[];
  /** Options that must be given, and those that may be. */
  readonly required?: readonly Option[];
  readonly options: readonly Option[];
  readonly task: (argument: never, options: never) => Task;
};

/** Makes options, with their words. */
type Maker = {
  readonly option: (flags: string, name: OptionName) => Option;
  readonly count: (flags: string, name: OptionName, least?: number) => Option;
  readonly few: (flags: string, name: OptionName) => Option;
  readonly instant: (flags: string, name: OptionName) => Option;
  readonly photoUrl: (flags: string, name: OptionName) => Option;
};

const files = ['[files...]', 'files'] as const;
const file = ['[file]', 'file'] as const;

/** How the visits of a file are read. */
const reading = ({ option }: Maker) => [
  option('--map <file>', 'map'),
  option('--sort', 'sort'),
  option('--policy <file>', 'policy'),
  option('--head <file>', 'head').conflicts('map'),
];
const readingOne = (make: Maker) => [make.option('--visit <id>', 'visit'), ...reading(make)];

/** The commands in their order. What a command needs is loaded when it runs. */
const syntaxes: Readonly<Record<CommandName, (make: Maker) => Syntax>> = {
  audit: (make) => ({
    argument: files,
    options: [
      ...readingOne(make),
      make.option('--all', 'all'),
      make.few('--workers <count>', 'workers').conflicts('map'),
    ],
    task: (paths, options) => async (context) => (await import('./commands/audit.ts')).audit(paths, options, context),
  }),
  show: (make) => ({
    argument: files,
    options: readingOne(make),
    task: (paths, options) => async (context) => (await import('./commands/show.ts')).show(paths, options, context),
  }),
  guide: (make) => ({
    argument: file,
    required: [make.option('--role <role>', 'role').choices(['provider', 'contact-center', 'client'])],
    options: [make.option('--actor <id>', 'actor'), make.instant('--now <time>', 'now'), ...readingOne(make)],
    task: (path, options) => async (context) => (await import('./commands/guide.ts')).guide(path, options, context),
  }),
  dossier: (make) => ({
    argument: files,
    options: readingOne(make),
    task: (paths, options) => async (context) =>
      (await import('./commands/dossier.ts')).dossier(paths, options, context),
  }),
  payments: (make) => ({
    argument: files,
    options: [
      make.option('--csv', 'csv').conflicts('xlsx'),
      make.option('--xlsx', 'xlsx'),
      make.option('--totals', 'totals').conflicts('xlsx'),
      make.option('-o, --output <file>', 'newOutput'),
      ...readingOne(make),
    ],
    task: (paths, options) => async (context) =>
      (await import('./commands/payments.ts')).payments(paths, options, context),
  }),
  report: (make) => ({
    argument: files,
    required: [make.option('-o, --output <file>', 'output')],
    options: [
      make.option('--force', 'force'),
      make.option('--title <text>', 'title'),
      make.instant('--until <time>', 'until'),
      make.photoUrl('--photo-url <template>', 'photoUrl'),
      ...readingOne(make),
    ],
    task: (paths, options) => async (context) => (await import('./commands/report.ts')).report(paths, options, context),
  }),
  schema: ({ option }) => ({
    options: [
      option('--command <type>', 'commandType').conflicts('event'),
      option('--event <type>', 'eventType').conflicts('command'),
    ],
    task: (_, options) => async (context) => (await import('./commands/schema.ts')).schema(options, context),
  }),
  clauses: () => ({
    argument: ['[clause]', 'clause'],
    options: [],
    task: (id) => async (context) => (await import('./commands/clauses.ts')).clauses(id, context),
  }),
  explain: () => ({
    argument: ['[file]', 'refusal'],
    options: [],
    task: (path) => async (context) => (await import('./commands/explain.ts')).explain(path, context),
  }),
  simulate: ({ count }) => ({
    required: [count('--visits <count>', 'visits')],
    options: [count('--seed <number>', 'seed', 0).default(1)],
    task: (_, options) => async (context) => (await import('./commands/simulate.ts')).simulate(options, context),
  }),
  explore: ({ option, count }) => ({
    options: [option('--policy <file>', 'policy'), option('--full', 'full'), count('--limit <count>', 'limit')],
    task: (_, options) => async (context) => (await import('./commands/explore.ts')).explore(options, context),
  }),
  sheet: () => ({
    argument: ['<action>', 'sheetAction'],
    choices: ['guess'],
    more: [['<file>', 'sheetFile']],
    options: [],
    task:
      ([, path]: readonly [string, string]) =>
      async (context) =>
        (await import('./commands/sheet.ts')).guess(path, context),
  }),
  store: () => ({
    argument: ['<action>', 'storeAction'],
    choices: ['backup'],
    more: [
      ['<source>', 'storeSource'],
      ['<target>', 'storeTarget'],
    ],
    options: [],
    task:
      ([, source, target]: readonly [string, string, string]) =>
      async (context) =>
        (await import('./commands/store.ts')).backup(source, target, context),
  }),
};

/** Every command with its syntax. */
export function syntaxesIn({ help, tell: { kinds } }: CliWords): readonly (readonly [CommandName, Syntax])[] {
  const option: Maker['option'] = (flags, name) => new Option(flags, help.options[name]);
  const make: Maker = {
    option,
    count: (flags, name, least = 1) => option(flags, name).argParser((text) => wholeNumber(text, least, kinds.count)),
    few: (flags, name) => option(flags, name).argParser((text) => wholeNumber(text, 1, kinds.few, 64)),
    photoUrl: (flags, name) => option(flags, name).argParser((text) => photoTemplate(text, kinds.photoUrl)),
    instant: (flags, name) => option(flags, name).argParser((text) => moment(text, kinds.instant)),
  };
  return Object.entries(syntaxes).map(([name, syntax]) => [name as CommandName, syntax(make)]);
}

function wholeNumber(text: string, least: number, allowed: string, most = Number.POSITIVE_INFINITY): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) throw new InvalidArgumentError(allowed);
  return value;
}

function photoTemplate(text: string, allowed: string): string {
  if (!isPhotoUrl(text)) throw new InvalidArgumentError(allowed);
  return text;
}

function moment(text: string, allowed: string): string {
  const instant = toInstant(text);
  if (instant === null) throw new InvalidArgumentError(allowed);
  return instant;
}
