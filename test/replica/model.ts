/**
 * Phones, a network and a server under a schedule: acts, offline stretches, lost and repeated calls, kills of either side at any
 * step, two tabs on one store, two devices of one provider, a reassignment, jumps of the clock, a server that is restored from an
 * older backup, databases that are deleted while they are open or between two openings, with what stands beside them or without. At rest
 * nothing is lost in silence, nothing is there twice, and nothing is there that was not done.
 *
 * A server that was restored gets back from the phones what their users did: lost is what is neither in its log nor, of a person
 * whom that log does not know any more, on their phone.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { memoryReplicaStore, memoryStore } from '../../src/memory.ts';
import type { Actor, Id, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { audit } from '../../src/reading/index.ts';
import {
  type ActCommand,
  createReplica,
  type Remote,
  RemoteError,
  type Replica,
  type WaitingCommand,
} from '../../src/replica.ts';
import { providerView } from '../../src/service.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors, command, minute, plainVisit } from '../../src/testing.ts';
import { journalInMemory, marksInMemory } from './disk.ts';
import { createServer, type Server } from './server.ts';

/** The tabs of the model: two of one phone, a second phone of the same provider, and the phone of another provider. */
const TABS = 4;
const storeOfTab = [0, 0, 1, 2] as const;
const actorOfTab: readonly Actor[] = [actors.provider, actors.provider, actors.provider, actors.otherProvider];

type CallFault = 'none' | 'request-lost' | 'answer-lost' | 'twice' | 'late';
type Step =
  | Readonly<{ kind: 'act'; tab: number; skip: number; despite: boolean }>
  | Readonly<{ kind: 'undo'; tab: number }>
  | Readonly<{ kind: 'center'; which: number }>
  | Readonly<{ kind: 'sync'; tab: number; fault: CallFault; waits: boolean }>
  | Readonly<{ kind: 'kill'; tab: number; after: number; isDone: boolean }>
  | Readonly<{ kind: 'crash'; isWritten: boolean }>
  | Readonly<{ kind: 'restore'; lost: number }>
  | Readonly<{ kind: 'refetch'; tab: number }>
  | Readonly<{ kind: 'room'; disk: number; isFull: boolean }>
  | Readonly<{ kind: 'delete'; disk: number; isAll: boolean }>
  | Readonly<{ kind: 'time'; ms: number }>;

const tab = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.nat(TABS - 1) });
const kinds = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

const step: fc.Arbitrary<Step> = fc.oneof(
  kinds(
    12,
    fc.record({
      kind: fc.constant('act' as const),
      tab,
      skip: fc.constantFrom(0, 0, 0, 1, 2),
      despite: fc.constantFrom(false, false, false, true),
    }),
  ),
  kinds(1, fc.record({ kind: fc.constant('undo' as const), tab })),
  kinds(3, fc.record({ kind: fc.constant('center' as const), which: fc.nat(20) })),
  kinds(
    6,
    fc.record({
      kind: fc.constant('sync' as const),
      tab,
      fault: fc.constantFrom<CallFault>('none', 'none', 'request-lost', 'answer-lost', 'twice', 'late'),
      waits: fc.boolean(),
    }),
  ),
  kinds(3, fc.record({ kind: fc.constant('kill' as const), tab, after: fc.nat(12), isDone: fc.boolean() })),
  kinds(1, fc.record({ kind: fc.constant('crash' as const), isWritten: fc.boolean() })),
  kinds(1, fc.record({ kind: fc.constant('restore' as const), lost: fc.integer({ min: 1, max: 6 }) })),
  kinds(1, fc.record({ kind: fc.constant('refetch' as const), tab })),
  kinds(1, fc.record({ kind: fc.constant('room' as const), disk: fc.nat(2), isFull: fc.boolean() })),
  kinds(1, fc.record({ kind: fc.constant('delete' as const), disk: fc.nat(2), isAll: fc.boolean() })),
  kinds(1, fc.record({ kind: fc.constant('time' as const), ms: fc.constantFrom(1_000, 40_000, 3_600_000) })),
);

/** `start` acts are on record before; the phones take the photographs themselves. */
export type Schedule = Readonly<{ seed: number; start: number; steps: readonly Step[] }>;
/** The place of TakePhotos among the acts of the plain visit. */
const PHOTOS = 6;

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(),
  start: fc.constantFrom(0, PHOTOS),
  steps: fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }),
});

/** A part that a planted error replaces. */
export type Planted = Partial<{
  store: (store: ReplicaStore) => ReplicaStore;
  remote: (remote: Remote, server: Server, actor: Actor) => Remote;
  replica: (replica: Replica) => Replica;
}>;

const BYTES = new Uint8Array([0xff, 0xd8, 0xff, 9]);
const HASH = createHash('sha256').update(BYTES).digest('hex');
const plain: readonly VisitCommand[] = JSON.parse(JSON.stringify(plainVisit()).replaceAll('a'.repeat(64), HASH));
const [assign, ...acts] = plain as [VisitCommand, ...VisitCommand[]];
const visitId = assign.data.visitId;

const reassigned = { id: actors.otherProvider.id, name: 'Rosa' };
const center: readonly VisitCommand[] = [
  command('GiveInstruction', { at: minute(40), about: 'visit', decision: 'reassign', text: 'Cambia' }),
  command('ReassignProvider', { at: minute(43), provider: reassigned, arriveBy: minute(99) }),
  command('GiveInstruction', { at: minute(41), about: 'visit', decision: 'proceed', text: 'Siga' }),
  command('GiveInstruction', { at: minute(42), about: 'visit', decision: 'cancel', text: 'Se cancela' }),
  ...acts
    .filter(({ type }) => ['RecordArrival', 'ReportStart', 'ReportCompletion'].includes(type))
    .map((one) => ({ ...one, metadata: { actor: actors.operator } }) as VisitCommand),
];

/** A running tab: whatever it does ends with it. */
type Tab = {
  readonly replica: Replica;
  readonly died: Promise<'died'>;
  dead: boolean;
  killIn: number;
  isDone: boolean;
};

/** The faults at rest, none if all is well, and how much happened. */
export type Outcome = {
  readonly wrong: readonly string[];
  readonly seen: Readonly<
    Record<
      | 'answered'
      | 'inDoubt'
      | 'undone'
      | 'kills'
      | 'accepted'
      | 'reported'
      | 'photos'
      | 'restores'
      | 'requeued'
      | 'refusals'
      | 'deletions'
      | 'namedLost',
      number
    >
  >;
};

/** Runs a schedule until all phones are at rest. */
export async function runSchedule({ seed, start, steps }: Schedule, planted: Planted = {}): Promise<Outcome> {
  const world = createWorld(seed, start, planted);
  await world.begin();
  for (const one of steps) await world.take(one);
  return world.atRest();
}

function createWorld(seed: number, start: number, planted: Planted) {
  let random = seed % 2147483647 || 1;
  const next = (below: number) => {
    random = (random * 48271) % 2147483647;
    return random % below;
  };
  let ids = 0;
  let kills = 0;
  const clock = { ms: Date.UTC(2026, 2, 17, 15, 0) };
  const now = () => new Date(clock.ms).toISOString();
  let crash: 'none' | 'before' | 'after' = 'none';
  const createStore = () =>
    crashing(
      memoryStore(),
      () => crash,
      () => (crash = 'none'),
    );
  const server = createServer({ createStore, now });
  let restores = 0;
  let requeued = 0;
  const full = [false, false, false];
  let refusals = 0;
  let deletions = 0;
  let namedLost = 0;
  let undos = 0;
  /** The disks whose database was deleted; and those of which nothing tells it: nothing stands beside it, and the server knows no act. */
  const deleted = new Set<number>();
  const silent = new Set<number>();
  const wasFull = new Set<number>();
  const drives = [0, 1, 2].map((disk) => createDrive(disk));
  const disks = drives.map(({ store }, disk) =>
    withoutRoom(store, () => {
      if (full[disk]) refusals += 1;
      return full[disk] === true;
    }),
  );
  const tabs: Tab[] = [];
  const faults: CallFault[] = Array.from({ length: TABS }, () => 'none');
  const done = new Map<Id, { readonly tab: number; answered: boolean }>();
  const undone = new Set<Id>();
  const running: Promise<unknown>[] = [];
  const places = [start, start, start];
  const late: (() => Promise<unknown>)[] = [];

  const pause = async () => {
    for (let ticks = next(4); ticks > 0; ticks -= 1) await Promise.resolve();
  };

  function open(index: number): Tab {
    let die: (died: 'died') => void = () => undefined;
    const died = new Promise<'died'>((resolve) => {
      die = resolve;
    });
    const one = { died, dead: false, killIn: -1, isDone: false } as { -readonly [K in keyof Tab]: Tab[K] };
    const gate = async <T>(run: () => Promise<T>): Promise<T> => {
      await pause();
      if (one.dead) return new Promise<T>(() => undefined);
      const isLast = one.killIn === 0;
      if (one.killIn >= 0) one.killIn -= 1;
      if (isLast) one.dead = true;
      if (isLast) kills += 1;
      if (isLast && one.isDone) await run().catch(() => undefined);
      if (isLast) die('died');
      if (one.dead) return new Promise<T>(() => undefined);
      const answer = await run();
      return one.dead ? new Promise<T>(() => undefined) : answer;
    };
    const actor = actorOfTab[index] as Actor;
    const disk = disks[storeOfTab[index] as number] as ReplicaStore;
    const replica = createReplica({
      store: gatedDisk(planted.store?.(disk) ?? disk, gate),
      remote: gated(
        overNetwork(
          planted.remote?.(server.remoteFor(actor), server, actor) ?? server.remoteFor(actor),
          () => faults[index] ?? 'none',
          late,
        ),
        gate,
      ),
      actor,
      device: `phone-${storeOfTab[index]}`,
      now,
      monotonicMs: () => clock.ms,
      newId: () => `c-${index}-${++ids}`,
    });
    one.replica = planted.replica?.(replica) ?? replica;
    return one;
  }

  function tabAt(index: number): Tab {
    const known = tabs[index];
    if (known !== undefined && !known.dead) return known;
    known?.replica.close();
    const opened = open(index);
    tabs[index] = opened;
    return opened;
  }

  /** Runs something in a tab, until it ends or the tab dies. */
  const within = <T>(one: Tab, task: Promise<T>): Promise<T | 'died'> => Promise.race([task, one.died]);

  async function act(index: number, skip: number, despite: boolean): Promise<void> {
    const disk = storeOfTab[index] as number;
    const chosen = acts[(places[disk] as number) + skip];
    // The other provider acts once they are assigned, whether their phone knows it or not: before that, no server takes it.
    const isAssigned = actorOfTab[index] === actors.provider || (await isReassigned());
    if (chosen === undefined || !isAssigned) return;
    const one = tabAt(index);
    if (chosen.type === 'TakePhotos') await within(one, one.replica.photos.add(visitId, BYTES)).catch(orFull);
    const commandId = `a-${index}-${++ids}`;
    const given = { type: chosen.type, data: chosen.data, metadata: { commandId } } as ActCommand;
    done.set(commandId, { tab: index, answered: false });
    const options = despite ? { despite: 'op-7, por teléfono' } : {};
    const answer = await within(one, one.replica.act(given, options)).catch(orFull);
    if (answer === 'full') return void done.delete(commandId);
    if (answer === 'died') return;
    places[disk] = (places[disk] as number) + skip + 1;
    if (!answer.ok) return void done.delete(commandId);
    (done.get(commandId) as { answered: boolean }).answered = true;
  }

  const isReassigned = async () => (await server.logOf(visitId)).some(({ type }) => type === 'ProviderReassigned');

  async function undo(index: number): Promise<void> {
    const one = tabAt(index);
    const visit = await within(one, one.replica.visit(visitId));
    const last = visit === 'died' ? undefined : visit.pending.at(-1)?.command.metadata.commandId;
    if (last === undefined) return;
    const known = done.get(last);
    const answer = await within(one, one.replica.undo(last)).catch(orFull);
    if (answer === 'full') return;
    if (answer === 'died') done.set(last, { tab: index, answered: false });
    else if (answer.ok && known !== undefined) {
      const disk = storeOfTab[index] as number;
      undone.add(last);
      undos += 1;
      if (full[disk] || deleted.has(disk)) doubt(last);
    }
  }

  async function take(one: Step): Promise<void> {
    if (one.kind === 'act') return act(one.tab, one.skip, one.despite);
    if (one.kind === 'undo') return undo(one.tab);
    if (one.kind === 'center') {
      const chosen = center[one.which % center.length] as VisitCommand;
      await server.service.handle(chosen).catch(() => undefined);
    } else if (one.kind === 'sync') {
      faults[one.tab] = one.fault;
      const running1 = tabAt(one.tab);
      const round = within(running1, running1.replica.sync()).catch(() => undefined);
      if (one.waits) await round;
      else running.push(round);
    } else if (one.kind === 'kill') {
      Object.assign(tabAt(one.tab), { killIn: one.after, isDone: one.isDone });
    } else if (one.kind === 'crash') crash = one.isWritten ? 'after' : 'before';
    else if (one.kind === 'restore') await restore(one.lost);
    else if (one.kind === 'refetch') await refetch(tabAt(one.tab));
    else if (one.kind === 'room') {
      full[one.disk] = one.isFull;
      if (one.isFull) wasFull.add(one.disk);
    } else if (one.kind === 'delete') await deleteDatabase(one.disk, one.isAll);
    else clock.ms += one.ms;
  }

  async function deleteDatabase(disk: number, isAll: boolean): Promise<void> {
    deletions += 1;
    deleted.add(disk);
    for (const id of undone) if (diskOf(id) === disk) doubt(id);
    drives[disk]?.lose(isAll);
    const isKnown = idsIn(await server.logOf(visitId))
      .flat()
      .some((id) => diskOf(id) === disk);
    if ((isAll || disk === 2) && !isKnown) silent.add(disk);
  }

  /** Takes an undone act for one in doubt: without the revisions of a store, messages alone tell the tabs of it, which may be too late. */
  function doubt(id: Id): void {
    undone.delete(id);
    done.set(id, { tab: done.get(id)?.tab ?? 0, answered: false });
  }

  const diskOf = (id: Id) => storeOfTab[done.get(id)?.tab ?? -1];

  /** The acts of deleted databases that are lost, as far as a phone says so: they are named, or the loss of the store is reported. */
  function takeNamedLosses(ids: ReadonlySet<Id>): readonly string[] {
    const wrong: string[] = [];
    for (const [id, { answered, tab: index }] of [...done]) {
      const disk = storeOfTab[index] as number;
      if (!answered || undone.has(id) || ids.has(id) || !deleted.has(disk)) continue;
      const { losses, verdict } = tabAt(index).replica.status;
      const isNamed = losses.some((loss) => loss.kind === 'store' || loss.commandIds.includes(id));
      // What was confirmed before is lost with a server that is restored.
      if (!isNamed && !silent.has(disk) && restores === 0) continue;
      if (isNamed && verdict !== 'attention') wrong.push(`${verdict}, though ${id} is lost`);
      done.delete(id);
      if (isNamed) namedLost += 1;
    }
    return wrong;
  }

  /** Restores the server from a backup that lacks the last events; the assignment is in every backup. */
  async function restore(lost: number): Promise<void> {
    const { length } = await server.logOf(visitId);
    if (length === 1) return;
    crash = 'none';
    restores += 1;
    await server.restore(Math.max(1, length - lost));
    // It takes its time; the time is a part of the ids of events.
    clock.ms += 60_000;
  }

  /** Syncs a phone, whose user fetches the log again where the server's is another. */
  async function syncAtRest(one: Tab): Promise<void> {
    await one.replica.sync();
    const { failure } = await one.replica.visit(visitId);
    if (failure?.kind !== 'diverged') return;
    await refetch(one);
    await one.replica.sync();
  }

  /** Fetches the log again in a tab, which may be killed meanwhile. */
  async function refetch(one: Tab): Promise<void> {
    const answer = await within(one, one.replica.refetch(visitId)).catch(orFull);
    if (typeof answer === 'object' && answer.ok) requeued += answer.requeued.length;
  }

  /** Ends all faults, lets every phone sync until nothing changes, and compares. */
  async function atRest(): Promise<Outcome> {
    await Promise.all(running);
    for (const call of late) await call().catch(() => undefined);
    crash = 'none';
    faults.fill('none');
    full.fill(false);
    for (const one of tabs) if (one !== undefined) one.dead = true;
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < TABS; index += 1) {
        // A lease that a killed tab held runs out; in a day all visits are compared.
        clock.ms += round === 0 && restores > 0 ? 86_400_000 : 31_000;
        await syncAtRest(tabAt(index));
      }
    }
    const wrong: string[] = [];
    const log = await server.logOf(visitId);
    const isKnown = (index: number) => providerView(log, (actorOfTab[index] as Actor).id) !== null;
    for (let index = 0; index < TABS; index += 1) {
      const { replica } = tabAt(index);
      // A photograph may have been on another phone alone: one of a deleted database, or without room for it.
      const hasLostPhotos = deleted.size > 0 || wasFull.size > 0;
      const { pending } = await replica.visit(visitId);
      for (const { command: one } of hasLostPhotos ? pending.filter(isWithoutPhotos) : []) {
        if (replica.status.verdict !== 'attention') wrong.push('an act without its photographs is not named');
        done.set(one.metadata.commandId ?? '', { tab: index, answered: false });
      }
      if (isKnown(index) || restores === 0) wrong.push(...(await wrongOnPhone(replica, index, log, hasLostPhotos)));
      else for (const id of await idsOnPhone(replica)) if (done.get(id)?.tab === index) done.delete(id);
    }
    wrong.push(...takeNamedLosses(new Set(idsIn(log).flat())));
    // What a restored server lacks comes back from a tab that still has it, after what was done since.
    const isUnordered = (index: number) => restores > 0 && deleted.has(storeOfTab[index] as number);
    wrong.push(...wrongInLog(log, done, undone, isUnordered));
    if (!audit(log).clean) wrong.push('the log is not clean');
    if (log.some(({ type }) => type === 'PhotosSubmitted') && server.photos.get(HASH)?.join() !== BYTES.join()) {
      wrong.push('photographs are said to be sent that the server does not have');
    }
    for (const one of tabs) one?.replica.close();
    const [accepted, reported] = idsIn(log).map(({ length }) => length) as [number, number];
    const answered = [...done.values()].filter((one) => one.answered).length;
    const photos = log.filter(({ type }) => type === 'PhotosSubmitted').length;
    const inDoubt = done.size - answered;
    const counts = { undone: undos, kills, restores, requeued, refusals, deletions, namedLost };
    return { wrong, seen: { answered, inDoubt, accepted, reported, photos, ...counts } };
  }

  async function begin(): Promise<void> {
    for (const one of [assign, ...acts.slice(0, start)]) await server.service.handle(one);
  }

  return { take, atRest, begin };
}

type Done = ReadonlyMap<Id, { readonly tab: number; readonly answered: boolean }>;

const ofPhone = (id: Id): boolean => /^[ac]-\d/.test(id);

/** The ids of the commands of the phones that the log has on events, and those in its reports. */
function idsIn(log: readonly VisitEvent[]): readonly [accepted: readonly Id[], reported: readonly Id[]] {
  const accepted = log.flatMap(({ metadata }) => metadata?.commandId ?? []);
  const reports = log.flatMap((event) => (event.type === 'DiscrepancyReported' ? event.data.acts : []));
  return [accepted.filter(ofPhone), reports.map(({ commandId }) => commandId).filter(ofPhone)];
}

function wrongInLog(
  log: readonly VisitEvent[],
  done: Done,
  undone: ReadonlySet<Id>,
  isUnordered: (tab: number) => boolean,
): readonly string[] {
  const lists = idsIn(log);
  const ids = lists.flat();
  const wrong: string[] = [];
  for (const [id, { answered }] of done) {
    const count = ids.filter((one) => one === id).length;
    if (undone.has(id) ? count > 0 : count > 1 || (answered && count === 0)) {
      wrong.push(`${id} is in the log ${count} times${undone.has(id) ? ', though it was undone' : ''}`);
    }
  }
  for (const id of ids) if (!done.has(id)) wrong.push(`${id} is in the log, but was not done`);
  for (const [tab, list] of [0, 1, 2, 3].flatMap((index) => lists.map((each) => [index, each] as const))) {
    const mine = list.filter((id) => done.get(id)?.tab === tab);
    const inOrder = [...done.keys()].filter((id) => mine.includes(id));
    if (mine.join() !== inOrder.join() && !isUnordered(tab))
      wrong.push(`the acts of tab ${tab} are not in their order`);
  }
  return wrong;
}

/** The ids of the commands that a phone has, on record or waiting. */
async function idsOnPhone(replica: Replica): Promise<readonly Id[]> {
  const { events, own, pending } = await replica.visit(visitId);
  return [...idsIn([...events, ...own]).flat(), ...pending.map(({ command: one }) => one.metadata.commandId ?? '')];
}

async function wrongOnPhone(
  replica: Replica,
  index: number,
  log: readonly VisitEvent[],
  hasLostPhotos: boolean,
): Promise<readonly string[]> {
  const { events, own, pending } = await replica.visit(visitId);
  const wrong: string[] = [];
  const idOf = ({ metadata }: VisitEvent) => metadata?.eventId;
  if (events.some((event, place) => idOf(event) !== idOf(log[place] as VisitEvent))) {
    wrong.push(`the log of tab ${index} is no prefix of the server's`);
  }
  const waiting = pending.filter((one) => !hasLostPhotos || !isWithoutPhotos(one));
  if (waiting.length > 0) wrong.push(`${waiting.length} commands of tab ${index} still wait`);
  const here = new Set([...events, ...own].map(idOf));
  const { id } = actorOfTab[index] as Actor;
  const mine = log.filter(({ data: { by, recordedBy } }) => by.id === id || recordedBy?.id === id);
  if (!mine.every((event) => here.has(idOf(event)))) wrong.push(`tab ${index} lacks events of its own provider`);
  return wrong;
}

/** True for an act that is kept back, by name, since the bytes of its photographs are gone, or had no room. */
const isWithoutPhotos = ({ withheld }: WaitingCommand): boolean =>
  ['photos-lost', 'photos-missing'].includes(withheld?.reason ?? '');

/** The store or remote whose every call passes a gate. */
function gated<T extends object>(part: T, gate: <R>(run: () => Promise<R>) => Promise<R>): T {
  const entries = Object.entries(part).map(([name, method]) => [
    name,
    (...given: readonly unknown[]) => gate(() => method.apply(part, given)),
  ]);
  return Object.fromEntries(entries) as T;
}

/** The disk of a phone: the first has a second place and marks, the second marks alone, the third none of both. */
function createDrive(disk: number) {
  const { journal, entries } = journalInMemory();
  const { marks, texts } = marksInMemory();
  let database = memoryReplicaStore();
  const methods = Object.keys(database) as (keyof ReplicaStore)[];
  const store = Object.fromEntries(
    methods.map((name) => [
      name,
      (...given: unknown[]) => (database[name] as (...all: unknown[]) => unknown)(...given),
    ]),
  ) as unknown as ReplicaStore;
  function lose(isAll: boolean): void {
    database = memoryReplicaStore();
    if (!isAll) return;
    entries.clear();
    texts.clear();
  }
  return { store: { ...store, ...(disk === 0 && { journal }), ...(disk < 2 && { marks }) }, lose };
}

/** The disk whose database and second place pass a gate. */
function gatedDisk({ journal, marks, ...store }: ReplicaStore, gate: Parameters<typeof gated>[1]): ReplicaStore {
  return { ...gated(store, gate), ...(journal && { journal: gated(journal, gate) }), ...(marks && { marks }) };
}

/** A network that loses requests and answers, repeats calls, and brings some of them much later. */
function overNetwork(remote: Remote, faultOf: () => CallFault, late: (() => Promise<unknown>)[]): Remote {
  const cut = (what: string): never => {
    throw new RemoteError('unavailable', what);
  };
  const over = async <T>(call: () => Promise<T>): Promise<T> => {
    const fault = faultOf();
    if (fault === 'request-lost') return cut('The request was lost');
    if (fault === 'late') {
      late.push(call);
      return cut('The request is under way');
    }
    if (fault === 'twice') await call();
    const answer = await call();
    return fault === 'answer-lost' ? cut('The answer was lost') : answer;
  };
  return {
    sync: (batch) => over(() => remote.sync(batch)),
    events: (id, after, options) => over(() => remote.events(id, after, options)),
    assignments: (after) => over(() => remote.assignments(after)),
    hasPhoto: (photo) => over(async () => (await remote.hasPhoto?.(photo)) ?? false),
    putPhoto: (photo) => over(() => remote.putPhoto(photo)),
  };
}

/** The disk of a phone, which has no room at times. */
function withoutRoom(store: ReplicaStore, isFull: () => boolean): ReplicaStore {
  const mustHaveRoom = () => {
    if (isFull()) throw new StoreError('full', 'No room');
  };
  return {
    ...store,
    async writeGroup(...given) {
      mustHaveRoom();
      return store.writeGroup(...given);
    },
    async putBlob(...given) {
      mustHaveRoom();
      return store.putBlob(...given);
    },
  };
}

/** Answers `full` for the error of a store without room. */
function orFull(error: unknown): 'full' {
  if ((error as { code?: string }).code === 'store-full') return 'full';
  throw error;
}

/** A store of the server that fails once, before or after it writes. */
function crashing(store: EventStore, fault: () => string, reset: () => void): EventStore {
  return {
    ...store,
    async appendToStream(name, events, options) {
      const planned = fault();
      reset();
      if (planned === 'before') throw new StoreError('io', 'The server was killed before it wrote');
      const answer = await store.appendToStream(name, events, options);
      if (planned === 'after') throw new StoreError('io', 'The server was killed after it wrote');
      return answer;
    },
  };
}
