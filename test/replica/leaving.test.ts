/** The disk of a device: the records of a visit, its photographs, and what leaves it. */
import { describe, expect, it } from 'vitest';
import { createClock } from '../../src/replica/device/clock.ts';
import { type ActCommand, RemoteError } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { ReplicaConflictError, type ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors, minute } from '../../src/testing.ts';
import { asAct, inVisit, named, own, plain, withVisits } from './device.ts';

const visitId = 'visit-1';
const [arrive, show] = own(['RecordArrival', 'ShowCredential']) as [ActCommand, ActCommand];
const bytes = new Uint8Array([0xff, 0xd8, 7]);

const recordsOf = async (store: ReplicaStore, group: string) =>
  Object.fromEntries([...(await store.readGroup(group)).records].map(([key, text]) => [key, JSON.parse(text)]));

/** The acts of the plain visit, whose photograph has these bytes. */
const withBytes = (sha256: string): readonly ActCommand[] =>
  plain.slice(1).map((step) => JSON.parse(JSON.stringify(asAct(step)).replaceAll('a'.repeat(64), sha256)));

/** A visit that was done on the device to its end, with a photograph, and is sent. */
async function done() {
  const here = await withVisits();
  const { sha256 } = await here.replica.photos.add(visitId, bytes);
  for (const act of withBytes(sha256)) expect(await here.replica.act(act)).toMatchObject({ ok: true });
  await here.replica.sync();
  return { ...here, sha256 };
}

describe('the records of a visit on the disk', () => {
  const group = 'visit/provider/prov-1/visit-1';
  const head = {
    visitId,
    version: 1,
    nextPlace: 0,
    waiting: 0,
    withheld: 0,
    quarantined: 0,
    oldestWaitingAt: null,
    photosWaiting: 0,
    photosRefused: 0,
    photosLost: 0,
    problems: [],
    bytes: [],
    wanted: 0,
    lead: null,
    failure: null,
    changedAt: minute(0),
    hasEnded: false,
    own: 0,
  };

  it('are its events, what waits, its photographs and a summary, each under a key of its own', async () => {
    const { replica, server, store, clock } = await withVisits();
    const [assigned] = await server.logOf(visitId);
    expect(await recordsOf(store, group)).toEqual({ 'event/0000000000': assigned, head });
    clock.ms += 60_000;
    await replica.act(named(arrive, 'touch-1'));
    await replica.act(named(show, 'touch-2'));
    await replica.withhold('touch-2', 'x');
    const photo = await replica.photos.add(visitId, bytes, { mediaType: 'image/jpeg' });
    const metadata = { device: 'phone-1', enteredAt: minute(1), actor: actors.provider };
    const waiting = (act: ActCommand, commandId: string) => ({
      command: { ...act, metadata: { commandId, ...metadata } },
      basedOn: 1,
      recordedAt: minute(1),
    });
    expect(await recordsOf(store, group)).toEqual({
      'event/0000000000': assigned,
      'queue/0000000000': waiting(arrive, 'touch-1'),
      'queue/0000000001': { ...waiting(show, 'touch-2'), withheld: { reason: 'given-up', message: 'x' } },
      [`photo/${photo.sha256}`]: { sha256: photo.sha256, size: 3, mediaType: 'image/jpeg', addedAt: minute(1) },
      head: {
        ...head,
        nextPlace: 2,
        waiting: 1,
        withheld: 1,
        oldestWaitingAt: minute(1),
        problems: [{ what: 'act', commandId: 'touch-2', type: 'ShowCredential', reason: 'given-up', message: 'x' }],
        bytes: [photo.sha256],
        changedAt: minute(1),
      },
    });
    await replica.undo('touch-1');
    await replica.photos.remove(visitId, photo.sha256);
    expect(Object.keys(await recordsOf(store, group))).toEqual(['event/0000000000', 'head', 'queue/0000000001']);
    await replica.release('touch-2');
    await replica.act(named(arrive, 'touch-3'));
    expect(Object.keys(await recordsOf(store, group))).toContain('queue/0000000002');
  });

  it('are removed with what the server lost, when its log is fetched again', async () => {
    const { replica, server, store } = await done();
    await server.restore(1);
    await replica.refetch(visitId);
    const records = await recordsOf(store, group);
    const keys = Object.keys(records).filter((key) => key.startsWith('event/'));
    expect([keys, records.head]).toEqual([
      ['event/0000000000'],
      expect.objectContaining({ version: 1, waiting: plain.length - 1, nextPlace: 2 * (plain.length - 1) }),
    ]);
  });

  it('are those of one person: another of the device has others, whatever their ids', async () => {
    const { device, server, store, remote } = await withVisits();
    const named = { role: 'provider', id: 'a/b:c' } as const;
    const { replica } = device(named, { store, remote: server.remoteFor(named) });
    await replica.photos.add('v/1', bytes);
    await device(actors.client, { store, remote }).replica.photos.add('v-2', bytes);
    expect((await store.listGroups('visit/')).map((entry) => entry.group)).toEqual([
      `visit/client/${actors.client.id}/v-2`,
      'visit/provider/a%2Fb%3Ac/v%2F1',
      group,
    ]);
    expect((await replica.visits()).map((entry) => entry.visitId)).toEqual(['v/1']);
  });
});

describe('a photograph on the device', () => {
  it.each([
    ['bytes', bytes, {}, 'application/octet-stream'],
    ['bytes of a type', bytes, { mediaType: 'image/png' }, 'image/png'],
    ['a file', new Blob([bytes], { type: 'image/webp' }), {}, 'image/webp'],
    ['a file of no type', new Blob([bytes]), {}, 'application/octet-stream'],
    ['a file of another type', new Blob([bytes], { type: 'image/webp' }), { mediaType: 'image/png' }, 'image/png'],
  ])('given %s, then it is kept with its size and type', async (_, given, options, mediaType) => {
    const { replica, now } = await withVisits();
    const photo = await replica.photos.add(visitId, given, options);
    expect(photo).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/), size: 3, mediaType, addedAt: now() });
    expect((await replica.visit(visitId)).photos).toEqual([photo]);
    expect(await replica.photos.read(photo.sha256)).toEqual(bytes);
  });

  it('given one that is here, then it is answered as it was added first', async () => {
    const { replica, clock } = await withVisits();
    const first = await replica.photos.add(visitId, bytes);
    clock.ms += 60_000;
    expect(await replica.photos.add(visitId, bytes, { mediaType: 'image/png' })).toEqual(first);
  });

  it('given one that an act names, or that another visit has, then its bytes stay', async () => {
    const { replica, sha256 } = await (async () => {
      const here = await withVisits(2);
      const photo = await here.replica.photos.add(visitId, bytes);
      await here.replica.photos.add('visit-2', bytes);
      for (const act of withBytes(photo.sha256).slice(0, 8)) await here.replica.act(act);
      return { ...here, sha256: photo.sha256 };
    })();
    expect(await replica.photos.remove(visitId, sha256)).toMatchObject({ ok: false, reason: 'waiting' });
    expect(await replica.photos.remove('visit-2', sha256)).toEqual({ ok: true });
    expect(await replica.photos.read(sha256)).toEqual(bytes);
    expect((await replica.visit('visit-2')).photos).toEqual([]);
  });

  it('given bytes that no visit names, as after a kill between two writes, then they go, unless they are named soon', async () => {
    const { replica, store, device, network } = await withVisits();
    const { sha256 } = await replica.photos.add(visitId, bytes);
    const other = device(actors.otherProvider, { store }).replica;
    const ofOther = await other.photos.add('visit-9', new Uint8Array([0xff, 0xd8, 9]));
    await store.putBlob('left', bytes);
    await store.putBlob('named-soon', bytes);
    network.online = false;
    await replica.sync();
    const { revision } = await store.readGroup('visit/provider/prov-2/visit-8');
    await store.writeGroup('visit/provider/prov-2/visit-8', revision, { head: '{"bytes":["named-soon"]}' });
    expect(await store.listBlobs()).toHaveLength(4);
    await replica.sync();
    const kept = (await store.listBlobs()).map((blob) => blob.sha256);
    expect(kept.sort()).toEqual([sha256, ofOther.sha256, 'named-soon'].sort());
  });

  it('given a log that says that it is sent, then its bytes go, and when is noted', async () => {
    const { replica, store, sha256, now } = await done();
    expect(await store.listBlobs()).toEqual([]);
    expect((await replica.visit(visitId)).photos).toEqual([
      {
        sha256,
        size: 3,
        mediaType: 'application/octet-stream',
        addedAt: now(),
        uploadedAt: now(),
        droppedAt: now(),
      },
    ]);
    expect(replica.status).toMatchObject({ photosWaiting: 0, photosLost: 0 });
  });
});

describe('a visit that leaves the device', () => {
  it('given one that ended and whose photograph is sent, then it is forgotten', async () => {
    const { replica, store } = await done();
    expect(await replica.forget(visitId)).toEqual({ ok: true });
    expect(await store.listGroups('visit/')).toEqual([]);
    const records = (await store.readGroup('forgotten/replica/visit/provider/prov-1/')).records;
    expect([...records]).toEqual([[visitId, JSON.stringify({ version: plain.length, endedAt: null })]]);
  });

  it('given a photograph that was added since, then it waits, and one that is lost does not', async () => {
    const { replica, store, server } = await done();
    const { sha256 } = await replica.photos.add(visitId, new Uint8Array([9]));
    expect(await replica.forget(visitId)).toEqual({ ok: false, reason: 'waiting' });
    const group = 'visit/provider/prov-1/visit-1';
    const { revision, records } = await store.readGroup(group);
    const photo = JSON.parse(records.get(`photo/${sha256}`) ?? '');
    await store.writeGroup(group, revision, { [`photo/${sha256}`]: JSON.stringify({ ...photo, lost: true }) });
    expect(await replica.forget(visitId)).toEqual({ ok: true });
    expect(server.photos.has(sha256)).toBe(false);
  });

  it.each([
    [60 * 86_400_000, 1],
    [60 * 86_400_000 + 1, 0],
  ])('given %i ms since its last change, then %i are left', async (ms, left) => {
    const { replica, clock } = await done();
    clock.ms += ms;
    await replica.sync();
    expect(await replica.visits()).toHaveLength(left);
  });

  it.each([
    ['another tab writes in that moment', new ReplicaConflictError('forgotten', 1, 2), 'done'],
    ['the disk fails', new StoreError('io', 'The disk failed'), 'The disk failed'],
  ])('given one that the server lists no more, when %s, then the round ends so', async (_, thrown, ends) => {
    const { device, store, remote, replica: first, clock } = await done();
    await first.forget(visitId);
    clock.ms += 86_400_001;
    const { replica } = device(actors.provider, {
      remote: { ...remote, assignments: async (after) => ({ ...(await remote.assignments(after)), visits: [] }) },
      store: {
        ...store,
        writeGroup: async (group, ...given) => {
          if (group.startsWith('forgotten/')) throw thrown;
          return store.writeGroup(group, ...given);
        },
      },
    });
    const ended = await replica.sync().then(
      ({ result }) => result,
      (error: Error) => error.message,
    );
    expect(ended).toBe(ends);
  });

  it('given one that is listed again with more events, then it comes back', async () => {
    const { replica, server, network } = await done();
    await replica.forget(visitId);
    network.calls.length = 0;
    await replica.sync();
    expect(await replica.visits()).toEqual([]);
    await server.service.handle({
      ...plain[0],
      type: 'EscalateClientImpact',
      data: { visitId, at: minute(200), what: 'fuga' },
      metadata: { actor: actors.operator },
    } as never);
    await replica.sync();
    expect((await replica.visits()).map(({ version }) => version)).toEqual([plain.length + 1]);
    expect(network.calls.filter((call) => call.startsWith('events'))).toEqual(['events visit-1 0']);
  });
});

describe('a device that was revoked', () => {
  it('loses the photographs that are sent and the visits of which nothing waits, and keeps the rest', async () => {
    const { device, store, remote, replica: first, server } = await withVisits(2);
    const { sha256 } = await first.photos.add(visitId, bytes);
    for (const act of withBytes(sha256).slice(0, 8)) await first.act(act);
    await first.sync();
    expect(server.photos.has(sha256)).toBe(true);
    const waiting = await first.photos.add(visitId, new Uint8Array([9]));
    await first.act(inVisit(arrive, 'visit-2'));
    const revoked = () => Promise.reject(new RemoteError('forbidden', 'No', { reason: 'device-revoked' }));
    await first.act(show, { despite: 'op-7' });
    const asked: string[] = [];
    const sync = ({ visitId: id }: { visitId: string }) => {
      asked.push(id);
      return revoked();
    };
    const { replica } = device(actors.provider, {
      store,
      remote: { ...remote, sync, assignments: revoked, putPhoto: revoked },
    });
    expect(await replica.sync()).toMatchObject({ result: 'revoked', failures: [] });
    expect(asked).toEqual(['visit-1', 'visit-2']);
    expect(await replica.visits()).toHaveLength(2);
    const { events, photos } = await replica.visit(visitId);
    expect([events, photos.map((photo) => photo.sha256)]).toEqual([[], [waiting.sha256]]);
    expect((await store.listBlobs()).map((blob) => blob.sha256)).toEqual([waiting.sha256]);
    expect((await replica.visit('visit-2')).pending).toHaveLength(1);
    expect(replica.status).toMatchObject({ revoked: true, waiting: 2 });
    expect(await replica.act(arrive)).toEqual({ ok: false, reason: 'device-revoked' });
    const settings = await recordsOf(store, 'replica/visit/provider/prov-1/');
    expect(settings).toMatchObject({ revoked: true, wholeAt: '1970-01-01T00:00:00.000Z' });
  });
});

describe('drafts', () => {
  it('are listed in the order of their first touch, each person their own', async () => {
    const { replica, device, store, clock } = await withVisits();
    for (const draftId of ['d-2', 'd-1', 'd-3']) {
      await replica.drafts.save({ draftId, visitId, type: 'StartWork', data: {} });
      clock.ms += 1_000;
    }
    await replica.drafts.save({ draftId: 'd-2', visitId, type: 'StartWork', data: { call: 'L-1' } });
    expect((await replica.drafts.list()).map(({ draftId }) => draftId)).toEqual(['d-2', 'd-1', 'd-3']);
    expect(await replica.drafts.list('visit-2')).toEqual([]);
    expect(await device(actors.otherProvider, { store }).replica.drafts.list()).toEqual([]);
  });

  it.each(['draftId', 'visitId', 'type'])('without a good %s are refused', async (field) => {
    const { replica } = await withVisits();
    const draft = { draftId: 'd-1', visitId, type: 'StartWork', data: {} };
    for (const wrong of ['', 7, undefined]) {
      await expect(replica.drafts.save({ ...draft, [field]: wrong } as never)).rejects.toThrow(
        'save takes { draftId, visitId, type, data }',
      );
    }
    expect(await replica.drafts.list()).toEqual([]);
  });

  it('are saved though another tab saves in the same moment, and not where the store fails', async () => {
    const { device, store } = await withVisits();
    const failures: Error[] = [new ReplicaConflictError('drafts', 0, 1)];
    const { replica } = device(actors.provider, {
      store: {
        ...store,
        writeGroup: async (...given) => {
          const failure = failures.shift();
          if (failure !== undefined) throw failure;
          return store.writeGroup(...given);
        },
      },
    });
    const draft = { draftId: 'd-1', visitId, type: 'StartWork', data: {} };
    expect(await replica.drafts.save(draft)).toMatchObject(draft);
    failures.push(new Error('The disk failed'));
    await expect(replica.drafts.save({ ...draft, draftId: 'd-2' })).rejects.toThrow('The disk failed');
    expect((await replica.drafts.list()).map(({ draftId }) => draftId)).toEqual(['d-1']);
  });
});

describe('the clock of a device', () => {
  const server = minute(0);
  const at = (ms: number) => new Date(Date.parse(server) + ms).toISOString();

  /** A clock that heard the server, or what an earlier process stored of it. */
  function heard(isRestored = false) {
    const clocks = { wallMs: 0, monotonicMs: 5_000 };
    const clock = createClock(
      () => at(clocks.wallMs),
      () => clocks.monotonicMs,
    );
    expect([clock.lastServerTime(), clock.suspect()]).toEqual([null, null]);
    if (isRestored) clock.restore({ serverTime: server, deviceTime: at(0) });
    else expect(clock.note(server)).toEqual({ serverTime: server, deviceTime: at(0) });
    return { clock, clocks };
  }

  it.each([
    [120_000, 0, null],
    [120_001, 0, at(0)],
    [-120_000, 0, null],
    [-120_001, 0, at(0)],
    [0, 120_001, at(120_001)],
    [600_000, 600_000, null],
  ])(
    'given one that went on by %i ms, and a monotonic one by %i, then it is suspect: %s',
    (wall, monotonic, estimate) => {
      const { clock, clocks } = heard();
      clocks.wallMs += wall;
      clocks.monotonicMs += monotonic;
      expect(clock.suspect()).toBe(estimate);
      expect(clock.lastServerTime()).toBe(server);
    },
  );

  it.each([
    [600_000, null],
    [-120_000, null],
    [-120_001, at(0)],
  ])('given a restart, and %i ms by the wall clock since, then it is suspect: %s', (wall, estimate) => {
    const { clock, clocks } = heard(true);
    clocks.wallMs += wall;
    clocks.monotonicMs += 900_000;
    expect(clock.suspect()).toBe(estimate);
  });

  it('given something newer, then what was stored does not take its place', () => {
    const { clock } = heard();
    clock.restore({ serverTime: minute(-60), deviceTime: minute(-60) });
    expect(clock.lastServerTime()).toBe(server);
  });
});

describe('a visit that ended, on a device with a wrong clock', () => {
  /** A device whose clock is days ahead, on which a visit has ended, and its server. */
  async function ahead(days: number) {
    const here = await withVisits();
    here.server.photos.set('a'.repeat(64), new Uint8Array(1));
    for (const step of plain.slice(1)) await here.server.service.handle(step);
    await here.replica.sync();
    here.replica.close();
    const now = () => new Date(here.clock.ms + days * 86_400_000).toISOString();
    return { ...here, now };
  }

  it('is not removed without a signal, in whichever process, though the clock is 61 days ahead', async () => {
    const { device, store, now } = await ahead(61);
    const { replica, network } = device(actors.provider, { store, now });
    network.online = false;
    await replica.sync();
    await replica.sync();
    expect(await replica.visits()).toMatchObject([{ visitId, hasEnded: true }]);
  });

  it('is removed 60 days after it ended by the time of the server, and comes back if that was wrong', async () => {
    const { device, store, clock, remote } = await ahead(0);
    let serverDays = 61;
    const later = (time: string) => new Date(Date.parse(time) + serverDays * 86_400_000).toISOString();
    const { replica } = device(actors.provider, {
      store,
      remote: {
        ...remote,
        assignments: async (after) => {
          const page = await remote.assignments(after);
          return { ...page, serverTime: later(page.serverTime) };
        },
      },
    });
    await replica.sync();
    expect(await replica.visits()).toEqual([]);
    await replica.sync();
    serverDays = 0;
    clock.ms += 86_400_001;
    await replica.sync();
    expect(await replica.visits()).toMatchObject([{ visitId, hasEnded: true }]);
    clock.ms += 61 * 86_400_000;
    await replica.sync();
    expect(await replica.visits()).toEqual([]);
    await replica.sync();
    expect(await replica.visits()).toEqual([]);
  });
});
