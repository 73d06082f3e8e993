import { describe, expect, it } from 'vitest';
import { limits } from '../support/limits.ts';
import { event, events, idsOf } from './cases.ts';
import { beside, untilWaiting } from './postgres-host.ts';
import { serverOfFile, storesOn } from './postgres-server.ts';

const server = serverOfFile({ fsync: 'off', deadlock_timeout: '20ms' });

const { opened, schemaOfOne } = storesOn(server);

describe('a deadlock', () => {
  it('of which the append is the victim is not seen: it is tried again', async () => {
    const schema = await schemaOfOne();
    const store = opened(schema);
    await beside(server(), (client) =>
      client.query(`CREATE FUNCTION ${schema}.slow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END $$;
        CREATE TRIGGER slow BEFORE INSERT ON ${schema}.auxilio_events FOR EACH ROW
        WHEN (NEW.event_id = 'event-3' AND NEW.stream = 'b') EXECUTE FUNCTION ${schema}.slow()`),
    );
    await beside(server(), async (client) => {
      const insert = (version: number, id: number) =>
        client.query(`INSERT INTO ${schema}.auxilio_events (xid, stream, version, event_id, body)
          VALUES (pg_current_xact_id()::text::bigint, 'other', ${version}, 'event-${id}', '{}')`);
      await client.query(`SET deadlock_timeout = '1min'; BEGIN`);
      await insert(1, 3);
      const append = store.appendToStream('b', events(2, 3));
      await untilWaiting(server(), schema, 'Timeout');
      await insert(2, 2); // waits for the append, which will wait for this transaction, and gives in
      await client.query('ROLLBACK');
      expect(await append).toMatchObject({ repeated: false, nextExpectedStreamVersion: 2n });
    });
    expect(await idsOf(store, 'b')).toEqual(['event-2', 'event-3']);
  });
});

describe('eight clients', () => {
  it('that append the same ids crosswise: of each pair one is written, the others told why', async () => {
    const schema = await schemaOfOne();
    const stores = Array.from({ length: 8 }, () => opened(schema, { lockTimeoutMs: limits.waitMs }));
    for (let round = 0; round < 5; round++) {
      const ids = Array.from({ length: 8 }, (_, n) => 1000 * (round + 1) + n);
      const appends = stores.map((store, n) =>
        store.appendToStream(`cross-${round}-${n}`, events(...(n % 2 === 0 ? ids : [...ids].reverse()))),
      );
      const answers = await Promise.allSettled(appends);
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const answer of answers) {
        if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'event-id-reused' });
      }
    }
  });

  it('that append to a few streams, with and without an expectation, lose nothing and leave no gap', async () => {
    const schema = await schemaOfOne();
    const stores = Array.from({ length: 8 }, () => opened(schema, { lockTimeoutMs: limits.waitMs }));
    const acknowledged: string[] = [];
    const client = async (n: number) => {
      for (let round = 0; round < 25; round++) {
        const stream = `s-${round % 3}`;
        const store = stores[n]!;
        const batch = [2, 3].map((k) => event(1000 * n + 2 * round + k));
        const { currentStreamVersion } = await store.readStream(stream, { maxCount: 0n });
        const options = n % 2 === 0 ? {} : { expectedStreamVersion: currentStreamVersion };
        const answer = await store.appendToStream(stream, batch, options).catch((error: { errorCode: number }) => {
          expect(error.errorCode).toBe(412);
        });
        if (answer) {
          const last = answer.nextExpectedStreamVersion;
          for (const [k, one] of batch.entries()) {
            const { eventId } = one.metadata as { eventId: string };
            acknowledged.push(`${stream}@${last - 1n + BigInt(k)} ${eventId}`);
          }
        }
      }
    };
    await Promise.all(stores.map((_, n) => client(n)));
    const stored: string[] = [];
    for (const stream of ['s-0', 's-1', 's-2']) {
      const found = await stores[0]!.readStored(stream);
      expect(found.map(({ streamPosition }) => streamPosition)).toEqual(found.map((_, k) => BigInt(k + 1)));
      stored.push(...found.map(({ streamPosition, messageId }) => `${stream}@${streamPosition} ${messageId}`));
    }
    expect(stored.sort()).toEqual(acknowledged.sort());
    const fed = await stores[1]!.readFeed({ maxCount: 10_000 });
    const positions = fed.map(({ globalPosition }) => Number(globalPosition)).sort((one, other) => one - other);
    expect(positions).toEqual(positions.map((_, k) => k + 1)); // nobody's insert failed: they wait in line
    expect(acknowledged.length).toBeGreaterThan(200);
  });

  it('that write the same rows in any order all get in', async () => {
    const schema = await schemaOfOne();
    const stores = Array.from({ length: 8 }, () => opened(schema, { lockTimeoutMs: limits.waitMs }));
    const rows = ['k', 'l', 'm', 'n'].map((key) => ({ projection: 'p', key, body: {} }));
    const appends = stores.flatMap((store, n) =>
      [0, 1, 2, 3].map((round) =>
        store.appendToStream(`s-${n}`, [event(100 + 10 * n + round)], {
          rows: n % 2 === 0 ? rows : rows.map((row, k) => ({ ...row, body: k % 2 === 0 ? null : {} })).reverse(),
        }),
      ),
    );
    await Promise.all(appends);
    expect((await stores[0]!.readRows('p')).length).toBeGreaterThan(1);
  });
});
