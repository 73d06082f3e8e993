/*
 * A process that sends what a phone recorded of some visits, as another process does: in batches of a split of its own, over a
 * store that loses the answer of every third append. It sends a batch again, or another split of it, until it has the
 * outcomes of all commands. Prints, for each visit, the outcomes by command id.
 */
import type { VisitCommand } from '../../src/messages/index.ts';
import { createService, isServiceError, type SyncOutcome } from '../../src/service.ts';
import { sqliteStore } from '../../src/sqlite.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { dice } from '../../src/testing/simulate/prng.ts';
import { around } from '../service/fixture.ts';
import { limits } from '../support/limits.ts';
import { phoneOf } from './sync-visits.ts';

const [file = '', seed = '', visits = '', startAt = ''] = process.argv.slice(2);
const rng = dice(Number(seed), 1);
const store = sqliteStore({ file, busyTimeoutMs: limits.waitMs });
const losing = around(store, {
  after: async (attempt) => {
    if (attempt % 3 === 0) throw new StoreError('io', 'the answer is lost');
  },
});
const { sync } = createService({ store: losing, retry: { maxRetries: 3 } });

await new Promise((resolve) => setTimeout(resolve, Number(startAt) - Date.now()));
const found: Record<string, Record<string, SyncOutcome>> = {};
for (let nth = 0; nth < Number(visits); nth += 1) {
  const { visitId, commands, sender } = phoneOf(nth);
  const outcomes: Record<string, SyncOutcome> = {};
  for (let sent = 0; sent < commands.length; ) {
    const from = rng.between(0, sent);
    const batch = commands.slice(from, rng.between(sent + 1, commands.length));
    const answer = await answerOf(() => sync({ visitId, basedOn: 1, commands: batch }, sender));
    if (answer === undefined) continue;
    batch.forEach((command: VisitCommand, index) => {
      outcomes[String(command.metadata.commandId)] ??= answer.outcomes[index] as SyncOutcome;
    });
    sent = from + batch.length;
  }
  found[visitId] = outcomes;
}
await store.close();
process.stdout.write(`${JSON.stringify(found)}\n`);

/** The answer to a batch; undefined if it was lost, or others were faster each time. */
async function answerOf<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send();
  } catch (error) {
    if (isServiceError(error) && (error.name === 'AppendInDoubtError' || error.name === 'RetriesExhaustedError')) {
      return undefined;
    }
    throw error;
  }
}
