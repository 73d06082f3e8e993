/**
 * Writes `examples/data/day.commands.ndjson`, the day that the demo runs, from the stories in `scripts/day`. Stops if
 * the result of a line differs from its story. With `--check` writes nothing, and fails if the file is another.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { check } from './day/check.ts';
import { tell, textOf } from './day/render.ts';
import { stories } from './day/scenarios.ts';

const file = fileURLToPath(new URL('../examples/data/day.commands.ndjson', import.meta.url));

function main(): number {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const lines = tell(stories);
  check(lines);
  const text = textOf(lines);
  if (values.check) return compare(text);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${lines.length} lines of ${stories.length} visits`);
  return 0;
}

function compare(text: string): number {
  if (readFileSync(file, 'utf8') === text) return 0;
  console.error(
    'examples/data/day.commands.ndjson is not what scripts/generate-day.ts writes: run it and commit the file.',
  );
  return 1;
}

process.exitCode = main();
