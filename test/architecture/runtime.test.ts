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
  ...[
    'performance',
    'hrtime',
    'uptime',
    'timeStamp',
    'Temporal',
    'randomUUID',
    'getRandomValues',
    'randomBytes',
    'randomInt',
    'randomFillSync',
  ],
]);

/** Parts of globals whose other parts are pure. */
const impure: Readonly<Record<string, readonly string[]>> = {
  Math: ['random'],
  Date: ['now'],
  AbortSignal: ['timeout'],
  Atomics: ['wait', 'waitAsync'],
};

const modules = /^(?:node:)?(?:timers|perf_hooks)(?:\/promises)?$/;

/** The name that a node has as a text: that of an identifier, or of a part that is taken by a literal. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  const isPart = ts.isElementAccessExpression(node.parent) && node.parent.argumentExpression === node;
  return isPart && ts.isStringLiteralLike(node) ? node.text : undefined;
}

/** True for the name of a type, or the key of an object. */
const isOnlyName = (node: ts.Node): boolean =>
  ts.isTypeReferenceNode(node.parent) || (ts.isPropertyAssignment(node.parent) && node.parent.name === node);

/** True for a use of such a global that reaches none of its impure parts. The type of a cell in a workbook is the class itself. */
function isPure(name: string, node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node)
    return !impure[name]?.includes(parent.name.text);
  if (ts.isBinaryExpression(parent)) return parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
  if (ts.isPropertyAssignment(parent)) return name === 'Date' && parent.name.getText() === 'type';
  return ts.isNewExpression(parent) && name === 'Date' && (parent.arguments ?? []).length > 0;
}

/** True for a global that is used in such a way that its impure part may be reached: called, handed on, taken apart. */
function isPartlyReached(node: ts.Node): boolean {
  const name = nameOf(node);
  if (name === undefined || !Object.hasOwn(impure, name) || isOnlyName(node)) return false;
  const isPart = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
  return !isPure(name, isPart || !ts.isIdentifier(node) ? node.parent : node);
}

const isReach = (node: ts.Node): boolean =>
  (ts.isStringLiteralLike(node) && modules.test(node.text)) ||
  platform.has(nameOf(node) ?? '') ||
  isPartlyReached(node);

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
    'setImmediate(run);',
    'queueMicrotask(run);',
    'const bytes = crypto.getRandomValues(new Uint8Array(8));',
    "const timers = await import('node:timers');",
    "const timers = require('timers/promises');",
    "import timers = require('timers');",
    "export { setTimeout as pause } from 'node:timers/promises';",
    'const at = globalThis.Date.now();',
    "const at = new globalThis['Date']();",
    'const clock = Date;',
    'const clock = { Date };',
    'class Clock extends Date {}',
    'const { random } = Math;',
    'roll(Math);',
    'const signal = globalThis.AbortSignal.timeout(5);',
    'const waited = Atomics.waitAsync(cells, 0, 0, 5);',
    'const at = performance.timeOrigin + event.timeStamp;',
  ])('would see %s', (line) => {
    expect(reachesIn('planted.ts', line)).not.toEqual([]);
  });

  it.each([
    'new Date(at)',
    'Date.parse(at)',
    'Math.min(1, 2)',
    'value instanceof Date',
    'type Cell = string | Date',
    'const cell = { value, type: Date };',
    "const words = { Date: 'Fecha' };",
    'AbortSignal.any([one])',
    'setTimer(run)',
  ])('lets %s be', (line) => {
    expect(reachesIn('planted.ts', line)).toEqual([]);
  });
});
