import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result } from './campaign.ts';

/** The result of one leg: figures are summed, those whose name begins with `longest` are compared. */
export type Leg = Readonly<{ faults: readonly unknown[]; figures: Readonly<Record<string, number>> }>;

const folder = fileURLToPath(new URL('../../node_modules/.cache/faults', import.meta.url));

/**
 * Runs the legs of a campaign, each of which depends on its number alone, and sums them. A run that is interrupted goes on after
 * the last leg that it completed.
 */
export async function runLegs(name: string, count: number, run: (leg: number) => Promise<Leg>): Promise<Result> {
  const file = join(folder, `${name}.json`);
  const done = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Leg[]) : [];
  if (done.length > 0) console.error(`${name} goes on after leg ${done.length} of ${count}`);
  while (done.length < count) {
    done.push(await run(done.length));
    if (count === 1) break;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(done));
    renameSync(`${file}.new`, file);
  }
  rmSync(file, { force: true });
  return { faults: done.flatMap(({ faults }) => faults), figures: sum(done) };
}

function sum(legs: readonly Leg[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [name, figure] of legs.flatMap(({ figures }) => Object.entries(figures))) {
    const before = total[name] ?? 0;
    total[name] = name.startsWith('longest') ? Math.max(before, figure) : before + figure;
  }
  return total;
}
