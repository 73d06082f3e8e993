/** The stored functions of events and rows, as `event-functions.ts` and `consumer-functions.ts` have them in SQL. */
import { BUILDING } from '../../../src/stores/postgres/consumer-functions.ts';
import { beginEpochOfEvents } from './history.ts';
import { ServerError } from './io.ts';
import type { EventRow } from './state.ts';
import type { Transaction } from './transaction.ts';
import { big, texts, toText } from './values.ts';

export type Scope = Readonly<{ tx: Transaction; schema: string }>;
type Values = readonly unknown[];

export const key = (...parts: readonly string[]): string => JSON.stringify(parts);

/** Offset of the numbers of transactions, once `auxilio_realign` has run. */
export const offsetOf = ({ tx, schema }: Scope): bigint => BigInt(tx.view(schema).get('offset', '')?.offset ?? 0);

export function beginWrite({ tx }: Scope, patience: unknown): void {
  tx.settings.lockTimeoutMs = Number(patience);
  if (tx.settings.synchronousCommit === 'off') tx.settings.synchronousCommit = 'on';
}

/** `auxilio_add` */
export async function append(on: Scope, values: Values): Promise<string> {
  const { outcome, at_version: version, at_position: position, at_id: id } = await appendOnce(on, values);
  return [outcome, version, position, id].filter((part) => part !== null).join(' ');
}

async function appendOnce(on: Scope, values: Values) {
  const { tx, schema } = on;
  const [stream, lastId] = [toText(values[0]), toText(values[2])];
  const expected = big(values[1]);
  const [ids, bodies] = [texts(values[3]), texts(values[4])];
  if (tx.assigned() !== null) throw new ServerError('25001', 'auxilio: an append begins its transaction');
  beginWrite(on, values[8]);
  await tx.lock(key('stream', schema, String(stream)));
  const view = tx.view(schema);
  const head = view.stream(String(stream)).at(-1);
  const answer = {
    at_version: head?.version ?? null,
    at_position: head?.position ?? null,
    at_id: head?.event_id ?? null,
  };
  const newest = view.feed().at(-1);
  if (newest !== undefined && newest.xid >= tx.snapshot().xmax + offsetOf(on)) return { outcome: 'ahead', ...answer };
  const version = head?.version ?? 0n;
  const found = { ...answer, at_version: version, at_position: head?.position ?? 0n };
  if (ids.some((id) => view.event(String(id)) !== undefined)) return { outcome: 'stored', ...found };
  const isExpected = expected === null || expected === version || (expected === -1n && version > 0n);
  if (!isExpected || (lastId !== null && lastId !== found.at_id)) return { outcome: 'conflict', ...found };
  for (const [n, id] of ids.entries()) {
    const row = {
      stream: String(stream),
      version: version + BigInt(n + 1),
      event_id: String(id),
      body: String(bodies[n]),
    };
    found.at_position = await insertEvent(on, row);
    found.at_version = row.version;
  }
  if (ids.length > 0 && texts(values[6]).length > 0) await writeRows(on, values.slice(5, 8));
  return { outcome: 'appended', ...found };
}

/** Inserts an event with its number of a transaction and its position, as the trigger and the indexes allow it. */
async function insertEvent(on: Scope, event: Omit<EventRow, 'xid' | 'position'>): Promise<bigint> {
  const { tx, schema } = on;
  tx.mustWrite('INSERT');
  await beginEpochOfEvents(on);
  const row = { ...event, xid: tx.xid() + offsetOf(on), position: tx.nextPosition(schema) };
  const last = tx.view(schema).stream(row.stream).at(-1);
  if (row.version > (last?.version ?? 0n) + 1n || (last !== undefined && row.xid < last.xid)) {
    throw new ServerError('23000', 'auxilio: events are only added, one after the other');
  }
  await tx.lockKey(schema, 'versions', key(row.stream, String(row.version)));
  await tx.lockKey(schema, 'events', row.event_id);
  const view = tx.view(schema);
  if (view.event(row.event_id) !== undefined || (view.stream(row.stream).at(-1)?.version ?? 0n) >= row.version) {
    throw new ServerError('23505', 'duplicate key value violates unique constraint');
  }
  tx.write(schema, 'events', row.event_id, row);
  return row.position;
}

const generationsLock = (schema: string) => key('generations', schema);

/** `auxilio_write_rows` */
export async function writeRows({ tx, schema }: Scope, [projections, keys, bodies]: Values): Promise<void> {
  const names = texts(keys);
  if (names.length > 0) await tx.lock(generationsLock(schema), 'shared');
  for (const [n, name] of names.entries()) {
    const given = String(texts(projections)[n]);
    const body = texts(bodies)[n] ?? null;
    const isForBuilding = given.startsWith(BUILDING);
    const target = isForBuilding ? given.slice(BUILDING.length) : given;
    const generation = tx.view(schema).get('generations', target);
    const live = isForBuilding ? null : (generation?.live ?? target);
    for (const kept of [live, generation?.building ?? null]) {
      if (kept !== null) await setRow(tx, schema, String(kept), String(name), body);
    }
  }
}

async function setRow(tx: Transaction, schema: string, projection: string, name: string, body: string | null) {
  const place = key(projection, name);
  if (body === null && tx.view(schema).get('rows', place) === undefined) return;
  await tx.lockKey(schema, 'rows', place);
  const row = body === null ? null : { projection, key: name, body };
  if (row !== null || tx.view(schema).get('rows', place) !== undefined) tx.write(schema, 'rows', place, row);
}

/** `auxilio_keep_names` */
export async function keepNames({ tx, schema }: Scope, [keys, names]: Values): Promise<void> {
  for (const [n, name] of texts(keys).entries()) {
    if (tx.view(schema).get('names', String(name)) !== undefined) continue;
    await tx.lockKey(schema, 'names', String(name));
    if (tx.view(schema).get('names', String(name)) !== undefined) continue;
    tx.write(schema, 'names', String(name), { key: String(name), name: String(texts(names)[n]) });
  }
}

/** Waits for the writers of rows, and keeps others out. */
export const lockGenerations = ({ tx, schema }: Scope) => tx.lock(generationsLock(schema));
