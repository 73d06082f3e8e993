import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/postgres.ts';
import type { AdmittedDatabase, PostgresDatabase } from '../../src/stores/postgres/database.ts';
import { createSql } from '../../src/stores/postgres/sql.ts';
import { replicatedCalls } from '../../src/stores/postgres/standbys.ts';
import { pause, storeRuntime } from '../../src/util/runtime.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';

let clock: ManualClock;
beforeEach(() => {
  clock = manualClock();
});
afterEach(() => clock.restore());

type Positions = { server: string; written: bigint; flushed: bigint; replicated: bigint };

/** A primary whose positions the test moves; a look at them is answered when the test says so, or at once after `onLook`. */
function primary(onLook?: (at: Positions) => void) {
  const sql = createSql('s');
  const at: Positions = { server: 'one', written: 10n, flushed: 10n, replicated: 10n };
  const looks: (() => void)[] = [];
  const flushes: bigint[] = [];
  const noting = (servers = new Set<string>()): PostgresDatabase => ({
    async read<Row>(text: string) {
      servers.add(at.server);
      if (text !== sql.positions) return [] as Row[];
      onLook?.(at);
      const row = { written: `${at.written}`, flushed: `${at.flushed}`, replicated: `${at.replicated}` };
      if (onLook === undefined) await new Promise<void>((resolve) => void looks.push(resolve));
      return [row] as Row[];
    },
    async write<Row>() {
      flushes.push(at.written);
      at.flushed = at.written;
      return [] as Row[];
    },
    transaction: () => Promise.reject(new Error('none begins')),
  });
  const database: AdmittedDatabase = { ...noting(), noting };
  const call = replicatedCalls(database, sql, { names: ['a'], count: 1, timeoutMs: 1000 });
  const read = () => call(false, (admitted) => admitted.read('a read'));
  const answer = async () => {
    for (const look of looks.splice(0)) look();
    await clock.turns();
  };
  return { at, looks, flushes, call, read, answer };
}

const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: StoreError) => error.kind,
  );

describe('calls that wait for standbys', () => {
  it('share one look at the positions; those that come while it is under way wait for the next', async () => {
    const { looks, read, answer } = primary();
    const answered: string[] = [];
    const one = Array.from({ length: 20 }, () => read().then(() => answered.push('one')));
    await clock.turns();
    const other = Array.from({ length: 20 }, () => read().then(() => answered.push('other')));
    await clock.turns();
    expect(looks).toHaveLength(1);
    await answer();
    expect(answered).toEqual(one.map(() => 'one'));
    expect(looks).toHaveLength(1);
    await answer();
    expect(answered.slice(one.length)).toEqual(other.map(() => 'other'));
    expect(looks).toHaveLength(0);
  });

  it('are not answered by a place that a standby reached, if the server wrote beyond it before they asked', async () => {
    const { at, read, answer } = primary();
    const first = outcome(read());
    await clock.turns();
    Object.assign(at, { written: 20n, flushed: 20n });
    const second = outcome(read());
    await clock.turns();
    await answer();
    expect(await first).toBe('answered');
    let isOver = false;
    void second.then(() => {
      isOver = true;
    });
    await answer();
    expect(isOver).toBe(false);
    at.replicated = 20n;
    await clock.run(pause(50, storeRuntime));
    await clock.turns();
    await answer();
    expect(await second).toBe('answered');
  });

  it.each([
    [false, 'unavailable'],
    [true, 'io'],
  ])('fail when the time is up (writing: %s): %s', async (isWriting, kind) => {
    const { call } = primary((at) => {
      at.replicated = 9n;
    });
    const calls = [
      outcome(call(isWriting, (admitted) => admitted.read('a read'))),
      // A refusal tells what is stored, too.
      outcome(
        call(isWriting, async (admitted) => Promise.reject(await admitted.read('a read').then(() => new Error('no')))),
      ),
    ];
    expect(await clock.run(Promise.all(calls))).toEqual([kind, kind]);
    expect(clock.now()).toBeLessThan(1200);
  });

  it('fail at once with what says nothing of the data, and on a server that was replaced', async () => {
    const { at, call, read, answer } = primary();
    const busy = call(false, async (admitted) => {
      await admitted.read('a read');
      throw new StoreError('busy', 'locked');
    });
    expect(await outcome(busy)).toBe('busy');
    const replaced = outcome(read());
    at.server = 'two';
    await clock.turns();
    await answer();
    expect(await replaced).toBe('unavailable');
  });

  it('have WAL written out that no commit writes out', async () => {
    const { at, flushes, read } = primary((positions) => {
      positions.replicated = positions.flushed;
    });
    Object.assign(at, { written: 12n, flushed: 11n });
    expect(await clock.run(outcome(read()))).toBe('answered');
    expect(flushes).toEqual([12n]);
  });
});
