import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The one file that takes time, timers, chance and ids from the platform. */
const SEAM = join('src', 'util', 'runtime.ts');

/** Names of the platform that reach its timers, clocks, turns and chance, whatever they are a part of. */
const platform = new Set([
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'],
  ...['queueMicrotask', 'nextTick', 'requestAnimationFrame', 'requestIdleCallback', 'scheduler', 'MessageChannel'],
  ...['performance', 'hrtime', 'randomUUID', 'getRandomValues', 'randomBytes', 'randomInt', 'randomFillSync'],
]);

/** Parts of globals whose other parts are pure. */
const partly: Readonly<Record<string, string>> = {
  Math: 'random',
  Date: 'now',
  AbortSignal: 'timeout',
  Atomics: 'wait',
};

const modules = /^(?:node:)?(?:timers|perf_hooks)(?:\/|$)/;

/** The name that a node has as a text: that of an identifier, or of a part that is taken by a literal. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  const isPart = ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node;
  return isPart && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** True for a global that is taken apart or called in such a way that its impure part is reached. */
function isPartlyReached(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || !Object.hasOwn(partly, node.text)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
    return parent.name.text === partly[node.text];
  if (ts.isElementAccessExpression(parent) && parent.expression === node) return true;
  if (ts.isVariableDeclaration(parent) && parent.initializer === node) return true;
  if (node.text !== 'Date') return false;
  if (ts.isCallExpression(parent)) return parent.expression === node;
  return ts.isNewExpression(parent) && parent.expression === node && (parent.arguments ?? []).length === 0;
}

function isReach(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const from = node.moduleSpecifier;
    return from !== undefined && ts.isStringLiteral(from) && modules.test(from.text);
  }
  return platform.has(nameOf(node) ?? '') || isPartlyReached(node);
}

/** Finds where a text takes time or chance from the platform. */
function reachesIn(file: string, text: string): readonly string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isReach(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${file}:${line + 1}: ${node.parent.getText(source).split('\n')[0]}`);
    }
    node.forEachChild(visit);
  };
  source.forEachChild(visit);
  return found;
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => join('src', file));

describe('time, timers, chance and ids come through src/util/runtime.ts', () => {
  it('which no other file of src goes past', () => {
    expect(files.length).toBeGreaterThan(300);
    const others = files.filter((file) => file !== SEAM);
    expect(others.flatMap((file) => reachesIn(file, readFileSync(file, 'utf8')))).toEqual([]);
    expect(reachesIn(SEAM, readFileSync(SEAM, 'utf8')).length).toBeGreaterThan(8);
  });

  it('and which no entry exports', () => {
    const entries = files.filter((file) => /^src.[^/\\]+$/.test(file));
    expect(entries.filter((file) => readFileSync(file, 'utf8').includes('util/runtime'))).toEqual([]);
  });

  it.each([
    'const later = setTimeout(run, 5);',
    'const { setTimeout: startTimer } = globalThis;',
    "globalThis['setInterval'](run, 5);",
    "import { setTimeout as pause } from 'node:timers/promises';",
    "import { performance } from 'perf_hooks';",
    'const at = Date.now();',
    'const { now } = Date;',
    "const at = Date['now']();",
    'const at = new Date();',
    'const at = new Date;',
    'const at = Date();',
    'const share = Math.random();',
    'const id = crypto.randomUUID();',
    "import { randomBytes } from 'node:crypto';",
    'const signal = AbortSignal.timeout(5);',
    'let timer: ReturnType<typeof setTimeout>;',
    'process.nextTick(run);',
  ])('would see %s', (line) => {
    expect(reachesIn('planted.ts', line)).not.toEqual([]);
  });

  it.each([
    'new Date(at)',
    'Date.parse(at)',
    'Math.min(1, 2)',
    'value instanceof Date',
    'AbortSignal.any([one])',
    'setTimer(run)',
  ])('lets %s be', (line) => {
    expect(reachesIn('planted.ts', line)).toEqual([]);
  });
});
