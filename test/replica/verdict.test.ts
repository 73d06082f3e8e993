/** The verdict of a device: received, attention, saved, unknown. */
import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import { deriveVerdict } from '../../src/replica/copies/verdict.ts';
import { RemoteError } from '../../src/replica.ts';
import { actors } from '../../src/testing.ts';
import { inVisit, named, own, withVisits, world } from './device.ts';

const visitId = 'visit-1';
const [arrive] = own(['RecordArrival']) as [ReturnType<typeof own>[number]];

describe('the verdict', () => {
  it.each([
    [false, true, 1, 1, 'unknown'],
    [true, true, 1, 1, 'attention'],
    [true, false, 1, 0, 'attention'],
    [true, true, 0, 1, 'saved'],
    [true, false, 0, 1, 'saved'],
    [true, true, 0, 0, 'received'],
    [true, false, 0, 0, 'unknown'],
  ] as const)(
    'read %s, confirmed %s, problems %i, waiting %i: %s',
    (isRead, isConfirmed, problems, waiting, verdict) => {
      expect(deriveVerdict({ isRead, isConfirmed, problems, waiting })).toBe(verdict);
    },
  );

  it('is unknown until the store was read, and nothing is counted before; the store is read without being asked', async () => {
    const { store, replica: first, device } = await withVisits();
    await first.act(arrive);
    const { replica } = device(actors.provider, { store });
    const nothing = { visits: null, waiting: null, withheld: null, photosWaiting: null, photosLost: null };
    expect(replica.status).toMatchObject({ verdict: 'unknown', ...nothing, photosRefused: null });
    const heard: unknown[] = [];
    replica.subscribe(({ status }) => heard.push([status.verdict, status.waiting]));
    await expect.poll(() => heard).toEqual([['saved', 1]]);
  });

  it('stays unknown where the store cannot be read, and on a device on which nothing was ever synced', async () => {
    const { device } = world();
    const broken = { ...memoryReplicaStore(), listGroups: () => Promise.reject(new Error('closed')) };
    const { replica } = device(actors.provider, { store: broken });
    const { replica: fresh } = device();
    await expect.poll(() => fresh.status.waiting).toBe(0);
    expect([replica.status.verdict, replica.status.waiting]).toEqual(['unknown', null]);
    expect([fresh.status.verdict, fresh.status.waiting]).toEqual(['unknown', 0]);
    await fresh.sync();
    expect(fresh.status.verdict).toBe('received');
  });

  it('is of each visit, too', async () => {
    const { replica } = await withVisits(3);
    await replica.act(named(arrive, 'bad'));
    await replica.withhold('bad', 'Was a mistake');
    await replica.act(inVisit(arrive, 'visit-2'));
    const verdicts = (await replica.visits()).map((one) => [one.visitId, one.verdict]);
    expect(verdicts.sort()).toEqual([
      [visitId, 'attention'],
      ['visit-2', 'saved'],
      ['visit-3', 'received'],
    ]);
    expect((await replica.visit('visit-2')).verdict).toBe('saved');
    expect((await replica.visit('visit-9')).verdict).toBe('unknown');
    expect(replica.status.verdict).toBe('attention');
  });

  it('is attention where the server refuses a visit, and not where it cannot be reached', async () => {
    const { device, store, remote, network, replica: first } = await withVisits();
    await first.act(arrive);
    network.online = false;
    await first.sync();
    expect(first.status.verdict).toBe('saved');
    const sync = () => Promise.reject(new RemoteError('forbidden', 'No', { reason: 'not-yours' }));
    const { replica } = device(actors.provider, { store, remote: { ...remote, sync } });
    await replica.sync();
    expect(replica.status.verdict).toBe('attention');
  });
});
