import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { type AppendRecord, checkHistory, type FinalStream } from 'auxilio/testing';
import type { Result } from './campaign.ts';

/** Parameters: the number of kills of four writers, the longest delay after their first acknowledgement, and the final read. */
type Kills = {
  readonly rounds: number;
  readonly afterMs: () => number;
  readonly streams: () => Promise<FinalStream[]>;
};

/** Kills a process of four writers again and again; each goes on with the batches whose fate is unknown. */
export async function killedWriters(script: string, where: string, kills: Kills): Promise<Result> {
  const records: AppendRecord[] = [];
  const next = [0, 0, 0, 0];
  let unknown = 0;
  for (let round = 0; round < kills.rounds; round++) {
    const told = await killed([script, where, JSON.stringify(next)], kills.afterMs());
    const count = (type: AppendRecord['type']) => told.filter((record) => record.type === type).length;
    unknown += count('invoke') - count('ok');
    next.forEach((before, n) => {
      next[n] = before + told.filter(({ type, writer }) => type === 'ok' && writer === `w${n}`).length;
    });
    records.push(...told);
  }
  const streams = await kills.streams();
  const durable = streams.reduce((sum, { events }) => sum + events.length, 0);
  const acknowledged = next.reduce((sum, count) => sum + count, 0);
  return { faults: checkHistory(records, streams), figures: { kills: kills.rounds, acknowledged, unknown, durable } };
}

/** Starts a process and kills it after a delay from its first acknowledgement; returns its records. */
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
