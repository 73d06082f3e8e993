/** Rounds on one cluster: work while the nodes are struck, then a verdict on what was said. */
import { type PostgresStore, postgresStore } from 'auxilio/postgres';
import { until } from '../../../test/support/cluster-node.ts';
import { limits } from '../../../test/support/limits.ts';
import type { Leg } from '../legs.ts';
import { untilQuiet } from '../postgres-work.ts';
import { isClean, judge, readLog, type Verdict } from './ledger.ts';
import { startWork, type Work } from './work.ts';

/** A node, to ask it directly. */
type Asked = Readonly<{ connectionString: string; sql(text: string): Promise<Record<string, unknown>[]> }>;

/** Servers that can be struck. */
export type Ground = Readonly<{
  /** The primary, once the servers are whole. */
  primary(): Asked;
  /** Ends each fault, and resolves once all nodes follow one primary. */
  heal(): Promise<void>;
}>;

export type Round<On extends Ground> = Readonly<{ name: string; run(ground: On, random: () => number): Promise<void> }>;

/** Runs rounds. `started` gets the work before the first. */
export async function runLeg<On extends Ground>(
  ground: On,
  open: () => PostgresStore,
  rounds: readonly Round<On>[],
  random: () => number,
  started: (work: Work) => void = () => undefined,
): Promise<Leg> {
  await ground.primary().sql('CREATE TABLE notes (event text)');
  await ground.primary().sql('GRANT ALL ON notes TO PUBLIC');
  const work = startWork(open);
  started(work);
  await until('something is on record', async () => work.ledger.acknowledged.size > 8);
  for (const { name, run } of rounds) {
    const startedAt = performance.now();
    await run(ground, random);
    await ground.heal();
    console.error(
      `${Math.round(performance.now() - startedAt)} ms, ${work.ledger.acknowledged.size} acknowledged: ${name}`,
    );
  }
  await within('each command is answered', work.endWriting());
  const verdict = await verdictOf(ground.primary(), work);
  const { refused } = work.ledger;
  const faults = [...(isClean(verdict) ? [] : [verdict]), ...(refused.length > 0 ? [{ refused }] : [])];
  return { faults, figures: { rounds: rounds.length, ...figuresOf(work, verdict) } };
}

/** Waits until all is handled, then compares. */
async function verdictOf(server: Asked, work: Work): Promise<Verdict> {
  await untilQuiet(server);
  const store = postgresStore({ connectionString: server.connectionString });
  const notes = async () => (await server.sql('SELECT event FROM notes')).map(({ event }) => String(event));
  try {
    const log = await readLog(store);
    const { handled, shown } = work.ledger;
    const isDone = async () => {
      const noted = new Set(await notes());
      return log.every(({ hash }) => handled.has(hash) && shown.has(hash) && noted.has(hash));
    };
    await until('all is handled', isDone, 15_000).catch(() => undefined); // the verdict names what is not
    await work.end();
    return await judge(store, work.ledger, await notes());
  } finally {
    await store.close();
  }
}

function figuresOf({ ledger, waits, failures, longestSilenceMs }: Work, verdict: Verdict): Record<string, number> {
  const counts = Object.entries(verdict).map(([name, found]) => [name, found.length]);
  const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
  return {
    longestSilenceMs: Math.round(longestSilenceMs()),
    ...(waits.length > 0 && { promotions: waits.length, longestFirstAnswerMs: Math.round(Math.max(...waits)) }),
    acknowledged: ledger.acknowledged.size,
    seen: ledger.seen.size,
    handled: ledger.handled.size,
    failed,
    ...Object.fromEntries(counts),
  };
}

async function within<T>(what: string, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`Not so within ${limits.waitMs} ms: ${what}`)), limits.waitMs).unref();
  });
  return Promise.race([work, late]);
}
