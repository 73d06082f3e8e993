import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The source file of each entry of the package. */
const entries = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => {
    const name = entry.slice(2);
    const files = ['src', 'src/stores', 'src/visit', 'src/words'].map((folder) => `${folder}/${name}/index.ts`);
    return [entry, name === '' ? 'src/index.ts' : (files.find(existsSync) ?? `src/${name}.ts`)] as const;
  });

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

const isDeprecated = (symbol: ts.Symbol) => symbol.getJsDocTags().some(({ name }) => name === 'deprecated');

/** The declaration of each exported name that is not deprecated, by entry. */
const exported = entries.flatMap(([entry, file]) => {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => ({
      entry,
      name: symbol.name,
      declared: symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol,
    }))
    .filter(({ declared }) => !isDeprecated(declared));
});

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
  it('has one declaration, whichever entries export it', () => {
    const isAmbiguous = ({ name, declared }: (typeof exported)[number]) =>
      exported.some((other) => other.name === name && other.declared !== declared);
    expect(exported.filter(isAmbiguous).map(({ entry, name }) => `${name}: ${entry}`)).toEqual([]);
  });

  it('is no type or value that every page has', () => {
    expect(globals.has('Event') && globals.has('structuredClone')).toBe(true);
    expect(exported.filter(({ name }) => globals.has(name)).map(({ entry, name }) => `${name}: ${entry}`)).toEqual([]);
  });
});
