/** Messages of a process about its appends: how often they are sent, and on which statement. */
import { expect, it, onTestFinished } from 'vitest';
import { createPush } from '../../src/stores/postgres/push.ts';
import { pause } from '../../src/util/runtime.ts';
import { assign, breach, serviceOn } from '../service/fixture.ts';
import { manualClock } from './manual-clock.ts';
import { beside, freshSchema } from './postgres-host.ts';
import { hostPool, openedPostgres, serverOfFile } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off' });

it('the first is sent at once, and those of a second of appends are joined to at most 20 more', async () => {
  const clock = manualClock();
  onTestFinished(clock.restore);
  const sentAt: number[] = [];
  const push = createPush({
    schema: 's',
    connectTimeoutMs: 1,
    look: async () => ({ newest: null, is_held: false }),
    send: async () => sentAt.push(clock.now()),
    create: async () => undefined,
  });
  push.appended();
  expect(sentAt).toEqual([0]);
  const appending = async () => {
    for (let ms = 1; ms < 1000; ms++) {
      await pause(1);
      push.appended();
    }
    await pause(200);
  };
  await clock.run(appending());
  expect(sentAt.length).toBeLessThanOrEqual(21);
  expect(sentAt.length).toBeGreaterThan(15);
  expect(sentAt.at(-1)).toBeGreaterThanOrEqual(999); // that of the last append
  push.appended();
  expect(sentAt.at(-1)).toBe(clock.now());
});

it('none is sent in the transaction of an append, whose commit would hold a lock of the whole server', async () => {
  const schema = freshSchema();
  const texts: [connection: number, text: string][] = [];
  const pool = hostPool(server());
  let connections = 0;
  pool.on('connect', (client) => {
    const connection = ++connections;
    const { query } = client;
    client.query = ((...given: never[]) => {
      texts.push([connection, (given[0] as unknown as { text?: string }).text ?? String(given[0])]);
      return (query as (...given: never[]) => unknown).apply(client, given);
    }) as never;
  });
  const store = openedPostgres({ pool, schema });
  const { handle } = serviceOn(store);
  await handle(assign);
  await Promise.all([1, 2, 3].map((n) => handle(breach(n))));
  await store.close();
  const isMessage = (text: string) => /notify/i.test(text);
  expect(texts.filter(([, text]) => text.includes('auxilio_add')).length).toBeGreaterThan(1);
  expect(texts.filter(([, text]) => isMessage(text) && text.includes('auxilio_add'))).toEqual([]);
  const messages = texts.flatMap(([connection, text], index) => (isMessage(text) ? [{ connection, index }] : []));
  expect(messages).not.toEqual([]);
  for (const { connection, index } of messages) {
    const before = texts.slice(0, index).filter(([one]) => one === connection);
    const ended = before.findLastIndex(([, text]) => /^\s*(COMMIT|ROLLBACK)/i.test(text));
    expect(before.slice(ended + 1).filter(([, text]) => /^\s*BEGIN/i.test(text))).toEqual([]);
  }
  const named = `SELECT proname FROM pg_proc WHERE pronamespace = $1::regnamespace AND prosrc ~* 'notify'`;
  expect((await beside(server(), (client) => client.query(named, [schema]))).rows).toEqual([]);
});
