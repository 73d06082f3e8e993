import type { Actor, Id, Instant, VisitCommand } from 'auxilio';
import type { BoardStore } from './board.ts';
import { sha256Of } from './photo-store.ts';
import { readAll, writeRows } from './rows.ts';
import type { Head } from './views.ts';

/**
 * The signature of a file of what a phone had not sent. `signed`: by a key of the device, which it has or had; `mismatch`: by another, or the
 * file was changed; `missing`: the device has a key and the file no signature; `unknown-key`: the file has a signature and the device
 * no key; `unsigned`: neither has.
 */
export type UnsentSignature = {
  readonly state: 'signed' | 'mismatch' | 'missing' | 'unknown-key' | 'unsigned';
  readonly device: string;
  /** Time when the device registered another key than the one that signed; null if it did not. */
  readonly replacedAt: Instant | null;
};

/** A batch that a revoked device handed in, or that a file had, which waits for an operator. */
export type QuarantinedBatch = {
  readonly quarantineId: Id;
  readonly visitId: Id;
  readonly basedOn: number;
  /** The last event that the device had; missing in a batch of a file. */
  readonly head?: Head | undefined;
  readonly commands: readonly VisitCommand[];
  readonly sender: Actor;
  readonly device: string;
  readonly receivedAt: Instant;
  /** Of a batch of a file: who signed it. */
  readonly signature?: UnsentSignature;
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
   * wait: it is not kept. Those of files that their device did not sign count by themselves: a forged one takes no place of the others.
   */
  add(batch: Omit<QuarantinedBatch, 'quarantineId'>): Promise<Id | null>;
  /** Lists the batches that wait. */
  waiting(): Promise<readonly QuarantinedBatch[]>;
  /** Finds a batch, with the decision if there is one. */
  find(quarantineId: Id): Promise<DecidedBatch | null>;
  /**
   * Records the decision on a batch, and answers the batch with the decision that stands: the first one, but if it was discarded while
   * another operator had it reconciled: it is on record, so it counts as vouched for.
   */
  decide(quarantineId: Id, decided: QuarantineDecision): Promise<DecidedBatch | null>;
}

const WAITING = 'app-quarantine-1';
const DECIDED = 'app-quarantine-decided-1';
/** The most batches of one sender that may wait, of those with a proof and of those without. */
const MAX_WAITING = 100;

/** True for a batch that came with the session of its sender, or was signed by their device. */
const isProven = ({ signature }: Pick<QuarantinedBatch, 'signature'>) =>
  signature === undefined || signature.state === 'signed';

/** A quarantine in the rows of a store. */
export function quarantineIn(store: BoardStore): Quarantine {
  const find: Quarantine['find'] = async (quarantineId) => {
    const row = (await store.readRow(DECIDED, quarantineId)) ?? (await store.readRow(WAITING, quarantineId));
    return row === null ? null : (row.body as DecidedBatch);
  };
  const waitingLike = async (batch: Pick<QuarantinedBatch, 'sender' | 'signature'>) =>
    (await readAll<QuarantinedBatch>(store, WAITING)).filter(
      (each) => each.sender.id === batch.sender.id && isProven(each) === isProven(batch),
    ).length;
  return {
    find,
    async add(batch) {
      const { sender, device, visitId, basedOn, commands, signature } = batch;
      const { state = 'unsigned' } = signature ?? {};
      // What another signature stands on is a batch of its own: a changed file cannot take the place of the one that was signed.
      const proof = state === 'unsigned' ? [] : [state];
      const content = JSON.stringify([sender.id, device, visitId, basedOn, commands, ...proof]);
      const quarantineId = `q-${(await sha256Of(new TextEncoder().encode(content))).slice(0, 32)}`;
      await writeRows(store, WAITING, async () => {
        if ((await find(quarantineId)) !== null || (await waitingLike(batch)) >= MAX_WAITING) return [];
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
        if (batch === null) return [];
        const isOverruled = batch.decided?.decision === 'discard' && decided.decision === 'vouch';
        if (batch.decided !== undefined && !isOverruled) return [];
        return [
          { projection: DECIDED, key: quarantineId, body: { ...batch, decided } },
          { projection: WAITING, key: quarantineId, body: null },
        ];
      });
      return find(quarantineId);
    },
  };
}
