/**
 * Writes `examples/data/day.commands.ndjson`, the day that the demo runs, and `day.offline.ndjson`, what comes in after it,
 * from the stories in `scripts/day`. Stops if the result of a line differs from its story. With `--check` writes nothing, and
 * fails if a file is another.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { check } from './day/check.ts';
import { lateTextOf, tell, tellLate, textOf } from './day/render.ts';
import { stories } from './day/scenarios.ts';

const folder = new URL('../examples/data/', import.meta.url);

function main(): number {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const lines = tell(stories);
  const late = tellLate(stories, check(lines));
  const files = { 'day.commands.ndjson': textOf(lines), 'day.offline.ndjson': lateTextOf(late) };
  if (values.check) return Math.max(...Object.entries(files).map(([name, text]) => compare(name, text)));
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(new URL(name, folder), text);
  console.log(`${lines.length} lines of ${stories.length} visits, ${late.length} after the day`);
  return 0;
}

function compare(name: string, text: string): number {
  if (readFileSync(new URL(name, folder), 'utf8') === text) return 0;
  console.error(`examples/data/${name} is not what scripts/generate-day.ts writes: run it and commit the file.`);
  return 1;
}

process.exitCode = main();
