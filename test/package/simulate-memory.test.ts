import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installed, run } from './packed.ts';

const { folder } = installed();
cpSync(resolve('scripts', 'simulate-memory.ts'), join(folder, 'simulate-memory.mts'));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const streamed = (visits = '2000', ...options: readonly string[]) =>
  run(folder, process.execPath, '--expose-gc', '--import', tsx, 'simulate-memory.mts', '--visits', visits, ...options);

/** The place in the built package where a visit is handed out. */
const yields = 'yield tell(';

describe('simulate, of the packed package', () => {
  it('keeps nothing of the visits that it has told', () => {
    const told = streamed();
    expect(told).toMatch(/^ +2000 +\d{5,6} /m);
    expect(told).toMatch(/: flat\n$/);
  });

  it('keeps nothing of visits that two writers recorded, either', () => {
    expect(streamed('1000', '--offline')).toMatch(/: flat\n$/);
  });

  it('would be found out if it kept the dice of each', () => {
    const built = join(folder, 'node_modules', 'auxilio', 'dist');
    const files = readdirSync(built).filter((name) => name.endsWith('.js'));
    const simulating = files
      .map((name) => join(built, name))
      .filter((path) => readFileSync(path, 'utf8').includes(yields));
    expect(simulating).toHaveLength(1);
    for (const path of simulating) {
      const hoarding = `(globalThis.kept ??= []).push(dice(seed, index)), ${yields}`;
      writeFileSync(path, readFileSync(path, 'utf8').replace(yields, hoarding));
    }
    expect(() => streamed('5000')).toThrow(/: not flat\n/);
  });
});
