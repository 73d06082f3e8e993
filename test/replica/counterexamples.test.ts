/** Counterexamples that were found by attacking the replica: each failed once. */
import { describe, expect, it, vi } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import { parseUnsent, type Remote, RemoteError } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors, command, minute } from '../../src/testing.ts';
import { asAct, assignVisit, gate, inVisit, named, own, plain, withVisits } from './device.ts';

type Act = ReturnType<typeof asAct>;
const visitId = 'visit-1';
const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [Act, Act];

describe('an act', () => {
  it('under the id of another that the server has is refused aloud, and not answered as recorded', async () => {
    const { replica } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    await replica.sync();
    await expect(replica.act(named(show, 'touch-1'))).rejects.toThrow('under the id touch-1');
    expect(await replica.act(named(arrive, 'touch-1'))).toMatchObject({ ok: true });
  });

  it('is answered as recorded though a listener throws', async () => {
    const { replica } = await withVisits();
    const reported = vi.spyOn(console, 'error').mockReturnValue();
    replica.subscribe(() => {
      throw new Error('The screen is broken');
    });
    expect(await replica.act(arrive)).toMatchObject({ ok: true });
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect(reported).toHaveBeenCalled();
    replica.close();
    reported.mockRestore();
  });

  it('that is stored while the replica is closed is answered as recorded', async () => {
    const { replica } = await withVisits();
    const answer = replica.act(arrive);
    replica.close();
    expect(await answer).toMatchObject({ ok: true });
    await expect(replica.act(show)).rejects.toMatchObject({ code: 'store-closed' });
  });

  it('is not refused for what another process has recorded since', async () => {
    const { replica, device, store } = await withVisits();
    const other = device(actors.provider, { store });
    await other.replica.visit(visitId);
    await replica.act(named(arrive, 'touch-1'));
    expect(await other.replica.act(show)).toMatchObject({ ok: true });
    expect(await other.replica.undo('touch-1')).not.toMatchObject({ reason: 'unknown' });
  });
});

describe('a server that answers nonsense', () => {
  const broken = async (answers: (remote: Remote) => Partial<Remote>) => {
    const { device, store, remote, server } = await withVisits(2);
    const { replica } = device(actors.provider, { store, remote: { ...remote, ...answers(remote) } });
    await replica.act(arrive);
    await replica.act(inVisit(arrive, 'visit-2'));
    return { replica, server };
  };

  it.each([
    ['no answer', undefined],
    ['no events', { events: undefined }],
    ['no outcomes', { outcomes: undefined }],
    ['an outcome of no kind', { outcomes: [{ outcome: '__proto__' }] }],
    ['an event that is none', { events: [null] }],
    ['no time', { serverTime: undefined }],
    ['a time that is none', { serverTime: 'soon' }],
    ['a version that is none', { version: 'many' }],
  ])('with %s about one visit blocks no other', async (_, wrong) => {
    const { replica, server } = await broken((remote) => ({
      sync: async (batch) =>
        batch.visitId !== visitId
          ? remote.sync(batch)
          : ((wrong && { ...(await remote.sync(batch)), ...wrong }) as never),
    }));
    const report = await replica.sync();
    expect(report).toMatchObject({ result: 'done', failures: [{ visitId }] });
    expect(await server.logOf('visit-2')).toHaveLength(2);
  });

  it('with the events of another visit is not believed', async () => {
    const { device, remote, server } = await withVisits(2);
    const { replica } = device(actors.provider, {
      store: memoryReplicaStore(),
      remote: { ...remote, events: (_, after) => remote.events('visit-2', after) },
    });
    await replica.sync();
    expect((await replica.visit(visitId)).events).toEqual([]);
    expect(replica.status.failing).toMatchObject([{ visitId }]);
    expect(await server.logOf(visitId)).toHaveLength(1);
  });

  it.each([
    ['no page', undefined],
    ['no visits', { visits: undefined }],
    ['a visit without a name', { visits: [{ version: 1 }] }],
    ['no time', { serverTime: undefined }],
  ])('with %s ends the round, without an error', async (_, wrong) => {
    const { device, remote } = await withVisits();
    const { replica } = device(actors.provider, {
      store: memoryReplicaStore(),
      remote: {
        ...remote,
        assignments: async (after) => (wrong && { ...(await remote.assignments(after)), ...wrong }) as never,
      },
    });
    expect(await replica.sync()).toMatchObject({ result: 'unavailable' });
    expect(replica.status.lastServerTime).toBeNull();
  });

  it('that sends the events of a visit one by one is asked for all of them', async () => {
    const { device, remote, replica: first } = await withVisits();
    for (const act of [arrive, show]) await first.act(act);
    await first.sync();
    const { replica } = device(actors.provider, {
      store: memoryReplicaStore(),
      remote: {
        ...remote,
        events: async (id, after) => {
          const answer = await remote.events(id, after);
          return { ...answer, events: answer.events.slice(0, 1) };
        },
      },
    });
    for (let round = 0; round < 3; round += 1) await replica.sync();
    expect((await replica.visit(visitId)).events).toHaveLength(3);
  });

  it('with a failure of an unknown kind counts as one that cannot be reached', async () => {
    const { replica } = await broken(() => ({
      sync: () => Promise.reject(new RemoteError('__proto__' as never, 'Nonsense')),
    }));
    const report = await replica.sync();
    expect(report.result).toBe('done');
    expect(report.failures).toMatchObject([{ failure: { kind: 'unavailable' } }, { failure: { kind: 'unavailable' } }]);
  });

  it('with pages that lead nowhere ends', async () => {
    const { device, remote } = await withVisits();
    let pages = 0;
    const { replica } = device(actors.provider, {
      store: memoryReplicaStore(),
      remote: {
        ...remote,
        assignments: async (after) => {
          pages += 1;
          if (pages > 50) throw new RemoteError('unauthenticated', 'Asked for ever');
          return { ...(await remote.assignments(after)), more: true };
        },
      },
    });
    expect((await replica.sync()).result).toBe('unavailable');
    expect(pages).toBeLessThan(5);
  });

  it('about three visits does not keep the others from being fetched', async () => {
    const { device, remote, server } = await withVisits(4);
    const isBad = (id: string) => id !== 'visit-4';
    const { replica } = device(actors.provider, {
      store: memoryReplicaStore(),
      remote: {
        ...remote,
        events: async (id, after) => {
          if (isBad(id)) throw new Error('HTTP 500');
          return remote.events(id, after);
        },
      },
    });
    await replica.sync();
    expect((await replica.visit('visit-4')).events).toHaveLength(1);
    await server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: 'visit-5' } } as never);
    await replica.sync();
    expect((await replica.visits()).map((one) => one.visitId)).toContain('visit-5');
  });

  it('that was restored from a backup is told from one that has nothing new', async () => {
    const { replica, device, store, remote, server } = await withVisits();
    for (const act of [arrive, show]) await replica.act(act);
    await replica.sync();
    const restored = {
      ...remote,
      events: async (id: string, after: number) => ({
        ...(await remote.events(id, 0)),
        events: (await server.logOf(id)).slice(0, 1).slice(after),
        version: 1,
      }),
      assignments: async () => ({ ...(await remote.assignments(null)), visits: [{ visitId, version: 1 }] }),
    };
    const later = device(actors.provider, { store, remote: restored });
    const { failures } = await later.replica.sync();
    expect(failures).toMatchObject([{ visitId, failure: { kind: 'diverged' } }]);
  });

  it('that was restored without a visit makes that visit fail within a day, and the status names it', async () => {
    const { replica, server, clock } = await withVisits(2);
    await replica.act(inVisit(arrive, 'visit-2'));
    await replica.sync();
    await server.restore(1);
    clock.ms += 86_400_000;
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    const failure = expect.objectContaining({ kind: 'forbidden' });
    expect(replica.status.failing).toEqual([{ visitId: 'visit-2', failure }]);
  });

  it('that listed a visit by mistake and refuses it, then lists it no more, leaves nothing of it within a day', async () => {
    const { device, remote, clock } = await withVisits();
    let listed = [{ visitId: 'visit-9', version: 1 }];
    const wrong: Remote = {
      ...remote,
      assignments: async (after) => {
        const page = await remote.assignments(after);
        return { ...page, visits: [...page.visits, ...listed] };
      },
    };
    const { replica } = device(actors.provider, { remote: wrong });
    await replica.sync();
    listed = [];
    await replica.sync();
    expect(replica.status).toMatchObject({
      visits: 2,
      failing: [{ visitId: 'visit-9', failure: { kind: 'forbidden' } }],
    });
    clock.ms += 86_400_000;
    await replica.sync();
    expect(replica.status).toMatchObject({ visits: 1, failing: [] });
  });

  it('with an event of a later release, without an author, still shows the visit', async () => {
    const { device, remote } = await withVisits();
    const strange = { type: 'RobotArrived', data: { visitId, at: minute(20) }, metadata: { eventId: 'strange' } };
    const { replica } = device(actors.provider, {
      store: memoryReplicaStore(),
      remote: {
        ...remote,
        events: async (id, after) => ({
          ...(await remote.events(id, after)),
          events: [...(await remote.events(id, 0)).events, strange].slice(after),
          version: 2,
        }),
      },
    });
    await replica.sync();
    expect(await replica.visit(visitId)).toMatchObject({ needsUpgrade: true });
    expect(await replica.act(arrive)).toMatchObject({ ok: false, reason: 'needs-upgrade' });
  });
});

describe('a replica that is closed', () => {
  it('has no timers left', async () => {
    vi.useFakeTimers();
    const { replica, network } = await withVisits();
    replica.start();
    replica.close();
    network.calls.length = 0;
    await vi.advanceTimersByTimeAsync(600_000);
    expect(vi.getTimerCount()).toBe(0);
    expect(network.calls).toEqual([]);
    vi.useRealTimers();
  });

  it('does not hammer a server that asks to wait for a year', async () => {
    vi.useFakeTimers();
    const { device, remote } = await withVisits();
    let calls = 0;
    const { replica } = device(actors.provider, {
      remote: {
        ...remote,
        assignments: async () => {
          calls += 1;
          throw new RemoteError('unavailable', 'Later', { retryAfterMs: 365 * 86_400_000 });
        },
      },
    });
    const stop = replica.start();
    await vi.advanceTimersByTimeAsync(10_000);
    stop();
    vi.useRealTimers();
    expect(calls).toBe(1);
  });
});

const failing = (store: ReplicaStore, isBroken: (call: string, group: string) => boolean): ReplicaStore => ({
  ...store,
  readGroup: async (group) => {
    if (isBroken('readGroup', group)) throw new StoreError('io', 'The disk cannot be read');
    return store.readGroup(group);
  },
  listGroups: async (prefix) => {
    if (isBroken('listGroups', prefix)) throw new StoreError('io', 'The disk cannot be read');
    return store.listGroups(prefix);
  },
});

describe('an act during a round', () => {
  it('is sent as soon as it can no longer be undone', async () => {
    vi.useFakeTimers();
    const { device, remote, store, server } = await withVisits();
    const answered = gate();
    const { replica } = device(actors.provider, {
      store,
      remote: {
        ...remote,
        assignments: async (after) => {
          await answered.opened;
          return remote.assignments(after);
        },
      },
    });
    const stop = replica.start();
    await vi.advanceTimersByTimeAsync(1_000);
    await replica.act(arrive);
    answered.open();
    await vi.advanceTimersByTimeAsync(10_000);
    stop();
    vi.useRealTimers();
    expect(await server.logOf(visitId)).toHaveLength(2);
  });
});

describe('a file of what was not sent', () => {
  it('has what can be read, though one visit cannot', async () => {
    const { replica, device, store } = await withVisits(2);
    await replica.act(arrive);
    await replica.act(inVisit(arrive, 'visit-2'));
    const next = device(actors.provider, { store: failing(store, (_, group) => group.endsWith('/visit-1')) });
    const parsed = await parseUnsent(await next.replica.exportUnsent());
    expect(parsed).toMatchObject({ ok: true, value: { commands: [{ visitId: 'visit-2' }], unread: [visitId] } });
  });

  it('has what is known when the store is gone, though an act was refused for it, and a round', async () => {
    const { replica, store } = await withVisits();
    await replica.act(named(arrive, 'arrival'));
    await store.close();
    await expect(replica.act(named(show, 'credential'))).rejects.toMatchObject({ code: 'store-closed' });
    await expect(replica.act(named(arrive, 'arrival'))).rejects.toMatchObject({ code: 'store-closed' });
    await expect(replica.sync()).rejects.toMatchObject({ code: 'store-closed' });
    expect((await replica.visit(visitId)).pending).toHaveLength(1);
    const parsed = await parseUnsent(await replica.exportUnsent());
    expect(parsed).toMatchObject({ value: { commands: [{ command: { type: 'RecordArrival' } }], unread: [] } });
  });

  it('is not written as if nothing waited when nothing can be read', async () => {
    const { replica, device, store } = await withVisits();
    await replica.act(arrive);
    const next = device(actors.provider, { store: failing(store, (call) => call === 'listGroups') });
    await expect(next.replica.exportUnsent()).rejects.toThrow('The disk cannot be read');
  });
});

describe('a former provider who is assigned again', () => {
  it.each(['whole', 'one event at a time'])('has each of their acts once, of a log that comes %s', async (how) => {
    const { network, server, device, store, remote, replica: first } = await withVisits();
    const events: Remote['events'] = async (...of) => {
      const answer = await remote.events(...of);
      return how === 'whole' ? answer : { ...answer, events: answer.events.slice(0, 1) };
    };
    const { replica } =
      how === 'whole' ? { replica: first } : device(actors.provider, { store, remote: { ...remote, events } });
    const center = async (type: 'GiveInstruction' | 'ReassignProvider' | 'NotifyClient', data: object) =>
      expect(await server.service.handle(command(type, data as never))).toMatchObject({ ok: true });
    const reassign = async (id: string, at: number) => {
      await center('GiveInstruction', { at: minute(at), about: 'visit', decision: 'reassign', text: 'Cambia' });
      await center('ReassignProvider', { at: minute(at), provider: { id, name: 'Rosa' }, arriveBy: minute(99) });
    };
    network.online = false;
    await replica.act(arrive);
    await reassign('prov-2', 3);
    await center('NotifyClient', { at: minute(3), about: ['provider-change'], reached: true });
    network.online = true;
    await replica.sync();
    expect((await replica.visit(visitId)).own).toHaveLength(1);
    await reassign(actors.provider.id, 4);
    for (let round = 0; round < 5; round += 1) expect(await replica.sync()).toMatchObject({ failures: [] });
    const fresh = device().replica;
    await fresh.sync();
    expect((await replica.visit(visitId)).own).toEqual([]);
    expect((await replica.visit(visitId)).local).toEqual((await fresh.visit(visitId)).local);
  });
});

describe('the bytes of a photograph', () => {
  it('stay for another user of the device when they are removed with a visit', async () => {
    const { replica, device, server, store } = await withVisits();
    const other = device(actors.otherProvider, { store, remote: server.remoteFor(actors.otherProvider) });
    const bytes = new Uint8Array([1, 2, 3]);
    const { sha256 } = await other.replica.photos.add('visit-9', bytes);
    await replica.photos.add(visitId, bytes);
    for (const step of plain.slice(1)) {
      const act = JSON.parse(JSON.stringify(asAct(step)).replaceAll('a'.repeat(64), sha256));
      await replica.act(act);
    }
    await replica.sync();
    expect((await replica.visit(visitId)).photos).toMatchObject([{ droppedAt: expect.any(String) }]);
    expect(await other.replica.photos.read(sha256)).toEqual(bytes);
  });

  it('are not taken for lost when they are added again while they are missed', async () => {
    const { replica, store, server } = await withVisits();
    const bytes = new Uint8Array([1, 2, 3]);
    const { sha256 } = await replica.photos.add(visitId, bytes);
    for (const step of plain.slice(1)) {
      await replica.act(JSON.parse(JSON.stringify(asAct(step)).replaceAll('a'.repeat(64), sha256)));
    }
    await store.dropBlob(sha256);
    const { readBlob } = store;
    const [missed, added] = [gate(), gate()];
    Object.assign(store, {
      readBlob: async (hash: string) => {
        const found = await readBlob(hash);
        missed.open();
        await added.opened;
        return found;
      },
    });
    const round = replica.sync();
    await missed.opened;
    await replica.photos.add(visitId, bytes);
    added.open();
    await round;
    await replica.sync();
    expect(replica.status).toMatchObject({ photosLost: 0, withheld: 0, waiting: 0 });
    expect(server.photos.has(sha256)).toBe(true);
  });

  it('stay when they are added to a visit while they are removed with another', async () => {
    const { replica, store, server } = await withVisits(2);
    const bytes = new Uint8Array([1, 2, 3]);
    const { sha256 } = await replica.photos.add(visitId, bytes);
    for (const step of plain.slice(1)) {
      const act = JSON.parse(JSON.stringify(asAct(step)).replaceAll('a'.repeat(64), sha256));
      await replica.act(act);
    }
    const [put, dropped] = [gate(), gate()];
    const { putBlob, dropBlob } = store;
    Object.assign(store, {
      putBlob: async (hash: string, given: Uint8Array) => {
        await putBlob(hash, given);
        put.open();
        await dropped.opened;
      },
      dropBlob: async (hash: string) => {
        await put.opened;
        await dropBlob(hash);
        dropped.open();
      },
    });
    await Promise.all([replica.sync(), replica.photos.add('visit-2', bytes)]);
    expect(server.photos.has(sha256)).toBe(true);
    expect(await replica.photos.read(sha256)).toEqual(bytes);
  });
});

describe('a photograph that waits alone', () => {
  /** A device that has sent that it took a photograph, whose bytes the server does not take. */
  async function refused(bytes = new Uint8Array([1, 2])) {
    const { replica, device, store, remote, server, clock } = await withVisits();
    const { sha256 } = await replica.photos.add(visitId, bytes);
    const taken = plain.slice(
      1,
      plain.findIndex(({ type }) => type === 'SubmitPhotos'),
    );
    for (const { type, data } of taken) {
      const photos = [{ photoId: 'p-1', sha256, takenAt: minute(40) }];
      await replica.act({ type, data: type === 'TakePhotos' ? { ...data, photos } : data } as Act);
    }
    const putPhoto = () => Promise.reject(new RemoteError('refused', 'This is no image', { reason: 'not-an-image' }));
    const other = device(actors.provider, { store, remote: { ...remote, putPhoto } });
    await other.replica.sync();
    return { replica, other: other.replica, store, remote, device, server, sha256, clock };
  }

  it('and is refused stays in the status, until the server takes it', async () => {
    const { replica, other, sha256, clock } = await refused();
    const problem = { visitId, what: 'photo', sha256, kind: 'refused', reason: 'not-an-image', tries: 1 };
    expect(other.status).toMatchObject({ verdict: 'attention', waiting: 0, photosWaiting: 0, photosRefused: 1 });
    expect(other.status).toMatchObject({ problems: [problem], failing: [] });
    clock.ms += 60_000;
    expect(await replica.sync()).toMatchObject({ failures: [] });
    expect(replica.status).toMatchObject({ verdict: 'received', photosRefused: 0, problems: [] });
  });

  it('and was damaged on the device is reported as lost, and sent once it is added again', async () => {
    const { replica, store, server, sha256, clock } = await refused();
    clock.ms += 60_000;
    await store.dropBlob(sha256);
    await store.putBlob(sha256, new Uint8Array([1, 3]));
    await replica.sync();
    expect(replica.status).toMatchObject({ photosWaiting: 0, photosLost: 1, failing: [] });
    await replica.photos.add(visitId, new Uint8Array([1, 2]));
    await replica.sync();
    expect(replica.status).toMatchObject({ photosWaiting: 0, photosLost: 0 });
    expect(server.photos.get(sha256)).toEqual(new Uint8Array([1, 2]));
  });

  it('on a device that was revoked is handed in, whatever failed when its act was', async () => {
    const { replica, store, device, remote, server, sha256, clock } = await refused();
    clock.ms += 60_000;
    const [submit] = own(['SubmitPhotos']) as [Act];
    await replica.act({ ...submit, data: { ...submit.data, photoIds: ['p-1'] } } as Act);
    const kept: string[] = [];
    const revoked = {
      sync: async ({ commands }: Parameters<Remote['sync']>[0]) => {
        kept.push(...commands.map(({ type }) => type));
        throw new RemoteError('forbidden', 'No', { reason: 'device-revoked', quarantineId: 'q-1' });
      },
      assignments: () => Promise.reject(new RemoteError('forbidden', 'No', { reason: 'device-revoked' })),
    };
    const putPhoto = () => Promise.reject(new RemoteError('unavailable', 'No signal'));
    const cut = device(actors.provider, { store, remote: { ...remote, ...revoked, putPhoto } });
    await cut.replica.sync();
    const { replica: back } = device(actors.provider, { store, remote: { ...remote, ...revoked } });
    await back.sync();
    expect([kept, server.photos.has(sha256)]).toEqual([['SubmitPhotos'], true]);
    await back.sync();
    expect(await back.visits()).toEqual([]);
    // An operator has to decide on what the server keeps.
    expect(back.status).toMatchObject({ revoked: true, verdict: 'attention' });
  });
});

describe('a visit that cannot be read on the device', () => {
  it('keeps no other from being sent and fetched', async () => {
    const { replica, device, store, server } = await withVisits(2);
    await replica.act(arrive);
    await replica.act(inVisit(arrive, 'visit-2'));
    const broken = failing(store, (call, group) => call === 'readGroup' && group.endsWith('/visit-1'));
    const next = device(actors.provider, { store: broken });
    await server.service.handle({ ...assignVisit, data: { ...assignVisit.data, visitId: 'visit-3' } } as never);
    await expect(next.replica.sync()).rejects.toThrow('The disk cannot be read');
    expect(await server.logOf('visit-2')).toHaveLength(2);
    expect((await next.replica.visits()).map((one) => one.visitId)).toContain('visit-3');
  });
});

describe('a visit that is forgotten while it is fetched', () => {
  it('does not come back as one that has diverged', async () => {
    const { replica, device, store, remote, server } = await withVisits();
    for (const step of plain.slice(1)) await server.service.handle(step);
    await replica.sync();
    const [asked, forgotten] = [gate(), gate()];
    const slow = device(actors.provider, {
      store,
      remote: {
        ...remote,
        assignments: async () => ({ ...(await remote.assignments(null)), visits: [{ visitId, version: 99 }] }),
        events: async (...given) => {
          asked.open();
          await forgotten.opened;
          return remote.events(...given);
        },
      },
    });
    const round = slow.replica.sync();
    await asked.opened;
    expect(await slow.replica.forget(visitId)).toEqual({ ok: true });
    forgotten.open();
    expect(await round).toMatchObject({ result: 'done', failures: [] });
    expect(await slow.replica.visits()).toEqual([]);
  });

  it('does not come back as one that cannot be fetched', async () => {
    const { replica, device, store, remote, server } = await withVisits();
    for (const step of plain.slice(1)) await server.service.handle(step);
    await replica.sync();
    const slow = device(actors.provider, {
      store,
      remote: {
        ...remote,
        assignments: async () => ({ ...(await remote.assignments(null)), visits: [{ visitId, version: 99 }] }),
        events: async () => {
          await slow.replica.forget(visitId);
          throw new RemoteError('unavailable', 'No signal');
        },
      },
    });
    await slow.replica.sync();
    expect(await slow.replica.visits()).toEqual([]);
  });

  it('is forgotten once, though another tab records an act in the same moment', async () => {
    const { replica, device, store, server } = await withVisits();
    for (const step of plain.slice(1)) await server.service.handle(step);
    await replica.sync();
    const [farewell] = own(['GiveFarewell']) as [Act];
    const racing: ReplicaStore = {
      ...store,
      dropGroup: async (...given) => {
        await replica.act(farewell);
        return store.dropGroup(...given);
      },
    };
    const { replica: other } = device(actors.provider, { store: racing });
    await other.visits();
    expect(await other.forget(visitId)).toEqual({ ok: false, reason: 'waiting' });
    expect((await other.visit(visitId)).pending).toHaveLength(1);
  });
});

describe('a lead that was taken without a signal', () => {
  it('is sent to the server once there is one, though nothing else waits', async () => {
    const { device, store, remote } = await withVisits();
    const signal = { isThere: false };
    const led: string[] = [];
    const takeLead: Remote['takeLead'] = async (_, name) => {
      if (!signal.isThere) throw new RemoteError('unavailable', 'No signal');
      led.push(name);
      return {};
    };
    const { replica } = device(actors.provider, { store, remote: { ...remote, takeLead } });
    expect(await replica.takeLead(visitId)).toMatchObject({ confirmed: false });
    signal.isThere = true;
    await replica.sync();
    await replica.sync();
    expect([led, (await replica.visit(visitId)).lead]).toEqual([['phone-1'], { device: 'phone-1', confirmed: true }]);
  });
});

describe('an event of a later release', () => {
  it.each(['RobotArrived', 'DiscrepancyReported', 'PhotosTaken', 'PhotosSubmitted', '__proto__'])(
    'of type %s, with data of another shape, blocks nothing',
    async (type) => {
      const { device, remote } = await withVisits(2);
      const later = { type, data: { visitId }, metadata: { eventId: 'later', schemaVersion: 99 } };
      const { replica } = device(actors.provider, {
        store: memoryReplicaStore(),
        remote: {
          ...remote,
          events: async (id, after) => {
            const answer = await remote.events(id, 0);
            const events = id === visitId ? [...answer.events, later] : answer.events;
            return { ...answer, events: events.slice(after), version: events.length };
          },
        },
      });
      await replica.photos.add(visitId, new Uint8Array([1]));
      expect(await replica.sync()).toMatchObject({ result: 'done', failures: [] });
      expect((await replica.visit(visitId)).discrepancies.acts).toEqual([]);
      expect(await replica.act(arrive)).toMatchObject({ ok: false, reason: 'needs-upgrade' });
      expect(await replica.act(inVisit(arrive, 'visit-2'))).toMatchObject({ ok: true });
    },
  );
});

describe('a write whose answer was lost', () => {
  it('is counted by the status', async () => {
    const { device, store } = await withVisits();
    const { replica } = device(actors.provider, {
      store: {
        ...store,
        writeGroup: async (...given) => {
          await store.writeGroup(...given);
          throw new StoreError('io', 'The disk did not answer');
        },
      },
    });
    await expect(replica.act(arrive)).rejects.toThrow('did not answer');
    expect((await replica.visit(visitId)).pending).toHaveLength(1);
    expect(replica.status.waiting).toBe(1);
  });
});

describe('a tab that hears what another changes', () => {
  it('lists what changed, and not all visits for each change', async () => {
    const { device, remote } = await withVisits(20);
    const store = memoryReplicaStore();
    const listed: string[] = [];
    const watched: ReplicaStore = {
      ...store,
      listGroups: async (prefix) => {
        listed.push(prefix);
        return store.listGroups(prefix);
      },
    };
    const hearing = device(actors.provider, { store: watched, remote });
    await hearing.replica.visits();
    listed.length = 0;
    const heard = new Promise<void>((resolve) => {
      hearing.replica.subscribe(({ status }) => {
        if (status.visits === 20) resolve();
      });
    });
    await device(actors.provider, { store, remote }).replica.sync();
    await heard;
    expect(listed.filter((prefix) => prefix.endsWith('/'))).toEqual([]);
    expect(await hearing.replica.visits()).toHaveLength(20);
  });
});
