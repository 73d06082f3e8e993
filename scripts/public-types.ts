import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Something that an entry of the package exports, under the first entry that does. */
export type Exported = { readonly entry: string; readonly symbol: ts.Symbol };

type PublicTypes = { readonly checker: ts.TypeChecker; readonly symbols: readonly Exported[] };

let read: PublicTypes | undefined;

/** Reads the exports of all entries by the compiler, once: entry by entry in the order of the package, then by name. */
export function readPublicTypes(): PublicTypes {
  read ??= compileEntries();
  return read;
}

function compileEntries(): PublicTypes {
  const entries = Object.keys(JSON.parse(readFileSync('package.json', 'utf8')).exports)
    .filter((name) => name !== './package.json')
    .map((name) => [name.replace(/^\./, 'auxilio'), `src/${name === '.' ? 'index' : name.slice(2)}.ts`] as const);
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(
    entries.map(([, file]) => file),
    { ...options, noEmit: true },
  );
  const checker = program.getTypeChecker();
  const found = new Map<ts.Symbol, Exported>();
  for (const [entry, file] of entries) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    if (module === undefined) throw new Error(`${file} is no module`);
    const symbols = checker
      .getExportsOfModule(module)
      .map((one) => (one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one));
    for (const symbol of symbols.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      if (!found.has(symbol)) found.set(symbol, { entry, symbol });
    }
  }
  return { checker, symbols: [...found.values()] };
}
