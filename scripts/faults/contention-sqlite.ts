/**
 * Twenty processes append to one SQLite file: to one stream, each expecting the version that it read, and to many streams
 * that all of them try to create.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AppendRecord, checkHistory } from 'auxilio/testing';
import type { Campaign } from './campaign.ts';
import { bundled, finalStreams } from './support.ts';

const processes = 20;

export const crowdSqlite: Campaign = {
  name: 'crowd-sqlite',
  says: 'twenty processes append to one stream of a SQLite file and to many',
  short: 10,
  long: 50,
  async run({ rounds, directory }) {
    const file = join(directory, 'crowd.sqlite');
    const writer = await bundled('racer-sqlite.ts');
    const records = (
      await Promise.all(Array.from({ length: processes }, (_, n) => recordsOf(writer, file, `w${n}`, rounds)))
    ).flat();
    const streams = await finalStreams(file);
    const count = (type: AppendRecord['type']) => records.filter((record) => record.type === type).length;
    const shared = streams.find(({ stream }) => stream === 'shared')?.events.length ?? 0;
    const faults: unknown[] = [...checkHistory(records, streams)];
    if (shared !== processes * rounds) faults.push({ shared, expected: processes * rounds });
    if (streams.length !== rounds + 1) faults.push({ streams: streams.length, expected: rounds + 1 });
    return { faults, figures: { processes, appends: rounds, acknowledged: count('ok'), conflicts: count('fail') } };
  },
};

async function recordsOf(writer: string, file: string, name: string, rounds: number): Promise<AppendRecord[]> {
  const child = spawn(process.execPath, [writer, file, name, String(rounds)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const records: AppendRecord[] = [];
  for await (const line of createInterface({ input: child.stdout })) records.push(JSON.parse(line) as AppendRecord);
  return records;
}
