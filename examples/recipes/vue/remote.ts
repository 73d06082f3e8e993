import { type Actor, commands } from 'auxilio';
import { memoryReplicaStore, memoryStore } from 'auxilio/memory';
import { createReplica, type Remote, RemoteError } from 'auxilio/replica';
import { assignmentsProjector, catchUp, createService, readAssignments } from 'auxilio/service';

/** The server and the network, in this process: over HTTP the remote is `httpRemote({ url, headers })`. */
export function createWorld() {
  const store = memoryStore();
  const service = createService({ store });
  const luis = { role: 'provider', id: 'prov-14' } as const satisfies Actor;
  const network = { on: true };
  const connect = () => {
    if (!network.on) throw new RemoteError('unavailable', 'no signal');
    return new Date().toISOString();
  };
  const remote: Remote = {
    async sync({ visitId, basedOn, head, commands }) {
      const serverTime = connect();
      const { outcomes, events, version } = await service.sync({ visitId, basedOn, head, commands }, luis);
      return { outcomes, events, version: Number(version), serverTime };
    },
    async events(visitId, after) {
      const serverTime = connect();
      const { events, version } = await service.load(visitId);
      return { events: events.slice(after), version: Number(version), serverTime };
    },
    async assignments(after) {
      const serverTime = connect();
      await catchUp({ ...assignmentsProjector(store), attempts: 1 });
      return { ...(await readAssignments(store, luis.id, after === null ? {} : { after })), serverTime };
    },
    async putPhoto() {},
  };
  const assign = () => {
    const at = new Date(Date.now() - 600_000).toISOString();
    const client = { name: 'Ana Rojas', title: 'doña' } as const;
    const named = { client, provider: { id: luis.id, name: 'Luis Mora' }, service: 'Fontanería', place: 'Barva' };
    const data = { visitId: 'v-1', at, caseNumber: 'EXP-4512', arriveBy: at, ...named };
    return service.handle(commands.assignVisit(data, { role: 'contact-center', id: 'op-7' }));
  };
  const replica = createReplica({ store: memoryReplicaStore(), remote, actor: luis, device: 'phone-7' });
  return { service, replica, network, assign };
}
