import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const regexes = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => literalsIn(join('src', file)));

function literalsIn(file: string): readonly (readonly [file: string, literal: string])[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  const found: (readonly [string, string])[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) found.push([file, node.getText(source)]);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

/** Without limits in milliseconds, which a busy machine reaches: the limits in characters stay, and the seed is fixed. */
const countedAlone = { randomSeed: 1, timeout: null, attackTimeout: null, incubationTimeout: null };

function complexity(literal: string): string {
  const end = literal.lastIndexOf('/');
  return checkSync(literal.slice(1, end), literal.slice(end + 1), countedAlone).status;
}

describe('the regular expressions of src', () => {
  it('are some', () => {
    expect(regexes.length).toBeGreaterThan(5);
  });

  it.each(regexes)('%s: %s takes no more than linear time', (_, literal) => {
    expect(complexity(literal)).toBe('safe');
  });

  it('would be seen if they took longer', () => {
    expect(complexity('/^(a+)+$/')).toBe('vulnerable');
  });
});
