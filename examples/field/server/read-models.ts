import type { Policy } from 'auxilio';
import {
  type BoardRow,
  boardProjection,
  catchUp,
  type PaymentRow,
  paymentProjection,
  projector,
  type SubscriptionOptions,
  searchProjector,
  type VisitProjection,
} from 'auxilio/service';
import type { FieldStore } from './field.ts';

/** A row of this host's board: the library's, and what its console shows besides. */
export type FieldRow = BoardRow & { readonly client: string | null; readonly place: string | null };

/** The board of this host. */
export const fieldBoard: VisitProjection<FieldRow> = {
  name: 'field-board-1',
  row: (visit) => {
    const row = boardProjection.row(visit);
    if (row === null) return null;
    const { client, place } = visit.state;
    return { ...row, client: client?.name ?? null, place };
  },
};

/** The read models, each kept up to date when it is read: with all that was acknowledged before. */
export type ReadModels = Readonly<{
  payments: VisitProjection<PaymentRow>;
  catchUp: (model: 'board' | 'search' | 'payments') => Promise<void>;
}>;

export function readModelsOf(store: FieldStore, policy: Policy | undefined): ReadModels {
  const payments = paymentProjection(policy);
  const kept = {
    board: oneAtATime(projector(store, fieldBoard)),
    search: oneAtATime(searchProjector(store)),
    payments: oneAtATime(projector(store, payments)),
  };
  return { payments, catchUp: (model) => kept[model]() };
}

/** Catches up; those who ask while another does so share the next run, as that one may have read the end already. */
function oneAtATime(options: Pick<SubscriptionOptions, 'store' | 'consumer' | 'handle'>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const run = () => {
    next = undefined;
    running = catchUp({ ...options, attempts: 1 })
      .then(() => undefined)
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return () => {
    if (running === undefined) return run();
    next ??= running.then(run, run);
    return next;
  };
}
