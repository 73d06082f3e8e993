import { type AssignVisitData, commands, type Id } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService, type VisitService } from 'auxilio/service';
import type { SyncServerHost } from 'auxilio/testing';
import { access } from '../../../examples/http/access.ts';
import { createApp } from '../../../examples/http/app.ts';
import { devicesIn } from '../../../examples/http/devices.ts';
import { fetchHandler } from '../../../examples/http/fetch.ts';
import { memoryPhotoStore } from '../../../examples/http/photo-store.ts';
import { quarantineIn } from '../../../examples/http/quarantine.ts';

const operator = { role: 'contact-center', id: 'op-1' } as const;
const minute = (n: number) => new Date(Date.UTC(2026, 2, 17, 14, n)).toISOString();

/** The acts of the contact center, recorded through the service. */
export function desk(service: VisitService, other: Readonly<{ id: Id; name: string }>) {
  async function handled(command: Parameters<VisitService['handle']>[0]) {
    const answer = await service.handle(command);
    if (!answer.ok) throw new Error(JSON.stringify(answer.rejection));
  }
  return {
    assign: (data: AssignVisitData) => handled(commands.assignVisit(data, operator, `assign-${data.visitId}`)),
    async reassign(visitId: Id) {
      const decision = { visitId, at: minute(30), about: 'visit', decision: 'reassign', text: 'x' } as const;
      await handled(commands.giveInstruction(decision, operator));
      const to = { visitId, at: minute(31), provider: other, arriveBy: minute(90) };
      await handled(commands.reassignProvider(to, operator));
    },
  };
}

/** The application of `examples/http` in memory, as `examples/05-server` serves it. */
export function exampleHost() {
  const store = memoryStore();
  const service = createService({ store });
  const failures: unknown[] = [];
  const kept = { photos: memoryPhotoStore(), devices: devicesIn(store), quarantine: quarantineIn(store) };
  const app = createApp({ service, store, access, ...kept, onFailure: (error) => failures.push(error) });
  const handler = fetchHandler(app, async ({ headers }) => JSON.parse(headers.get('x-claims') ?? 'null'));
  const person = (id: Id, device: string) => ({
    actor: { role: 'provider', id } as const,
    device,
    headers: { 'x-claims': JSON.stringify({ role: 'provider', sub: id }) },
  });
  const host = {
    url: 'https://host.test',
    fetch: async (input, init) => handler(new Request(input, init)),
    provider: person('p-1', 'phone-1'),
    other: person('p-2', 'phone-2'),
    expired: { 'x-claims': 'null' },
    devices: true,
    ...desk(service, { id: 'p-2', name: 'Eva Mora' }),
  } satisfies SyncServerHost;
  return { host, failures };
}
