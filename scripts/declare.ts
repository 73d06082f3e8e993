import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * Declares each entry once, for both kinds of modules: the build writes the declarations for CommonJS, which an ECMAScript module
 * may import, and this script those for ECMAScript modules, which refer to them.
 */
for (const file of readdirSync('dist')) {
  const name = /^([\w-]+)\.d\.cts$/.exec(file)?.[1];
  if (name === undefined) continue;
  const text = readFileSync(`dist/${file}`, 'utf8');
  const own = name === 'testing' ? arbitrariesOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest)) : '';
  writeFileSync(`dist/${name}.d.ts`, `${own}export * from './${name}.cjs';\n`);
}

/**
 * Declares the arbitraries for an ECMAScript module, where they take precedence over those of `export *`: fast-check declares
 * its classes for each kind of modules, and neither is assignable to the other.
 */
function arbitrariesOf(source: ts.SourceFile): string {
  const exported = source.statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) => (exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : []));
  const arbitraries = source.statements.filter(
    (one) =>
      (ts.isVariableStatement(one) || ts.isFunctionDeclaration(one)) && one.getText(source).includes('fc.Arbitrary<'),
  );
  const text = arbitraries.map((one) => one.getFullText(source)).join('');
  const isNamed = (name: string) => new RegExp(`\\b${name}\\b`).test(text);
  const imported = source.statements.filter(ts.isImportDeclaration).flatMap(({ importClause, moduleSpecifier }) => {
    const bindings = importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [];
    const used = bindings.elements.filter(({ name }) => isNamed(name.text)).map((one) => one.getText(source));
    return used.length === 0 ? [] : [`import { ${used.join(', ')} } from ${moduleSpecifier.getText(source)};`];
  });
  const namesOf = (isType: boolean) =>
    exported
      .filter(({ isTypeOnly, name, propertyName }) => isTypeOnly === isType && isNamed((propertyName ?? name).text))
      .map(({ name, propertyName }) => (propertyName ? `${propertyName.text} as ${name.text}` : name.text));
  return [
    "import fc from 'fast-check';",
    ...imported,
    `import { ${namesOf(true).join(', ')} } from './testing.cjs';`,
    `${text}\n`,
    `export { ${namesOf(false).join(', ')} };\n`,
  ].join('\n');
}
