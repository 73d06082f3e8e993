/** A subscription over the promotion of a standby that lags: the fault of two cursors of different histories at one place. */
import { describe, expect, it } from 'vitest';
import { postgresStore } from '../../../src/postgres.ts';
import { catchUp, type ServiceSignal, type SubscriptionOptions } from '../../../src/service.ts';
import { placeOf } from '../../../src/stores/cursor.ts';
import type { StoreError } from '../../../src/stores/errors.ts';
import type { EventStore, FeedCursor } from '../../../src/stores/event-store.ts';
import { createSql } from '../../../src/stores/postgres/sql.ts';
import { assign, serviceOn } from '../../service/fixture.ts';
import { createCluster } from './cluster.ts';

const turns = async (count = 200) => {
  for (let n = 0; n < count; n++) await new Promise((resolve) => setImmediate(resolve));
};

/** A primary `a` and a standby `b`, which lags from the moment that `prepare` has ended. */
async function lagging(prepare: (primary: EventStore<never>) => Promise<unknown> = async () => undefined) {
  const cluster = createCluster({ servers: ['a', 'b'] });
  const open = (host: string): EventStore<never> => postgresStore({ pool: cluster.pool({ host }) });
  const [before, after] = [open('a'), open('b')];
  const assigned = async (store: EventStore<never>, ...visits: readonly string[]) => {
    for (const visitId of visits)
      await serviceOn(store).handle({ ...assign, data: { ...assign.data, visitId } } as never);
  };
  await assigned(before, 'v-1', 'v-2');
  await prepare(before);
  await turns();
  cluster.cut('a', 'b');
  const promote = async () => {
    cluster.server('a').kill();
    cluster.server('b').promote();
    await turns();
  };
  return { cluster, before, after, assigned, promote };
}

/** Reads and commits by the store that is the primary at each call. */
function following(primary: () => EventStore<never>): EventStore<never> {
  return new Proxy({} as EventStore<never>, { get: (_, name) => Reflect.get(primary(), name) });
}

describe('a subscription over the promotion of a standby that lags', () => {
  it('handles each event of the new history, and writes no row of an event that is gone', async () => {
    let primary: EventStore<never> | undefined;
    const store = following(() => primary as EventStore<never>);
    const signals: ServiceSignal[] = [];
    let during = async () => {};
    const options: SubscriptionOptions<never> = {
      store,
      consumer: 'rows',
      observe: (signal) => void signals.push(signal),
      async handle({ streamName }) {
        await during();
        return { rows: [{ projection: 'rows', key: streamName, body: {} }] };
      },
    };
    const { before, after, assigned, promote } = await lagging((first) => {
      primary = first;
      return catchUp(options);
    });
    const { cursor: shared } = await before.readCheckpoint('rows');
    await assigned(before, 'gone-1', 'gone-2', 'gone-3');
    during = async () => {
      during = async () => {};
      await promote();
      primary = after;
      await assigned(after, 'new-1', 'new-2', 'new-3');
    };
    await catchUp(options);
    const keys = (await after.readRows('rows')).map(({ key }) => key);
    expect(keys).toEqual((await after.readFeed()).map(({ streamName }) => streamName).sort());
    expect(keys).toHaveLength(5);
    const changed = signals.filter(({ name }) => name === 'auxilio.history-changed');
    expect(changed).toEqual([expect.objectContaining({ repeatFrom: expect.stringContaining(placeOf(shared)) })]);
  });
});

describe('a subscription whose handler has an effect, over a promotion', () => {
  it('goes on where it is the first to write on the new server', async () => {
    const handled: string[] = [];
    const letters = (store: EventStore<never>): SubscriptionOptions<never> => ({
      store,
      consumer: 'letters',
      handle: ({ streamName }) => ({ effect: () => void handled.push(streamName) }),
    });
    const { after, promote } = await lagging(async (first) => {
      await catchUp(letters(first));
      await serviceOn(first).handle({ ...assign, data: { ...assign.data, visitId: 'v-3' } } as never);
    });
    await promote();
    await catchUp(letters(after));
    expect(handled).toEqual(['visit-v-1', 'visit-v-2', 'visit-v-3']);
  });
});

describe('a cursor that is kept elsewhere, after the promotion of a standby', () => {
  const idsAfter = async (store: EventStore<never>, after: FeedCursor | null) =>
    (await store.readFeed({ after })).map(({ streamName }) => streamName.replace('visit-', ''));

  it('goes on if all that it rests on is there, on the server that has written nothing and after', async () => {
    const { before, after, assigned, promote } = await lagging();
    const [first, second] = await before.readFeed();
    await promote();
    for (const _ of [1, 2]) {
      expect(await idsAfter(after, first?.cursor ?? null)).toContain('v-2');
      expect((await after.readLag(second?.cursor ?? null)).events).toBe(
        (await idsAfter(after, second?.cursor ?? null)).length,
      );
      await assigned(after, 'new-1');
    }
    expect(await idsAfter(after, second?.cursor ?? null)).toEqual(['new-1']);
  });

  it('is refused beyond the cut, with the cut, also where other events have its place', async () => {
    const { before, after, assigned, promote } = await lagging();
    const cut = (await before.readFeed()).at(-1)?.cursor ?? null;
    await assigned(before, 'gone-1', 'gone-2');
    const gone = await before.readFeed({ after: cut });
    await promote();
    for (const _ of [1, 2]) {
      for (const { cursor } of gone) {
        for (const call of [after.readFeed({ after: cursor }), after.readLag(cursor)]) {
          const error = await call.then(
            () => undefined,
            (thrown: StoreError) => thrown,
          );
          expect(error).toMatchObject({ code: 'store-other-history', errorCode: 409 });
          expect(placeOf(error?.repeatFrom ?? null)).toBe(placeOf(cut));
          const again = await idsAfter(after, error?.repeatFrom ?? null);
          expect(again).toEqual(await idsAfter(after, cut));
        }
        const update = { expected: 0, cursor, rows: [{ projection: 'p', key: 'k', body: {} }] };
        await expect(after.commitCheckpoint('p', update)).rejects.toMatchObject({ code: 'store-other-history' });
      }
      await assigned(after, 'new-1', 'new-2', 'new-3');
    }
    expect(await after.readRow('p', 'k')).toBeNull();
  });

  it('is refused where the last event is there, and one before it, committed after it, is not', async () => {
    const { cluster, before, after, promote } = await lagging();
    const cut = (await before.readFeed()).at(-1)?.cursor ?? null;
    const held = cluster.server('a').connect('held', () => undefined);
    await held.run('BEGIN', []);
    await held.run(createSql('"auxilio"').append, [
      'late',
      null,
      null,
      ['late'],
      ['{"type":"T","data":{}}'],
      [],
      [],
      [],
      '0',
    ]);
    cluster.heal();
    await before.appendToStream('early', [{ type: 'T', data: {}, metadata: { eventId: 'early' } }]);
    await turns();
    cluster.cut('a', 'b');
    await held.run('COMMIT', []);
    expect(await idsAfter(before, cut)).toEqual(['late', 'early']);
    const [, early] = await before.readFeed({ after: cut });
    await promote();
    await after.appendToStream('next', [{ type: 'T', data: {} }]);
    const refused = after.readFeed({ after: early?.cursor ?? null });
    await expect(refused).rejects.toMatchObject({ code: 'store-other-history' });
    const { repeatFrom } = (await refused.catch((error: unknown) => error)) as StoreError;
    expect(await idsAfter(after, repeatFrom ?? null)).toEqual(['next']);
  });
});
