/** The store under those who use it: the service of this library, and Emmett. */
import {
  CommandHandler,
  DeciderCommandHandler,
  type EventStore as EmmettEventStore,
  type Event,
  isExpectedVersionConflictError,
  type ReadEventMetadataWithGlobalPosition,
} from '@event-driven-io/emmett';
import { describe, expect, it } from 'vitest';
import { assign, breach, serviceOn } from '../service/fixture.ts';
import { freshSchema } from './postgres-host.ts';
import { proxyTo } from './postgres-proxy.ts';
import { openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

const opened = (schema = freshSchema(), connectionString = server().connectionString) =>
  openedPostgres({ connectionString, schema });

describe('the service', () => {
  it('is told that an append is in doubt, and the same command again is carried out once', async () => {
    const proxy = await proxyTo(server());
    const store = opened(freshSchema(), proxy.connectionString);
    const { handle, load } = serviceOn(store);
    await handle(assign);
    const append: typeof store.appendToStream = (...parameters) => {
      proxy.loseNextAnswer();
      return store.appendToStream(...parameters);
    };
    const losing = serviceOn({ ...store, appendToStream: append });
    await expect(losing.handle(breach(1))).rejects.toMatchObject({ code: 'append-in-doubt', commandId: 'c-breach-1' });
    expect(await handle(breach(1))).toMatchObject({ ok: true, repeated: true, version: 2n });
    expect((await load('visit-1')).version).toBe(2n);
  });

  it('carries out each of many commands once, over eight stores and with each sent three times at once', async () => {
    const schema = freshSchema();
    const stores = Array.from({ length: 8 }, () => opened(schema));
    const services = stores.map((store) => serviceOn(store, { retry: { maxRetries: 100 } }));
    await services[0]!.handle(assign);
    const commands = Array.from({ length: 12 }, (_, n) => breach(n));
    const answers = await Promise.all(
      commands.flatMap((one, n) => [0, 3, 5].map((k) => services[(n + k) % services.length]!.handle(one))),
    );
    expect(answers.filter((answer) => answer.ok && !answer.repeated)).toHaveLength(12);
    const { version, events } = await services[0]!.load('visit-1');
    expect(version).toBe(13n);
    expect(new Set(events.map(({ metadata }) => metadata?.commandId)).size).toBe(13);
  });
});

type Added = Event<'Added', { amount: number }>;

describe('Emmett', () => {
  const evolve = (sum: number, { data }: Added) => sum + data.amount;
  const initialState = () => 0;

  it('takes it as its event store', async () => {
    const store: EmmettEventStore<ReadEventMetadataWithGlobalPosition> = opened();
    const decide = ({ data }: { type: 'Add'; data: { amount: number } }): Added[] => [{ type: 'Added', data }];
    const handle = DeciderCommandHandler({ decide, evolve, initialState });
    await handle(store, 'sum-1', { type: 'Add', data: { amount: 3 } });
    const answer = await handle(store, 'sum-1', [
      { type: 'Add', data: { amount: 2 } },
      { type: 'Add', data: { amount: 4 } },
    ]);
    expect(answer).toMatchObject({ newState: 9, nextExpectedStreamVersion: 3n, createdNewStream: false });
  });

  it('knows its conflicts, and retries them', async () => {
    const store = opened();
    const added = (amount: number) => ({ type: 'Added', data: { amount } }) as const;
    await store.appendToStream('sum-1', [added(1)]);
    const conflict = store.appendToStream('sum-1', [added(1)], { expectedStreamVersion: 0n });
    expect(await conflict.catch(isExpectedVersionConflictError)).toBe(true);
    const handle = CommandHandler<number, Added>({ evolve, initialState, retry: { onVersionConflict: 3 } });
    let calls = 0;
    const { newState } = await handle(store, 'sum-1', async () => {
      calls += 1;
      if (calls === 1) await store.appendToStream('sum-1', [added(2)]);
      return added(3);
    });
    expect([newState, calls]).toEqual([6, 2]);
  });
});
