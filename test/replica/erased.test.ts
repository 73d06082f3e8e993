/** A visit whose texts were erased at the server: the device forgets them, and loses no act. */
import { describe, expect, it } from 'vitest';
import { type ActCommand, RemoteError } from '../../src/replica.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { named, own, withVisits } from './device.ts';

const visitId = 'visit-1';
const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [ActCommand, ActCommand];
const bytes = new Uint8Array([0xff, 0xd8, 7]);
const CANARY = 'Úrsula';

/** All that a store has, as one text. */
async function all(store: ReplicaStore): Promise<string> {
  const groups = await store.listGroups('');
  const found = await Promise.all(groups.map(({ group }) => store.readGroup(group)));
  return [...found.flatMap(({ records }) => [...records]), ...groups.map(({ head }) => head)].join(' ');
}

/** A device with texts in its copy that the server has no more. */
async function withTexts() {
  const here = await withVisits();
  const { replica, store } = here;
  await replica.act(named(arrive, 'touch-1'));
  await replica.sync();
  const group = 'visit/provider/prov-1/visit-1';
  const { revision, records } = await store.readGroup(group);
  const changes = [...records].flatMap(([key, text]) =>
    key.startsWith('event/')
      ? [[key, JSON.stringify({ ...JSON.parse(text), metadata: { ...JSON.parse(text).metadata, note: CANARY } })]]
      : [],
  );
  await store.writeGroup(group, revision, Object.fromEntries(changes));
  await replica.drafts.save({ draftId: 'd', visitId, type: 'LocateFault', data: { where: CANARY } });
  await replica.photos.add(visitId, bytes);
  return here;
}

describe('a visit whose texts were erased at the server', () => {
  it('is on the device as the server has it, without its drafts and photographs', async () => {
    const { replica, store, server } = await withTexts();
    expect(await all(store)).toContain(CANARY);
    expect(await replica.forget(visitId, { erased: true })).toEqual({ ok: true });
    expect(await all(store)).not.toContain(CANARY);
    expect([await store.listBlobs(), await replica.drafts.list()]).toEqual([[], []]);
    expect((await replica.visit(visitId)).events).toEqual(await server.logOf(visitId));
    // It goes on: the next act is recorded and sent.
    await replica.act(named(show, 'touch-2'));
    expect((await replica.sync()).sent.accepted).toEqual(['touch-2']);
  });

  it('stays as it is until what waits was sent', async () => {
    const { replica, store } = await withTexts();
    await replica.act(named(show, 'touch-2'));
    expect(await replica.forget(visitId, { erased: true })).toEqual({ ok: false, reason: 'waiting' });
    expect(await all(store)).toContain(CANARY);
    await replica.sync();
    expect(await replica.forget(visitId, { erased: true })).toEqual({ ok: true });
    expect(await all(store)).not.toContain(CANARY);
    expect((await replica.visit(visitId)).events).toHaveLength(3);
  });

  it('leaves the device where the server refuses it to the user, and stays where the server does not answer', async () => {
    const { replica, store, network } = await withTexts();
    network.online = false;
    expect(await replica.forget(visitId, { erased: true })).toEqual({ ok: false, reason: 'unreachable' });
    expect(await all(store)).toContain(CANARY);
    Object.defineProperty(network, 'online', {
      get: () => {
        throw new RemoteError('refused', 'Not yours', { status: 403 });
      },
    });
    expect(await replica.forget(visitId, { erased: true })).toEqual({ ok: true });
    expect(await all(store)).not.toContain(CANARY);
    expect(await replica.visits()).toEqual([]);
    expect(await replica.forget(visitId, { erased: true })).toEqual({ ok: false, reason: 'unknown' });
  });
});
