/**
 * A process appends to a SQLite file, batch after batch, and is killed with SIGKILL at any moment; another one goes on with
 * the batch whose fate is unknown. In the end nothing acknowledged may be lost, moved or doubled, and nothing else be there.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type AppendRecord, checkHistory } from 'auxilio/testing';
import type { Campaign } from './campaign.ts';
import { bundled, finalStreams } from './support.ts';

export const killSqlite: Campaign = {
  name: 'kill-sqlite',
  says: 'SIGKILL while a process appends to a SQLite file',
  short: 100,
  long: 2000,
  async run({ rounds, directory, random }) {
    const file = join(directory, 'killed.sqlite');
    const writer = await bundled('writer-sqlite.ts');
    const records: AppendRecord[] = [];
    let next = 0;
    let unknown = 0;
    for (let round = 0; round < rounds; round++) {
      const child = spawn(process.execPath, [writer, file, String(next)], { stdio: ['ignore', 'pipe', 'inherit'] });
      const died = new Promise((resolve) => child.on('exit', resolve));
      for await (const line of createInterface({ input: child.stdout })) {
        const record = JSON.parse(line) as AppendRecord;
        records.push(record);
        if (record.type === 'ok') next += 1;
        if (record.type === 'ok' && child.exitCode === null && !child.killed) killSoon(child, 15 * random());
      }
      await died;
      if (records.at(-1)?.type === 'invoke') unknown += 1;
    }
    const streams = await finalStreams(file);
    const durable = streams.reduce((sum, { events }) => sum + events.length, 0);
    return { faults: checkHistory(records, streams), figures: { kills: rounds, acknowledged: next, unknown, durable } };
  },
};

const killing = new WeakSet<ChildProcess>();

function killSoon(child: ChildProcess, afterMs: number): void {
  if (killing.has(child)) return;
  killing.add(child);
  setTimeout(() => child.kill('SIGKILL'), afterMs);
}
