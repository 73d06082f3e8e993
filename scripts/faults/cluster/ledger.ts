/** A ledger of all that was said to anyone while servers failed, and its comparison with the log of the end. */
import type { PostgresStore } from 'auxilio/postgres';
import { boardProjection, readProjection } from 'auxilio/service';

/** Events are told apart by their hash: one that is recorded again after it was lost is another event. */
export type Ledger = Readonly<{
  /** The version at which a command was answered as recorded, by `visitId/commandId`. */
  acknowledged: Map<string, number>;
  /** Each event that was shown, with the first place that showed it. */
  seen: Map<string, string>;
  /** The largest version of each visit that a row showed. */
  rows: Map<string, number>;
  /** Events that the handler of the subscription had. */
  handled: Set<string>;
  /** Events on the screen that follows the global stream. */
  shown: Set<string>;
  /** Answers that no command may get here. */
  refused: unknown[];
}>;

export const emptyLedger = (): Ledger => ({
  acknowledged: new Map(),
  seen: new Map(),
  rows: new Map(),
  handled: new Set(),
  shown: new Set(),
  refused: [],
});

/** Notes that an event was shown, and where. */
export function see(ledger: Ledger, where: string, hash: string, event: string): void {
  if (!ledger.seen.has(hash)) ledger.seen.set(hash, `${event} in ${where}`);
}

export type Entry = Readonly<{ visitId: string; commandId: string; version: number; hash: string }>;

/** Reads an entry of the global stream. */
export function entryOf(stored: { streamName: string; streamPosition: bigint; text: string }): Entry {
  const { metadata } = JSON.parse(stored.text) as { metadata: { commandId: string; hash: string } };
  return { visitId: stored.streamName.slice('visit-'.length), version: Number(stored.streamPosition), ...metadata };
}

export const nameOf = ({ visitId, commandId }: Pick<Entry, 'visitId' | 'commandId'>) => `${visitId}/${commandId}`;

export async function readLog(store: PostgresStore): Promise<Entry[]> {
  const log: Entry[] = [];
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof store.readFeed>> = await store.readFeed({ after, maxCount: 5000 });
    log.push(...page.map(entryOf));
    after = page.at(-1)?.cursor ?? null;
    if (after === null) return log;
  }
}

/** The ways in which a log disagrees with its ledger. */
export type Verdict = Readonly<{
  /** Acknowledged, and not on record where the answer said. */
  lost: string[];
  /** On record, or noted by the effect of the subscription, twice. */
  doubled: string[];
  /** Shown to someone, and not on record. */
  vanished: string[];
  /** On record, and not handled, not noted, or not on the screen that follows. */
  unhandled: string[];
  /** A visit whose row is not that of its last event. */
  rows: string[];
}>;

export const isClean = (verdict: Verdict) => Object.values(verdict).every((faults) => faults.length === 0);

/** Compares the log of the end with what was said. `notes` are the events that the effect of the subscription noted. */
export async function judge(store: PostgresStore, ledger: Ledger, notes: readonly string[]): Promise<Verdict> {
  const log = await readLog(store);
  const places = new Map<string, number[]>();
  for (const entry of log) places.set(nameOf(entry), [...(places.get(nameOf(entry)) ?? []), entry.version]);
  const onRecord = new Set(log.map(({ hash }) => hash));
  const lengths = new Map(log.map(({ visitId, version }) => [visitId, version])); // the last of each
  const noted = new Map<string, number>();
  for (const hash of notes) noted.set(hash, (noted.get(hash) ?? 0) + 1);
  const board = await readProjection(store, boardProjection);
  const onBoard = new Map(board.map(({ visitId, version }) => [visitId, version]));
  return {
    lost: [...ledger.acknowledged.entries()]
      .filter(([name, version]) => !places.get(name)?.includes(version))
      .map(([name]) => name),
    doubled: [
      ...[...places].filter(([, versions]) => versions.length > 1).map(([name]) => name),
      ...[...noted].filter(([, count]) => count > 1).map(([hash]) => hash),
    ],
    vanished: [
      ...[...ledger.seen].filter(([hash]) => !onRecord.has(hash)).map(([, where]) => where),
      ...[...ledger.rows].filter(([id, version]) => version > (lengths.get(id) ?? 0)).map(([id]) => `the row of ${id}`),
      ...[...noted.keys()].filter((hash) => !onRecord.has(hash)).map((hash) => `the note of ${hash}`),
    ],
    unhandled: log
      .filter(({ hash }) => !ledger.handled.has(hash) || !noted.has(hash) || !ledger.shown.has(hash))
      .map(nameOf),
    rows: [...lengths].filter(([visitId, length]) => onBoard.get(visitId) !== length).map(([visitId]) => visitId),
  };
}
