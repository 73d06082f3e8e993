/** The epochs of the store's history, as `history-functions.ts` has them in SQL, and what its statements say of them. */
import type { Scope } from './functions.ts';
import { ServerError } from './io.ts';
import type { EventRow, Row } from './state.ts';
import { big, toText } from './values.ts';

type Values = readonly unknown[];

/** The epochs, oldest first. */
const epochsOf = ({ tx, schema }: Scope): Row[] =>
  tx
    .view(schema)
    .list('epochs')
    .map(([, row]) => row)
    .sort((one, other) => Number(one.number) - Number(other.number));

/** `auxilio_here` */
const hereOf = ({ tx }: Scope): string | null => {
  const timeline = tx.timeline();
  return timeline === null ? null : `1-${timeline}`;
};

/** The id of the last epoch, as a statement reads it. */
export const epochOf = (on: Scope) => epochsOf(on).at(-1)?.id ?? null;

/** `auxilio_epoch` */
export async function beginEpoch(on: Scope): Promise<unknown> {
  const { tx, schema } = on;
  for (;;) {
    const last = epochsOf(on).at(-1);
    const here = hereOf(on);
    if (here === null || last?.timeline === here) return last?.id ?? null;
    tx.mustWrite('INSERT');
    const number = BigInt(last?.number ?? 0) + 1n;
    const cut = tx.view(schema).feed().at(-1);
    const row = { number, timeline: here, cut_xid: cut?.xid ?? 0n, cut_position: cut?.position ?? 0n };
    await tx.lockKey(schema, 'epochs', String(number));
    if (tx.view(schema).get('epochs', String(number)) !== undefined) continue;
    // Chance on a server; here the timeline and the cut, so that a seed has the same ids again.
    const id = [here.replace('-', ''), row.cut_xid, row.cut_position].map((part) => part.toString(16)).join('f');
    tx.write(schema, 'epochs', String(number), { ...row, id });
  }
}

/** Begins the epoch of a transaction that writes events. */
export const beginEpochOfEvents = (on: Scope) => (on.tx.hasOwnEvents(on.schema) ? undefined : beginEpoch(on));

const isUpTo =
  (xid: bigint, position: bigint) =>
  (row: EventRow): boolean =>
    row.xid < xid || (row.xid === xid && row.position <= position);

const eventAt = ({ tx, schema }: Scope, xid: bigint, position: bigint) =>
  tx
    .view(schema)
    .feed()
    .find((row) => row.xid === xid && row.position === position);

/** True if there is an event at a place, which has that id unless it is empty. */
export function isHere(on: Scope, xid: bigint, position: bigint, id: string): boolean {
  const found = eventAt(on, xid, position);
  return found !== undefined && (id === '' || found.event_id === id);
}

/** The columns that each read of the global stream has besides. */
export function seen(on: Scope, [xid, position, id]: Values) {
  const lastId = toText(id) ?? '';
  return { epoch: epochOf(on), is_here: lastId === '' || isHere(on, big(xid) ?? 0n, big(position) ?? 0n, lastId) };
}

/** The statement `judge` of `createSql`. */
export function judge(on: Scope, [xid, position, id, epoch]: Values) {
  const [lastXid, lastPosition, lastId] = [big(xid) ?? 0n, big(position) ?? 0n, toText(id) ?? ''];
  const epochs = epochsOf(on);
  const present = epochs.at(-1);
  if (present === undefined) throw new ServerError('XX000', 'there is no epoch');
  const index = epochs.findIndex((one) => one.id === toText(epoch));
  const later = index === -1 ? undefined : epochs[index + 1];
  const here = hereOf(on);
  const isMoved = index === epochs.length - 1 && here !== null && present.timeline !== here;
  const bound = later ?? (isMoved ? { cut_xid: lastXid, cut_position: lastPosition } : undefined);
  const before = on.tx.view(on.schema).feed().filter(isUpTo(lastXid, lastPosition));
  const shared = bound && before.filter(isUpTo(BigInt(bound.cut_xid ?? 0), BigInt(bound.cut_position ?? 0)));
  const last = shared?.at(-1);
  const isSame = last?.xid === lastXid && last.position === lastPosition && (lastId === '' || last.event_id === lastId);
  const place = { xid: last?.xid ?? null, position: last?.position ?? null, last_id: last?.event_id ?? null };
  const flags = { is_standby: here === null, is_older: later !== undefined, is_shared: isSame };
  return { epoch: present.id, ...flags, ...place, count: BigInt(last === undefined ? 0 : (shared?.length ?? 0)) };
}

/** The number of a transaction and the position of the text of a place. */
export function parsePlaceText(text: string): readonly [xid: bigint, position: bigint] {
  const [xid = '0', position = '0'] = text.split('-');
  return [BigInt(xid), BigInt(position)];
}
