/** A server for replicas without HTTP: the service on a store in memory, what a former provider may see, and photographs. */
import { createHash } from 'node:crypto';
import { memoryStore } from '../../src/memory.ts';
import type { Actor, Id, Sha256, VisitEvent } from '../../src/messages/index.ts';
import { type Remote, type RemoteBatch, RemoteError, type RemoteEvents, type RemoteHead } from '../../src/replica.ts';
import { createService, providerView, type VisitService } from '../../src/service.ts';
import type { EventStore } from '../../src/stores/event-store.ts';

export type Server = {
  readonly now: () => string;
  /** The store and the service as they are now: a restored server has others. */
  readonly store: EventStore;
  readonly service: VisitService;
  readonly photos: Map<Sha256, Uint8Array>;
  readonly logOf: (visitId: Id) => Promise<readonly VisitEvent[]>;
  /** Begins again from an older backup: its store has the first so many events. The photographs are kept elsewhere, and stay. */
  readonly restore: (events: number) => Promise<void>;
  /** The calls of one user. */
  readonly remoteFor: (actor: Actor) => Remote;
};

type ServerOptions = { readonly createStore?: () => EventStore; readonly now: () => string };

export function createServer({ createStore = memoryStore, now }: ServerOptions): Server {
  let ids = 0;
  let store = createStore();
  const serviceOf = () => createService({ store, now, newId: () => `server-${++ids}` });
  let service = serviceOf();
  const photos = new Map<Sha256, Uint8Array>();
  const logIn = async (own: VisitService, visitId: Id) => (await own.load(visitId)).events;
  const logOf = (visitId: Id) => logIn(service, visitId);

  async function restore(events: number): Promise<void> {
    const kept = await store.readFeed({ maxCount: events });
    const restored = createStore();
    for (const { streamName, text } of kept) await restored.appendToStream(streamName, [JSON.parse(text)]);
    store = restored;
    service = serviceOf();
  }

  async function visitsOf(actor: Actor): Promise<Id[]> {
    const feed = await store.readFeed({ maxCount: 10_000 });
    const concerned = feed.filter(({ text }) => {
      const { type, data } = JSON.parse(text);
      return /^(VisitAssigned|ProviderReassigned)$/.test(type) && data.provider.id === actor.id;
    });
    return [...new Set(concerned.map(({ text }) => JSON.parse(text).data.visitId))];
  }

  const remoteFor = (actor: Actor): Remote => ({
    async sync({ visitId, basedOn, commands, head }) {
      // A call that is under way while the server is restored ends with the one before.
      const own = service;
      const before = await logIn(own, visitId);
      mustContinue(actor, before, head);
      mustHavePhotos(before, commands, photos);
      const { outcomes } = await own.sync({ visitId, basedOn, head, commands }, actor).catch(asRemoteError);
      return { outcomes, ...seenBy(actor, await logIn(own, visitId), basedOn), serverTime: now() };
    },
    async events(visitId, after, { lastEventId } = {}) {
      const log = await logOf(visitId);
      mustContinue(actor, log, lastEventId === undefined ? undefined : { version: after, lastEventId });
      return { ...seenBy(actor, log, after), serverTime: now() };
    },
    async assignments(after) {
      // The place is read before the visits: what is recorded meanwhile is told by the next page.
      const feed = await store.readFeed({ maxCount: 10_000 });
      const visits = await Promise.all(
        (await visitsOf(actor)).map(async (visitId) => {
          const { version, own = [] } = seenBy(actor, await logOf(visitId), 0);
          return { visitId, version: version + own.length };
        }),
      );
      const changed = feed.slice(Number(after ?? 0)).map(({ streamName }) => streamName);
      const fresh = visits.filter(({ visitId }) => changed.includes(`visit-${visitId}`));
      return { visits: fresh, cursor: String(feed.length), more: false, serverTime: now() };
    },
    hasPhoto: async ({ sha256 }) => photos.has(sha256),
    async putPhoto({ sha256, bytes }) {
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new RemoteError('refused', 'Other bytes');
      photos.set(sha256, bytes);
    },
  });

  return {
    now,
    get store() {
      return store;
    },
    get service() {
      return service;
    },
    photos,
    logOf,
    restore,
    remoteFor,
  };
}

/** Refuses what is based on another log. */
export function mustContinue(actor: Actor, log: readonly VisitEvent[], head: RemoteHead | undefined): void {
  if (head === undefined) return;
  const { events, own = [] } = seenBy(actor, log, 0) as { events: readonly VisitEvent[]; own?: readonly VisitEvent[] };
  const isLast = events[head.version - 1]?.metadata?.eventId === head.lastEventId;
  const ids = [undefined, ...[...events, ...own].map(({ metadata }) => metadata?.eventId)];
  if (isLast && ids.includes(head.lastOwnEventId)) return;
  throw new RemoteError('refused', 'The log is another', { reason: 'diverged' });
}

/** Refuses acts that send photographs whose bytes are not here. */
export function mustHavePhotos(
  log: readonly VisitEvent[],
  commands: RemoteBatch['commands'],
  photos: ReadonlyMap<Sha256, Uint8Array>,
): void {
  const taken = [...log, ...commands].flatMap(({ type, data }) =>
    type === 'PhotosTaken' || type === 'TakePhotos' ? data.photos : [],
  );
  const submitted = commands.flatMap((one) => (one.type === 'SubmitPhotos' ? one.data.photoIds : []));
  const missing = taken.filter(({ photoId, sha256 }) => submitted.includes(photoId) && !photos.has(sha256));
  if (missing.length === 0) return;
  throw new RemoteError('photos-missing', 'The bytes are not here', { photos: missing.map(({ sha256 }) => sha256) });
}

export function asRemoteError(error: unknown): never {
  const { code, message, reason, issues } = error as Error & {
    code?: string;
    reason?: string;
    issues?: { path: string }[];
  };
  const index = /^\/commands\/(\d+)/.exec(issues?.[0]?.path ?? '')?.[1];
  if (code === 'malformed-command') throw new RemoteError('malformed', message, { index: Number(index) });
  if (code === 'batch-refused') throw new RemoteError('refused', message, { reason: reason ?? '' });
  throw error;
}

/** The events after a place that a person may see. */
export function seenBy(
  { role, id }: Actor,
  log: readonly VisitEvent[],
  after: number,
): Omit<RemoteEvents, 'serverTime'> {
  const view = role === 'provider' ? providerView(log, id) : { events: log };
  if (view === null) throw new RemoteError('forbidden', 'Another provider has it', { reason: 'not-yours' });
  const { events, own } = view;
  return { events: events.slice(after), version: events.length, ...(own && { own }) };
}
