import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The name and the file of each entry. */
const entries = readdirSync('src')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [basename(file, '.ts'), `src/${file}`] as const);

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
  ts.sys,
  '.',
);

const program = ts.createProgram(
  entries.map(([, file]) => file),
  { ...options, noEmit: true, types: [], lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'] },
);
const checker = program.getTypeChecker();

/** The declaration of each exported name, by entry. */
const exported = entries.flatMap(([entry, file]) => {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module`);
  return checker.getExportsOfModule(module).map((symbol) => ({
    entry,
    name: symbol.name,
    declared: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
  }));
});

type Exported = (typeof exported)[number];

/**
 * Entries that export the same names with different values but equal types: the core takes the language that the main
 * entry has built in.
 */
const parallel = [
  ['index', 'core'],
  ['es-CR', 'en'],
];

const isParallel = (one: Exported, other: Exported) =>
  (one.declared.flags & ts.SymbolFlags.Type) === 0 &&
  parallel.some((names) => names.includes(one.entry) && names.includes(other.entry));

/** The types and values that a page has without an import. */
const globals = new Set(
  program
    .getSourceFiles()
    .filter((file) => program.isSourceFileDefaultLibrary(file))
    .flatMap(({ statements }) => [...statements])
    .flatMap<ts.Node>((node) => (ts.isVariableStatement(node) ? node.declarationList.declarations : [node]))
    .map((node) => ts.getNameOfDeclaration(node as ts.Declaration)?.getText()),
);

describe('an exported name', () => {
  it('is looked for in every entry of the package', () => {
    const published = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).exports);
    const names = published.map((name) => (name === '.' ? 'index' : name.slice(2)));
    expect(names.filter((name) => entries.every(([entry]) => entry !== name))).toEqual(['package.json']);
  });

  it('has one declaration, whichever entries export it', () => {
    const differs = (one: Exported, other: Exported) =>
      other.name === one.name && other.declared !== one.declared && !isParallel(one, other);
    const ambiguous = exported.filter((one) => exported.some((other) => differs(one, other)));
    expect(ambiguous.map(({ entry, name }) => `${name}: ${entry}`)).toEqual([]);
  });

  it('is no type or value that every page has', () => {
    expect(globals.has('Event') && globals.has('structuredClone')).toBe(true);
    expect(exported.filter(({ name }) => globals.has(name)).map(({ entry, name }) => `${name}: ${entry}`)).toEqual([]);
  });
});
