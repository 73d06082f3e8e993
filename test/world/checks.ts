/** The checks at the end of a run: what was told holds, everything was handled, and all who keep something have the same. */
import { memoryStore } from '../../src/memory.ts';
import type { Id, VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import {
  assignmentsProjector,
  boardProjection,
  catchUp,
  createService,
  projector,
  readAssignments,
  retryParked,
} from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { replay } from '../../src/visit/index.ts';
import { checkPhones } from './check-phones.ts';
import type { Database } from './database.ts';
import type { Place } from './ledger.ts';
import type { Act, Tab } from './phone.ts';
import { LETTERS, type Servers } from './server.ts';
import { formatTime } from './story.ts';
import { BYTES, eventId, HASH, providers, readReported, VISITS } from './visits.ts';
import type { World } from './world.ts';

export type Checked = Readonly<{
  database: Database;
  tabs: readonly Tab[];
  acts: ReadonlyMap<Id, Act>;
  screens: readonly { isWaiting: () => boolean }[];
  servers: Servers;
}>;

export type Logs = ReadonlyMap<Id, readonly VisitEvent[]>;

export async function checkAll(world: World, checked: Checked): Promise<void> {
  const store = checked.database.direct();
  const logs = await readLogs(world, store);
  noteReached(world, logs);
  checkTold(world, logs);
  checkCommands(world, logs);
  await checkScreens(world, checked.database);
  await checkHandled(world, store, logs);
  if (checked.database.commitsEffects) checkEffects(world);
  await checkRows(world, store);
  if (checked.screens.some(({ isWaiting }) => isWaiting()))
    world.fail('all that can be sent is sent', 'a console waits');
  await checkPhones(world, checked, logs);
  // An operator may take on record that photographs were sent which were never taken.
  const isSent = [...logs.values()].flat().some(({ type, data }) => type === 'PhotosSubmitted' && !data.recordedBy);
  if (isSent && checked.servers.photos.get(HASH)?.join() !== BYTES.join()) {
    world.fail('photographs that are said to be sent are there', HASH);
  }
}

/** The logs as they are read back, each with seals that hold, and clean for the audit. */
async function readLogs(world: World, store: EventStore<never>): Promise<Logs> {
  const service = createService({ store: store as never });
  const logs = new Map<Id, readonly VisitEvent[]>();
  for (const visitId of VISITS) {
    const { events, integrity } = await service.load(visitId);
    logs.set(visitId, events);
    if (events.length > 0 && integrity.status !== 'verified') world.fail('each seal holds', JSON.stringify(integrity));
    const { clean, findings } = audit(events);
    const unclean = findings.filter(({ kind }) => ['violation', 'id-reused', 'repeated', 'chain'].includes(kind));
    if (!clean || unclean.length > 0) world.fail('each log is clean', `${visitId}: ${JSON.stringify(unclean)}`);
  }
  return logs;
}

/** Nothing that was told is gone, but for what a restore gave up. */
function checkTold({ ledger, fail }: World, logs: Logs): void {
  const ids = new Set([...logs.values()].flat().map(eventId));
  for (const { at, who, what, events } of ledger.told) {
    const gone = events.filter((id) => !ids.has(id) && !ledger.givenUp.has(id));
    if (gone.length > 0)
      fail('nothing that was told is gone', `${who} was told at ${formatTime(at)}: ${what}; gone: ${gone.join(' ')}`);
  }
}

/** Each command is on record as its sender was told, at most once: one that was refused is not. */
function checkCommands({ ledger, fail }: World, logs: Logs): void {
  const places = new Map<Id, Place[]>();
  const note = (id: Id, place: Place) => places.set(id, [...(places.get(id) ?? []), place]);
  for (const event of [...logs.values()].flat()) {
    const id = event.metadata?.commandId;
    // The acts that a settlement takes on record carry its id, before its own event.
    const isOf =
      id !== undefined &&
      (ledger.commands.get(id)?.type !== 'SettleDiscrepancy' || event.type === 'DiscrepancySettled');
    if (isOf) note(id, 'accepted');
    for (const act of readReported(event)) note(act.commandId, act.twinOf === undefined ? 'reported' : 'twin');
  }
  for (const [id, { who, fate }] of ledger.commands) {
    const found = places.get(id) ?? [];
    if (found.length > 1) fail('nothing is there twice', `${id} of ${who} is in the logs: ${found.join()}`);
    if (fate === 'sent' || ledger.commandsGivenUp.has(id)) continue;
    if (found.join() !== (fate === 'refused' ? '' : fate))
      fail('each command is on record as its sender was told', `${id} of ${who}, ${fate}: ${found.join()}`);
  }
  for (const id of places.keys()) {
    if (!ledger.commands.has(id)) fail('nothing is there that was not done', `${id} is in the log`);
  }
}

/** Checks that what a screen saw of the global stream is how it begins: nothing vanished, and nothing appeared before it. */
async function checkScreens({ ledger, fail }: World, { readAll }: Database): Promise<void> {
  const stream = (await readAll()).map(({ messageId }) => messageId);
  for (const [screen, ids] of ledger.seen) {
    const at = ids.findIndex((id, place) => stream[place] !== id);
    if (at >= 0)
      fail(
        'screens see the global stream as it is',
        `${screen} saw ${ids[at]} as number ${at + 1}, where ${stream[at] ?? 'nothing'} is`,
      );
    if (ids.length < stream.length)
      fail('screens see all that is committed', `${screen} saw ${ids.length} of ${stream.length} events`);
  }
}

/** Every event was handled; only poison parks a stream, and a parked stream goes on once the reason is gone. */
async function checkHandled({ ledger, fail }: World, store: EventStore<never>, logs: Logs): Promise<void> {
  const options = {
    store,
    consumer: LETTERS,
    handle: ({ events }: { readonly events: readonly VisitEvent[] }) => {
      for (const event of events) ledger.handled.set(eventId(event), 1);
    },
  };
  const { parked, retrying } = await store.readCheckpoint(LETTERS);
  for (const { streamName, reason } of parked) {
    if (!reason.includes('No such address')) fail('only poison parks a stream', `${streamName}: ${reason}`);
  }
  for (const { streamName, reason } of retrying) fail('nothing waits for a retry', `${streamName}: ${reason}`);
  const before = await store.readLag((await store.readCheckpoint(LETTERS)).cursor);
  if (before.events > 0) fail('everything is handled', `${before.events} events wait for the letters`);
  await retryParked(options);
  for (const event of [...logs.values()].flat()) {
    if (!ledger.handled.has(eventId(event))) fail('nothing committed is left out', eventId(event));
  }
}

/** No effect of a commit happened twice, unless an older backup took the commit back. */
function checkEffects({ ledger, fail, reached }: World): void {
  if (reached.has('a server restored from an older backup')) return;
  for (const [id, times] of ledger.effects) if (times > 1) fail('each effect happens once', `${times} times for ${id}`);
}

/** The rows of a store as they are read. */
async function rowsIn(store: EventStore<never>): Promise<string> {
  const rows = await store.readRows(boardProjection.name);
  const assigned = [];
  for (const { id } of providers) {
    const { visits } = await readAssignments(store, id);
    assigned.push(visits.map(({ visitId, version }) => `${id} ${visitId} ${version}`).sort());
  }
  return JSON.stringify([rows, assigned]);
}

/** The rows are those that a replay of all events makes. */
async function checkRows({ fail }: World, store: EventStore<never>): Promise<void> {
  const again = memoryStore();
  for (const { streamName, text } of await store.readFeed({ maxCount: 10_000 })) {
    await again.appendToStream(streamName, [JSON.parse(text)]);
  }
  await catchUp(projector(again, boardProjection));
  await catchUp(assignmentsProjector(again));
  const [are, should] = [await rowsIn(store), await rowsIn(again as EventStore<never>)];
  if (are !== should) fail('rows are those of a replay', `${are}\n  instead of ${should}`);
}

/** Notes the situations that the logs show. */
function noteReached({ reach }: World, logs: Logs): void {
  for (const log of logs.values()) {
    const has = (type: string) => log.some((event) => event.type === type);
    const reports = log.filter((event) => event.type === 'DiscrepancyReported');
    const settled = log.filter((event) => event.type === 'DiscrepancySettled');
    if (reports.length > 0) reach('an act reported as a discrepancy');
    if (reports.length > 1) reach('two discrepancies of one visit');
    if (reports.some(({ data }) => data.acts.some(({ twinOf }) => twinOf !== undefined))) reach('a twin');
    if (settled.length > 0) reach('a discrepancy settled');
    if (settled.some(({ data }) => data.taken.length > 0)) reach('a reported act taken on record');
    if (log.filter(({ type }) => type === 'ProviderReassigned').length > 1)
      reach('a visit given to another provider and back');
    const first = log.findIndex(({ type }) => type === 'ProviderReassigned');
    const former = providers[0]?.id;
    const isLate = (event: VisitEvent) => event.type === 'DiscrepancyReported' && event.data.by.id === former;
    if (first >= 0 && log.slice(first).some(isLate)) reach('a late act of a former provider');
    if (replay(log).phase === 'completed') reach('a visit completed');
    if (replay(log).phase === 'closed') reach('a visit closed before it was completed');
    if (has('PhotosSubmitted')) reach('photographs sent');
  }
}
