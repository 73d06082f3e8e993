import { pause, storeRuntime } from '../../util/runtime.ts';
import { StoreError } from '../errors.ts';
import { errorMessage } from './errors.ts';
import {
  checkOut,
  ignore,
  loadPools,
  type OwnPool,
  type PoolSource,
  type PostgresClient,
  type PostgresConnection,
  type PostgresPool,
  release,
  type Timeouts,
  withTimeout,
} from './pool.ts';

/** A server of a cluster. @since 0.9.0 */
export type PostgresHost = Readonly<{
  /** Name or address; a name is resolved again for each connection. */
  host: string;
  /** 5432 by default. */
  port?: number | undefined;
}>;

/** A host with the pools of its server: one connection for questions, which no load on the others delays. */
export type HostPools = Readonly<{
  name: string;
  questions: OwnPool;
  /** Opens a pool whose connections are all to this incarnation of a server: the name may lead to another one by now. */
  openPool: (incarnation: string) => OwnPool;
}>;

/** The answer of a server which is no standby. */
type Role = Readonly<{ timeline: number; incarnation: string }>;

type Primary = Role & Pick<HostPools, 'name' | 'openPool'>;

/*
 * A server that was cut off or stopped still takes itself for the primary, so the role says too little. Each promotion begins a
 * timeline: of those that are no standby the primary is the one with the highest. `pg_control_checkpoint` has it only after the next
 * checkpoint.
 */
const ROLE = `SELECT pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()) AS file,
    (SELECT c.system_identifier::text FROM pg_catalog.pg_control_system() c) || ' ' ||
      extract(epoch FROM pg_catalog.pg_postmaster_start_time())::text AS incarnation
  WHERE NOT pg_catalog.pg_is_in_recovery()`;

/** The time that the slower servers get once one has answered that it is the primary. */
const GRACE_MS = 500;
/** The longest time of a round of questions; a host that is silent for longer is not asked again before it has failed. */
const ROUND_MS = 1000;
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;
/** The age at which a connection for questions is ended: a name may lead elsewhere after a failover, while its former server answers. */
const QUESTIONS_SECONDS = 1;

/**
 * Finds the primary among several hosts, and keeps a pool to it. All hosts are asked at once, and one round of questions serves all that
 * wait for it.
 */
export function primaryPool(loadHosts: () => Promise<readonly HostPools[]>, timeouts: Timeouts): PoolSource {
  let loading: Promise<readonly HostPools[]> | undefined;
  let hosts: readonly HostPools[] = [];
  let current: (Primary & { own: OwnPool }) | undefined;
  let highest = 0; // of the timelines seen: the primary of an earlier one is a former primary
  let round: Promise<void> | undefined;
  let moves = 0;
  let closed = false;
  /** The hosts that wait for an answer, and the latest answers of the others. */
  const asked = new Map<string, Promise<void>>();
  const primaries = new Map<string, Primary>();
  const failures = new Map<string, string>();

  function leave(): void {
    if (current === undefined) return;
    moves += 1;
    current.own.abandon();
    current = undefined;
  }

  const listNewest = () => [...primaries.values()].filter(({ timeline }) => timeline === highest);

  function choose(): void {
    if (closed) return;
    for (const { timeline } of primaries.values()) highest = Math.max(highest, timeline);
    const newest = listNewest();
    const [first] = newest;
    const areSame = newest.every(({ incarnation }) => incarnation === first?.incarnation);
    const isSilent = asked.has(current?.name ?? '');
    // A name may lead elsewhere by now.
    const isNamed = isSilent || newest.some(({ name }) => name === current?.name);
    if (areSame && isNamed && first?.incarnation === current?.incarnation) return;
    if (first === undefined && isSilent) return;
    leave();
    if (areSame && first !== undefined) current = { ...first, own: first.openPool(first.incarnation) };
  }

  function explain(): string {
    const newest = listNewest();
    if (newest.length > 1) {
      return `${newest.map(({ name }) => name).join(' and ')} are both primaries of timeline ${highest}: stop one of them`;
    }
    const each = hosts.map(({ name }) => {
      const former = primaries.get(name);
      if (former !== undefined) return `${name} is the primary of timeline ${former.timeline}, but ${highest} was seen`;
      return `${name} ${asked.has(name) ? 'does not answer' : (failures.get(name) ?? 'is a standby')}`;
    });
    return `no host is the primary: ${each.join('; ')}`;
  }

  function askHost({ name, questions, openPool }: HostPools): Promise<void> {
    const ask = async () => {
      primaries.delete(name);
      failures.delete(name);
      try {
        const answer = await askRole(questions.pool, timeouts);
        if (answer !== undefined) primaries.set(name, { ...answer, name, openPool });
      } catch (error) {
        failures.set(name, `cannot be reached (${errorMessage(error)})`);
      }
      asked.delete(name);
      if (round === undefined) choose(); // after the round: the primary may be one that answers late
    };
    const question = asked.get(name) ?? ask();
    asked.set(name, question);
    return question;
  }

  async function askAll(): Promise<void> {
    const questions = hosts.map(askHost);
    const isFound = Promise.any(questions.map((question) => question.then(() => primaries.size || Promise.reject())));
    const grace = isFound.then(
      () => pause(GRACE_MS, storeRuntime),
      () => undefined, // all have answered, and none is the primary
    );
    await Promise.race([Promise.all(questions), grace, pause(ROUND_MS, storeRuntime)]);
    choose();
  }

  async function review(): Promise<void> {
    loading ??= loadHosts();
    hosts = await loading;
    round ??= askAll().finally(() => {
      round = undefined;
    });
    await round;
  }

  async function open(): Promise<PostgresPool> {
    const until = storeRuntime.monotonicMs() + timeouts.connect;
    for (let longest = SHORTEST_PAUSE_MS; current === undefined; longest = Math.min(2 * longest, LONGEST_PAUSE_MS)) {
      await review();
      if (current !== undefined) break;
      if (closed || storeRuntime.monotonicMs() >= until) throw new StoreError('unavailable', `Postgres: ${explain()}`);
      // Of many processes that lost a primary each asks at another moment.
      await pause((0.5 + storeRuntime.random() / 2) * longest, storeRuntime);
    }
    return current.own.pool;
  }

  async function close(): Promise<void> {
    closed = true;
    for (const { questions } of hosts) questions.abandon(); // one may wait for a silent host
    await current?.own.end();
  }

  return { open, close, hosts: { review, moves: () => moves } };
}

/** Asks a server for its role; undefined for a standby. */
async function askRole(pool: PostgresPool, timeouts: Timeouts): Promise<Role | undefined> {
  const client = await checkOut(pool);
  const asking = readRole(client, timeouts);
  asking.then(
    () => release(client),
    () => release(client, true),
  );
  return asking;
}

async function readRole(client: PostgresClient, timeouts: Timeouts): Promise<Role | undefined> {
  const { rows } = await withTimeout(timeouts.connect, 'no answer', client.query({ text: ROLE, values: [] }));
  const [row] = rows as { file: string; incarnation: string }[];
  return row && { timeline: Number.parseInt(row.file.slice(0, 8), 16), incarnation: row.incarnation };
}

/** Loads pg, and creates the pools of several hosts. */
export async function loadHosts(
  connections: readonly Readonly<{ name: string; connection: PostgresConnection }>[],
  timeouts: Timeouts,
  pipeline: boolean,
): Promise<HostPools[]> {
  const createPool = await loadPools(timeouts, pipeline);
  return connections.map(({ name, connection }) => ({
    name,
    questions: createPool({ ...connection, max: 1, maxLifetimeSeconds: QUESTIONS_SECONDS }),
    openPool: (incarnation) =>
      createPool({
        ...connection,
        verify(client, done) {
          client.on('error', ignore); // The pool listens once it was admitted.
          readRole(client, timeouts).then(
            (role) => done(role?.incarnation === incarnation ? undefined : new Error(`${name} is another server now`)),
            done,
          );
        },
      }),
  }));
}
