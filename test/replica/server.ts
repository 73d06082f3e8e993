/** A server for replicas without HTTP: the service on a store in memory, what a former provider may see, and photographs. */
import { createHash } from 'node:crypto';
import type { Actor, Id, Sha256, VisitEvent } from '../../src/messages/index.ts';
import { type Remote, RemoteError, type RemoteEvents } from '../../src/replica/index.ts';
import { createService, providerView, type VisitService } from '../../src/service/index.ts';
import type { EventStore } from '../../src/stores/event-store.ts';
import { memoryStore } from '../../src/stores/memory/index.ts';

export type Server = {
  readonly store: EventStore;
  readonly service: VisitService;
  readonly photos: Map<Sha256, Uint8Array>;
  readonly logOf: (visitId: Id) => Promise<readonly VisitEvent[]>;
  /** The calls of one user. */
  readonly remoteFor: (actor: Actor) => Remote;
};

type ServerOptions = { readonly store?: EventStore; readonly now: () => string };

export function createServer({ store = memoryStore(), now }: ServerOptions): Server {
  let ids = 0;
  const service = createService({ store, now, newId: () => `server-${++ids}`, sleep: async () => undefined });
  const photos = new Map<Sha256, Uint8Array>();
  const logOf = async (visitId: Id) => (await service.load(visitId)).events;

  async function visitsOf(actor: Actor): Promise<Id[]> {
    const feed = await store.readFeed({ maxCount: 10_000 });
    const concerned = feed.filter(({ text }) => {
      const { type, data } = JSON.parse(text);
      return /^(VisitAssigned|ProviderReassigned)$/.test(type) && data.provider.id === actor.id;
    });
    return [...new Set(concerned.map(({ text }) => JSON.parse(text).data.visitId))];
  }

  const remoteFor = (actor: Actor): Remote => ({
    async sync({ visitId, basedOn, commands }) {
      const before = await logOf(visitId);
      const taken = [...before, ...commands].flatMap(({ type, data }) =>
        type === 'PhotosTaken' || type === 'TakePhotos' ? data.photos : [],
      );
      const submitted = commands.flatMap((one) => (one.type === 'SubmitPhotos' ? one.data.photoIds : []));
      const missing = taken.filter(({ photoId, sha256 }) => submitted.includes(photoId) && !photos.has(sha256));
      if (missing.length > 0) {
        const hashes = missing.map(({ sha256 }) => sha256);
        throw new RemoteError('photos-missing', 'The bytes are not here', { photos: hashes });
      }
      const { outcomes } = await service.sync({ visitId, basedOn, commands }, actor).catch(asRemoteError);
      return { outcomes, ...seenBy(actor, await logOf(visitId), basedOn), serverTime: now() };
    },
    async events(visitId, after) {
      return { ...seenBy(actor, await logOf(visitId), after), serverTime: now() };
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
    async putPhoto({ sha256, bytes }) {
      if (createHash('sha256').update(bytes).digest('hex') !== sha256) throw new RemoteError('refused', 'Other bytes');
      photos.set(sha256, bytes);
    },
  });

  return { store, service, photos, logOf, remoteFor };
}

function asRemoteError(error: unknown): never {
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
function seenBy({ role, id }: Actor, log: readonly VisitEvent[], after: number): Omit<RemoteEvents, 'serverTime'> {
  const view = role === 'provider' ? providerView(log, id) : { events: log };
  if (view === null) throw new RemoteError('forbidden', 'Another provider has it', { reason: 'not-yours' });
  const { events, own } = view;
  return { events: events.slice(after), version: events.length, ...(own && { own }) };
}
