import { setTimeout as pause } from 'node:timers/promises';
import type { Policy } from 'auxilio';
import {
  type BoardRow,
  boardProjection,
  catchUp,
  type PaymentRow,
  paymentProjection,
  projector,
  readProjection,
  type SearchResult,
  type SubscriptionOptions,
  searchProjector,
  searchVisits,
  type VisitProjection,
} from 'auxilio/service';
import { writeRows } from '../../http/rows.ts';
import { isTakenOver } from '../ui/returning.ts';
import type { Field } from './field.ts';
import { NAMINGS, namingsIn } from './holdings.ts';
import { rowOpener } from './privacy.ts';

/** A row of this host's board: the library's, and what its console shows besides. */
export type FieldRow = BoardRow & {
  readonly client: string | null;
  readonly place: string | null;
  /** True if the center has let the work begin before the photographs are sent. */
  readonly photosWaived?: true;
  /** True if the provider is to take up work that was begun, and announced no second visit. */
  readonly isTakenOver?: true;
};

/** The board of this host. */
export const fieldBoard: VisitProjection<FieldRow> = {
  name: 'field-board-4',
  row: (visit) => {
    const row = boardProjection.row(visit);
    if (row === null) return null;
    const { client, place } = visit.state;
    const photosWaived = visit.state.waivers.some(({ rule }) => rule === 'photos-sent');
    return {
      ...row,
      client: client?.name ?? null,
      place,
      ...(photosWaived && { photosWaived }),
      ...(isTakenOver(visit) && { isTakenOver: true }),
    };
  },
};

/** A row of the payment queue: the library's, and what its screen shows besides; absent from a row that was written before. */
export type FieldPayment = PaymentRow & Readonly<{ client?: string | null; service?: string | null }>;

function paymentsOf(policy: Policy | undefined): VisitProjection<FieldPayment> {
  const payments = paymentProjection(policy);
  return {
    ...payments,
    row: (visit) => {
      const row = payments.row(visit);
      const { client, service } = visit.state;
      return row && { ...row, client: client?.name ?? null, service };
    },
  };
}

const modelNames = ['board', 'search', 'payments', 'namings'] as const;

type ModelName = (typeof modelNames)[number];

/** The read models, each kept up to date when it is read: with all that was acknowledged before. */
export type ReadModels = Readonly<{
  payments: VisitProjection<FieldPayment>;
  catchUp: (model: ModelName) => Promise<void>;
  /** The rows of the board, read again when they have changed: many consoles open at once after a start. */
  board: () => Promise<readonly FieldRow[]>;
  /** Finds visits by whole words of a text, or of those begun in clear by the beginnings of words. */
  find: (text: string, maxCount: number) => Promise<SearchResult>;
  /** Forgets the texts that it has opened. */
  forget: () => void;
}>;

const firstWord = /^[^ ]*/;

/** The tables whose keys have something personal, and where: hashes of photographs, numbers of cases. */
export const keyedTables: ReadonlyMap<string, RegExp> = new Map([
  [NAMINGS, firstWord],
  ['field-holdings-1', firstWord],
  ['field-telephones-1', /^case .*|^[^ ]*/],
]);

type Made = Pick<Field, 'store' | 'rows' | 'privacy' | 'photoKeys' | 'policy' | 'isClear'>;

export function readModelsOf({ store, rows, privacy, photoKeys, policy, isClear }: Made): ReadModels {
  const underKeys = isClear ? {} : { privacy };
  const payments = paymentsOf(policy);
  const kept = {
    board: oneAtATime(projector(store, fieldBoard)),
    search: oneAtATime(searchProjector(store, underKeys)),
    payments: oneAtATime(projector(store, payments)),
    namings: oneAtATime(namingsIn(rows, privacy, photoKeys)),
  };
  const opener = rowOpener<FieldRow>(privacy);
  let read: Readonly<{ revision: number; rows: Promise<readonly FieldRow[]> }> | undefined;
  return {
    payments,
    catchUp: (model) => kept[model](),
    find: async (text, maxCount) => {
      await kept.search();
      return searchVisits(store, text, { maxCount, ...underKeys });
    },
    forget() {
      opener.forget();
      read = undefined;
    },
    async board() {
      await kept.board();
      const { revision } = await store.readCheckpoint(fieldBoard.name);
      if (read?.revision !== revision) {
        const rows = readProjection(store, fieldBoard).then(opener.open);
        const reading = { revision, rows };
        read = reading;
        rows.catch(() => {
          if (read === reading) read = undefined;
        });
      }
      return read.rows;
    },
  };
}

const FORMER_SEARCH = 'auxilio-search-1';

/** Removes the rows of the search of an earlier release, which no erasure reaches any longer. */
export async function dropFormerSearch({ store, isClear }: Field): Promise<void> {
  for (let isLeft = !isClear; isLeft; ) {
    await writeRows(store, FORMER_SEARCH, async () => {
      const rows = await store.readRows(FORMER_SEARCH, { maxCount: 500 });
      isLeft = rows.length > 0;
      return rows.map(({ key }) => ({ projection: FORMER_SEARCH, key, body: null }));
    });
  }
}

/** Keeps the read models up to date between reads, so that the next reader does not wait. */
export async function keepFresh({ models, photoKeys, closing, onFailure }: Field, everyMs: number): Promise<void> {
  while (!closing.aborted) {
    for (const model of modelNames) {
      if (!closing.aborted) await models.catchUp(model).catch(onFailure);
    }
    if (!closing.aborted) await photoKeys.shareNamed().catch(onFailure);
    await pause(everyMs, undefined, { signal: closing, ref: false }).catch(() => undefined);
  }
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
