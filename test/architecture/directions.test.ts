import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const own = 'its own files';

/** Finds the imports of one module of a folder by another, by their paths in it. */
function importsIn(root: string): readonly (readonly [from: string, to: string])[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const known = new Set(files);
  return files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const paths = [...text.matchAll(/(?:\bfrom|\bimport\(?)\s*'(\.[^']+)'/g)].map(([, path = '']) => path);
    const found = paths.map((path) => normalize(join(dirname(file), path))).filter((path) => known.has(path));
    return found.map((path) => [file, path] as const);
  });
}

/** Lists a folder and all above it, up to the root, whose path is `.`. */
const folderAndAbove = (path: string): readonly string[] =>
  path === '.' ? ['.'] : [path, ...folderAndAbove(dirname(path))];

/** Finds the parts of a folder, its own files and each of its subfolders, that depend on each other in a ring. */
function findRings(folder: string, imports: ReturnType<typeof importsIn>): readonly string[] {
  const partOf = (path: string) => {
    const inside = relative(folder, path);
    if (inside.startsWith('..')) return undefined;
    return inside.includes(sep) ? inside.slice(0, inside.indexOf(sep)) : own;
  };
  const uses = new Map<string, Set<string>>();
  for (const [from, to] of imports) {
    const [user, used] = [partOf(from), partOf(to)];
    if (user === undefined || used === undefined || user === used) continue;
    uses.set(user, (uses.get(user) ?? new Set()).add(used));
  }
  const reached = (part: string, seen = new Set<string>()): Set<string> => {
    for (const next of uses.get(part) ?? []) if (!seen.has(next)) reached(next, seen.add(next));
    return seen;
  };
  const parts = [...uses.keys()].sort().filter((part) => reached(part).has(part));
  return parts.map((part) => `${folder}: ${part}`);
}

function listRings(root: string): readonly string[] {
  const imports = importsIn(root);
  const folders = new Set(imports.flat().flatMap((file) => folderAndAbove(dirname(file))));
  return [...folders].sort().flatMap((folder) => findRings(folder, imports));
}

describe('the inner folders have a direction', () => {
  it('in every folder of src: a part is below or beside what uses it, never both', () => {
    expect(importsIn('src').length).toBeGreaterThan(1000);
    expect(listRings('src')).toEqual([]);
  });

  it('would see a folder that imports from above what imports it', () => {
    const root = mkdtempSync(join(tmpdir(), 'ring-'));
    try {
      mkdirSync(join(root, 'a', 'inner'), { recursive: true });
      writeFileSync(join(root, 'a', 'page.ts'), "import { part } from './inner/part.ts';\nexport const page = part;\n");
      writeFileSync(join(root, 'a', 'names.ts'), "export const name = 'n';\n");
      writeFileSync(
        join(root, 'a', 'inner', 'part.ts'),
        "import { name } from '../names.ts';\nexport const part = name;\n",
      );
      expect(listRings(root)).toEqual(['a: inner', `a: ${own}`]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
