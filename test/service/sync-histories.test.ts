/** Batches whose sender has the log of another history than that of the store: after a promotion, or of a restored copy. */
import { describe, expect, it } from 'vitest';
import { copyMemoryStore, type MemoryStore, memoryStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import { actors, command } from '../../src/testing.ts';
import { arrive, assign, breach, sent, serviceOn } from './fixture.ts';

const visitId = 'visit-1';
const credential = sent('c-credential', command('ShowCredential', {}));

/** A store that lost what was appended after the assignment, and has other events in its place; the log of the sender is the lost one. */
async function restored(others: readonly VisitCommand[]) {
  const lost = memoryStore();
  await serviceOn(lost).handle(assign);
  const store = copyMemoryStore(lost);
  await serviceOn(lost).handle(arrive);
  const log = (await serviceOn(lost).load(visitId)).events;
  const service = serviceOn(store);
  for (const each of others) await service.handle(each);
  return { log, store, lost, service };
}

/** The last event of the log of a sender. */
const headOf = (log: Awaited<ReturnType<typeof restored>>['log']) => ({
  version: log.length,
  lastEventId: String(log.at(-1)?.metadata?.eventId),
});

const refusal = { code: 'batch-refused', reason: 'diverged', errorCode: 409 };

describe('a batch that rests on events which the log does not have', () => {
  it.each([
    ['has fewer events', []],
    ['has another event in its place', [breach(1)]],
    ['has gone on with others', [breach(1), breach(2)]],
  ])('is refused where the log %s, and nothing is recorded', async (_, others) => {
    const { log, store, service } = await restored(others);
    const before = await store.readStored('visit-visit-1');
    for (const commands of [[credential], []]) {
      const batch = { visitId, basedOn: 1, head: headOf(log), commands };
      await expect(service.sync(batch, actors.provider)).rejects.toMatchObject(refusal);
    }
    expect(await store.readStored('visit-visit-1')).toEqual(before);
  });

  it('is refused though the service has the sender’s log in its cache', async () => {
    const { log, store, lost } = await restored([breach(1)]);
    let primary: MemoryStore = lost;
    const both = {
      ...lost,
      readStream: (...call: Parameters<MemoryStore['readStream']>) => primary.readStream(...call),
      appendToStream: (...call: Parameters<MemoryStore['appendToStream']>) => primary.appendToStream(...call),
    } as MemoryStore;
    const service = serviceOn(both);
    await service.handle(arrive);
    primary = store;
    const batch = { visitId, basedOn: log.length, head: headOf(log), commands: [credential] };
    await expect(service.sync(batch, actors.provider)).rejects.toMatchObject(refusal);
    expect(await store.readStored('visit-visit-1')).toHaveLength(2);
  });
});

describe('a batch whose sender has the log', () => {
  it('is reconciled, read or from the cache, and so is a repeat by one who knows less', async () => {
    const { lost } = await restored([]);
    const log = (await serviceOn(lost).load(visitId)).events;
    for (const service of [serviceOn(lost), serviceOn(lost)]) {
      const batch = { visitId, basedOn: log.length, head: headOf(log), commands: [credential] };
      const { outcomes } = await service.sync(batch, actors.provider);
      expect(outcomes).toMatchObject([{ outcome: expect.stringMatching(/accepted|repeated/) }]);
    }
  });

  it.each([null, 'x', {}, { version: 1 }, { lastEventId: 'a' }, { version: '1', lastEventId: 'a' }])(
    'says so by a number and an id, not by %j',
    async (head) => {
      const { service } = await restored([]);
      const batch = { visitId, basedOn: 1, head, commands: [] } as never;
      await expect(service.sync(batch, actors.provider)).rejects.toThrow('sync takes { head: ');
    },
  );
});
