import type { BatchErrorCode } from '../../reconciling/index.ts';

/**
 * The reason why a batch is refused as a whole: what `reconcile` says of it, or a limit of the service:
 *
 * - `too-many-commands`, `too-large`: beyond `LIMITS.batchCommands` or `batchBytes`;
 * - `other-actor`: a command of another actor than the one that sends the batch;
 * - `diverged`: the sender has another log than the store, as after a restore from an older backup.
 *
 * @since 0.5.0
 */
export type BatchRefusal = BatchErrorCode | 'too-many-commands' | 'too-large' | 'other-actor' | 'diverged';

const errorCodes: { readonly [reason in BatchRefusal]: number } = {
  'too-many-commands': 413,
  'too-large': 413,
  'other-actor': 403,
  'recorder-role': 403,
  'recorder-unassigned': 403,
  'visit-unassigned': 404,
  'discrepancy-exists': 409,
  diverged: 409,
  'based-on-invalid': 400,
  malformed: 400,
  'command-id-missing': 400,
  'other-visit': 400,
  'several-recorders': 400,
  'not-recordable': 400,
};

/**
 * The batch cannot be reconciled: `reason` says why, and `facts` where; `index` is the place of the command, from 0. Nothing
 * was written, and nothing of the batch is lost: the sender keeps it.
 *
 * @since 0.5.0
 */
export class BatchRefusedError extends Error {
  override readonly name = 'BatchRefusedError';
  readonly errorCode: number;
  readonly code = 'batch-refused';
  readonly reason: BatchRefusal;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(reason: BatchRefusal, facts: Readonly<Record<string, unknown>> = {}) {
    super(`The batch cannot be reconciled: ${reason} ${JSON.stringify(facts)}`);
    this.errorCode = errorCodes[reason];
    this.reason = reason;
    this.facts = facts;
  }
}

/**
 * Reports of discrepancies are made by {@link VisitService.sync} alone, and {@link VisitService.settle} settles them: neither is
 * taken as a command or as a fact. `use` names the method. Nothing was read or written.
 *
 * @since 0.5.0
 */
export class ReconciledActError extends Error {
  override readonly name = 'ReconciledActError';
  readonly errorCode = 400;
  readonly code = 'reconciled-act';
  readonly type: string;
  readonly use: 'sync' | 'settle';

  constructor(type: string, use: 'sync' | 'settle') {
    const instead = use === 'sync' ? 'is made by sync, from the commands of a batch' : 'is taken by settle';
    super(`${type} ${instead}`);
    this.type = type;
    this.use = use;
  }
}

/**
 * The visit has, or would have, more events than a service reconciles: `limit`, `LIMITS.visitEvents`. Nothing was written.
 *
 * @since 0.5.0
 */
export class VisitTooLongError extends Error {
  override readonly name = 'VisitTooLongError';
  readonly errorCode = 413;
  readonly code = 'visit-too-long';
  readonly streamName: string;
  readonly limit: number;

  constructor(streamName: string, limit: number) {
    super(`The visit may have ${limit} events at most`);
    this.streamName = streamName;
    this.limit = limit;
  }
}
