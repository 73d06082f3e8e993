/** A store that is lost: with its second place and its marks, while it is open, or between two openings; and what is said of it. */
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import { type ActCommand, RemoteError } from '../../src/replica.ts';
import { sqliteReplicaStore } from '../../src/sqlite.ts';
import type { ReplicaStore } from '../../src/stores/replica-store.ts';
import { actors } from '../../src/testing.ts';
import { temporaryFile } from '../stores/files.ts';
import { inVisit, own, withVisits } from './device.ts';
import { acts, arrive, atTheDoor, disk, recorded, show, takeAll, types, visitId, waiting } from './disk.ts';
import type { Server } from './server.ts';

/** A phone that has sent two acts, recorded two more, and lost all that it had. */
async function wiped(store: ReplicaStore = memoryReplicaStore()) {
  const here = await atTheDoor();
  await takeAll(here.replica, acts.slice(0, 2));
  here.clock.ms += 60_000;
  here.network.online = true;
  await here.replica.sync();
  await takeAll(here.replica, acts.slice(2));
  here.replica.close();
  const device = () => here.world.device(actors.provider, { store });
  return { ...here, device, ...device() };
}

/** Gives the visit to a provider, at an hour. */
async function reassign({ service }: Server, hour: number, provider: Readonly<{ id: string; name: string }>) {
  const at = (minute: number) => `2026-03-17T${hour}:0${minute}:00.000Z`;
  const center = (type: string, data: object) =>
    service.handle({ type, data: { visitId, ...data }, metadata: { actor: actors.operator } } as never);
  await center('GiveInstruction', { at: at(0), about: 'visit', decision: 'reassign', text: 'Cambia' });
  await center('ReassignProvider', { at: at(1), provider, arriveBy: at(9) });
}

const received = { count: 2, visitId, at: '2026-03-17T14:00:00.000Z' };

describe('a phone that has lost its store, its second place and its marks', () => {
  it('says so once the server sends its own acts, with the last of them; never that all is received', async () => {
    const { replica, device } = await wiped();
    expect((await replica.sync()).verdict).toBe('attention');
    expect(replica.status.losses).toEqual([{ kind: 'store', noticedAt: '2026-03-17T14:01:00.000Z', received }]);
    const { replica: next } = device();
    await next.sync();
    expect(next.status).toMatchObject({ verdict: 'attention', losses: [{ kind: 'store', received }] });
    // Acts may be missing from any visit.
    expect((await next.visit(visitId)).verdict).toBe('attention');
    expect((await next.visits()).map(({ verdict }) => verdict)).toEqual(['attention']);
    next.dismissLosses();
    expect((await next.visit(visitId)).verdict).toBe('received');
    await next.sync();
    expect(next.status).toMatchObject({ verdict: 'received', losses: [] });
    const { replica: last } = device();
    await last.sync();
    expect(last.status).toMatchObject({ verdict: 'received', losses: [] });
  });

  it.each(['replica/', 'visit/'])('says so after a kill in the first round, at a write to %s', async (group) => {
    const store = memoryReplicaStore();
    let isKilled = false;
    let stop = () => {};
    const stopped = new Promise<void>((resolve) => (stop = resolve));
    const kill = () => {
      isKilled = true;
      stop();
      return new Promise<never>(() => undefined);
    };
    const dying = {
      ...store,
      async writeGroup(...given: Parameters<ReplicaStore['writeGroup']>) {
        const isLast = given[0].startsWith(group) && !('database' in given[2]);
        if (isKilled || (isLast && group === 'replica/')) return kill();
        const revision = await store.writeGroup(...given);
        return isKilled || isLast ? kill() : revision;
      },
    };
    const { replica, world } = await wiped(dying);
    await Promise.race([replica.sync(), stopped]);
    const { replica: next } = world.device(actors.provider, { store });
    await next.visits();
    expect(next.status.losses).toMatchObject([{ kind: 'store', received }]);
    await next.sync();
    expect(next.status).toMatchObject({ verdict: 'attention', losses: [{ kind: 'store', received }] });
  });

  it.each(['visit-1', 'visit-2'])('names one act of those of a moment, though %s is fetched last', async (late) => {
    const here = await withVisits(2);
    const remote = here.server.remoteFor(actors.provider);
    const { replica } = here.device(actors.provider, { remote });
    await replica.sync();
    for (const id of ['visit-1', 'visit-2']) expect(await replica.act(inVisit(arrive, id))).toMatchObject({ ok: true });
    here.clock.ms += 60_000;
    await replica.sync();
    let others = () => {};
    const fetched = new Promise<void>((resolve) => (others = resolve));
    const events = async (...given: Parameters<typeof remote.events>) => {
      const answer = await remote.events(...given);
      if (given[0] === late) await fetched;
      else setImmediate(others);
      return answer;
    };
    const { replica: next } = here.device(actors.provider, { remote: { ...remote, events } });
    await next.sync();
    expect(next.status.losses).toMatchObject([{ kind: 'store', received: { count: 2, visitId: 'visit-2' } }]);
  });

  it('counts the acts in reports, too', async () => {
    const { replica, server, clock, network, world } = await atTheDoor();
    const [measure] = own(['StartWork']) as [ActCommand];
    expect(await replica.act(measure, { despite: 'op-7' })).toMatchObject({ ok: true });
    clock.ms += 60_000;
    network.online = true;
    await replica.sync();
    expect((await server.logOf(visitId)).at(-1)?.type).toBe('DiscrepancyReported');
    const { replica: next } = world.device();
    await next.sync();
    expect(next.status.losses).toMatchObject([{ kind: 'store', received: { count: 1, visitId } }]);
  });
});

describe('no loss is reported', () => {
  it('on a new phone, on which the acts of another are fetched', async () => {
    const { world } = await wiped();
    const { replica } = world.device(actors.provider, { device: 'phone-2' });
    await replica.sync();
    expect(replica.status).toMatchObject({ verdict: 'received', losses: [] });
  });

  it('of acts that were sent in the first rounds, though none of these ended', async () => {
    const here = await withVisits(2);
    const remote = here.server.remoteFor(actors.provider);
    const list = (after: string | null) =>
      after === null
        ? remote.assignments(after).then((page) => ({ ...page, more: true }))
        : Promise.reject(new RemoteError('unavailable', 'No list', { status: 503 }));
    const { replica } = here.device(actors.provider, { remote: { ...remote, assignments: list } });
    for (const id of ['visit-1', 'visit-2']) {
      await replica.sync();
      expect(await replica.act(inVisit(arrive, id))).toMatchObject({ ok: true });
      here.clock.ms += 60_000;
      expect(await replica.sync()).toMatchObject({ result: 'unavailable', sent: { accepted: [expect.anything()] } });
    }
    expect(replica.status.losses).toEqual([]);
  });

  it('of a visit that left the device and is fetched again, nor in a second tab', async () => {
    const { replica, server, clock, network, device } = await atTheDoor();
    await takeAll(replica, [arrive]);
    clock.ms += 60_000;
    network.online = true;
    await replica.sync();
    await reassign(server, 15, { id: actors.otherProvider.id, name: 'Rosa' });
    await replica.sync();
    expect(await replica.forget(visitId)).toEqual({ ok: true });
    await reassign(server, 16, { id: actors.provider.id, name: 'Ana' });
    const { replica: tab } = device();
    for (const one of [replica, tab]) {
      await one.sync();
      expect((await one.visit(visitId)).events.length).toBeGreaterThan(2);
      expect(one.status).toMatchObject({ verdict: 'received', losses: [] });
    }
  });

  it('of the acts of another person on the same device', async () => {
    const { world, server } = await wiped();
    await reassign(server, 15, { id: actors.otherProvider.id, name: 'Rosa' });
    const { replica } = world.device(actors.otherProvider);
    await replica.sync();
    expect((await replica.visit(visitId)).events.some(({ metadata }) => metadata?.device === 'phone-1')).toBe(true);
    expect(replica.status).toMatchObject({ visits: 1, verdict: 'received', losses: [] });
  });

  it('again once it was dismissed, though the store cannot be written', async () => {
    const { drive, device } = await atTheDoor();
    drive.state.database = memoryReplicaStore();
    const { replica: next } = device();
    await next.visits();
    drive.state.writes = 'full';
    next.dismissLosses();
    await next.sync().catch(() => undefined);
    expect(next.status.losses).toEqual([]);
  });
});

describe('a store that is deleted in the first round', () => {
  it('has all visits after the next, though the first ended with a cursor', async () => {
    const here = await withVisits(2);
    const drive = disk();
    const remote = here.server.remoteFor(actors.provider);
    const events = async (...given: Parameters<typeof remote.events>) => {
      if (given[0] === 'visit-1') return remote.events(...given);
      // Visits are fetched at the same time: the other is stored by now.
      for (let n = 0; n < 20; n += 1) await new Promise((resolve) => setImmediate(resolve));
      drive.state.database = memoryReplicaStore();
      throw new RemoteError('unavailable', 'No answer');
    };
    await here.device(actors.provider, { store: drive.open(), remote: { ...remote, events } }).replica.sync();
    const { replica } = here.device(actors.provider, { store: drive.open(), remote });
    await replica.sync();
    expect((await replica.visits()).map((one) => one.visitId).sort()).toEqual(['visit-1', 'visit-2']);
  });
});

describe('a store that is deleted, and its second place is not', () => {
  it('is reported without marks', async () => {
    const { replica, drive, device } = await atTheDoor({ withMarks: false });
    await takeAll(replica, acts);
    drive.state.database = memoryReplicaStore();
    const { replica: next } = device();
    expect(await next.visits()).toMatchObject([{ visitId, waiting: 4 }]);
    expect(next.status).toMatchObject({ verdict: 'attention', losses: [{ kind: 'store' }] });
  });

  it('is reported though nothing waited: drafts are lost', async () => {
    const { drive, device } = await atTheDoor({ withMarks: false });
    drive.state.database = memoryReplicaStore();
    const { replica: next } = device();
    await next.visits();
    expect(next.status.losses).toMatchObject([{ kind: 'store' }]);
  });
});

describe.each([
  { withJournal: false, withMarks: false },
  { withJournal: false, withMarks: true },
  { withJournal: true, withMarks: false },
])('a store that is emptied while it is open, $withJournal and $withMarks', (options) => {
  it.each(['visits', 'visit', 'act', 'sync'] as const)(
    'is noticed by %s: what waits is sent from memory',
    async (by) => {
      const { replica, drive, server, clock, network } = await atTheDoor(options);
      const ids = await takeAll(replica, acts.slice(0, 3));
      drive.state.database = memoryReplicaStore();
      clock.ms += 60_000;
      if (by === 'sync') network.online = true;
      if (by === 'act') await replica.act(acts[3] as ActCommand);
      else if (by === 'visit') await replica.visit(visitId);
      else await replica[by]();
      expect(replica.status).toMatchObject({ verdict: 'attention', losses: [{ kind: 'store' }] });
      if (by !== 'sync') expect(await waiting(replica)).toEqual(types(acts.slice(0, 3)));
      network.online = true;
      await replica.sync();
      expect((await recorded(server)).slice(1)).toEqual(ids);
      expect(replica.status).toMatchObject({ verdict: 'attention', waiting: 0, losses: [{ kind: 'store' }] });
    },
  );

  it('is noticed in the middle of a round, which writes its settings into the new one', async () => {
    const { drive, world, server, clock } = await atTheDoor(options);
    const remote = server.remoteFor(actors.provider);
    const assignments = async (after: string | null) => {
      drive.state.database = memoryReplicaStore();
      return remote.assignments(after);
    };
    const { replica } = world.device(actors.provider, { store: drive.open(), remote: { ...remote, assignments } });
    const ids = await takeAll(replica, acts.slice(0, 2));
    clock.ms += 60_000;
    expect(await replica.sync()).toMatchObject({ result: 'done', verdict: 'attention' });
    expect((await recorded(server)).slice(1)).toEqual(ids);
    expect(replica.status.losses).toMatchObject([{ kind: 'store' }]);
  });

  it('has what memory brought back after a kill', async () => {
    const { replica, drive, device } = await atTheDoor(options);
    await takeAll(replica, acts.slice(0, 3));
    drive.state.database = memoryReplicaStore();
    await replica.visits();
    const { replica: next } = device();
    expect(await waiting(next)).toEqual(types(acts.slice(0, 3)));
    expect(next.status).toMatchObject({ verdict: 'attention', losses: [{ kind: 'store' }] });
  });
});

describe('an act', () => {
  it('is not taken by a replica that was closed', async () => {
    const { replica } = await atTheDoor();
    replica.close();
    await expect(replica.act(arrive)).rejects.toMatchObject({ code: 'store-closed' });
  });

  it('of a visit that is not here answers so: no rule was judged', async () => {
    const { replica } = await atTheDoor();
    expect(await replica.act(inVisit(show, 'visit-9'))).toEqual({ ok: false, reason: 'not-here' });
  });
});

describe('a device that was revoked and is served again', () => {
  it('is not received until the operator has decided on what it handed in', async () => {
    const { replica, world, server, clock, drive } = await atTheDoor();
    const ids = await takeAll(replica, acts.slice(0, 2));
    clock.ms += 60_000;
    const remote = server.remoteFor(actors.provider);
    const kept: unknown[] = [];
    const revoked = {
      ...remote,
      async sync({ commands }: { commands: readonly unknown[] }) {
        kept.push(...commands);
        throw new RemoteError('forbidden', 'Revoked', { reason: 'device-revoked', quarantineId: 'q-1' });
      },
    };
    const { replica: first } = world.device(actors.provider, { store: drive.open(), remote: revoked });
    expect(await first.sync()).toMatchObject({ result: 'revoked', verdict: 'attention' });
    const named = { verdict: 'attention', revoked: false, losses: [{ kind: 'quarantined', visitId, commandIds: ids }] };
    const { replica: again } = world.device(actors.provider, { store: drive.open() });
    expect(await again.sync()).toMatchObject({ result: 'done', verdict: 'attention' });
    expect(again.status).toMatchObject(named);
    const { replica: next } = world.device(actors.provider, { store: drive.open() });
    await next.visits();
    expect(next.status).toMatchObject(named);
    // The operator vouches for them.
    await remote.sync({ visitId, basedOn: 1, commands: kept as never, device: 'console' });
    expect(await next.sync()).toMatchObject({ result: 'done', verdict: 'received' });
    const { replica: last } = world.device(actors.provider, { store: drive.open() });
    await last.visits();
    expect(last.status).toMatchObject({ verdict: 'received', losses: [] });
  });
});

describe('a store in a SQLite file', () => {
  const open = (file: string) => sqliteReplicaStore({ file });
  const remove = (file: string, endings: readonly string[]) => {
    for (const ending of endings) rmSync(`${file}${ending}`, { force: true });
  };

  it.each([
    ['alone', ['', '-wal', '-shm'], 4, undefined],
    ['with its second file', ['', '-wal', '-shm', '-acts', '-acts.lock'], 0, { count: 2 }],
  ] as const)('that is deleted %s is reported as lost', async (_, endings, left, received) => {
    const file = temporaryFile();
    const store = open(file);
    const here = await withVisits(1, { store });
    await takeAll(here.replica, acts.slice(0, left === 0 ? 2 : 0));
    here.clock.ms += 60_000;
    await here.replica.sync();
    await takeAll(here.replica, acts.slice(left === 0 ? 2 : 0));
    await store.close();
    remove(file, endings);
    const next = open(file);
    const { replica, network } = here.device(actors.provider, { store: next });
    network.online = left === 0;
    if (left === 0) await replica.sync();
    expect(await waiting(replica)).toHaveLength(left);
    const losses = [{ kind: 'store', ...(received && { received }) }];
    expect(replica.status).toMatchObject({ verdict: 'attention', losses });
    await next.close();
  });
});
