import { parseArgs } from 'node:util';
import type { Locale } from 'auxilio';

export type Options = {
  readonly store: 'sqlite' | 'memory';
  /** The SQLite file. */
  readonly file: string;
  readonly locale: Locale;
  readonly json: boolean;
};

export type Asked = { readonly options: Options } | { readonly help: string } | { readonly refused: string };

const flags = {
  store: { type: 'string' },
  file: { type: 'string' },
  locale: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const values: Partial<Record<string, readonly string[]>> = { store: ['sqlite', 'memory'], locale: ['es-CR', 'en'] };

const defaultFile = 'auxilio-day.sqlite';

const usage = {
  'es-CR': `Uso: 02-the-day [opciones]
  --store sqlite|memory  dónde se guardan las visitas (sqlite)
  --file ARCHIVO         el archivo de SQLite (${defaultFile})
  --locale es-CR|en      el idioma de lo que se imprime (es-CR)
  --json                 imprime un documento JSON
  --help                 imprime esta ayuda`,
  en: `Usage: 02-the-day [options]
  --store sqlite|memory  where the visits are kept (sqlite)
  --file FILE            the SQLite file (${defaultFile})
  --locale es-CR|en      the language of what is printed (es-CR)
  --json                 prints one JSON document
  --help                 prints this help`,
};

const says = {
  'es-CR': {
    unexpected: (text: string) => `No se esperaba «${text}».`,
    unknown: (flag: string) => `No existe la opción ${flag}.`,
    noValue: (flag: string) => `A ${flag} le falta su valor.`,
    valueTooMany: (flag: string) => `${flag} no lleva valor.`,
    oneOf: (flag: string, all: readonly string[]) => `${flag} es ${all.join(' o ')}.`,
    fileOfMemory: '--file solo sirve con --store sqlite.',
  },
  en: {
    unexpected: (text: string) => `“${text}” was not expected.`,
    unknown: (flag: string) => `There is no option ${flag}.`,
    noValue: (flag: string) => `${flag} lacks its value.`,
    valueTooMany: (flag: string) => `${flag} takes no value.`,
    oneOf: (flag: string, all: readonly string[]) => `${flag} is ${all.join(' or ')}.`,
    fileOfMemory: '--file goes with --store sqlite only.',
  },
};

/** The parsed command line; `refused` explains an invalid one and shows the usage. */
export function optionsOf(args: readonly string[]): Asked {
  const parsed = parseArgs({ args: [...args], options: flags, strict: false, allowPositionals: true, tokens: true });
  const asked = parsed.values;
  const locale: Locale = asked.locale === 'en' ? 'en' : 'es-CR';
  if (asked.help === true) return { help: usage[locale] };
  const problem = parsed.tokens.map((token) => problemOf(token, locale)).find((found) => found !== undefined);
  if (problem !== undefined) return { refused: `${problem}\n\n${usage[locale]}` };
  const store = asked.store === 'memory' ? 'memory' : 'sqlite';
  if (store === 'memory' && asked.file !== undefined) {
    return { refused: `${says[locale].fileOfMemory}\n\n${usage[locale]}` };
  }
  const file = typeof asked.file === 'string' ? asked.file : defaultFile;
  return { options: { store, file, locale, json: asked.json === true } };
}

type Token = NonNullable<ReturnType<typeof parseArgs<{ tokens: true; strict: false }>>['tokens']>[number];

function problemOf(token: Token, locale: Locale): string | undefined {
  const say = says[locale];
  if (token.kind === 'option-terminator') return undefined;
  if (token.kind === 'positional') return say.unexpected(token.value);
  const { name, rawName, value } = token;
  if (!isFlag(name)) return say.unknown(rawName);
  if (flags[name].type === 'boolean') return value === undefined ? undefined : say.valueTooMany(rawName);
  if (value === undefined || value === '') return say.noValue(rawName);
  const allowed = values[name];
  return allowed === undefined || allowed.includes(value) ? undefined : say.oneOf(rawName, allowed);
}

const isFlag = (name: string): name is keyof typeof flags => Object.hasOwn(flags, name);
