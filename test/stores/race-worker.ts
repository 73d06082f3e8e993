/*
 * A process that races others on one file: it waits for the moment given, opens the store, tries to create `rounds`
 * streams that all others try to create too, and appends `rounds` events to one shared stream, reading it again after
 * each conflict. Prints the streams it won and the ids it appended.
 */
import { sqliteStore } from '../../src/sqlite.ts';
import { limits } from '../support/limits.ts';

const [file = '', racer = '', rounds = '', startAt = ''] = process.argv.slice(2);

const event = (name: string) => ({ type: 'Raced', data: { racer, name }, metadata: { eventId: `${racer}-${name}` } });

await new Promise((resolve) => setTimeout(resolve, Number(startAt) - Date.now()));
const store = sqliteStore({ file, busyTimeoutMs: limits.waitMs });
const won: number[] = [];
const appended: string[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const options = { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' } as const;
  const batch = [event(`create-${round}-a`), event(`create-${round}-b`)];
  if (await succeeds(store.appendToStream(`stream-${round}`, batch, options))) won.push(round);
  for (let done = false; !done; ) {
    const { currentStreamVersion } = await store.readStream('shared', { maxCount: 0n });
    done = await succeeds(
      store.appendToStream('shared', [event(`share-${round}`)], { expectedStreamVersion: currentStreamVersion }),
    );
  }
  appended.push(`${racer}-share-${round}`);
}
await store.close();
process.stdout.write(`${JSON.stringify({ won, appended })}\n`);

async function succeeds(append: Promise<unknown>): Promise<boolean> {
  try {
    await append;
    return true;
  } catch (error) {
    if ((error as { errorCode?: unknown }).errorCode !== 412) throw error;
    return false;
  }
}
