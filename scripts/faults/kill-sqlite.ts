/**
 * A process of four writers, whose appends share transactions, appends to a SQLite file and is killed with SIGKILL at any
 * moment; another one goes on with the batches whose fate is unknown. In the end nothing acknowledged may be lost, moved or
 * doubled, and nothing else be there.
 */
import { join } from 'node:path';
import type { Campaign } from './campaign.ts';
import { killedWriters } from './killed-writers.ts';
import { bundled, finalStreams } from './support.ts';

export const killSqlite: Campaign = {
  name: 'kill-sqlite',
  says: 'SIGKILL while a process appends to a SQLite file',
  short: 100,
  long: 2000,
  async run({ rounds, directory, random }) {
    const file = join(directory, 'killed.sqlite');
    const script = await bundled('writer-sqlite.ts');
    const kills = { rounds, afterMs: () => 15 * random(), streams: () => finalStreams(file) };
    return killedWriters(script, file, kills);
  },
};
