import type { Actor, Id, Instant, VisitCommand } from 'auxilio';
import type { BoardStore } from './board.ts';
import { sha256Of } from './photo-store.ts';
import { readAll, writeRows } from './rows.ts';

/** A batch that a revoked device handed in, which waits for an operator. */
export type QuarantinedBatch = {
  readonly quarantineId: Id;
  readonly visitId: Id;
  readonly basedOn: number;
  readonly commands: readonly VisitCommand[];
  readonly sender: Actor;
  readonly device: string;
  readonly receivedAt: Instant;
};

/** The decision of an operator on a batch: it is reconciled as its sender's, or it is not. */
export type QuarantineDecision = {
  readonly decision: 'vouch' | 'discard';
  readonly operator: Actor;
  readonly at: Instant;
  /** Why, for the record. */
  readonly text: string;
};

/** A batch with the decision on it, if there is one. */
export type DecidedBatch = QuarantinedBatch & { readonly decided?: QuarantineDecision };

/** Batches of revoked devices, and what was decided on each. Nothing leaves it but by a decision. */
export interface Quarantine {
  /**
   * Keeps a batch and answers its id. One that was handed in before, decided or not, keeps its place. Null if too many of its sender
   * wait: it is not kept.
   */
  add(batch: Omit<QuarantinedBatch, 'quarantineId'>): Promise<Id | null>;
  /** Lists the batches that wait. */
  waiting(): Promise<readonly QuarantinedBatch[]>;
  /** Finds a batch, with the decision if there is one. */
  find(quarantineId: Id): Promise<DecidedBatch | null>;
  /** Records the decision on a batch, and answers the batch with the decision that stands: the first one. */
  decide(quarantineId: Id, decided: QuarantineDecision): Promise<DecidedBatch | null>;
}

const WAITING = 'app-quarantine-1';
const DECIDED = 'app-quarantine-decided-1';
/** The most batches of one sender that may wait. */
const MAX_WAITING = 100;

/** A quarantine in the rows of a store. */
export function quarantineIn(store: BoardStore): Quarantine {
  const find: Quarantine['find'] = async (quarantineId) => {
    const row = (await store.readRow(DECIDED, quarantineId)) ?? (await store.readRow(WAITING, quarantineId));
    return row === null ? null : (row.body as DecidedBatch);
  };
  const waitingOf = async ({ id }: Actor) =>
    (await readAll<QuarantinedBatch>(store, WAITING)).filter(({ sender }) => sender.id === id).length;
  return {
    find,
    async add(batch) {
      const { sender, device, visitId, basedOn, commands } = batch;
      const content = JSON.stringify([sender.id, device, visitId, basedOn, commands]);
      const quarantineId = `q-${(await sha256Of(new TextEncoder().encode(content))).slice(0, 32)}`;
      await writeRows(store, WAITING, async () => {
        if ((await find(quarantineId)) !== null || (await waitingOf(sender)) >= MAX_WAITING) return [];
        return [{ projection: WAITING, key: quarantineId, body: { quarantineId, ...batch } }];
      });
      return (await find(quarantineId)) === null ? null : quarantineId;
    },
    waiting: async () => {
      const batches = await readAll<QuarantinedBatch>(store, WAITING);
      return batches.sort(
        (one, other) => Number(one.receivedAt > other.receivedAt) - Number(one.receivedAt < other.receivedAt),
      );
    },
    async decide(quarantineId, decided) {
      await writeRows(store, WAITING, async () => {
        const batch = await find(quarantineId);
        if (batch === null || batch.decided !== undefined) return [];
        return [
          { projection: DECIDED, key: quarantineId, body: { ...batch, decided } },
          { projection: WAITING, key: quarantineId, body: null },
        ];
      });
      return find(quarantineId);
    },
  };
}
