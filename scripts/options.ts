import ts from 'typescript';
import { readPublicTypes } from './public-types.ts';

/** Something public with its docstring; fields, where it has any. */
export type Documented = {
  readonly entry: string;
  readonly name: string;
  readonly text: string;
  readonly fields: readonly { readonly name: string; readonly text: string }[];
};

const lineOf = (text: string) =>
  text
    .replaceAll(/\{@link ([^}\s]+)\s*\}/g, '`$1`')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
    .trim();

const isDeprecated = (symbol: ts.Symbol) => symbol.getJsDocTags().some(({ name }) => name === 'deprecated');

const isOptions = (name: string) => /Options$/.test(name) || ['Policy', 'Thresholds', 'PolicyWaiver'].includes(name);

/** Reads the docstrings of all options and thresholds of the public entries by the compiler. */
export function readOptions(): readonly Documented[] {
  const { checker, symbols } = readPublicTypes();
  const docOf = (symbol: ts.Symbol) => lineOf(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const ofOptions = symbols.filter(({ symbol }) => isOptions(symbol.name) && !isDeprecated(symbol));
  return ofOptions.map(({ entry, symbol }) => {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const parts = type.isUnion() ? type.types : [type];
    const properties = new Map(parts.flatMap((part) => part.getProperties()).map((field) => [field.name, field]));
    const documented = [...properties.values()].filter((field) => !isDeprecated(field));
    const fields = documented.map((field) => ({ name: field.name, text: docOf(field) }));
    return { entry, name: symbol.name, text: docOf(symbol), fields };
  });
}

const section = ({ entry, name, text, fields }: Documented) =>
  [
    `## ${name}`,
    '',
    `\`${entry}\`. ${text}`,
    '',
    '| field | |',
    '|---|---|',
    ...fields.map((field) => `| \`${field.name}\` | ${field.text} |`),
  ].join('\n');

/** The page of all options. */
export function optionsPage(options: readonly Documented[]): string {
  return [
    '# Options',
    'Made from the docstrings of `src` by `npm run reference`; a test fails when it is stale. Options that do not exist are refused\nby name.',
    ...options.map(section),
  ]
    .join('\n\n')
    .concat('\n');
}
