/** The phones of providers: tabs of one device share its disk, and each runs a replica until it is killed. */
import type { Actor, Id, Sha256, VisitEvent } from '../../src/messages/index.ts';
import { type ActCommand, createReplica, type Remote, type RemoteEvents, type Replica } from '../../src/replica.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import type { Disk } from './disk.ts';
import { nameEvents } from './ledger.ts';
import type { Network } from './network.ts';
import { currentNode, type WorldNode } from './scheduler.ts';
import { phoneApi, type Server, type Servers } from './server.ts';
import { actsOf, BYTES, eventId, VISITS } from './visits.ts';
import type { World } from './world.ts';

export type Tab = Readonly<{
  name: string;
  disk: Disk;
  actor: Actor;
  /** The replica that runs; a tab that was killed is opened again. */
  replica: () => Replica;
  node: () => WorldNode;
  kill: (how: string) => void;
}>;

/** The servers, as far as an error on the way to them reaches into them. */
type Reached = Readonly<{ running: () => readonly Pick<Server, 'service'>[]; photos: Map<Sha256, Uint8Array> }>;

/** The parts of a phone that a planted error replaces. */
export type PlantedPhone = Partial<{
  store: (store: ReplicaStore) => ReplicaStore;
  remote: (remote: Remote, servers: Reached, actor: Actor) => Remote;
  replica: (replica: Replica) => Replica;
}>;

export type TabOptions = Readonly<{ name: string; disk: Disk; actor: Actor; planted: PlantedPhone }>;

/** Key of an act of a phone. */
export type Act = { readonly id: Id; readonly tab: string; readonly visitId: Id; answered: boolean; undone: boolean };

export function createTab(
  world: World,
  servers: Servers,
  network: Network<Server>,
  { name, disk, actor, planted }: TabOptions,
): Tab {
  const { scheduler, tell, reach, ledger } = world;
  let node = scheduler.createNode(name);
  node.alive = false;
  let replica: Replica;
  let opened = 0;

  function open(): void {
    const { skewMs } = node;
    if (opened > 0) reach('a phone opened again after it was killed');
    opened += 1;
    node = scheduler.createNode(name);
    node.skewMs = skewMs;
    const own = node;
    scheduler.within(node, () => {
      const kill = (how: string) => end(own, how);
      const store = disk.open(node, kill);
      const remote = remoteOver(world, servers, network, actor);
      const created = createReplica({
        store: planted.store?.(store) ?? store,
        remote: planted.remote?.(remote, servers, actor) ?? remote,
        actor,
        device: disk.name,
      });
      replica = planted.replica?.(created) ?? created;
      replica.subscribe(({ status }) => {
        for (const problem of status.problems) if (problem.what === 'act') ledger.withheld.add(problem.commandId);
      });
      replica.start();
    });
  }

  function end(one: WorldNode, how: string): void {
    if (!one.alive) return;
    tell(name, `is killed, ${how}`);
    reach('a phone killed in the middle of something');
    one.alive = false;
  }

  return {
    name,
    disk,
    actor,
    node: () => node,
    replica() {
      if (!node.alive) open();
      return replica;
    },
    kill: (how) => end(node, how),
  };
}

/** The server of a phone, over the network. What it answers is told to the phone. */
function remoteOver(world: World, { photos }: Servers, network: Network<Server>, actor: Actor): Remote {
  const { ledger, scheduler, tell, reach } = world;

  function hear<T extends RemoteEvents>(what: string, answer: T): T {
    const who = currentNode()?.name ?? '';
    const events = [...answer.events, ...(answer.own ?? [])] as VisitEvent[];
    ledger.told.push({ at: scheduler.now(), who, what, events: events.map(eventId) });
    const list = nameEvents(ledger, events);
    if (events.length > 0 || what !== '') tell(who, `is told: ${what}${what && '; '}${list}`);
    return answer;
  }

  return {
    async sync(batch) {
      const answer = await network.call('sync', (server) => phoneApi.sync(server, photos, actor, batch));
      if (batch.commands.length > 1) reach('several acts sent at once');
      const outcomes = batch.commands.map(({ metadata: { commandId = '' } }, place) => {
        const outcome = answer.outcomes[place];
        const first = outcome?.outcome === 'repeated' ? outcome.first : outcome;
        const known = ledger.commands.get(commandId);
        if (known !== undefined && first !== undefined)
          known.fate = first.outcome === 'refused' ? 'reported' : first.outcome;
        return `${commandId} ${outcome?.outcome}`;
      });
      return hear(outcomes.join(', '), answer);
    },
    async events(visitId, after, { lastEventId } = {}) {
      return hear(
        '',
        await network.call('events', (server) => phoneApi.events(server, actor, visitId, after, lastEventId)),
      );
    },
    assignments: (after) => network.call('assignments', (server) => phoneApi.assignments(server, actor, after)),
    hasPhoto: ({ sha256 }) => network.call('hasPhoto', async () => photos.has(sha256)),
    putPhoto: ({ sha256, bytes }) => network.call('putPhoto', async () => void photos.set(sha256, bytes)),
  };
}

/** Deeds of a person at a phone, from time to time. */
export function createUser(world: World, tab: Tab, acts: Map<Id, Act>, places: Map<string, number>) {
  const { tape, scheduler, tell, reach, ledger } = world;
  let count = 0;

  async function act(visitId: Id, skip: number, despite: boolean): Promise<void> {
    const replica = tab.replica();
    const place = places.get(`${tab.disk.name} ${visitId}`) ?? 0;
    const chosen = actsOf(visitId)[place + skip];
    if (chosen === undefined) return;
    if (chosen.type === 'TakePhotos') await replica.photos.add(visitId, BYTES);
    count += 1;
    const id = `${tab.name}:${count}`;
    const given = { type: chosen.type, data: chosen.data, metadata: { commandId: id } } as ActCommand;
    const known: Act = { id, tab: tab.name, visitId, answered: false, undone: false };
    acts.set(id, known);
    ledger.commands.set(id, { who: tab.name, type: chosen.type, fate: 'sent' });
    let answer = await replica.act(given, despite ? { despite: 'op-7, por teléfono' } : {});
    if (!answer.ok && answer.reason === 'clock-suspect') {
      reach('an act with a clock that is off');
      answer = await replica.act(given, { ...(despite && { despite: 'op-7, por teléfono' }), atConfirmed: true });
    }
    if (!answer.ok) {
      acts.delete(id);
      tell(tab.name, `${chosen.type} (${id}) is not recorded: ${answer.reason}`);
      if (answer.reason === 'refused') reach('an act that the phone refuses');
      return;
    }
    known.answered = !known.undone; // another tab may have been faster
    if (known.answered && chosen.type === 'TakePhotos') tab.disk.state.photos.add(visitId);
    places.set(`${tab.disk.name} ${visitId}`, place + skip + 1);
    tell(tab.name, `records ${chosen.type} in ${visitId} (${id})${despite ? ', though the phone refuses it' : ''}`);
    if (answer.violations.length > 0) reach('an act recorded despite the phone');
  }

  /** Records something, and takes it back at once or some seconds later, perhaps after the button that sends it. */
  async function actAndUndo(visitId: Id): Promise<void> {
    await act(visitId, 0, false);
    const syncing = tape.choose('haste', tab.name, 2, 0.5) === 1 ? tab.replica().sync() : undefined;
    // It may fail before it is waited for.
    syncing?.catch(() => undefined);
    await scheduler.sleep([1_000, 20, 300, 7_000][tape.choose('regret', tab.name, 4, 0.8)] as number);
    await undo(visitId);
    await syncing;
  }

  async function undo(visitId: Id): Promise<void> {
    const replica = tab.replica();
    const { pending } = await replica.visit(visitId);
    const id = pending.at(-1)?.command.metadata.commandId;
    const known = id === undefined ? undefined : acts.get(id);
    if (id === undefined || known === undefined) return;
    const before = known.answered;
    // Killed while it is undone, it may be undone or not.
    known.answered = false;
    const answer = await replica.undo(id);
    known.answered = before;
    if (!answer.ok) {
      if (answer.reason === 'sent') reach('an act undone while it is sent');
      return;
    }
    tell(tab.name, `undoes ${id}`);
    if (ledger.commands.get(id)?.type === 'TakePhotos') tab.disk.state.photos.delete(visitId);
    reach('an act undone in time');
    known.undone = true;
    known.answered = false;
    // Without the revisions of the database, tabs learn of it by messages alone, which may be too late.
    if (tab.disk.state.isFull || tab.disk.state.wasDeleted) known.undone = false;
  }

  /** One thing, or nothing. */
  async function turn(): Promise<void> {
    const what = tape.choose('user', tab.name, 9, 0.3);
    if (what === 0) return;
    const visitId = VISITS[tape.choose('visit', tab.name, VISITS.length, 0.3)] as Id;
    try {
      if (what <= 4) await act(visitId, 0, false);
      else if (what === 5) await act(visitId, 1 + tape.choose('skip', tab.name, 2, 0.5), true);
      else if (what === 6) await act(visitId, 0, true);
      else if (what === 7) await actAndUndo(visitId);
      else {
        tell(tab.name, 'sends what waits');
        await tab.replica().sync();
      }
    } catch (error) {
      orFull(error);
      tell(tab.name, 'could not store it: the disk is full');
    }
  }

  /** Does what people do when the phone says that the log of the server is another. */
  async function lookAfter(): Promise<void> {
    for (const { visitId, failure } of tab.replica().status.failing) {
      if (failure.kind !== 'diverged') continue;
      reach('a phone whose log is not the server’s any more');
      const answer = await tab.replica().refetch(visitId).catch(orFull);
      if (answer === 'full' || !answer.ok || answer.requeued.length === 0) continue;
      reach('acts that a restored server lacks come back from a phone');
      tell(tab.name, `fetches ${visitId} again, and queues ${answer.requeued.length} acts that the server lacks`);
      if (tape.choose('kill phone', `${tab.name} after it fetched`, 2, 0.5) === 0) continue;
      reach('a phone killed after it fetched the log of a restored server');
      tab.kill('after it fetched the log again');
    }
  }

  return { turn, lookAfter };
}

/** Answers for the error of a disk without room, which a person sees. */
function orFull(error: unknown): 'full' {
  if ((error as { code?: string }).code !== 'store-full') throw error;
  return 'full';
}
