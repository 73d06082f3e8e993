import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The public entries with the file of each, in the order of the package. */
const entries = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).exports)
  .filter((name) => name !== './package.json')
  .map((name) => [name.replace(/^\./, 'auxilio'), `src/${name === '.' ? 'index' : name.slice(2)}.ts`] as const);

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

/** Reads the docstrings of all options, thresholds and errors of the public entries by the compiler. */
export function optionsAndErrors(): {
  readonly options: readonly Documented[];
  readonly errors: readonly Documented[];
} {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options: compiler } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(
    entries.map(([, file]) => file),
    { ...compiler, noEmit: true },
  );
  const checker = program.getTypeChecker();
  const docOf = (symbol: ts.Symbol) => lineOf(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const seen = new Set<ts.Symbol>();
  const found = { options: [] as Documented[], errors: [] as Documented[] };
  for (const [entry, file] of entries) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module`);
    const symbols = checker
      .getExportsOfModule(module)
      .map((one) => (one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one));
    for (const symbol of symbols.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      const isError = (symbol.flags & ts.SymbolFlags.Class) !== 0 && symbol.name.endsWith('Error');
      if (seen.has(symbol) || isDeprecated(symbol) || !(isError || isOptions(symbol.name))) continue;
      seen.add(symbol);
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      const parts = type.isUnion() ? type.types : [type];
      const properties = new Map(parts.flatMap((part) => part.getProperties()).map((field) => [field.name, field]));
      const documented = isError ? [] : [...properties.values()].filter((field) => !isDeprecated(field));
      const fields = documented.map((field) => ({ name: field.name, text: docOf(field) }));
      found[isError ? 'errors' : 'options'].push({ entry, name: symbol.name, text: docOf(symbol), fields });
    }
  }
  return found;
}

const section = ({ entry, name, text, fields }: Documented) =>
  [
    `### ${name}`,
    '',
    `\`${entry}\`. ${text}`,
    ...(fields.length === 0
      ? []
      : ['', '| field | |', '|---|---|', ...fields.map((field) => `| \`${field.name}\` | ${field.text} |`)]),
  ].join('\n');

/** The page of all options and errors. */
export function optionsPage({ options, errors }: ReturnType<typeof optionsAndErrors>): string {
  return [
    '# Options and errors',
    'Made from the docstrings of `src` by `npm run reference`; a test fails when it is stale. Options that do not exist are refused\nby name.',
    '## Options',
    ...options.map(section),
    '## Errors',
    'Tell errors apart by their `code` or `name`, not by `instanceof`: two copies of a package have two classes.',
    ...errors.map(section),
  ]
    .join('\n\n')
    .concat('\n');
}
