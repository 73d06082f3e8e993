/** `auxilio/service`: commands and batches of two writers are handled, sealed, repeated, projected and read. */
import { verifyChain } from 'auxilio/chain';
import { memoryStore } from 'auxilio/memory';
import { boardProjection, catchUp, createService } from 'auxilio/service';
import { offlineMix, simulate } from 'auxilio/testing';
import { digest, ensureEqual } from './support.ts';

export async function check(): Promise<string> {
  const store = memoryStore();
  let ids = 0;
  const options = { now: () => '2026-12-01T12:00:00.000Z', newId: () => `id-${++ids}` };
  const service = createService({ store, sealed: true, projections: [boardProjection], ...options });
  const read: unknown[] = [];
  for (const { visitId, requests, commands } of simulate({ visits: 40, seed: 38, mix: offlineMix })) {
    for (const request of requests) {
      const actor = (request.kind === 'batch' ? request.commands[0] : request.command)?.metadata.actor;
      if (actor === undefined) continue;
      if (request.kind === 'batch')
        await service.sync({ visitId, basedOn: request.basedOn, commands: request.commands }, actor);
      else if (request.kind === 'settlement') await service.settle(request.command);
      else await service.handle(request.command);
    }
    const [first] = commands;
    const again = first && (await service.handle(first));
    ensureEqual(again?.ok === true && again.repeated, true, 'the answer to a command that is sent again');
    const texts = (await store.readStored(`visit-${visitId}`)).map(({ text }) => JSON.parse(text));
    ensureEqual(verifyChain(texts).intact, true, 'the seals of a stored visit');
    read.push(texts, (await service.load(visitId)).state.phase);
  }
  const { events } = await catchUp({ store, consumer: 'reader', handle: () => undefined });
  read.push(await store.readRows(boardProjection.name, { maxCount: 1_000 }));
  return `${events} events stored and followed: ${await digest(read)}`;
}
