/** The contact center's side: the service over a store in memory, and the calls that a phone may make to it. */
import type { Actor, Id, Sha256, VisitEvent } from 'auxilio';
import { type MemoryStore, memoryStore } from 'auxilio/memory';
import type { Remote } from 'auxilio/replica';
import { createService, type VisitService } from 'auxilio/service';

export type Server = Readonly<{
  service: VisitService;
  /** The calls of one phone. */
  remote: Required<Pick<Remote, 'hasPhoto'>> & Remote;
  readLog: () => Promise<readonly VisitEvent[]>;
}>;

type Options = Readonly<{ visitId: Id; phone: Actor; now: () => string }>;

/** A server of one visit, which is assigned to the owner of the phone. */
export function createServer({ visitId, phone, now }: Options): Server {
  let ids = 0;
  const store: MemoryStore = memoryStore();
  const service = createService({ store, now, newId: () => `server-${++ids}` });
  const photos = new Set<Sha256>();
  const readLog = async () => (await service.load(visitId)).events;

  async function readAfter(place: number) {
    const log = await readLog();
    return { events: log.slice(place), version: log.length, serverTime: now() };
  }

  const remote: Server['remote'] = {
    async sync({ basedOn, commands }) {
      const { outcomes } = await service.sync({ visitId, basedOn, commands }, phone);
      return { outcomes, ...(await readAfter(basedOn)) };
    },
    events: (_, after) => readAfter(after),
    async assignments(after) {
      const { version, serverTime } = await readAfter(0);
      const visits = String(version) === after ? [] : [{ visitId, version }];
      return { visits, cursor: String(version), more: false, serverTime };
    },
    hasPhoto: async ({ sha256 }) => photos.has(sha256),
    async putPhoto({ sha256 }) {
      photos.add(sha256);
    },
  };
  return { service, remote, readLog };
}
