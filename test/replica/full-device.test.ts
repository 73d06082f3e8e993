/** A device without room: what the server has makes room for the rest, and what needs no room goes on. */
import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import type { ActCommand, Replica } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors, command, minute } from '../../src/testing.ts';
import { asAct, assignVisit, own, plain, world } from './device.ts';

const visitId = 'visit-1';
const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [ActCommand, ActCommand];
const jpeg = (n: number, size = 5_000) => new Uint8Array(size).fill(n).map((byte, at) => (at < 2 ? 0xff : byte));

/** A disk of some bytes, which may be made smaller. As in a browser, a write of records needs room even if it removes some. */
function disk(store = memoryReplicaStore()) {
  const limits = { bytes: Number.POSITIVE_INFINITY };
  async function used(): Promise<number> {
    let sum = 0;
    for (const { group } of await store.listGroups('')) {
      for (const [key, text] of (await store.readGroup(group)).records) sum += key.length + text.length;
    }
    return (await store.listBlobs()).reduce((total, { size }) => total + size, sum);
  }
  const mustHaveRoom = (more: number, sum: number) => {
    if (sum + more > limits.bytes) throw new StoreError('full', 'No room');
  };
  const limited: ReplicaStore = {
    ...store,
    async writeGroup(group, expected, changes) {
      const { records } = await store.readGroup(group);
      const sizes = Object.entries(changes).map(([key, text]) => {
        const before = records.get(key);
        return (text === null ? 0 : key.length + text.length) - (before === undefined ? 0 : key.length + before.length);
      });
      const more = sizes.reduce((sum, size) => sum + size, 0);
      mustHaveRoom(Math.max(more, 1), await used());
      return store.writeGroup(group, expected, changes);
    },
    async putBlob(sha256, bytes) {
      if ((await store.readBlob(sha256)) === null) mustHaveRoom(bytes.length, await used());
      await store.putBlob(sha256, bytes);
    },
  };
  const fill = async () => {
    limits.bytes = await used();
  };
  return { store: limited, limits, fill };
}

/** A device on which the assigned visit is. */
async function atTheDoor() {
  const here = world();
  await here.server.service.handle(assignVisit);
  const { store, limits, fill } = disk();
  const phone = here.device(actors.provider, { store });
  await phone.replica.sync();
  return { ...here, ...phone, limits, fill };
}

const full = { code: 'store-full' };
const takePhotos = (hashes: readonly string[]): readonly ActCommand[] =>
  plain.slice(1, 8).map((step) => {
    const act = asAct(step);
    if (act.type !== 'TakePhotos') return act;
    const [photo] = act.data.photos;
    return {
      ...act,
      data: { ...act.data, photos: hashes.map((sha256, n) => ({ ...photo, photoId: `f-${n}`, sha256 })) },
    };
  }) as never;

async function photographed(replica: Replica, count: number): Promise<readonly string[]> {
  const hashes: string[] = [];
  for (let n = 0; n < count; n += 1) hashes.push((await replica.photos.add(visitId, jpeg(n))).sha256);
  for (const act of takePhotos(hashes)) expect(await replica.act(act)).toMatchObject({ ok: true });
  return hashes;
}

describe('a device without any room', () => {
  it('sends the photographs that fill it, and has room again', async () => {
    const { replica, network, server, clock, fill, store } = await atTheDoor();
    network.online = false;
    const hashes = await photographed(replica, 5);
    clock.ms += 60_000;
    await fill();
    await expect(replica.photos.add(visitId, jpeg(9))).rejects.toMatchObject(full);
    expect(replica.status.storeFull).toBe(true);
    network.online = true;
    for (let round = 0; round < 3; round += 1) await replica.sync().catch(() => undefined);
    expect([...server.photos.keys()].sort()).toEqual([...hashes].sort());
    expect(replica.status).toMatchObject({ storeFull: false, waiting: 0, photosWaiting: 0, photosLost: 0 });
    expect((await server.logOf(visitId)).at(-1)?.type).toBe('PhotosTaken');
    expect((await store.listBlobs()).length).toBeLessThan(5);
    expect(await replica.photos.add(visitId, jpeg(9, 3_000))).toMatchObject({ size: 3_000 });
  });

  it('keeps no bytes of a photograph that the copy has no room to name', async () => {
    const { replica, fill, limits, store } = await atTheDoor();
    await fill();
    limits.bytes += 5_010;
    await expect(replica.photos.add(visitId, jpeg(9))).rejects.toMatchObject(full);
    expect(await store.listBlobs()).toEqual([]);
    expect(await replica.photos.add(visitId, jpeg(9, 4_000))).toMatchObject({ size: 4_000 });
  });

  it('removes a photograph that no act names, which makes room', async () => {
    const { replica, fill, store } = await atTheDoor();
    const [first, second] = [await replica.photos.add(visitId, jpeg(1)), await replica.photos.add(visitId, jpeg(2))];
    for (const act of takePhotos([first.sha256])) await replica.act(act);
    await fill();
    expect(await replica.photos.remove(visitId, first.sha256)).toMatchObject({ ok: false, reason: 'waiting' });
    expect(await replica.photos.remove(visitId, second.sha256)).toEqual({ ok: true });
    expect((await replica.visit(visitId)).photos).toEqual([first]);
    expect(await store.listBlobs()).toMatchObject([{ sha256: first.sha256 }]);
  });

  it('makes room for a draft by what the server has', async () => {
    const { replica, fill } = await atTheDoor();
    await photographed(replica, 1);
    await replica.sync();
    await fill();
    const draft = { draftId: 'd-1', visitId, type: 'CallClient', data: {} };
    expect(await replica.drafts.save(draft)).toMatchObject(draft);
    expect(replica.status.storeFull).toBe(false);
  });

  it('sends what waits, and confirms it once there is room', async () => {
    const { replica, network, server, clock, limits } = await atTheDoor();
    network.online = false;
    for (const act of [arrive, show]) await replica.act(act);
    clock.ms += 60_000;
    limits.bytes = 0;
    network.online = true;
    await expect(replica.sync()).rejects.toMatchObject(full);
    expect(await server.logOf(visitId)).toHaveLength(3);
    expect(replica.status).toMatchObject({ storeFull: true, waiting: 2 });
    expect((await replica.visit(visitId)).local.phase).toBe('on-site');
    limits.bytes = Number.POSITIVE_INFINITY;
    expect(await replica.sync()).toMatchObject({ result: 'done', sent: { repeated: { length: 2 } } });
    expect(replica.status).toMatchObject({ storeFull: false, waiting: 0 });
    expect(await server.logOf(visitId)).toHaveLength(3);
  });

  it('does not send an act that can still be undone, since it could not keep that from being done', async () => {
    const { replica, network, server, limits } = await atTheDoor();
    network.online = false;
    await replica.act(arrive);
    limits.bytes = 0;
    network.online = true;
    await expect(replica.sync()).rejects.toMatchObject(full);
    expect(await server.logOf(visitId)).toHaveLength(1);
  });

  it('does not send an act that can no longer be undone in one batch with one that can', async () => {
    const { replica, network, server, clock, limits } = await atTheDoor();
    network.online = false;
    await replica.act(arrive);
    clock.ms += 60_000;
    await replica.act(show);
    limits.bytes = 0;
    network.online = true;
    await expect(replica.sync()).rejects.toMatchObject(full);
    expect(await server.logOf(visitId)).toHaveLength(1);
  });

  it('keeps the bytes of a photograph that another person on it has not sent', async () => {
    const { replica, device, server, store, fill } = await atTheDoor();
    const other = device(actors.otherProvider, { store, remote: server.remoteFor(actors.otherProvider) });
    const [sha256 = ''] = await photographed(replica, 1);
    await other.replica.photos.add('visit-9', jpeg(0));
    const [second = ''] = [(await replica.photos.add('visit-8', jpeg(7))).sha256];
    await replica.sync();
    expect(server.photos.has(sha256)).toBe(true);
    await fill();
    await expect(replica.photos.add(visitId, jpeg(9))).rejects.toMatchObject(full);
    expect((await store.listBlobs()).map((blob) => blob.sha256).sort()).toEqual([sha256, second].sort());
    expect(await other.replica.photos.read(sha256)).toEqual(jpeg(0));
  });

  it('removes visits that ended and are synced, before it refuses an act', async () => {
    const { replica, server, fill } = await atTheDoor();
    server.photos.set('a'.repeat(64), new Uint8Array(1));
    for (const step of plain.slice(1)) await server.service.handle(step);
    const other = { ...assignVisit, data: { ...assignVisit.data, visitId: 'visit-2' } } as VisitCommand;
    await server.service.handle(other);
    await replica.sync();
    expect(await replica.visits()).toHaveLength(2);
    await fill();
    expect(await replica.act({ ...arrive, data: { ...arrive.data, visitId: 'visit-2' } } as ActCommand)).toMatchObject({
      ok: true,
    });
    expect((await replica.visits()).map((one) => one.visitId)).toEqual(['visit-2']);
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect((await replica.visits()).map((one) => one.visitId)).toEqual(['visit-2']);
  });

  it('removes them as often as it is full', async () => {
    const { replica, server, fill } = await atTheDoor();
    server.photos.set('a'.repeat(64), new Uint8Array(1));
    const inVisit = <T extends { data: object }>(one: T, id: string) => ({
      ...one,
      data: { ...one.data, visitId: id },
    });
    for (const id of ['visit-1', 'visit-2']) {
      for (const step of plain) await server.service.handle(inVisit(step, id) as VisitCommand);
    }
    await server.service.handle(inVisit(assignVisit, 'visit-3') as VisitCommand);
    await replica.sync();
    expect(await replica.visits()).toHaveLength(3);
    await fill();
    expect(await replica.act(inVisit(arrive, 'visit-3') as ActCommand)).toMatchObject({ ok: true });
    expect((await replica.visits()).map((one) => one.visitId)).toEqual(['visit-3']);
    for (const step of plain) await server.service.handle(inVisit(step, 'visit-4') as VisitCommand);
    await replica.sync();
    expect(await replica.visits()).toHaveLength(2);
    await fill();
    expect(await replica.act(inVisit(show, 'visit-3') as ActCommand)).toMatchObject({ ok: true });
    expect((await replica.visits()).map((one) => one.visitId)).toEqual(['visit-3']);
  });

  it('keeps a visit that ended and is synced while an act of it is to be stored', async () => {
    const { replica, server, fill } = await atTheDoor();
    server.photos.set('a'.repeat(64), new Uint8Array(1));
    for (const step of plain.slice(1)) await server.service.handle(step);
    await replica.sync();
    await fill();
    const act = asAct(command('EscalateClientImpact', { what: 'fuga', at: minute(200) }));
    await expect(replica.act(act)).rejects.toMatchObject(full);
    expect((await replica.visit(visitId)).events).toHaveLength(plain.length);
  });

  it('keeps what waits of a visit that ended, and says that an act was not stored', async () => {
    const { replica, network, fill } = await atTheDoor();
    network.online = false;
    for (const step of plain.slice(1)) {
      await replica.photos.add(visitId, jpeg(1));
      await replica.act(asAct(step));
    }
    const { pending } = await replica.visit(visitId);
    await fill();
    await expect(replica.act(show, { despite: 'op-7' })).rejects.toMatchObject(full);
    expect((await replica.visit(visitId)).pending).toEqual(pending);
    expect(replica.status.visits).toBe(1);
  });

  it('gives every visit its turn, however many there are', async () => {
    const { replica, network, server, clock, limits } = await atTheDoor();
    const ids = Array.from({ length: 14 }, (_, n) => `visit-${n + 2}`);
    for (const id of ids) {
      await server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: id } } as VisitCommand);
    }
    await replica.sync();
    network.online = false;
    for (const id of ids) await replica.act({ ...arrive, data: { ...arrive.data, visitId: id } } as ActCommand);
    clock.ms += 60_000;
    limits.bytes = 0;
    network.online = true;
    await expect(replica.sync()).rejects.toMatchObject(full);
    for (const id of ids) expect(await server.logOf(id)).toHaveLength(2);
  });
});

describe('a photograph of which a full device knows no more that it was uploaded', () => {
  /** The application is killed after the bytes were removed, and before that is noted. */
  async function killedMeanwhile(isAsked = true) {
    const here = await atTheDoor();
    const hashes = await photographed(here.replica, 1);
    await here.replica.sync();
    const [sha256] = hashes;
    const { store, server } = here;
    // As if the write that notes the upload had not come about.
    const group = (await store.listGroups('visit/'))[0]?.group ?? '';
    const { revision, records } = await store.readGroup(group);
    const { uploadedAt: _, ...photo } = JSON.parse(records.get(`photo/${sha256}`) ?? '{}');
    await store.writeGroup(group, revision, { [`photo/${sha256}`]: JSON.stringify(photo) });
    await store.dropBlob(sha256 ?? '');
    const { hasPhoto, ...remote } = server.remoteFor(actors.provider);
    const asked = { ...remote, ...(isAsked && hasPhoto && { hasPhoto }) };
    const { replica } = here.device(actors.provider, { store, remote: asked });
    const submit = asAct(plain.find(({ type }) => type === 'SubmitPhotos') as never);
    await replica.act({ ...submit, data: { ...submit.data, photoIds: ['f-0'] } } as ActCommand);
    await replica.sync();
    return { replica, server, hashes };
  }

  it('is not reported as lost, since the server has it', async () => {
    const { replica, server } = await killedMeanwhile();
    expect(replica.status).toMatchObject({ photosLost: 0, withheld: 0, waiting: 0 });
    expect((await server.logOf(visitId)).some(({ type }) => type === 'PhotosSubmitted')).toBe(true);
  });

  it('is reported where the server cannot be asked, until the log says that it is sent', async () => {
    const { replica, server, hashes } = await killedMeanwhile(false);
    expect(replica.status).toMatchObject({ photosLost: 1, withheld: 1 });
    const [{ command }] = (await replica.visit(visitId)).pending as never as [{ command: VisitCommand }];
    await server.service.sync({ visitId, basedOn: 1, commands: [command] }, actors.provider);
    await replica.sync();
    expect(replica.status).toMatchObject({ photosLost: 0, withheld: 0, waiting: 0 });
    expect((await replica.visit(visitId)).photos).toMatchObject([{ sha256: hashes[0], droppedAt: expect.any(String) }]);
  });

  it('is asked for again when its command is released', async () => {
    const { replica, server, hashes } = await killedMeanwhile();
    server.photos.delete(hashes[0] ?? '');
    const submit = asAct(plain.find(({ type }) => type === 'SubmitPhotos') as never);
    const again = { ...submit, data: { ...submit.data, photoIds: ['f-0'] }, metadata: { commandId: 'again' } };
    await replica.act(again as ActCommand, { despite: 'op-7' });
    await replica.sync();
    expect(replica.status).toMatchObject({ photosLost: 1, withheld: 1, waiting: 0 });
    server.photos.set(hashes[0] ?? '', jpeg(0));
    expect(await replica.release('again')).toBe(true);
    await replica.sync();
    expect(replica.status).toMatchObject({ photosLost: 0, withheld: 0, waiting: 0 });
  });
});

describe('a server that loses photographs while a replica is open', () => {
  it('gets them again', async () => {
    const { replica, server } = await atTheDoor();
    const [sha256 = ''] = await photographed(replica, 1);
    await replica.sync();
    server.photos.delete(sha256);
    const submit = asAct(plain.find(({ type }) => type === 'SubmitPhotos') as never);
    await replica.act({ ...submit, data: { ...submit.data, photoIds: ['f-0'] } } as ActCommand);
    expect(await replica.sync()).toMatchObject({ result: 'done', failures: [] });
    expect(server.photos.has(sha256)).toBe(true);
  });
});
