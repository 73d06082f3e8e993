import ts from 'typescript';

/** A JSON Schema. */
export type Schema = { readonly [key: string]: unknown };

/** The schemas of types, by their names, and of all types that they are made of. */
export type TypeSchemas = { readonly [name: string]: Schema };

/**
 * Makes schemas of exported types, with their docstrings. Types of a name that is `known` are not made but referred to.
 */
export function schemasOf(files: readonly string[], names: readonly string[], known: ReadonlySet<string>): TypeSchemas {
  const config = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, '.');
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const made: { [name: string]: Schema } = {};

  function refTo(name: string, alias: ts.TypeAliasDeclaration): Schema {
    const $ref = `#/components/schemas/${name}`;
    if (known.has(name) || Object.hasOwn(made, name)) return { $ref };
    made[name] = {};
    const symbol = checker.getSymbolAtLocation(alias.name);
    made[name] = { ...described(symbol), ...ofNode(alias.type) };
    return { $ref };
  }

  /** As the type is written, so that the names in it stay. */
  function ofNode(node: ts.TypeNode): Schema {
    if (ts.isParenthesizedTypeNode(node)) return ofNode(node.type);
    if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.ReadonlyKeyword) return ofNode(node.type);
    if (ts.isArrayTypeNode(node)) return { type: 'array', items: ofNode(node.elementType) };
    if (ts.isUnionTypeNode(node)) return union(node.types.map(ofNode));
    const alias = ts.isTypeReferenceNode(node) ? aliasOf(node) : undefined;
    return alias === undefined ? ofType(checker.getTypeFromTypeNode(node)) : refTo(alias.name.text, alias);
  }

  /** The declaration that a reference names: one of ours, without parameters. */
  function aliasOf({ typeName }: ts.TypeReferenceNode): ts.TypeAliasDeclaration | undefined {
    let symbol = checker.getSymbolAtLocation(typeName);
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
    const declaration = symbol?.declarations?.find(ts.isTypeAliasDeclaration);
    if (declaration === undefined || declaration.typeParameters !== undefined) return undefined;
    return program.isSourceFileDefaultLibrary(declaration.getSourceFile()) ? undefined : declaration;
  }

  function ofType(type: ts.Type): Schema {
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' };
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (type.isUnion()) return union(type.types.filter(isSomething).map(ofAliased).sort(byText));
    if (checker.isArrayType(type)) {
      const [item] = checker.getTypeArguments(type as ts.TypeReference);
      return { type: 'array', items: item === undefined ? {} : ofAliased(item) };
    }
    if (type.flags & ts.TypeFlags.Object || type.isIntersection()) return ofObject(type);
    throw new Error(`There is no schema for ${checker.typeToString(type)}`);
  }

  /** By its name, where the type has one of ours. */
  function ofAliased(type: ts.Type): Schema {
    const declaration = type.aliasSymbol?.declarations?.find(ts.isTypeAliasDeclaration);
    const own = declaration !== undefined && declaration.typeParameters === undefined;
    return own ? refTo(declaration.name.text, declaration) : ofType(type);
  }

  function ofObject(type: ts.Type): Schema {
    const properties: { [name: string]: Schema } = {};
    const required: string[] = [];
    for (const property of checker.getPropertiesOfType(type)) {
      properties[property.name] = { ...described(property), ...ofProperty(property) };
      if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
    }
    const index = checker.getIndexInfoOfType(type, ts.IndexKind.String)?.type;
    return {
      type: 'object',
      ...(required.length + Object.keys(properties).length > 0 && { properties, required }),
      ...(index && { additionalProperties: ofAliased(index) }),
    };
  }

  function ofProperty(property: ts.Symbol): Schema {
    const type = checker.getTypeOfSymbol(property);
    const written = property.declarations?.find(ts.isPropertySignature)?.type;
    if (written === undefined || hasParameter(written)) return ofAliased(type);
    const isAsWritten = property.flags & ts.SymbolFlags.Optional || checker.getTypeFromTypeNode(written) === type;
    return isAsWritten ? ofNode(written) : ofAliased(type);
  }

  /** Depends on the type arguments. */
  function hasParameter(node: ts.Node): boolean {
    const symbol = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    if (symbol !== undefined && symbol.flags & ts.SymbolFlags.TypeParameter) return true;
    return ts.forEachChild(node, hasParameter) ?? false;
  }

  function described(symbol: ts.Symbol | undefined): Schema {
    const text = ts.displayPartsToString(symbol?.getDocumentationComment(checker) ?? []);
    const description = text.replace(/\{@link ([^}]+)\}/g, '$1').replaceAll(/\s*\n\s*/g, ' ');
    return description === '' ? {} : { description };
  }

  const wanted = new Set(names);
  for (const file of files) {
    program.getSourceFile(file)?.forEachChild((node) => {
      if (ts.isTypeAliasDeclaration(node) && wanted.delete(node.name.text)) refTo(node.name.text, node);
    });
  }
  if (wanted.size > 0) throw new Error(`There is no type ${[...wanted].join(', ')}`);
  return made;
}

const isSomething = (type: ts.Type) => !(type.flags & ts.TypeFlags.Undefined);

/** Of types that are not written out, the compiler's order is of no use: it depends on what it saw first. */
const byText = (one: Schema, other: Schema) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

/** One of several: constants in one list. */
function union(parts: readonly Schema[]): Schema {
  const constants = parts.flatMap((part) => ('const' in part ? [part.const] : []));
  const others = parts.filter((part) => !('const' in part));
  if (constants.length === 2 && constants.every((value) => typeof value === 'boolean'))
    others.push({ type: 'boolean' });
  else if (constants.length > 0) others.push(constants.length === 1 ? { const: constants[0] } : { enum: constants });
  const [only] = others;
  return others.length === 1 && only !== undefined ? only : { anyOf: others };
}
