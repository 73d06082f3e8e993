/** The suite of stores over the model of the servers: the real code of the store, below which nothing is real. */
import { storeConformance } from 'auxilio/testing';
import { describe, it } from 'vitest';
import { type PostgresTransaction, postgresStore } from '../../../src/postgres.ts';
import { createSql } from '../../../src/stores/postgres/sql.ts';
import { allBut } from '../../stores/suite.ts';
import { createCluster } from './cluster.ts';
import type { Patterns } from './platform.ts';

/** A table of the host, into which effects write. */
const notes: Patterns = [
  [/^CREATE TABLE IF NOT EXISTS \w+\.notes/, () => []],
  [
    /^INSERT INTO \w+\.notes/,
    ({ tx }, [note]) => {
      tx.write('host', 'notes', String(tx.view('host').list('notes').length), { note: String(note) });
      return [];
    },
  ],
];

function open(cluster = createCluster({ statements: notes, servers: ['a', 'b'] }), pool = cluster.pool()) {
  const store = postgresStore({ pool });
  return { cluster, store, close: () => store.close() };
}
type Handle = ReturnType<typeof open>;

const again = ({ cluster }: Handle) => open(cluster);

/** Begins an append as another writer would, and leaves it open. */
async function hold({ cluster }: Handle, stream: string, events: readonly object[]) {
  const session = cluster.server('a').connect('holder', () => undefined);
  const ids = events.map((event) => (event as { metadata: { eventId: string } }).metadata.eventId);
  await session.run('BEGIN', []);
  const bodies = events.map((event) => JSON.stringify(event));
  await session.run(createSql('"auxilio"').append, [stream, null, null, ids, bodies, [], [], [], '5000']);
  const end = (how: string) => async () => void (await session.run(how, []));
  return { commit: end('COMMIT'), rollback: end('ROLLBACK') };
}

describe('the Postgres store over the model of a server', () => {
  const { cases } = storeConformance({
    capabilities: allBut('processes', 'immutability'),
    open: () => open(),
    second: again,
    reopen: again,
    async copy({ cluster }) {
      cluster.server('b').replayAll();
      cluster.cut('a', 'b');
      cluster.server('b').promote();
      return open(cluster, cluster.pool({ host: 'b' }));
    },
    async crash(handle) {
      handle.cluster.server('a').kill();
      handle.cluster.server('a').start();
      return again(handle);
    },
    hold,
    notes: {
      write: async (transaction: PostgresTransaction, note: string) => {
        await transaction.query('CREATE TABLE IF NOT EXISTS host.notes (n serial, note text)');
        await transaction.query('INSERT INTO host.notes (note) VALUES ($1)', [note]);
      },
      read: async ({ cluster }) => {
        const rows = cluster.server('a').running()?.state.schemas.get('host')?.tables.get('notes')?.values() ?? [];
        return [...rows].map(({ note }) => String(note));
      },
    },
  });
  for (const { name, skip, run } of cases) it.skipIf(skip)(name, run);
});
