/** The stored functions of consumers and generations, as `consumer-functions.ts` has them in SQL. */
import { beginWrite, key, lockGenerations, type Scope, writeRows } from './functions.ts';
import { beginEpoch, isHere, parsePlaceText } from './history.ts';
import { ServerError } from './io.ts';
import { compareText, type Row } from './state.ts';
import { big, texts, toText } from './values.ts';

type Values = readonly unknown[];

const cursorOf = (row: Row | undefined) => String(row?.cursor ?? '');
const revisionOf = (row: Row | undefined) => BigInt(row?.revision ?? 0);

/** `auxilio_commit` */
export async function commitCheckpoint(on: Scope, values: Values): Promise<string | null> {
  const { tx, schema } = on;
  const [consumer, expected, target] = [String(toText(values[0])), big(values[1]), toText(values[2])];
  const [whole, epoch, lastId] = [toText(values[3]), toText(values[4]), toText(values[5]) ?? ''];
  const handled = big(values[15]) ?? 0n;
  beginWrite(on, values[16]);
  const present = await beginEpoch(on);
  const read = () => tx.view(schema).get('checkpoints', consumer);
  const refuse = (isOther: boolean) => {
    const row = read();
    const [cursor, whole] = [row?.cursor ?? null, row?.whole_cursor ?? null];
    const at_revision = row === undefined ? null : String(row.revision);
    return JSON.stringify({ is_other: isOther, at_cursor: cursor, at_whole: whole, at_revision, at_epoch: present });
  };
  const isOther = epoch !== null && (epoch !== present || !isHere(on, ...parsePlaceText(target ?? ''), lastId));
  if (isOther) return refuse(true);
  const isAsExpected = (row: Row | undefined) =>
    row !== undefined && row.revision === expected && compareText(cursorOf(row), target ?? '') <= 0;
  let moved = false;
  if (isAsExpected(read())) {
    tx.mustWrite('UPDATE');
    await tx.lockKey(schema, 'checkpoints', consumer);
    const row = read();
    moved = isAsExpected(row);
    const next = {
      ...{ consumer, cursor: target, whole_cursor: whole },
      revision: revisionOf(row) + 1n,
      handled: BigInt(row?.handled ?? 0) + handled,
    };
    if (moved) tx.write(schema, 'checkpoints', consumer, next);
  }
  if (!moved && expected === 0n) {
    await tx.lockKey(schema, 'checkpoints', consumer);
    moved = read() === undefined;
    const first = { consumer, cursor: target, whole_cursor: whole, revision: 1n, handled };
    if (moved) tx.write(schema, 'checkpoints', consumer, first);
  }
  if (!moved) return refuse(false);
  await writeRows(on, values.slice(6, 9));
  for (const stream of texts(values[9])) await unpark(on, consumer, String(stream));
  for (const [n, stream] of texts(values[10]).entries()) {
    const [version, reason, since, before] = [11, 12, 13, 14].map((index) => texts(values[index])[n] ?? null);
    const place = key(consumer, String(stream));
    await tx.lockKey(schema, 'parked', place);
    if (tx.view(schema).get('parked', place) !== undefined) continue;
    const numbers = { version: big(version), handled_before: big(before) };
    const texted = { reason: reason ?? null, since: since ?? null };
    tx.write(schema, 'parked', place, { consumer, stream: String(stream), ...numbers, ...texted });
  }
  return null;
}

async function unpark({ tx, schema }: Scope, consumer: string, stream: string): Promise<void> {
  const place = key(consumer, stream);
  if (tx.view(schema).get('parked', place) === undefined) return;
  await tx.lockKey(schema, 'parked', place);
  if (tx.view(schema).get('parked', place) !== undefined) tx.write(schema, 'parked', place, null);
}

const listParked = ({ tx, schema }: Scope, consumer: string) =>
  tx
    .view(schema)
    .list('parked')
    .filter(([, row]) => row.consumer === consumer);

/** `auxilio_send_back` */
async function sendBack(on: Scope, consumer: string): Promise<void> {
  const { tx, schema } = on;
  await tx.lockKey(schema, 'checkpoints', consumer);
  const row = tx.view(schema).get('checkpoints', consumer);
  const revision = revisionOf(row) + 1n;
  const next = { consumer, cursor: null, whole_cursor: row?.whole_cursor ?? null, revision, handled: 0n };
  tx.write(schema, 'checkpoints', consumer, next);
  for (const [, { stream }] of listParked(on, consumer)) await unpark(on, consumer, String(stream));
}

async function removeRows({ tx, schema }: Scope, projections: readonly unknown[]): Promise<void> {
  for (const [place, row] of tx.view(schema).list('rows')) {
    if (!projections.includes(row.projection)) continue;
    await tx.lockKey(schema, 'rows', place);
    tx.write(schema, 'rows', place, null);
  }
}

/** `auxilio_reset` */
export async function reset(on: Scope, [name, patience]: Values): Promise<void> {
  const { tx, schema } = on;
  const consumer = String(toText(name));
  beginWrite(on, patience);
  await sendBack(on, consumer);
  await lockGenerations(on);
  const generation = tx.view(schema).get('generations', consumer);
  await removeRows(on, [generation?.live ?? consumer, generation?.building ?? consumer, consumer]);
  if (generation === undefined) return;
  await tx.lockKey(schema, 'generations', consumer);
  tx.write(schema, 'generations', consumer, null);
}

/** `auxilio_start_generation` */
export async function startGeneration(on: Scope, [name, builder, patience]: Values): Promise<void> {
  const { tx, schema } = on;
  const projection = String(toText(name));
  beginWrite(on, patience);
  await sendBack(on, String(toText(builder)));
  await lockGenerations(on);
  const before = tx.view(schema).get('generations', projection);
  if (before?.building != null) await removeRows(on, [before.building]);
  await tx.lockKey(schema, 'generations', projection);
  const number = BigInt(before?.number ?? 0) + 1n;
  const building = `\\g${number}:${projection}`;
  tx.write(schema, 'generations', projection, { projection, number, live: before?.live ?? projection, building });
}

/** `auxilio_promote` */
export async function promoteGeneration(on: Scope, values: Values) {
  const { tx, schema } = on;
  const [name, builder] = [String(toText(values[0])), String(toText(values[1]))];
  const [expected, present] = [big(values[2]) ?? 0n, big(values[3]) ?? 0n];
  beginWrite(on, values[4]);
  tx.mustWrite('SELECT FOR UPDATE');
  const built = await lockCheckpoint(on, builder);
  const replaced = await lockCheckpoint(on, name);
  await lockGenerations(on);
  const generation = tx.view(schema).get('generations', name);
  const ofBuilder = revisionOf(built) !== expected;
  const answer = { of_builder: ofBuilder, at_revision: ofBuilder ? revisionOf(built) : revisionOf(replaced) };
  if (ofBuilder || revisionOf(replaced) !== present) return { outcome: 'conflict', ...answer };
  if (generation?.building == null) return { outcome: 'none', ...answer };
  if (compareText(cursorOf(built), cursorOf(replaced)) < 0) return { outcome: 'behind', ...answer };
  await removeRows(on, [generation.live]);
  tx.write(schema, 'generations', name, { ...generation, live: generation.building, building: null });
  await tx.lockKey(schema, 'checkpoints', name);
  const current = tx.view(schema).get('checkpoints', name);
  if (current !== undefined && current.revision !== present) {
    throw new ServerError('40001', 'auxilio: the consumer was made meanwhile');
  }
  const handled = BigInt(built?.handled ?? 0);
  const kept = BigInt(current?.handled ?? 0);
  const cursor = current?.cursor ?? built?.cursor ?? null;
  const isOfBuilder = cursor !== null && String(built?.whole_cursor ?? '').startsWith(String(cursor));
  const whole_cursor = (isOfBuilder ? built : current)?.whole_cursor ?? null;
  const next = {
    consumer: name,
    cursor,
    whole_cursor,
    revision: present + 1n,
    handled: kept > handled ? kept : handled,
  };
  tx.write(schema, 'checkpoints', name, next);
  for (const [, { stream }] of listParked(on, name)) await unpark(on, name, String(stream));
  for (const [, row] of listParked(on, builder)) {
    await unpark(on, builder, String(row.stream));
    tx.write(schema, 'parked', key(name, String(row.stream)), { ...row, consumer: name });
  }
  await sendBack(on, builder);
  return { outcome: 'promoted', ...answer };
}

async function lockCheckpoint({ tx, schema }: Scope, consumer: string): Promise<Row | undefined> {
  if (tx.view(schema).get('checkpoints', consumer) === undefined) return undefined;
  await tx.lockKey(schema, 'checkpoints', consumer);
  tx.xid(); // a lock on a row is written into it
  return tx.view(schema).get('checkpoints', consumer);
}
