import ts from 'typescript';

/** Docstrings of the messages and of the types that they are made of, as one line each. */
export type Docstrings = {
  /** Of each command and event, by type. */
  readonly messages: ReadonlyMap<string, string>;
  /** Of the fields of `data`, by type of message. */
  readonly data: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Of the fields of the other object types, by the type's name, the type itself under `''`. */
  readonly parts: ReadonlyMap<string, ReadonlyMap<string, string>>;
};

const lineOf = (text: string) =>
  text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/\{@link (\w+)\}/g, '`$1`')
    .trim();

/** Reads the docstrings of `src/messages` by the compiler. */
export function docstringsOfMessages(): Docstrings {
  const entry = 'src/messages/index.ts';
  const options: ts.CompilerOptions = { strict: true, noEmit: true, allowImportingTsExtensions: true, types: [] };
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} is no module`);
  const docOf = (symbol: ts.Symbol) => lineOf(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
  const fieldsOf = (type: ts.Type) => new Map(type.getProperties().map((field) => [field.name, docOf(field)]));
  const docs = { messages: new Map(), data: new Map(), parts: new Map() };
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const data = type.getProperty('data');
    const isObject = type.isUnion() ? type.types.every(isFields) : isFields(type);
    if (data === undefined || type.isUnion() || !isObject || envelopes.includes(symbol.name)) {
      docs.parts.set(symbol.name, new Map([['', docOf(symbol)], ...(isObject ? fieldsOf(type) : [])]));
    } else {
      docs.messages.set(symbol.name, docOf(symbol));
      docs.data.set(symbol.name, fieldsOf(checker.getTypeOfSymbol(data)));
    }
  }
  return docs;
}

/** True for an object type, or an intersection, which a union of object types may consist of. */
const isFields = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;

const envelopes = ['Command', 'EventMessage'];
