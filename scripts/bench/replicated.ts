import { type PostgresStore, postgresStore } from 'auxilio/postgres';
import pg from 'pg';
import { startCluster } from '../../test/support/cluster.ts';
import type { Bench } from './bench.ts';
import { digits, median } from './interleave.ts';

/** Commands a second, and the median of their durations in milliseconds. */
type Figures = Readonly<{ perSecond: number; medianMs: number }>;
type Work = (client: number, turn: number) => Promise<unknown>;

async function measure(clients: number, turns: number, work: Work): Promise<Figures> {
  const durations: number[] = [];
  const startedAt = performance.now();
  const client = async (_: unknown, number: number) => {
    for (let turn = 0; turn < turns; turn++) {
      const from = performance.now();
      await work(number, turn);
      durations.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { perSecond: (1000 * clients * turns) / (performance.now() - startedAt), medianMs: median(durations) };
}

const TABLE = `CREATE TABLE raw_events (position bigint GENERATED ALWAYS AS IDENTITY, xid bigint NOT NULL,
  stream text COLLATE "C" NOT NULL, version bigint NOT NULL, event_id text COLLATE "C" NOT NULL UNIQUE, body text NOT NULL,
  PRIMARY KEY (stream, version))`;
/** The global stream of the store is read by it; without it the rows would not be the same. */
const INDEX = 'CREATE UNIQUE INDEX raw_events_feed ON raw_events (xid, position)';
const INSERT = `INSERT INTO raw_events (xid, stream, version, event_id, body)
  SELECT pg_current_xact_id()::text::bigint, $1::text, $2::bigint + 1, $3, $4
  WHERE $2 = coalesce((SELECT max(version) FROM raw_events WHERE stream = $1), 0)`;

let ids = 0;
const newEvent = () => ({
  type: 'Noted',
  data: { text: 'x'.repeat(300) },
  metadata: { eventId: `event-${++ids}`, schemaVersion: 1 },
});

/** Appends to a stream of its own for each client. */
const appendTo = (store: PostgresStore, round: string): Work => {
  return (client) => store.appendToStream(`${round}-${client}`, [newEvent()]);
};

/** Runs `work` while eight clients append. */
async function besideWriters<T>(store: PostgresStore, round: string, work: () => Promise<T>): Promise<T> {
  let isOver = false;
  const append = appendTo(store, round);
  const writers = Array.from({ length: 8 }, async (_, client) => {
    for (let turn = 0; !isOver; turn++) await append(client, turn);
  });
  try {
    return await work();
  } finally {
    isOver = true;
    await Promise.all(writers);
  }
}

export const replicating: Bench = {
  name: 'replicated',
  title: 'A primary with two standbys',
  says:
    'Three servers on this machine, commits that wait for one of two standbys. The raw client inserts the same rows, with the same\n' +
    "unique indexes; 'local' does what the server does; 'replicated' compares positions after each call. Alternating: a ratio is the median\n" +
    'of those of the rounds. After it the primary is killed and a standby promoted.',
  async run(size) {
    const [rounds, turns] = size === 'quick' ? [9, 40] : [11, 200];
    const cluster = await startCluster({ standbys: 2 });
    const connection = { user: 'postgres', password: 'password', database: 'postgres' };
    const open = (options: object) => postgresStore({ hosts: cluster.nodes, connection, ...options });
    const standbys = cluster.nodes.map(({ name }) => name);
    const local = open({ schema: 'local' });
    const replicated = open({ schema: 'replicated', durability: 'replicated', standbys });
    const raw = new pg.Pool({ connectionString: cluster.primary().connectionString, max: 8 });
    raw.on('error', () => undefined);
    const found = new Map<string, Figures[]>();
    const note = (name: string, figures: Figures) => found.set(name, [...(found.get(name) ?? []), figures]);
    const middle = (name: string, field: keyof Figures) => median((found.get(name) ?? []).map((one) => one[field]));
    try {
      for (const text of [TABLE, INDEX]) await raw.query(text);
      for (const store of [local, replicated]) await store.appendToStream('read', [newEvent(), newEvent()]);
      for (let round = 0; round < rounds; round++) {
        for (const clients of [1, 8]) {
          const place = `${round}-${clients}`;
          const insert: Work = (client, turn) =>
            raw.query(INSERT, [`${place}-${client}`, turn, `event-${++ids}`, JSON.stringify(newEvent())]);
          note(`append, ${clients}: raw client`, await measure(clients, turns, insert));
          note(`append, ${clients}: local`, await measure(clients, turns, appendTo(local, place)));
          note(`append, ${clients}: replicated`, await measure(clients, turns, appendTo(replicated, place)));
        }
        for (const [name, store] of [
          ['local', local],
          ['replicated', replicated],
        ] as const) {
          const read = () => measure(8, turns, () => store.readStored('read'));
          note(`read, 8: ${name}`, await read());
          note(`read beside 8 writers, 8: ${name}`, await besideWriters(replicated, `${round}-${name}`, read));
        }
      }
      const [next] = cluster.standbys();
      if (next === undefined) throw new Error('There is no standby');
      await cluster.primary().stop('kill');
      const append = replicated.appendToStream('after', [newEvent()]).catch(() => undefined);
      await cluster.promote(next);
      const promotedAt = performance.now();
      await append;
      await replicated.appendToStream('after', [newEvent()]);
      const afterMs = performance.now() - promotedAt;
      const ratio = (one: string, other: string) => {
        const others = found.get(other) ?? [];
        return median(
          (found.get(one) ?? []).map(({ perSecond }, n) => perSecond / (others[n]?.perSecond ?? Number.NaN)),
        );
      };
      const beside = middle('read beside 8 writers, 8: replicated', 'medianMs');
      return {
        tables: [
          {
            head: ['what, clients', 'a second', 'p50 ms'],
            rows: [...found.keys()].map((name) => [
              name,
              digits(middle(name, 'perSecond')),
              digits(middle(name, 'medianMs')),
            ]),
          },
        ],
        bars: [
          ...[1, 8].map((clients) => ({
            what: `Replicated append, ${clients} at a time`,
            figure: ratio(`append, ${clients}: replicated`, `append, ${clients}: raw client`),
            unit: ' × raw client',
            bar: 0.8,
            is: 'at least' as const,
          })),
          {
            what: 'Replicated read, 8 at a time',
            figure: ratio('read, 8: replicated', 'read, 8: local'),
            unit: ' × local',
            bar: 0.75,
            is: 'at least',
          },
          {
            what: 'Read beside 8 writers, beyond local, p50',
            figure:
              (beside - middle('read beside 8 writers, 8: local', 'medianMs')) /
              middle('append, 8: replicated', 'medianMs'),
            unit: ' replicated commits',
            bar: 1,
            is: 'at most',
          },
          { what: 'Promotion to first append', figure: afterMs, unit: ' ms', bar: 2000, is: 'at most' },
        ],
      };
    } finally {
      await Promise.all([local.close(), replicated.close(), raw.end()]);
      await cluster.stop();
    }
  },
};
