/** Rounds of syncing: their order, what ends them, what is noted on the device, and who hears of it. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import { type ActCommand, type Remote, RemoteError, type ReplicaChange } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors, command, minute } from '../../src/testing.ts';
import { asAct, gate, inVisit, named, own, plain, withVisits } from './device.ts';

const visitId = 'visit-1';
const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [ActCommand, ActCommand];
const decline = (n: number) =>
  named(asAct(command('DeclineOffContractRequest', { activity: 'other', detail: `n.º ${n}` })), `decline-${n}`);

/** Some visits, and a device whose calls a test changes. */
async function withRemote(change: (remote: Remote) => Partial<Remote>, visits = 1) {
  const here = await withVisits(visits);
  const { replica } = here.device(actors.provider, {
    store: here.store,
    remote: { ...here.remote, ...change(here.remote) },
  });
  return { ...here, replica };
}

const instruct = (server: Awaited<ReturnType<typeof withVisits>>['server'], at: number) =>
  server.service.handle(command('GiveInstruction', { at: minute(at), about: 'visit', decision: 'proceed', text: 'x' }));

describe('the commands that wait', () => {
  it('given more than a batch may have, then they are sent in several, in order', async () => {
    const sizes: number[] = [];
    const { replica, server } = await withRemote((remote) => ({
      sync: (batch) => {
        sizes.push(batch.commands.length);
        return remote.sync(batch);
      },
    }));
    for (let n = 0; n < 101; n += 1) await replica.act(decline(n));
    expect(await replica.sync()).toMatchObject({ result: 'done', sent: { accepted: { length: 101 } } });
    expect(sizes).toEqual([100, 1]);
    const ids = (await server.logOf(visitId)).slice(1).map(({ metadata }) => metadata?.commandId);
    expect(ids).toEqual(Array.from({ length: 101 }, (_, n) => `decline-${n}`));
  });

  it('given a browser that knows of no network, then those that can be undone are not marked as sent', async () => {
    onTestFinished(() => void vi.unstubAllGlobals());
    const { replica, network, server, clock } = await withVisits();
    network.online = false;
    vi.stubGlobal('navigator', { onLine: false });
    await replica.act(named(arrive, 'arrival'));
    await replica.act(named(show, 'credential'));
    expect(await replica.sync()).toMatchObject({ result: 'offline' });
    expect(await replica.undo('credential')).toMatchObject({ ok: true });
    clock.ms += 60_000;
    expect(await replica.sync()).toMatchObject({ result: 'offline' });
    network.online = true;
    // Some browsers take a network that they do not know for none.
    expect(await replica.sync()).toMatchObject({ result: 'done', sent: { accepted: ['arrival'] } });
    expect(await server.logOf(visitId)).toHaveLength(2);
  });

  it('given more bytes than a batch may have, then they are sent in several', async () => {
    const sizes: number[] = [];
    const { replica } = await withRemote((remote) => ({
      sync: (batch) => {
        sizes.push(batch.commands.length);
        return remote.sync(batch);
      },
    }));
    // Of three bytes each in UTF-8: 20 commands of 1,500 characters are more than 65,536 bytes.
    const long = (n: number) =>
      named(asAct(command('DeclineOffContractRequest', { activity: 'other', detail: '€'.repeat(1_500) })), `long-${n}`);
    for (let n = 0; n < 20; n += 1) expect(await replica.act(long(n))).toMatchObject({ ok: true });
    expect(await replica.sync()).toMatchObject({ result: 'done', sent: { accepted: { length: 20 } } });
    expect(sizes).toEqual([13, 7]);
  });

  it('given some that were recorded on a longer log, then each batch has those of one, with the last event of the device', async () => {
    const sent: unknown[] = [];
    const { replica, server, network } = await withRemote((remote) => ({
      sync: (batch) => {
        sent.push([batch.basedOn, batch.commands.map(({ type }) => type), batch.device, batch.head?.version]);
        if (batch.commands.length === 1 && sent.length === 1) throw new RemoteError('unavailable', 'No signal');
        return remote.sync(batch);
      },
    }));
    await replica.act(arrive);
    await instruct(server, 1);
    await replica.sync();
    await replica.act(show);
    expect(await replica.sync()).toMatchObject({ result: 'done', failures: [] });
    expect(sent).toEqual([
      [1, ['RecordArrival'], 'phone-1', 1],
      // What the contact center recorded has arrived.
      [2, [], 'phone-1', 2],
      [1, ['RecordArrival'], 'phone-1', 2],
      [2, ['ShowCredential'], 'phone-1', 3],
    ]);
    expect(network.online).toBe(true);
  });

  it('given a former provider, then it says the last event of their own, too', async () => {
    const heads: unknown[] = [];
    const { replica, server } = await withRemote((remote) => ({
      sync: (batch) => {
        heads.push(batch.head);
        return remote.sync(batch);
      },
    }));
    const impact = (at: number) => asAct(command('EscalateClientImpact', { what: 'fuga', at: minute(at) }));
    await replica.act(impact(2));
    const center = [
      command('GiveInstruction', { at: minute(3), about: 'visit', decision: 'reassign', text: 'Cambia' }),
      command('ReassignProvider', { at: minute(4), provider: { id: 'prov-2', name: 'Rosa' }, arriveBy: minute(99) }),
    ];
    for (const one of center) expect(await server.service.handle(one)).toMatchObject({ ok: true });
    await replica.sync();
    await replica.act(impact(5), { despite: 'op-7' });
    await replica.sync();
    const ids = (await server.logOf(visitId)).map(({ metadata }) => metadata?.eventId);
    expect(heads).toEqual([
      { version: 1, lastEventId: ids[0] },
      { version: 3, lastEventId: ids[2], lastOwnEventId: ids[3] },
    ]);
  });

  it('given a server that takes fewer at once, then they are sent by halves, and one that is too large alone is withheld', async () => {
    const sizes: number[] = [];
    const { replica, server } = await withRemote((remote) => ({
      sync: (batch) => {
        sizes.push(batch.commands.length);
        const isLong = batch.commands.some(({ metadata }) => metadata.commandId === 'decline-3');
        if (batch.commands.length > 2 || isLong) throw new RemoteError('too-large', 'Demasiado');
        return remote.sync(batch);
      },
    }));
    for (let n = 0; n < 5; n += 1) await replica.act(decline(n));
    expect(await replica.sync()).toMatchObject({ result: 'done', failures: [] });
    expect(sizes).toEqual([5, 3, 2, 2, 1, 1, 1]);
    const { pending } = await replica.visit(visitId);
    expect(pending).toMatchObject([
      { command: { metadata: { commandId: 'decline-3' } }, withheld: { reason: 'too-large', message: 'Demasiado' } },
    ]);
    expect(pending).toHaveLength(1);
    expect(await server.logOf(visitId)).toHaveLength(5);
  });

  it('given a server that says that photographs are missing, of another device or again and again, then the visit fails', async () => {
    const other = 'b'.repeat(64);
    let missing = other;
    let calls = 0;
    const { replica } = await withRemote(() => ({
      sync: () => {
        calls += 1;
        return Promise.reject(new RemoteError('photos-missing', 'Faltan', { photos: [missing] }));
      },
    }));
    const { sha256 } = await replica.photos.add(visitId, new Uint8Array([1, 2, 3]));
    await replica.act(arrive);
    const failed = [{ visitId, failure: { kind: 'photos-missing', message: 'Faltan' } }];
    expect((await replica.sync()).failures).toMatchObject(failed);
    expect(calls).toBe(1);
    missing = sha256;
    expect((await replica.sync()).failures).toMatchObject(failed);
    expect(calls).toBe(3);
    expect(replica.status).toMatchObject({ waiting: 1, withheld: 0, photosLost: 0 });
  });

  it('given a server that lacks photographs and names none, or names some with another failure, then the visit fails', async () => {
    const errors = [
      new RemoteError('photos-missing', 'Faltan'),
      new RemoteError('refused', 'No', { photos: ['b'.repeat(64)] }),
    ];
    const { replica } = await withRemote(() => ({ sync: () => Promise.reject(errors.shift()) }));
    await replica.act(arrive);
    expect((await replica.sync()).failures).toMatchObject([{ failure: { kind: 'photos-missing', rounds: 1 } }]);
    expect((await replica.sync()).failures).toMatchObject([{ failure: { kind: 'refused', rounds: 2 } }]);
    expect(errors).toEqual([]);
  });

  it('given a server that cannot read one and says none, or refuses one by its place, then the visit fails', async () => {
    const errors = [
      new RemoteError('malformed', 'No'),
      new RemoteError('malformed', 'No', { index: 1 }),
      new RemoteError('refused', 'No', { index: 0 }),
    ];
    const kinds = errors.map(({ kind }) => kind);
    const { replica } = await withRemote(() => ({ sync: () => Promise.reject(errors.shift()) }));
    await replica.act(arrive);
    for (const kind of kinds) expect((await replica.sync()).failures).toMatchObject([{ failure: { kind } }]);
    expect(replica.status).toMatchObject({ waiting: 1, withheld: 0 });
  });

  it('given one that is undone while photographs before it are sent, then it is not sent', async () => {
    const [asked, sent] = [gate(), gate()];
    const { replica, server } = await withRemote((remote) => ({
      putPhoto: async (photo) => {
        asked.open();
        await sent.opened;
        return remote.putPhoto(photo);
      },
    }));
    const { sha256 } = await replica.photos.add(visitId, new Uint8Array([1, 2, 3]));
    for (const step of plain.slice(1, 10)) {
      await replica.act(JSON.parse(JSON.stringify(asAct(step)).replaceAll('a'.repeat(64), sha256)));
    }
    await replica.act(decline(1));
    const round = replica.sync();
    await asked.opened;
    expect(await replica.undo('decline-1')).toMatchObject({ ok: true });
    sent.open();
    expect(await round).toMatchObject({ result: 'done', failures: [] });
    const types = (await server.logOf(visitId)).map(({ type }) => type);
    expect(types).toContain('PhotosSubmitted');
    expect(types).not.toContain('OffContractRequestDeclined');
  });

  it('given a server that says that it took one and shows no event of it, then it waits, and the answer is incomplete', async () => {
    const { replica, now } = await withRemote((remote) => ({
      sync: async ({ visitId: id, basedOn }) => ({
        ...(await remote.events(id, basedOn)),
        outcomes: [{ outcome: 'accepted', position: 2 }],
      }),
    }));
    await replica.act(arrive);
    const { failures, sent } = await replica.sync();
    expect(failures).toEqual([
      {
        visitId,
        failure: {
          kind: 'unavailable',
          reason: 'incomplete-answer',
          message: 'The server answered commands that its log does not have',
          at: now(),
          rounds: 1,
          reached: 1,
        },
      },
    ]);
    expect(sent.accepted).toEqual([]);
    expect((await replica.visit(visitId)).pending).toMatchObject([{ sentAt: now() }]);
  });

  it('given visits that failed before, then those that never did come first', async () => {
    const order: string[] = [];
    const { replica } = await withRemote(
      () => ({
        sync: async ({ visitId: id }) => {
          order.push(id);
          throw new RemoteError('refused', 'No');
        },
      }),
      3,
    );
    await replica.act(inVisit(arrive, 'visit-1'));
    await replica.sync();
    await replica.act(inVisit(arrive, 'visit-2'));
    await replica.sync();
    await replica.act(inVisit(arrive, 'visit-3'));
    await replica.sync();
    expect(order).toEqual(['visit-1', 'visit-2', 'visit-1', 'visit-3', 'visit-2', 'visit-1']);
    expect(replica.status.failing.map(({ visitId: id, failure }) => [id, failure.rounds])).toEqual([
      ['visit-1', 3],
      ['visit-2', 2],
      ['visit-3', 1],
    ]);
  });
});

describe('the failure of a visit', () => {
  it('stays while something of it waits, though its events are fetched, and goes with what waits', async () => {
    let isRefused = true;
    const { replica, server, now } = await withRemote((remote) => ({
      sync: (batch) =>
        isRefused ? Promise.reject(new RemoteError('refused', 'No', { reason: 'why' })) : remote.sync(batch),
    }));
    await replica.act(arrive);
    await instruct(server, 1);
    const failure = { kind: 'refused', reason: 'why', message: 'No', at: now(), rounds: 1, reached: 1 };
    expect((await replica.sync()).failures).toEqual([{ visitId, failure }]);
    expect(await replica.visit(visitId)).toMatchObject({ events: { length: 2 }, failure });
    expect(replica.status.failing).toEqual([{ visitId, failure }]);
    expect((await replica.sync()).failures).toEqual([{ visitId, failure: { ...failure, rounds: 2, reached: 2 } }]);
    isRefused = false;
    expect((await replica.sync()).failures).toEqual([]);
    expect(await replica.visit(visitId)).toMatchObject({ failure: null });
  });

  it('goes when what stopped it is withheld, and the visit is fetched', async () => {
    const { replica } = await withRemote(() => ({ sync: () => Promise.reject(new RemoteError('refused', 'No')) }));
    await replica.act(named(arrive, 'touch-1'));
    await replica.sync();
    expect(replica.status.failing).toHaveLength(1);
    await replica.withhold('touch-1', 'x');
    expect(replica.status.failing).toHaveLength(1);
    await replica.sync();
    expect(replica.status.failing).toEqual([]);
  });
});

describe('a server that cannot be reached', () => {
  it.each([
    [2, undefined, ['visit-1', 'visit-2'], 'done'],
    [4, undefined, ['visit-1', 'visit-2', 'visit-3'], 'offline'],
    [4, 'busy', ['visit-1', 'visit-2', 'visit-3'], 'offline'],
  ])(
    'given %i visits that get no answer (%s), then it is asked about %j, and the round is %s',
    async (count, reason, asked, result) => {
      const sent: string[] = [];
      const { replica } = await withRemote(
        (remote) => ({
          sync: async ({ visitId: id }) => {
            sent.push(id);
            throw new RemoteError('unavailable', 'No', {
              ...(reason !== undefined && { reason }),
            });
          },
          assignments: (after) =>
            count === 2 ? remote.assignments(after) : Promise.reject(new RemoteError('unavailable', 'No')),
        }),
        count,
      );
      for (let n = 1; n <= count; n += 1) await replica.act(inVisit(arrive, `visit-${n}`));
      const report = await replica.sync();
      expect(report).toMatchObject({ result, failures: { length: asked.length } });
      expect(sent).toEqual(asked);
      expect(replica.status.online).toBe(result === 'done');
    },
  );

  it('given an answer between them, then the visits without one are counted from the first again', async () => {
    const { replica, server } = await withRemote(
      (remote) => ({
        sync: (batch) =>
          batch.visitId === 'visit-3' ? remote.sync(batch) : Promise.reject(new RemoteError('unavailable', 'No')),
        assignments: () => Promise.reject(new RemoteError('unavailable', 'No')),
      }),
      6,
    );
    for (let n = 1; n <= 6; n += 1) await replica.act(inVisit(arrive, `visit-${n}`));
    expect((await replica.sync()).failures.map(({ visitId: id }) => id)).toEqual([
      'visit-1',
      'visit-2',
      'visit-4',
      'visit-5',
      'visit-6',
    ]);
    expect(await server.logOf('visit-3')).toHaveLength(2);
  });
});

describe('the visits of a device that has none', () => {
  it('are fetched at the same time, six at most', async () => {
    const { device, remote, server } = await withVisits(31);
    const sixth = gate();
    const asked: string[] = [];
    let [underWay, most] = [0, 0];
    const { replica } = device(actors.provider, {
      remote: {
        ...remote,
        async events(id, after) {
          asked.push(id);
          underWay += 1;
          most = Math.max(most, underWay);
          if (asked.length === 6) sixth.open();
          await sixth.opened;
          const events = await remote.events(id, after);
          underWay -= 1;
          return events;
        },
      },
    });
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect([asked.length, new Set(asked).size, most]).toEqual([31, 31, 6]);
    expect((await replica.visit('visit-31')).events).toEqual(await server.logOf('visit-31'));
  });
});

describe('the store of the device', () => {
  const failing = (store: ReplicaStore, isBroken: (group: string) => boolean): ReplicaStore => ({
    ...store,
    writeGroup: async (...given) => {
      if (isBroken(given[0])) throw new StoreError('io', 'The disk failed');
      return store.writeGroup(...given);
    },
  });

  it('given one that fails at some of the visits that are fetched, then the others are stored, and its error is thrown', async () => {
    const { device, remote } = await withVisits(8);
    const store = memoryReplicaStore();
    const { replica } = device(actors.provider, {
      remote,
      store: failing(store, (group) => /visit-[25]$/.test(group)),
    });
    await expect(replica.sync()).rejects.toThrow('The disk failed');
    const { replica: next } = device(actors.provider, { remote, store });
    expect((await next.visits()).map(({ visitId: id }) => id).sort()).toEqual(
      [1, 3, 4, 6, 7, 8].map((n) => `visit-${n}`),
    );
  });

  it('given one that fails where the round is noted, then the round says so', async () => {
    const { device, store, remote } = await withVisits();
    const { replica } = device(actors.provider, {
      store: failing(store, (group) => group.startsWith('replica/')),
      remote,
    });
    await expect(replica.sync()).rejects.toThrow('The disk failed');
    expect(replica.status).toMatchObject({ syncing: false });
  });

  it('given another tab that notes in the same moment, then what this one notes is there, too', async () => {
    const { device, store, remote, now } = await withVisits();
    let isOther = true;
    const { replica } = device(actors.provider, {
      remote,
      store: {
        ...store,
        writeGroup: async (group, at, changes) => {
          if (group.startsWith('replica/') && isOther) {
            isOther = false;
            await store.writeGroup(group, at, { other: '"tab"' });
          }
          return store.writeGroup(group, at, changes);
        },
      },
    });
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    const { records } = await store.readGroup('replica/visit/provider/prov-1/');
    expect(Object.fromEntries(records)).toMatchObject({ other: '"tab"', lastSyncAt: JSON.stringify(now()) });
  });

  it('given one that fails for every visit, then the round ends at the tenth', async () => {
    const { device, store, remote } = await withVisits(12);
    const { replica: first } = device(actors.provider, { store, remote });
    for (let n = 1; n <= 12; n += 1) await first.act(inVisit(arrive, `visit-${n}`));
    let tries = 0;
    const { replica } = device(actors.provider, {
      remote,
      store: failing(store, (group) => {
        if (group.startsWith('visit/')) tries += 1;
        return group.startsWith('visit/');
      }),
    });
    await expect(replica.sync()).rejects.toThrow('The disk failed');
    expect(tries).toBe(10);
  });

  it('given one that fails once, then the first error is thrown after the other visits had their turn', async () => {
    const { device, store, remote, server } = await withVisits(3);
    const { replica: first } = device(actors.provider, { store, remote });
    for (let n = 1; n <= 3; n += 1) await first.act(inVisit(arrive, `visit-${n}`));
    const { replica } = device(actors.provider, {
      store: failing(store, (group) => group.endsWith('visit-1')),
      remote,
    });
    await expect(replica.sync()).rejects.toThrow('The disk failed');
    expect([await server.logOf('visit-1'), await server.logOf('visit-3')]).toMatchObject([
      { length: 1 },
      { length: 2 },
    ]);
  });

  it('given one that cannot be read at first, then it is read again by the next call', async () => {
    const { device, store, remote } = await withVisits();
    let isBroken = true;
    const { replica } = device(actors.provider, {
      remote,
      store: {
        ...store,
        listGroups: async (prefix) => {
          if (isBroken) throw new StoreError('io', 'The disk failed');
          return store.listGroups(prefix);
        },
      },
    });
    await expect(replica.act(arrive)).rejects.toThrow('The disk failed');
    isBroken = false;
    expect(await replica.act(arrive)).toMatchObject({ ok: true });
    expect(replica.status).toMatchObject({ visits: 1, waiting: 1 });
  });
});

describe('a round whose lease is lost', () => {
  it('is busy, keeps what was answered, and leaves the rest to the other tab', async () => {
    vi.useFakeTimers();
    const [asked, answered] = [gate(), gate()];
    const { replica, store, now, server } = await withRemote(
      (remote) => ({
        sync: async (batch) => {
          asked.open();
          await answered.opened;
          return remote.sync(batch);
        },
      }),
      2,
    );
    await replica.act(arrive);
    await replica.act(inVisit(arrive, 'visit-2'));
    const round = replica.sync();
    await asked.opened;
    const [{ group } = { group: '' }] = await store.listGroups('lease/');
    const { revision } = await store.readGroup(group);
    const until = new Date(Date.parse(now()) + 30_000).toISOString();
    await store.writeGroup(group, revision, { lease: JSON.stringify({ holder: 'another tab', until }) });
    await vi.advanceTimersByTimeAsync(10_000);
    answered.open();
    expect(await round).toMatchObject({ result: 'busy', sent: { accepted: { length: 1 } }, failures: [] });
    vi.useRealTimers();
    expect([await server.logOf(visitId), await server.logOf('visit-2')]).toMatchObject([{ length: 2 }, { length: 1 }]);
    expect(replica.status).toMatchObject({ waiting: 1, failing: [] });
  });
});

describe('a lead that was taken without a signal', () => {
  async function taken(thrown: Error | null) {
    const calls: string[] = [];
    const here = await withRemote((remote) => ({
      takeLead: async () => {
        calls.push('lead');
        if (calls.length === 1) throw new RemoteError('unavailable', 'No signal');
        if (thrown !== null) throw thrown;
        return {};
      },
      sync: (batch) => {
        calls.push('sync');
        return remote.sync(batch);
      },
    }));
    expect(await here.replica.takeLead(visitId)).toEqual({ device: 'phone-1', confirmed: false });
    await here.replica.act(arrive);
    const report = await here.replica.sync();
    return { ...here, calls, report, lead: (await here.replica.visit(visitId)).lead };
  }

  it('is confirmed before anything is sent, once', async () => {
    const { calls, lead, replica } = await taken(null);
    expect([calls, lead]).toEqual([['lead', 'lead', 'sync'], { device: 'phone-1', confirmed: true }]);
    await replica.act(show);
    await replica.sync();
    expect(calls).toEqual(['lead', 'lead', 'sync', 'sync']);
  });

  it.each(['forbidden', 'refused'] as const)(
    'is given up where it is %s, and what was done is handed in',
    async (kind) => {
      const { calls, lead, report } = await taken(new RemoteError(kind, 'No'));
      expect(report).toMatchObject({ result: 'done', failures: [], sent: { accepted: { length: 1 } } });
      expect([calls, lead]).toEqual([['lead', 'lead', 'sync'], { device: 'phone-1', confirmed: false }]);
    },
  );

  it('keeps the visit from being sent where the server does not answer', async () => {
    const { calls, report, replica } = await taken(new RemoteError('unavailable', 'No signal'));
    expect(report).toMatchObject({ failures: [{ visitId, failure: { kind: 'unavailable' } }] });
    expect(calls).toEqual(['lead', 'lead']);
    expect(replica.status).toMatchObject({ waiting: 1 });
  });
});

describe('the key of a device', () => {
  it('is registered after a round that is done, until the server has it', async () => {
    const told: unknown[] = [];
    const { device, store, remote } = await withVisits();
    const answers = { online: false, taken: false };
    const { replica } = device(actors.provider, {
      store,
      publicKey: async () => 'key-1',
      remote: {
        ...remote,
        assignments: (after) =>
          answers.online ? remote.assignments(after) : Promise.reject(new RemoteError('unavailable', 'No')),
        registerKey: async (name, key) => {
          told.push([name, key]);
          if (!answers.taken) throw new RemoteError('refused', 'No');
        },
      },
    });
    expect((await replica.sync()).result).toBe('offline');
    expect(told).toEqual([]);
    answers.online = true;
    expect((await replica.sync()).result).toBe('done');
    answers.taken = true;
    await replica.sync();
    await replica.sync();
    expect(told).toEqual([
      ['phone-1', 'key-1'],
      ['phone-1', 'key-1'],
    ]);
  });

  it('that cannot be had keeps no round from being done', async () => {
    const { device, store, remote } = await withVisits();
    const publicKey = () => Promise.reject(new Error('no key store'));
    expect(await device(actors.provider, { store, remote, publicKey }).replica.sync()).toMatchObject({
      result: 'done',
    });
  });
});

describe('the status', () => {
  it('says that a round is under way, and when the last one ended, also after a restart', async () => {
    const { replica, device, store, clock, now } = await withVisits();
    const seen: (string | boolean | null)[][] = [];
    clock.ms += 60_000;
    const end = replica.subscribe(({ visitId: id, status }) => seen.push([id, status.syncing, status.lastSyncAt]));
    await replica.sync();
    expect(seen).toEqual([
      [null, true, minute(0)],
      [null, false, minute(1)],
    ]);
    end();
    await replica.sync();
    expect(seen).toHaveLength(2);
    const { replica: next } = device(actors.provider, { store });
    expect(next.status).toMatchObject({ online: null, syncing: false, lastSyncAt: null, lastServerTime: null });
    await next.visits();
    expect(next.status).toMatchObject({ online: null, lastSyncAt: now(), lastServerTime: now(), visits: 1 });
  });

  it.each(['unauthenticated', 'upgrade-required'] as const)('tells that %s ends every round', async (kind) => {
    const { device, remote } = await withVisits();
    const assignments = vi.fn(remote.assignments).mockRejectedValueOnce(new RemoteError(kind, 'No'));
    const { replica } = device(actors.provider, { remote: { ...remote, assignments } });
    expect(replica.status.lastResult).toBe(null);
    await replica.sync();
    expect(replica.status.lastResult).toBe(kind);
    await replica.sync();
    expect(replica.status.lastResult).toBe('done');
  });

  it('tells no time of acts that are withheld', async () => {
    const { replica } = await withVisits();
    await replica.act(named(arrive, 'touch-1'));
    await replica.withhold('touch-1', 'x');
    expect(replica.status).toMatchObject({ waiting: 0, withheld: 1, oldestWaitingAt: null });
  });

  it('sums the visits up', async () => {
    const { replica, clock, now } = await withVisits(3);
    clock.ms += 60_000;
    await replica.act(named(inVisit(arrive, 'visit-2'), 'touch-2'));
    clock.ms += 60_000;
    await replica.act(named(arrive, 'touch-1'));
    await replica.act(named(show, 'touch-3'));
    await replica.withhold('touch-3', 'x');
    const take = async (id: string, byte: number, commandId: string) => {
      const { sha256 } = await replica.photos.add(id, new Uint8Array([byte]));
      const photos = [{ photoId: commandId, sha256, takenAt: now(), shot: 'x' }] as const;
      const act = inVisit(named(asAct(command('TakePhotos', { photos })), commandId), id);
      expect(await replica.act(act, { despite: 'op-7' })).toMatchObject({ ok: true });
    };
    await take(visitId, 1, 'photo-1');
    await take('visit-3', 2, 'photo-3');
    // No act names it.
    await replica.photos.add(visitId, new Uint8Array([4]));
    expect(replica.status).toEqual({
      online: true,
      syncing: false,
      journal: 'none',
      losses: [],
      revoked: false,
      storeFull: false,
      lastSyncAt: minute(0),
      lastResult: 'done',
      lastServerTime: minute(0),
      visits: 3,
      waiting: 4,
      oldestWaitingAt: minute(1),
      withheld: 1,
      photosWaiting: 2,
      photosRefused: 0,
      photosLost: 0,
      verdict: 'attention',
      problems: [
        { what: 'act', visitId, commandId: 'touch-3', type: 'ShowCredential', reason: 'given-up', message: 'x' },
      ],
      failing: [],
    });
    clock.ms += 60_000;
    await replica.photos.add('visit-2', new Uint8Array([3]));
    expect(await replica.visits()).toEqual(
      [
        {
          visitId: 'visit-2',
          version: 1,
          waiting: 1,
          withheld: 0,
          photosWaiting: 0,
          photosRefused: 0,
          verdict: 'saved',
          hasEnded: false,
          changedAt: now(),
          failure: null,
        },
        {
          visitId: 'visit-1',
          version: 1,
          waiting: 2,
          withheld: 1,
          photosWaiting: 1,
          photosRefused: 0,
          verdict: 'attention',
          hasEnded: false,
          changedAt: minute(2),
          failure: null,
        },
        {
          visitId: 'visit-3',
          version: 1,
          waiting: 1,
          withheld: 0,
          photosWaiting: 1,
          photosRefused: 0,
          verdict: 'saved',
          hasEnded: false,
          changedAt: minute(2),
          failure: null,
        },
      ].sort((one, other) => (one.changedAt < other.changedAt ? 1 : -1)),
    );
  });
});

describe('who hears of a change', () => {
  const told = (changes: readonly ReplicaChange[]) => changes.map(({ visitId: id }) => id);

  it('are the tabs of the same person, and not those of another', async () => {
    const { replica, device, store } = await withVisits();
    const [same, other]: [ReplicaChange[], ReplicaChange[]] = [[], []];
    const tab = device(actors.provider, { store }).replica;
    const others = device(actors.otherProvider, { store }).replica;
    await Promise.all([tab.visits(), others.visits()]);
    const heard = new Promise<void>((resolve) => {
      tab.subscribe((change) => {
        same.push(change);
        resolve();
      });
    });
    others.subscribe((change) => other.push(change));
    await replica.act(arrive);
    await heard;
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect([told(same), same[0]?.status.waiting, told(other)]).toEqual([[visitId], 1, []]);
    for (const one of [replica, tab, others]) one.close();
  });

  it('given a visit that is fetched again and is the same, then nothing of it is written or told', async () => {
    const { replica, clock, store } = await withRemote((remote) => ({
      events: async (...given) => ({ ...(await remote.events(...given)), lead: 'phone-2' }),
    }));
    clock.ms += 86_400_001;
    await replica.sync();
    expect((await replica.visit(visitId)).lead).toEqual({ device: 'phone-2', confirmed: true });
    const changes: ReplicaChange[] = [];
    replica.subscribe((change) => changes.push(change));
    const revisions = async () => (await store.listGroups('visit/')).map(({ revision }) => revision);
    const before = await revisions();
    clock.ms += 86_400_001;
    expect(await replica.sync()).toMatchObject({ result: 'done' });
    expect([told(changes), await revisions()]).toEqual([[null, null], before]);
  });
});
