import type { EventStore } from '../../../stores/event-store.ts';
import { ensure, same } from '../../assert.ts';
import { cases, needing, type TestContext } from '../stage/case.ts';
import { numbers } from '../stage/events.ts';
import type { AppendRecord } from '../stage/history-checker.ts';
import type { StoreProcess } from '../stage/host.ts';
import { attempt, batch, mustBeClean, readFinal, type Task } from '../stage/writers.ts';

const PROCESSES = 4;
const ROUNDS = 15;

const start = (stage: TestContext, task: Task) => stage.process(JSON.stringify(task));

/** The records that a process prints, without a truncated last line. */
async function* readRecords({ output }: StoreProcess): AsyncGenerator<AppendRecord, void, undefined> {
  let rest = '';
  for await (const part of output) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield JSON.parse(line) as AppendRecord;
  }
}

async function readAllRecords(process: StoreProcess): Promise<AppendRecord[]> {
  const records: AppendRecord[] = [];
  for await (const record of readRecords(process)) records.push(record);
  return records;
}

async function racing(stage: TestContext): Promise<void> {
  const tasks = numbers(0, PROCESSES - 1).map(
    (n) => ({ kind: 'race', writer: `p${n}`, of: PROCESSES, rounds: ROUNDS }) as const,
  );
  const racers = await Promise.all(tasks.map((task) => start(stage, task)));
  const records = (await Promise.all(racers.map(readAllRecords))).flat();
  const streams = ['shared', ...numbers(0, ROUNDS - 1).map((round) => `created-${round}`)];
  for (const stream of streams.slice(1)) {
    const ends = records.filter((record) => record.stream === stream && record.type !== 'invoke');
    same(PROCESSES, ends.length, `how many processes tried to create ${stream}`);
    same(1, ends.filter(({ type }) => type === 'ok').length, `how many of them were told that they created ${stream}`);
  }
  const shared = records.filter(({ stream, type }) => stream === 'shared' && type === 'ok');
  same(PROCESSES * ROUNDS, shared.length, 'how many appends to the shared stream were acknowledged');
  mustBeClean(records, await readFinal(stage.store, streams));
}

/** Kills a process that appends once so many appends were acknowledged; answers its output. */
async function appendUntilKilled(stage: TestContext, writer: string, after: number): Promise<AppendRecord[]> {
  const process = await start(stage, { kind: 'endless', writer, stream: 'endless', size: 3 });
  const records: AppendRecord[] = [];
  let acknowledged = 0;
  for await (const record of readRecords(process)) {
    records.push(record);
    if (record.type === 'ok') acknowledged += 1;
    if (acknowledged === after) await process.kill();
  }
  ensure(acknowledged >= after, `${writer} ended after ${acknowledged} appends, though it was to go on`);
  return records;
}

/**
 * Appends at the version that it reads. A killed process may have sent one append that its server commits only now, so the
 * stream may move between the read and the append, once for each process.
 */
async function appendAtVersion(store: EventStore, told: (record: AppendRecord) => void): Promise<void> {
  const one = batch('next', 'endless', 0);
  for (let refusedAt = -1n; ; ) {
    const { currentStreamVersion } = await store.readStream('endless');
    ensure(
      currentStreamVersion > refusedAt,
      `an append at version ${refusedAt}, which is the current one, was refused`,
    );
    if (await attempt(store, one, currentStreamVersion, told)) return;
    refusedAt = currentStreamVersion;
  }
}

export const processes = cases('processes', ['expectations'], {
  'processes that race create each stream once and lose no append': racing,
  'a killed process loses nothing acknowledged, and leaves no half batch': async (stage) => {
    const records: AppendRecord[] = [];
    for (const [n, after] of [7, 20].entries()) {
      records.push(...(await appendUntilKilled(stage, `k${n}`, after)));
      mustBeClean(records, await readFinal(stage.store, ['endless']));
    }
    await appendAtVersion(stage.store, (record) => records.push(record));
    mustBeClean(records, await readFinal(stage.store, ['endless']));
  },
  'the last batch of a killed process may be appended again, and is there once': needing(
    ['idempotency'],
    async (stage) => {
      const records = await appendUntilKilled(stage, 'k', 10);
      const last = records.findLast(({ type }) => type === 'invoke');
      if (last === undefined) return;
      for (const _ of [1, 2]) await attempt(stage.store, last, undefined, (record) => records.push(record));
      mustBeClean(records, await readFinal(stage.store, ['endless']));
    },
  ),
});
