import { isPhotoUrl } from '../report/photo-link.ts';
import { parseLocale } from '../visit/known.ts';
import { toInstant } from '../wire/instant.ts';
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.ts';
import type { CommandName, OptionName } from './words/en.ts';

function option(flags: string, words: OptionName, more: Partial<OptionSpec> = {}): OptionSpec {
  const [, short, name = '', value] = /^(?:-(\w), )?--([\w-]+)( <\w+>)?$/.exec(flags) ?? [];
  const given = short === undefined ? {} : { short };
  return {
    flags,
    name,
    ...given,
    takesValue: value !== undefined,
    words,
    parse: (text) => text,
    allowed: () => '',
    ...more,
  };
}

const chosen = (flags: string, words: OptionName, choices: readonly string[]) =>
  option(flags, words, {
    parse: (text) => choices.find((choice) => choice === text),
    allowed: () => choices.join(', '),
    choices,
  });

const count = (flags: string, words: OptionName, least = 1, initial?: number) =>
  option(flags, words, { parse: wholeNumber(least), allowed: ({ output }) => output.kinds.count, initial });

const instant = (flags: string, words: OptionName) =>
  option(flags, words, {
    parse: (text) => toInstant(text) ?? undefined,
    allowed: ({ output }) => output.kinds.instant,
  });

function wholeNumber(least: number, most = Number.POSITIVE_INFINITY): OptionSpec['parse'] {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : undefined;
  };
}

const locales = ['es-CR', 'en'];

/** The locale that a tag stands for, as the library takes it: `en-US` for `en`, `es` for `es-CR`. */
const localeFor = (tag: string) =>
  /^(?:en|es)(?:-|$)/i.test(tag) ? parseLocale(tag) : locales.find((locale) => locale === tag);

/** The options that every command has. */
export const globalOptions: readonly OptionSpec[] = [
  option('-V, --version', 'version'),
  option('--json', 'json'),
  option('-q, --quiet', 'quiet'),
  option('--locale <locale>', 'locale', { parse: localeFor, allowed: () => locales.join(', '), choices: locales }),
];

/** Asks for help, of a command too. */
export const helpOption = option('-h, --help', 'help');

const workers = option('--workers <count>', 'workers', {
  ...{ parse: wholeNumber(1, 64), allowed: ({ output }) => output.kinds.boundedCount, excludes: 'map' },
});

const photoUrl = option('--photo-url <template>', 'photoUrl', {
  parse: (text) => (isPhotoUrl(text) ? text : undefined),
  allowed: ({ output }) => output.kinds.photoUrl,
});

const holdings = option('--holdings <file>', 'holdings');

const files: readonly ArgumentSpec[] = [['[files...]', 'files']];

/** Options for reading the visits of a file. */
const reading = [
  option('--visit <id>', 'visit'),
  option('--map <file>', 'map'),
  option('--sort', 'sort'),
  option('--policy <file>', 'policy'),
  option('--head <file>', 'head', { excludes: 'map' }),
];

const command = (spec: Pick<CommandSpec, 'run'> & Partial<CommandSpec>): CommandSpec => ({
  ...{ arguments: [], required: [], options: [] },
  ...spec,
});

/** The commands in their order. What a command needs is loaded when it runs. */
export const commandSpecs: Readonly<Record<CommandName, CommandSpec>> = {
  audit: command({
    arguments: files,
    options: [
      option('--csv', 'findingsCsv', { excludes: 'json' }),
      option('-o, --output <file>', 'newOutput'),
      ...reading,
      option('--all', 'all'),
      workers,
    ],
    run: async (paths, options, context) => (await import('./commands/audit.ts')).audit(paths, options, context),
  }),
  show: command({
    arguments: files,
    options: reading,
    run: async (paths, options, context) => (await import('./commands/show.ts')).show(paths, options, context),
  }),
  guide: command({
    arguments: [['[file]', 'file']],
    required: [chosen('--role <role>', 'role', ['provider', 'contact-center', 'client'])],
    options: [option('--actor <id>', 'actor'), instant('--now <time>', 'now'), ...reading],
    run: async ([path], options, context) => (await import('./commands/guide.ts')).guide(path, options, context),
  }),
  dossier: command({
    arguments: files,
    options: [holdings, ...reading],
    run: async (paths, options, context) => (await import('./commands/dossier.ts')).dossier(paths, options, context),
  }),
  payments: command({
    arguments: files,
    options: [
      option('--csv', 'csv', { excludes: 'xlsx' }),
      option('--xlsx', 'xlsx'),
      option('--totals', 'totals', { excludes: 'xlsx' }),
      option('-o, --output <file>', 'newOutput'),
      ...reading,
    ],
    run: async (paths, options, context) => (await import('./commands/payments.ts')).payments(paths, options, context),
  }),
  report: command({
    arguments: files,
    required: [option('-o, --output <file>', 'output')],
    options: [
      option('--force', 'force'),
      option('--title <text>', 'title'),
      instant('--until <time>', 'until'),
      photoUrl,
      holdings,
      ...reading,
    ],
    run: async (paths, options, context) => (await import('./commands/report.ts')).report(paths, options, context),
  }),
  schema: command({
    options: [option('--command <type>', 'commandType', { excludes: 'event' }), option('--event <type>', 'eventType')],
    run: async (_, options, context) => (await import('./commands/schema.ts')).schema(options, context),
  }),
  clauses: command({
    arguments: [['[clause]', 'clause']],
    run: async ([id], _, context) => (await import('./commands/clauses.ts')).clauses(id, context),
  }),
  explain: command({
    arguments: [['[file]', 'refusal']],
    run: async ([path], _, context) => (await import('./commands/explain.ts')).explain(path, context),
  }),
  simulate: command({
    required: [count('--visits <count>', 'visits')],
    options: [count('--seed <number>', 'seed', 0, 1), option('--offline', 'offline')],
    run: async (_, options, context) => (await import('./commands/simulate.ts')).simulate(options, context),
  }),
  explore: command({
    options: [option('--policy <file>', 'policy'), option('--full', 'full'), count('--limit <count>', 'limit')],
    run: async (_, options, context) => (await import('./commands/explore.ts')).explore(options, context),
  }),
  sheet: command({
    arguments: [
      ['<action>', 'sheetAction'],
      ['<file>', 'sheetFile'],
    ],
    choices: ['guess'],
    run: async ([, path = ''], _, context) => (await import('./commands/sheet.ts')).guess(path, context),
  }),
  store: command({
    arguments: [
      ['<action>', 'storeAction'],
      ['<source>', 'storeSource'],
      ['<target>', 'storeTarget'],
    ],
    choices: ['backup'],
    run: async ([, from = '', to = ''], _, context) => (await import('./commands/store.ts')).backup(from, to, context),
  }),
  privacy: command({
    arguments: [
      ['<action>', 'privacyAction'],
      ['<store>', 'privacyStore'],
    ],
    choices: ['report', 'erase', 'due', 'dispose', 'hold', 'rotate'],
    required: [option('--keys <store>', 'keys'), option('--wrapping <file>', 'wrapping')],
    options: [
      option('--visit <id>', 'visit'),
      option('--subject <name>', 'subject'),
      option('--table <file>', 'table'),
      option('--by <id>', 'by'),
      option('--reason <text>', 'reason'),
      option('--asked-by <id>', 'askedBy'),
      option('--page <file>', 'page', {
        ...{ parse: (text) => (text === '-' ? undefined : text), allowed: ({ output }) => output.kinds.file },
      }),
      option('--release', 'release'),
      option('--yes', 'yes'),
    ],
    run: async ([action = '', path = ''], options, context) =>
      (await import('./commands/privacy.ts')).run(action, path, options, context),
  }),
  verify: command({
    arguments: [
      ['<action>', 'verifyAction'],
      ['<file>', 'verifyFile'],
    ],
    choices: ['receipt'],
    options: [option('--log <file>', 'log')],
    run: async ([, path = ''], options, context) =>
      (await import('./commands/verify.ts')).receipt(path, options, context),
  }),
  completion: command({
    arguments: [['<shell>', 'shell']],
    choices: ['bash', 'zsh', 'fish'],
    run: async ([shell = ''], _, context) => {
      const { completion } = await import('./completion.ts');
      return completion(shell, { specs: commandSpecs, everywhere: [...globalOptions, helpOption] }, context);
    },
  }),
};

export const commandNames = Object.keys(commandSpecs) as CommandName[];
