/**
 * The work of a contact center on a cluster: six services handle commands, two devices send batches, a subscription handles and
 * notes each event, and three screens read visits, rows and the global stream. All that is said to them goes into a ledger.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { PostgresStore } from 'auxilio/postgres';
import {
  BatchRefusedError,
  boardProjection,
  createService,
  readProjection,
  subscribe,
  type VisitService,
} from 'auxilio/service';
import { commandOf } from '../commands.ts';
import { emptyLedger, entryOf, type Ledger, nameOf, see } from './ledger.ts';

export type Work = Readonly<{
  ledger: Ledger;
  /** Measures the time from now to the next acknowledgement. */
  timeNextAnswer(): void;
  /** The times that were measured, in milliseconds. */
  waits: readonly number[];
  /** The longest time without an acknowledgement, in milliseconds. */
  longestSilenceMs(): number;
  /** Calls that failed, by the name of their error and its kind. */
  failures: ReadonlyMap<string, number>;
  /** Ends the writers, each once its last command is answered. */
  endWriting(): Promise<void>;
  /** Ends what reads, and closes the stores. */
  end(): Promise<void>;
}>;

const services = 6;
const devices = 2;
/** A visit is as long as this; then its writer takes the next one. */
const visitLength = 30;
const device = { role: 'provider', id: 'p-1' } as const;

/** Begins to work on a cluster, over stores that `open` makes. The table `notes` has to be there. */
export function startWork(open: () => PostgresStore): Work {
  const ledger = emptyLedger();
  const failures = new Map<string, number>();
  const stores = [open(), open(), open()] as const;
  const [one, other, reading] = stores;
  const service = (n: number) => createService({ store: n % 2 === 0 ? one : other, projections: [boardProjection] });
  const writing = { on: true };
  const watching = new AbortController();
  const waits: number[] = [];
  let timedFrom: number | undefined;
  let answeredAt = performance.now();
  let longestSilenceMs = 0;

  function noteFailure(error: unknown): void {
    const { name, kind, code } = error as { name?: string; kind?: string; code?: string };
    const key = [name, kind ?? code].filter(Boolean).join(' ');
    failures.set(key, (failures.get(key) ?? 0) + 1);
  }

  /** Tries again until there is an answer; that the visit is not the one that a device knows is one, too. */
  async function answered<T>(ask: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (error instanceof BatchRefusedError) throw error;
        noteFailure(error);
        await pause(50);
      }
    }
  }

  /** Does something again and again while it is watched. */
  async function again(everyMs: number, look: () => Promise<void>): Promise<void> {
    while (!watching.signal.aborted) {
      await look().catch(noteFailure);
      await pause(everyMs);
    }
  }

  function acknowledge(visitId: string, n: number, version: number): void {
    const now = performance.now();
    if (timedFrom !== undefined) waits.push(now - timedFrom);
    longestSilenceMs = Math.max(longestSilenceMs, now - answeredAt);
    answeredAt = now;
    timedFrom = undefined;
    ledger.acknowledged.set(nameOf({ visitId, commandId: `c-${n}` }), version);
  }

  async function handle(by: VisitService, visitId: string, n: number): Promise<void> {
    const answer = await answered(() => by.handle(commandOf(n, visitId)));
    if (answer.ok) for (const { metadata } of answer.events) seeOne('an answer', visitId, metadata);
    if (answer.ok) acknowledge(visitId, n, n + 1);
    else ledger.refused.push(answer.rejection);
  }

  async function sync(by: VisitService, visitId: string, first: number): Promise<void> {
    const commands = [first, first + 1, first + 2].map((n) => {
      const { metadata, ...command } = commandOf(n, visitId);
      return { ...command, metadata: { ...metadata, actor: device } } as typeof command & { metadata: typeof metadata };
    });
    const { outcomes, events } = await answered(() => by.sync({ visitId, basedOn: first, commands }, device));
    for (const { metadata } of events) seeOne('a sync', visitId, metadata);
    for (const [i, { outcome }] of outcomes.entries()) {
      if (outcome === 'accepted' || outcome === 'repeated') acknowledge(visitId, first + i, first + i + 1);
      else ledger.refused.push({ visitId, outcome });
    }
  }

  async function write(writer: number): Promise<void> {
    const by = service(writer);
    const isDevice = writer >= services;
    for (let visit = 0; writing.on; visit++) {
      const visitId = `w${writer}-${visit}`;
      try {
        await handle(by, visitId, 0);
        for (let n = 1; n < visitLength && writing.on; n += isDevice ? 3 : 1)
          await (isDevice ? sync(by, visitId, n) : handle(by, visitId, n));
      } catch (refusal) {
        ledger.refused.push({ visitId, refusal });
      }
    }
  }

  function seeOne(where: string, visitId: string, metadata: unknown): string {
    const { commandId = '', hash = '' } = metadata as { commandId?: string; hash?: string };
    see(ledger, where, hash, nameOf({ visitId, commandId }));
    return hash;
  }

  const handling = subscribe({
    store: reading,
    consumer: 'notes',
    pollMs: 50,
    signal: watching.signal,
    handle: ({ streamName, events }) => {
      const hashes = events.map(({ metadata }) => seeOne('a handler', streamName.slice(6), metadata));
      for (const hash of hashes) ledger.handled.add(hash);
      return {
        effect: ({ query }) => query('INSERT INTO notes SELECT unnest($1::text[])', [hashes]),
      };
    },
    observe: (signal) => 'error' in signal && noteFailure(signal.error),
  });

  let cursor: string | null = null;
  const following = again(20, async () => {
    const page = await reading.readFeed({ after: cursor, maxCount: 200 });
    for (const entry of page.map(entryOf)) {
      see(ledger, 'the global stream', entry.hash, nameOf(entry));
      ledger.shown.add(entry.hash);
    }
    cursor = page.at(-1)?.cursor ?? cursor;
  });
  const board = again(50, async () => {
    for (const { visitId, version = 0 } of await readProjection(other, boardProjection))
      ledger.rows.set(visitId, Math.max(version, ledger.rows.get(visitId) ?? 0));
  });
  const onScreen = service(1);
  const visits = again(20, async () => {
    const ids = [...ledger.rows.keys()];
    const visitId = ids[Math.floor(Math.random() * ids.length)];
    if (visitId === undefined) return;
    for (const { metadata } of (await onScreen.load(visitId)).events) seeOne('a visit', visitId, metadata);
  });
  const writers = Array.from({ length: services + devices }, (_, n) => write(n));

  return {
    ledger,
    failures,
    waits,
    longestSilenceMs: () => longestSilenceMs,
    timeNextAnswer() {
      timedFrom = performance.now();
    },
    async endWriting() {
      writing.on = false;
      await Promise.all(writers);
    },
    async end() {
      watching.abort();
      await Promise.all([handling, following, board, visits]);
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}
