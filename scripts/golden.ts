/**
 * Writes `test/golden/v1`: for each visit of the day its log, as the service stored it, and the state after it. They
 * are what version 1 wrote and are never edited: once released, this only fills what is not there. A release that
 * writes other events, or folds them to another state, adds a folder `v2` beside it.
 *
 *   npx tsx scripts/golden.ts           writes the files that are missing
 *   npx tsx scripts/golden.ts --check   writes nothing, and fails if a file is not what would be written now
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { policy } from '../examples/day/policy.ts';
import type { VisitCommand } from '../src/messages/index.ts';
import { CommandIdReusedError, createService, type VisitService } from '../src/service/index.ts';
import { memoryStore } from '../src/stores/memory.ts';
import { parseCommands } from '../src/wire/index.ts';

const day = fileURLToPath(new URL('../examples/data/day.commands.ndjson', import.meta.url));
const folder = fileURLToPath(new URL('../test/golden/v1/', import.meta.url));

/** Every file of the folder, by its name. What was refused or could not be read leaves nothing, as in the day. */
async function goldenFiles(): Promise<Map<string, string>> {
  const store = memoryStore();
  let recordedAt = '';
  const service = createService({ store, policy, now: () => recordedAt });
  const visitIds = new Set<string>();
  for await (const line of parseCommands(readFileSync(day, 'utf8'))) {
    if (!line.ok) continue;
    recordedAt = line.value.data.at;
    if (await accepts(service, line.value)) visitIds.add(line.value.data.visitId);
  }
  const files = new Map<string, string>();
  for (const visitId of [...visitIds].sort()) {
    const stored = await store.readStored(`visit-${visitId}`);
    const { state } = await service.load(visitId);
    files.set(`${visitId}.events.ndjson`, stored.map(({ text }) => `${text}\n`).join(''));
    files.set(`${visitId}.state.json`, `${JSON.stringify(state, null, 2)}\n`);
  }
  return files;
}

/** Whether the service carries a command out. An id of other content is the day's own mischief. */
async function accepts(service: VisitService, command: VisitCommand): Promise<boolean> {
  try {
    return (await service.handle(command)).ok;
  } catch (error) {
    if (error instanceof CommandIdReusedError) return false;
    throw error;
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const files = await goldenFiles();
  if (values.check) return compare(files);
  mkdirSync(folder, { recursive: true });
  const missing = [...files].filter(([name]) => !existsSync(`${folder}${name}`));
  for (const [name, text] of missing) writeFileSync(`${folder}${name}`, text);
  console.log(`${missing.length} files written, ${files.size - missing.length} left as they are`);
  return 0;
}

function compare(files: ReadonlyMap<string, string>): number {
  const other = [...files].filter(
    ([name, text]) => !existsSync(`${folder}${name}`) || readFileSync(`${folder}${name}`, 'utf8') !== text,
  );
  for (const [name] of other) console.error(`test/golden/v1/${name} is not what would be written now`);
  return other.length === 0 ? 0 : 1;
}

process.exitCode = await main();
