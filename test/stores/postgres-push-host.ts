/** Processes on one Postgres that tell each other of their appends: in the tests each is a store of its own. */
import { expect, onTestFinished } from 'vitest';
import type { PostgresStore } from '../../src/postgres.ts';
import { type StreamBatch, type SubscriptionOptions, subscribe } from '../../src/service.ts';
import { limits } from '../support/limits.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { beside } from './postgres-host.ts';
import { openedPostgres } from './postgres-server.ts';

/** No subscription that polls this rarely handles anything in a test by polling. */
export const NEVER_MS = 1e9;

export const wait = { timeout: limits.waitMs, interval: 5 };

/** The connections that listen. */
export const LISTENERS = `SELECT pid FROM pg_stat_activity WHERE query = 'LISTEN auxilio'`;

/** Follows the global stream until the test ends; `got` has the place of each handled event. */
export function following(store: PostgresStore, options: Partial<SubscriptionOptions> = {}) {
  const ending = new AbortController();
  const got: string[] = [];
  const handle = ({ streamName, events }: StreamBatch) => {
    got.push(...events.map(({ metadata }) => `${streamName}@${metadata.streamPosition}`));
  };
  const ended = subscribe({ ...{ store, consumer: 'reader', handle }, ...options, signal: ending.signal } as never);
  onTestFinished(async () => {
    ending.abort();
    await ended;
  });
  return { got };
}

export function pushOn(server: () => PostgresServer) {
  const opened = (schema: string) => openedPostgres({ connectionString: server().connectionString, schema });

  /** Resolves once so many connections listen. */
  const untilListening = (count = 1) =>
    beside(server(), async (client) => {
      await expect.poll(async () => (await client.query(LISTENERS)).rowCount, wait).toBe(count);
    });

  return { opened, untilListening };
}
