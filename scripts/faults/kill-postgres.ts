/**
 * A process of four writers appends to a PostgreSQL server, and is killed with SIGKILL at any moment; another one goes on
 * with the batches whose fate is unknown. In the end nothing acknowledged may be lost, moved or doubled, and nothing else be
 * there.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { postgresStore } from 'auxilio/postgres';
import { type AppendRecord, checkHistory } from 'auxilio/testing';
import { startPostgres } from '../../test/support/postgres.ts';
import type { Campaign } from './campaign.ts';
import { bundled, streamsOf } from './support.ts';

export const killPostgres: Campaign = {
  name: 'kill-postgres',
  says: 'SIGKILL while a process appends to PostgreSQL',
  short: 30,
  long: 300,
  async run({ rounds, random }) {
    const server = await startPostgres();
    const { connectionString } = server;
    const store = postgresStore({ connectionString });
    try {
      const script = await bundled('writer-postgres.ts');
      const records: AppendRecord[] = [];
      const next = [0, 0, 0, 0];
      let unknown = 0;
      for (let round = 0; round < rounds; round++) {
        const told = await killed([script, connectionString, JSON.stringify(next)], 100 * random());
        const count = (type: AppendRecord['type']) => told.filter((record) => record.type === type).length;
        unknown += count('invoke') - count('ok');
        next.forEach((before, n) => {
          next[n] = before + told.filter(({ type, writer }) => type === 'ok' && writer === `w${n}`).length;
        });
        records.push(...told);
      }
      const streams = await streamsOf(store);
      const durable = streams.reduce((sum, { events }) => sum + events.length, 0);
      const acknowledged = next.reduce((sum, count) => sum + count, 0);
      return { faults: checkHistory(records, streams), figures: { kills: rounds, acknowledged, unknown, durable } };
    } finally {
      await store.close();
      await server.stop();
    }
  },
};

/** Starts a process and kills it so long after its first acknowledgement; what it wrote down. */
async function killed(command: readonly string[], afterMs: number): Promise<AppendRecord[]> {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
  const died = new Promise((resolve) => child.on('exit', resolve));
  const told: AppendRecord[] = [];
  let killing: NodeJS.Timeout | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const record = JSON.parse(line) as AppendRecord;
    told.push(record);
    if (record.type === 'ok') killing ??= setTimeout(() => child.kill('SIGKILL'), afterMs);
  }
  await died;
  clearTimeout(killing);
  if (child.signalCode !== 'SIGKILL') throw new Error('the writer ended by itself');
  return told;
}
