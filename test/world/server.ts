/** The servers of a world: processes over one database, each with the service, its subscriptions, and what phones and consoles call. */
import type { Actor, Id, Sha256, VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import type { RemoteBatch, RemoteEvents, RemoteSyncAnswer } from '../../src/replica.ts';
import {
  assignmentsProjector,
  boardProjection,
  createService,
  PoisonError,
  projector,
  readAssignments,
  type ServiceStore,
  subscribe,
  type VisitService,
} from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { runtime } from '../../src/util/runtime.ts';
import { asRemoteError, mustContinue, mustHavePhotos, seenBy } from '../replica/server.ts';
import type { Database } from './database.ts';
import type { WorldNode } from './scheduler.ts';
import { eventId } from './visits.ts';
import type { World } from './world.ts';

export type Server = Readonly<{ node: WorldNode; store: EventStore<never>; service: VisitService }>;

export type Servers = Readonly<{
  running: () => readonly Server[];
  /** Photographs are kept apart from the database. */
  photos: Map<Sha256, Uint8Array>;
  kill: (n: number, how: string) => void;
  startAll: () => void;
}>;

/** The parts of a server that a planted error replaces. */
export type PlantedServer = Partial<{
  store: (store: EventStore<never>) => EventStore<never>;
  /** The store of the subscriptions alone. */
  subscribed: (store: EventStore<never>) => EventStore<never>;
  service: (service: VisitService) => VisitService;
}>;

const SERVERS = 2;
const RESTART_MS = [1_500, 400, 12_000, 60_000] as const;
/** The consumer that has an effect of its own, such as a letter to the client. */
export const LETTERS = 'letters';

export function createServers(world: World, database: Database, planted: PlantedServer = {}): Servers {
  const { tape, scheduler, tell, reach } = world;
  const processes: (Server | undefined)[] = [];
  const supervisor = scheduler.createNode('supervisor');
  const photos = new Map<Sha256, Uint8Array>();
  const restarting = new Set<number>();

  function start(n: number): void {
    restarting.delete(n);
    if (processes[n]?.node.alive) return;
    const node = scheduler.createNode(`server-${n + 1}`);
    scheduler.plan(node, 0, () => {
      const behind = database.createStore(node, (how) => kill(n, how));
      const store = planted.store?.(behind) ?? behind;
      const own = createService({ store: store as unknown as ServiceStore });
      const service = planted.service?.(own) ?? own;
      processes[n] = { node, store, service };
      follow(node, planted.subscribed?.(store) ?? store);
    });
  }

  function kill(n: number, how: string): void {
    const server = processes[n];
    if (server?.node.alive !== true) return;
    tell(server.node.name, `is killed, ${how}`);
    server.node.alive = false;
    if (running().length === 0) reach('no server runs');
    restart(n);
  }

  function restart(n: number): void {
    if (restarting.has(n)) return;
    restarting.add(n);
    const afterMs = RESTART_MS[tape.choose('restart', `server-${n + 1}`, RESTART_MS.length, 0.4)] as number;
    scheduler.plan(supervisor, afterMs, () => start(n));
  }

  /** Follows the global stream: the rows of the board, the assignments of the providers, and the letters. */
  function follow(node: WorldNode, store: EventStore<never>): void {
    const { signal } = new AbortController();
    const common = { signal, pollMs: 6_000 };
    world.spawn(node, () => subscribe({ ...projector(store, boardProjection), ...common }));
    world.spawn(node, () => subscribe({ ...assignmentsProjector(store), ...common }));
    world.spawn(node, () => subscribe({ store, consumer: LETTERS, ...common, handle: (batch) => write(node, batch) }));
  }

  function write(node: WorldNode, { streamName, events }: { streamName: string; events: readonly VisitEvent[] }) {
    const fault = tape.choose('handler', streamName, 3, 0.04);
    if (fault === 1) {
      tell(node.name, `the letters of ${streamName} fail`);
      reach('a handler that fails and is tried again');
      throw new Error('The printer has no paper');
    }
    if (fault === 2) {
      tell(node.name, `the letters of ${streamName} are poison`);
      reach('a stream parked by poison');
      throw new PoisonError('No such address');
    }
    for (const event of events) {
      const id = eventId(event);
      const times = (world.ledger.handled.get(id) ?? 0) + 1;
      world.ledger.handled.set(id, times);
      if (times > 1) reach('an event delivered again');
    }
    // Where an effect is a part of the commit, it happens exactly once.
    return { effect: () => noteEffects(events) };
  }

  function noteEffects(events: readonly VisitEvent[]): void {
    const { effects } = world.ledger;
    for (const event of events) effects.set(eventId(event), (effects.get(eventId(event)) ?? 0) + 1);
  }

  const running = () => processes.filter((one): one is Server => one?.node.alive === true);

  return {
    running,
    photos,
    kill,
    startAll() {
      for (let n = 0; n < SERVERS; n += 1) start(n);
    },
  };
}

const PAGE = 100;

/** Calls of a phone to a server: as the HTTP of the field example does it. */
export const phoneApi = {
  async sync(
    { service }: Server,
    photos: ReadonlyMap<Sha256, Uint8Array>,
    actor: Actor,
    { visitId, basedOn, commands, head }: RemoteBatch,
  ): Promise<RemoteSyncAnswer> {
    const { events: before } = await service.load(visitId);
    mustContinue(actor, before, head);
    mustHavePhotos(before, commands, photos);
    const { outcomes } = await service.sync({ visitId, basedOn, head, commands }, actor).catch(asRemoteError);
    const { events: after } = await service.load(visitId);
    return { outcomes, ...seenBy(actor, after, basedOn), serverTime: serverTime() };
  },
  async events(
    { service }: Server,
    actor: Actor,
    visitId: Id,
    after: number,
    lastEventId: Id | undefined,
  ): Promise<RemoteEvents> {
    const { events } = await service.load(visitId);
    mustContinue(actor, events, lastEventId === undefined ? undefined : { version: after, lastEventId });
    return { ...seenBy(actor, events, after), serverTime: serverTime() };
  },
  async assignments({ store }: Server, actor: Actor, after: string | null) {
    const page = await readAssignments(store, actor.id, { after: after ?? '', maxCount: PAGE });
    return { ...page, serverTime: serverTime() };
  },
};

/** The time of the node that runs. */
const serverTime = () => new Date(runtime.now()).toISOString();

/** Calls of an operator's screen to a server. */
export const consoleApi = {
  handle: ({ service }: Server, command: VisitCommand) => service.handle(command),
  settle: ({ service }: Server, command: Extract<VisitCommand, { type: 'SettleDiscrepancy' }>) =>
    service.settle(command),
  load: ({ service }: Server, visitId: Id) => service.load(visitId),
  feed: ({ store }: Server, after: string | null) => store.readFeed({ after, maxCount: 20 }),
  rows: ({ store }: Server) => store.readRows(boardProjection.name),
};
