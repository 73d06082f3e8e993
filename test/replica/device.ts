/** A device under test: a clock that a test moves, ids in order, a network that it cuts. */

import { memoryReplicaStore } from '../../src/memory.ts';
import type { Actor, VisitCommand } from '../../src/messages/index.ts';
import { type ActCommand, createReplica, type Remote, RemoteError, type ReplicaOptions } from '../../src/replica.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors, plainVisit } from '../../src/testing.ts';
import { createServer } from './server.ts';

const START = Date.UTC(2026, 2, 17, 14, 0);

type Network = { online: boolean; readonly calls: string[] };

/** A world of one server, and the devices of its test. */
export function world() {
  const clock = { ms: START };
  const now = () => new Date(clock.ms).toISOString();
  const server = createServer({ now });
  let ids = 0;

  function device(actor: Actor = actors.provider, given: Partial<ReplicaOptions> & { store?: ReplicaStore } = {}) {
    const network: Network = { online: true, calls: [] };
    const store = given.store ?? memoryReplicaStore();
    const replica = createReplica({
      store,
      remote: overNetwork(server.remoteFor(actor), network),
      actor,
      device: 'phone-1',
      now,
      monotonicMs: () => clock.ms,
      newId: () => `id-${++ids}`,
      ...given,
    });
    return { replica, store, network };
  }

  return { clock, now, server, device };
}

/** The remote over a network that a test may cut, which notes the calls. */
function overNetwork(remote: Remote, network: Network): Remote {
  const through = (name: string): void => {
    network.calls.push(name);
    if (!network.online) throw new RemoteError('unavailable', 'No signal');
  };
  return {
    async sync(batch, options) {
      through(`sync ${batch.commands.map(({ type }) => type).join(' ')}`);
      return remote.sync(batch, options);
    },
    async events(visitId, after, options) {
      through(`events ${visitId} ${after}`);
      return remote.events(visitId, after, options);
    },
    async assignments(after, options) {
      through(`assignments ${after}`);
      return remote.assignments(after, options);
    },
    async putPhoto(photo, options) {
      through(`photo ${photo.sha256.slice(0, 6)}`);
      return remote.putPhoto(photo, options);
    },
  };
}

/** The plain visit, by who records it: the provider's acts as an application hands them over. */
export const plain = plainVisit();
export const asAct = ({ type, data }: VisitCommand): ActCommand => ({ type, data }) as ActCommand;
export const [assignVisit] = plain as [VisitCommand, ...VisitCommand[]];
export const own = (types: readonly VisitCommand['type'][]): readonly ActCommand[] =>
  types.map((type) => asAct(plain.find((one) => one.type === type) as VisitCommand));

export const inVisit = (act: ActCommand, id: string): ActCommand =>
  ({ ...act, data: { ...act.data, visitId: id } }) as ActCommand;
export const named = (act: ActCommand, commandId: string): ActCommand =>
  ({ ...act, metadata: { commandId } }) as ActCommand;

/** A server with some visits, and a device on which they are. */
export async function withVisits(count = 1, given: Partial<ReplicaOptions> = {}) {
  const here = world();
  for (let n = 1; n <= count; n += 1) {
    await here.server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: `visit-${n}` } } as never);
  }
  const phone = here.device(actors.provider, given);
  await phone.replica.sync();
  const remote = here.server.remoteFor(actors.provider);
  return { ...here, ...phone, remote };
}

/** A promise that a test resolves. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
