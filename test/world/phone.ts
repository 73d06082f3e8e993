/** The phones of providers: tabs of one device share its disk, and each runs a replica until it is killed. */
import type { Actor, Id } from '../../src/messages/index.ts';
import { type ActCommand, createReplica, type Remote, type Replica } from '../../src/replica.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import type { Disk } from './disk.ts';
import type { Network } from './network.ts';
import type { WorldNode } from './scheduler.ts';
import { phoneApi, type Server, type Servers } from './server.ts';
import { actsOf, BYTES, VISITS } from './visits.ts';
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

/** The parts of a phone that a planted error replaces. */
export type PlantedPhone = Partial<{
  store: (store: ReplicaStore) => ReplicaStore;
  remote: (remote: Remote, servers: Servers, actor: Actor) => Remote;
  replica: (replica: Replica) => Replica;
}>;

export type TabOptions = Readonly<{ name: string; disk: Disk; actor: Actor; planted: PlantedPhone }>;

/** What an act of a phone is known by. */
export type Act = { readonly id: Id; readonly tab: string; readonly visitId: Id; answered: boolean; undone: boolean };

export function createTab(
  world: World,
  servers: Servers,
  network: Network<Server>,
  { name, disk, actor, planted }: TabOptions,
): Tab {
  const { scheduler, tell, reach } = world;
  let node = scheduler.createNode(name);
  node.alive = false;
  let replica: Replica;

  function open(): void {
    const { skewMs } = node;
    node = scheduler.createNode(name);
    node.skewMs = skewMs;
    const opened = node;
    scheduler.within(node, () => {
      const kill = (how: string) => end(opened, how);
      const store = disk.open(node, kill);
      const remote = remoteOver(servers, network, actor);
      const own = createReplica({
        store: planted.store?.(store) ?? store,
        remote: planted.remote?.(remote, servers, actor) ?? remote,
        actor,
        device: disk.name,
      });
      replica = planted.replica?.(own) ?? own;
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

/** The server of a phone, over the network. */
function remoteOver({ photos }: Servers, network: Network<Server>, actor: Actor): Remote {
  return {
    sync: (batch) => network.call('sync', (server) => phoneApi.sync(server, photos, actor, batch)),
    events: (visitId, after, { lastEventId } = {}) =>
      network.call('events', (server) => phoneApi.events(server, actor, visitId, after, lastEventId)),
    assignments: (after) => network.call('assignments', (server) => phoneApi.assignments(server, actor, after)),
    hasPhoto: ({ sha256 }) => network.call('hasPhoto', async () => photos.has(sha256)),
    putPhoto: ({ sha256, bytes }) => network.call('putPhoto', async () => void photos.set(sha256, bytes)),
  };
}

/** What a person does at a phone, from time to time. */
export function createUser(world: World, tab: Tab, acts: Map<Id, Act>, places: Map<string, number>) {
  const { tape, tell, reach, ledger } = world;
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
    known.answered = true;
    places.set(`${tab.disk.name} ${visitId}`, place + skip + 1);
    tell(tab.name, `records ${chosen.type} in ${visitId} (${id})${despite ? ', though the phone refuses it' : ''}`);
    if (answer.violations.length > 0) reach('an act recorded despite the phone');
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
      else if (what === 7) await undo(visitId);
      else await tab.replica().sync();
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'store-full') throw error;
      tell(tab.name, 'could not store it: the disk is full');
    }
  }

  /** What people do when the phone says that the log of the server is another. */
  async function lookAfter(): Promise<void> {
    for (const visitId of VISITS) {
      const { failure } = await tab.replica().visit(visitId);
      if (failure?.kind !== 'diverged') continue;
      reach('a phone whose log is not the server’s any more');
      const answer = await tab.replica().refetch(visitId);
      if (!answer.ok || answer.requeued.length === 0) continue;
      reach('acts that a restored server lacks come back from a phone');
      tell(tab.name, `fetches ${visitId} again, and queues ${answer.requeued.length} acts that the server lacks`);
    }
  }

  return { turn, lookAfter };
}
