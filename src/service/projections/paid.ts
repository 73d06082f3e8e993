import { mustKnowKeys } from '../../kernel/known.ts';
import type { Id, Instant, Provider } from '../../messages/index.ts';
import { compileDossier } from '../../reading/dossier.ts';
import { readLog } from '../../reading/judging/reader.ts';
import { isCheckpointConflict, isStoreError } from '../../stores/errors.ts';
import type { ConsumerState, EventStreams } from '../../stores/event-store.ts';
import { deepEqual } from '../../util/equality.ts';
import type { Codec } from '../shared/codec.ts';
import { PaymentRefusedError } from '../shared/errors.ts';
import { mustBePageSize } from '../shared/option-validation.ts';
import { foldRead, readVisit, wholeLog } from '../shared/stream.ts';
import { compareWithRow, integrityInSlices } from '../shared/verification.ts';
import { isUnreadable } from '../subscription/poison.ts';
import { PAID, PAYMENTS, type PaymentRow } from './payments.ts';
import { checkStore, type ProjectionOptions, qualifyNames } from './projection.ts';

/** A completed visit that is not paid, and the stream of its events. @since 0.5.0 */
export type UnpaidVisit = PaymentRow & { readonly streamName: string };

/** A part of the payment queue. @since 0.5.0 */
export type PaymentPage = Readonly<{
  visits: readonly UnpaidVisit[];
  /** The place where the next page begins (`after`); `null` after the last one. */
  next: string | null;
}>;

/** The part of the payment queue to read. @since 0.5.0 */
export type PaymentPageOptions = Pick<ProjectionOptions, 'namespace'> &
  Readonly<{
    /** The `next` of the page before; the beginning by default. */
    after?: string;
    /** The largest number of visits, from 1 to 1,000; 100 by default. */
    maxCount?: number;
  }>;

/** The payment of a visit, as the application records it. @since 0.5.0 */
export type Payment = Readonly<{
  visitId: Id;
  /** The time of the payment. */
  paidAt: Instant;
  /** The number of the payment in the application's accounts. */
  reference?: string;
}>;

type Unpaid = Pick<UnpaidVisit, 'streamName'>;
type Namespace = Pick<ProjectionOptions, 'namespace'>;

/** The names of the rows in a namespace. Refuses one that is invalid. */
const nameRows = ({ namespace }: Namespace) => ({
  payments: qualifyNames({ name: PAYMENTS }, namespace).name,
  paid: qualifyNames({ name: PAID }, namespace).name,
});

/** Refuses an invalid visit and unknown options. */
function checkUnpaid(what: string, visit: Unpaid, options: Namespace): void {
  if (typeof visit?.streamName !== 'string') {
    throw new TypeError(`${what} takes { streamName } of a visit, as readPaymentQueue answers it`);
  }
  mustKnowKeys(what, options, { namespace: 0 });
}

type PaymentStore = Pick<ConsumerState, 'readRow' | 'readRows' | 'readCheckpoint'>;

/**
 * Reads one page of the completed visits that are not paid, in the store's order of their streams, without loading the others. The
 * row of a visit that the projection could not read again, and waits for a retry or is parked, is not payable.
 *
 * @throws TypeError for an option that is not known
 * @throws RangeError when `maxCount` is out of its range
 * @since 0.5.0
 */
export async function readPaymentQueue(store: PaymentStore, options: PaymentPageOptions = {}): Promise<PaymentPage> {
  checkStore('readPaymentQueue', store, 'readRows');
  mustKnowKeys('readPaymentQueue', options, { namespace: 0, after: 0, maxCount: 0 });
  const { after = '', maxCount = 100 } = options;
  mustBePageSize(maxCount, 1000);
  const { payments, paid } = nameRows(options);
  const waiting = await waitingStreams(store, payments);
  const visits: UnpaidVisit[] = [];
  for (let place = after; ; ) {
    const rows = await store.readRows(payments, { after: place, maxCount: maxCount - visits.length });
    // A row that was written at the same time as the payment may have come after it.
    const settled = await Promise.all(rows.map(({ key }) => store.readRow(paid, key)));
    rows.forEach(({ key, body }, n) => {
      if (settled[n] === null) visits.push({ ...(body as PaymentRow), streamName: key, ...waiting.get(key) });
    });
    const last = rows.at(-1);
    if (last === undefined) return { visits, next: null };
    place = last.key;
    if (visits.length === maxCount) return { visits, next: place };
  }
}

/** The streams with events that the projection could not handle: whatever their rows say, they are not payable. */
async function waitingStreams(store: PaymentStore, consumer: string) {
  const { parked, retrying } = await store.readCheckpoint(consumer);
  return new Map(
    [...parked, ...retrying].map(({ streamName, from }) => {
      const integrity = { status: 'broken', at: Number(from) - 1, reason: 'unreadable' } as const;
      return [streamName, { payable: false, integrity }];
    }),
  );
}

/** Refuses a visit whose log is broken, cannot be read, or differs from its row. */
async function checkLog(
  store: Pick<EventStreams, 'readStream'>,
  { streamName, ...row }: Partial<UnpaidVisit> & Unpaid,
  codec: Codec | undefined,
): Promise<void> {
  const stream = await readVisit(store, streamName, codec).catch((cause: unknown) =>
    refuseUnreadable(streamName, cause),
  );
  const integrity = await integrityInSlices(stream.stored);
  if (integrity.status === 'broken') throw new PaymentRefusedError(streamName, 'broken', integrity);
  let provider: Provider | null;
  try {
    provider = foldRead(stream).provider;
  } catch (cause) {
    refuseUnreadable(streamName, cause);
  }
  const { visitId, caseNumber, payable, workedMs } = compileDossier(readLog(wholeLog(stream)), {}, integrity);
  const isLost = compareWithRow(row.integrity, integrity) !== integrity;
  const now: Readonly<Record<string, unknown>> = { visitId, caseNumber, provider, payable, workedMs };
  const isAsSeen = Object.entries(row).every(([name, seen]) => !(name in now) || deepEqual(seen, now[name]));
  if (isLost || !isAsSeen) throw new PaymentRefusedError(streamName, 'outdated', integrity);
}

function refuseUnreadable(streamName: string, cause: unknown): never {
  const isOfVisit = isUnreadable(cause) || (isStoreError(cause) && cause.kind === 'corrupt');
  throw isOfVisit ? new PaymentRefusedError(streamName, 'unreadable', { status: 'unverified' }, { cause }) : cause;
}

/**
 * Marks a visit as paid, so that it leaves the payment queue for good. Of several calls at once, one succeeds.
 *
 * Reads the log of the visit first, and verifies its seals. The visit may be the row of the queue: then its visit, case, provider,
 * time worked and answer must be those of the log as it is now, and its seals must not be gone. The payer decides whether to pay a visit that is not payable.
 *
 * @returns false if it was paid before: the first payment stays, see {@link readPayment}
 * @throws PaymentRefusedError when the log is broken, cannot be read, or says another thing than the row
 * @throws TypeError when the payment has no `visitId` or `paidAt`, the visit no `streamName`, or for an option that is not
 * known
 * @since 0.5.0
 */
export async function markPaid(
  store: Pick<ConsumerState, 'readRow' | 'readCheckpoint' | 'commitCheckpoint'> & Pick<EventStreams, 'readStream'>,
  visit: Unpaid & Partial<UnpaidVisit>,
  payment: Payment,
  { codec, ...options }: Namespace & Pick<ProjectionOptions, 'codec'> = {},
): Promise<boolean> {
  checkStore('markPaid', store, 'commitCheckpoint');
  checkStore('markPaid', store, 'readStream');
  checkUnpaid('markPaid', visit, options);
  const { payments, paid } = nameRows(options);
  if (typeof payment?.visitId !== 'string' || typeof payment.paidAt !== 'string')
    throw new TypeError('A payment is { visitId, paidAt }');
  mustKnowKeys('a payment', payment, { visitId: 0, paidAt: 0, reference: 0 });
  const { streamName } = visit;
  const { visitId, paidAt, reference } = payment;
  const body = { visitId, paidAt, ...(reference !== undefined && { reference }) };
  const rows = [
    { projection: paid, key: streamName, body },
    { projection: payments, key: streamName, body: null },
  ];
  for (;;) {
    const { revision: expected, cursor } = await store.readCheckpoint(paid);
    if ((await store.readRow(paid, streamName)) !== null) return false;
    await checkLog(store, visit, codec);
    try {
      await store.commitCheckpoint(paid, { expected, cursor, rows });
      return true;
    } catch (error) {
      if (!isCheckpointConflict(error)) throw error;
    }
  }
}

/**
 * Reads the payment of a visit; `null` where it is not paid.
 *
 * @since 0.5.0
 */
export async function readPayment(
  store: Pick<ConsumerState, 'readRow'>,
  visit: Unpaid,
  options: Namespace = {},
): Promise<Payment | null> {
  checkStore('readPayment', store, 'readRow');
  checkUnpaid('readPayment', visit, options);
  const row = await store.readRow(nameRows(options).paid, visit.streamName);
  return row === null ? null : (row.body as Payment);
}
