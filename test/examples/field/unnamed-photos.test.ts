import { memoryReplicaStore } from 'auxilio/memory';
import { createReplica, type Remote } from 'auxilio/replica';
import { actors, command, eventsAfter, minute } from 'auxilio/testing';
import { expect, it } from 'vitest';
import { dropUnnamed } from '../../../examples/field/phone/src/unnamed-photos.ts';

const visitId = 'visit-1';

it('given photographs that nothing names, then they leave the phone once no form can have them, and those of acts and drafts stay', async () => {
  const serverTime = minute(0);
  const remote = {
    assignments: async () => ({ visits: [{ visitId, version: 1 }], cursor: '1', more: false, serverTime }),
    events: async () => ({ events: eventsAfter('AssignVisit'), version: 1, serverTime }),
    sync: () => Promise.reject(new Error('No signal')),
  } as unknown as Remote;
  const store = memoryReplicaStore();
  const replica = createReplica({ store, remote, actor: actors.provider, device: 'phone-1', now: () => minute(1) });
  await replica.sync();
  const hashes: string[] = [];
  for (const byte of [1, 2, 3]) hashes.push((await replica.photos.add(visitId, new Uint8Array([byte]))).sha256);
  const [named, drafted, left] = hashes;
  const photos = [{ photoId: 'p-1', sha256: named ?? '', takenAt: minute(1), shot: 'x' }];
  await replica.act(command('TakePhotos', { photos }), { despite: 'op-7', atConfirmed: true });
  await replica.drafts.save({ draftId: 'd-1', visitId, type: 'TakePhotos', data: { photos: [drafted ?? ''] } });
  await dropUnnamed(replica, [await replica.visit(visitId)], minute(1));
  expect((await replica.visit(visitId)).photos).toHaveLength(3);
  await dropUnnamed(replica, [await replica.visit(visitId)], minute(2));
  expect((await replica.visit(visitId)).photos.map(({ sha256 }) => sha256)).toEqual([named, drafted]);
  expect(await replica.photos.read(left ?? '')).toBeNull();
  replica.close();
});
