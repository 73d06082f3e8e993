/**
 * The day: reads `data/day.commands.ndjson` line by line, sends each command to the service, then what phones without a
 * signal send after the day, `data/day.offline.ndjson`, and prints the resulting visits. Run: `npx tsx examples/02-the-day.ts --help`
 */
import { open } from 'node:fs/promises';
import { createService } from 'auxilio/service';
import { openStore, StoreUnusable } from './day/open-store.ts';
import { type Options, optionsOf } from './day/options.ts';
import { policy } from './day/policy.ts';
import { printed } from './day/print.ts';
import { progressOver } from './day/progress.ts';
import { reportOf } from './day/report.ts';
import { runDay, runOffline } from './day/run.ts';

const commandsFile = new URL('./data/day.commands.ndjson', import.meta.url);
const offlineFile = new URL('./data/day.offline.ndjson', import.meta.url);

async function theDay(options: Options): Promise<string> {
  const { store, close } = openStore(options);
  try {
    const service = createService({ store, policy });
    const file = await open(commandsFile);
    const progress = await progressOver((await file.stat()).size);
    const run = await runDay(progress.counted(file.readLines()), service).finally(progress.stop);
    const late = await open(offlineFile);
    const offline = await runOffline(late.readLines(), service);
    const report = await reportOf(run, offline, service, options);
    return options.json ? JSON.stringify(report, null, 2) : printed(report, options);
  } finally {
    await close();
  }
}

const asked = optionsOf(process.argv.slice(2));
if ('refused' in asked) {
  console.error(asked.refused);
  process.exitCode = 2;
} else if ('help' in asked) {
  console.log(asked.help);
} else {
  try {
    console.log(await theDay(asked.options));
  } catch (error) {
    if (!(error instanceof StoreUnusable)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
