import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../../src/postgres.ts';
import { type AdmittedDatabase, createBasis, type PostgresDatabase } from '../../src/stores/postgres/database.ts';
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
  const noting = (basis = createBasis()): PostgresDatabase => ({
    async read<Row>(text: string) {
      basis.servers.add(at.server);
      if (text === 'a placed read') basis.place = at.written;
      else basis.unplaced++;
      return [] as Row[];
    },
    async write<Row>(text: string) {
      if (text === 'a write') {
        // It is answered with the positions after its commit.
        at.written += 5n;
        at.flushed = at.written;
        basis.servers.add(at.server);
        Object.assign(basis, { place: at.flushed, positions: positions() });
        return [] as Row[];
      }
      flushes.push(at.written);
      at.flushed = at.written;
      return [] as Row[];
    },
    transaction: () => Promise.reject(new Error('none begins')),
  });
  const positions = () => {
    onLook?.(at);
    return { ...at, at: clock.now() };
  };
  const readPositions = async () => {
    const found = positions();
    if (onLook === undefined) await new Promise<void>((resolve) => void looks.push(resolve));
    return found;
  };
  const database: AdmittedDatabase = { ...noting(), noting, readPositions };
  const call = replicatedCalls(database, sql, { names: ['a'], count: 1, timeoutMs: 1000 });
  const read = () => call(false, (admitted) => admitted.read('a read'));
  const readPlaced = () => call(false, (admitted) => admitted.read('a placed read'));
  const write = () => call(true, (admitted) => admitted.write('a write', []));
  const answer = async () => {
    for (const look of looks.splice(0)) look();
    await clock.turns();
  };
  return { at, looks, flushes, call, read, readPlaced, write, answer };
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

  it('need no look where an earlier one found their place flushed by a standby of the same server', async () => {
    const { at, looks, read, readPlaced, answer } = primary();
    const first = outcome(read());
    await clock.turns();
    await answer();
    expect(await first).toBe('answered');
    expect(await outcome(readPlaced())).toBe('answered');
    expect(looks).toHaveLength(0);

    at.written = 11n;
    const beyond = outcome(readPlaced());
    await clock.turns();
    expect(looks).toHaveLength(1);
    await answer();
    at.replicated = 11n;
    await clock.run(pause(2, storeRuntime));
    await answer();
    expect(await beyond).toBe('answered');

    at.server = 'two';
    const elsewhere = outcome(readPlaced());
    await clock.turns();
    expect(looks).toHaveLength(1);
    await answer();
    expect(await elsewhere).toBe('answered');
  });

  it('do not rest on a look for more than a second', async () => {
    const { looks, read, readPlaced, answer } = primary();
    void read();
    await clock.turns();
    await answer();
    await clock.run(pause(1001, storeRuntime));
    void outcome(readPlaced());
    await clock.turns();
    expect(looks).toHaveLength(1);
    await answer();
  });

  it('wait for the commit of a write, which lies beyond the place that it said', async () => {
    const { at, looks, write, answer } = primary();
    const done = outcome(write());
    await clock.turns();
    at.written = 99n; // others write on, and it does not wait for them
    at.replicated = 14n;
    await clock.run(pause(2, storeRuntime));
    await answer();
    expect(await Promise.race([done, Promise.resolve('waits')])).toBe('waits');
    at.replicated = 15n;
    await clock.run(pause(2, storeRuntime));
    expect(looks).toHaveLength(1);
    await answer();
    expect(await done).toBe('answered');
  });

  it('need no look where the positions behind a write find it flushed by a standby', async () => {
    const { at, looks, write } = primary();
    at.replicated = 15n;
    expect(await outcome(write())).toBe('answered');
    expect(looks).toHaveLength(0);
  });

  it('look after all of its statements where the place of one is unknown, whatever came with a write', async () => {
    const { at, looks, call, answer } = primary();
    at.replicated = 15n;
    const both = call(true, (admitted) => Promise.all([admitted.write('a write', []), admitted.read('a read')]));
    const done = outcome(both);
    await clock.turns();
    expect(looks).toHaveLength(1);
    await answer();
    expect(await done).toBe('answered');
  });

  it('are answered by the positions behind the write of another call', async () => {
    const { at, looks, write } = primary();
    const first = outcome(write());
    await clock.turns();
    at.replicated = 20n;
    expect(await outcome(write())).toBe('answered');
    expect(await first).toBe('answered');
    expect(looks).toHaveLength(0);
  });

  it('have the positions looked at when a call comes that needs it, before the pause is over', async () => {
    const { at, looks, write, read, answer } = primary();
    const done = outcome(write());
    await clock.turns();
    at.replicated = 15n;
    const other = outcome(read());
    await clock.turns();
    expect(looks).toHaveLength(1);
    await answer();
    expect(await Promise.all([done, other])).toEqual(['answered', 'answered']);
    expect(clock.now()).toBe(0);
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
