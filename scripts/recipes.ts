/**
 * Installs the recipes of `examples/recipes` from the packed package, each in a folder of its own, and runs their tests. Run:
 * `npm run recipes`, `npm run recipes -- hono bun`, or `npm run recipes -- --rotate 4` for four that change from day to day.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chooseRecipes, listRecipes } from './recipes/choose.ts';
import { type RecipeRun, runRecipe } from './recipes/run.ts';

const source = join(import.meta.dirname, '..', 'examples', 'recipes');
const options = { rotate: { type: 'string' }, keep: { type: 'boolean', default: false } } as const;
const { values, positionals } = parseArgs({ options, allowPositionals: true });
const { names, reason } = chooseRecipes(listRecipes(source), { names: positionals, ...values, today: new Date() });
console.log(`${names.length} recipes (${reason}): ${names.join(', ')}`);

const folder = mkdtempSync(join(tmpdir(), 'recipes-'));
const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
  encoding: 'utf8',
});
const tarball = join(folder, JSON.parse(packed)[0].filename);
for (const entry of readdirSync(source, { withFileTypes: true })) {
  if (entry.isFile() || names.includes(entry.name)) {
    cpSync(join(source, entry.name), join(folder, 'recipes', entry.name), { recursive: true });
  }
}

const runs: RecipeRun[] = [];
const queue = [...names];
async function work(): Promise<void> {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const run = await runRecipe(join(folder, 'recipes', name), name, tarball);
    runs.push(run);
    console.log(`${run.ok ? 'passed' : 'FAILED'}  ${name}`);
  }
}
await Promise.all([work(), work()]);

const failed = runs.filter(({ ok }) => !ok);
for (const { name, output } of failed) console.log(`\n== ${name} failed:\n${output.slice(-6_000)}`);
console.log('\n| recipe | with | install, s | test, s | |\n|---|---|--:|--:|---|');
for (const { name, versions, installS, testS, ok } of runs.sort((a, b) => a.name.localeCompare(b.name))) {
  console.log(
    `| ${name} | ${versions} | ${installS.toFixed(1)} | ${testS.toFixed(1)} | ${ok ? 'passed' : '**failed**'} |`,
  );
}
console.log(`\n${runs.length - failed.length} passed, ${failed.length} failed`);
if (values.keep) console.log(`Kept in ${folder}`);
else rmSync(folder, { recursive: true, force: true });
process.exitCode = failed.length === 0 && runs.length > 0 ? 0 : 1;
