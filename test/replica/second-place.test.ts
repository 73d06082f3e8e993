/** The second place of what waits: acts outlive a disk that is full, a database that is gone, and a process that is killed. */
import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import type { ActCommand } from '../../src/replica.ts';
import { actors } from '../../src/testing.ts';
import { asAct, plain } from './device.ts';
import { acts, arrive, atTheDoor, recorded, show, takeAll, types, validate, visitId, waiting } from './disk.ts';

describe.each(['full', 'io', 'unavailable'] as const)('a disk that fails with %s', (failure) => {
  it('takes acts, says so, and sends them from memory, each once and in order', async () => {
    const { replica, drive, network, server, clock } = await atTheDoor();
    await takeAll(replica, [arrive]);
    drive.state.writes = failure;
    await takeAll(replica, acts.slice(1));
    expect(await waiting(replica)).toEqual(types(acts));
    expect(replica.status).toMatchObject({ waiting: 4, storeFull: failure === 'full', journal: 'ready', losses: [] });
    clock.ms += 60_000;
    network.online = true;
    await replica.sync().catch(() => undefined);
    expect(await recorded(server)).toHaveLength(5);
    expect(replica.status.waiting).toBe(0);
  });

  it('has them after a restart, and stores and sends them once it works again', async () => {
    const { replica, drive, server, clock, device } = await atTheDoor();
    drive.state.writes = failure;
    const ids = await takeAll(replica, acts);
    const killed = device();
    killed.network.online = false;
    expect(await waiting(killed.replica)).toEqual(types(acts));
    drive.state.writes = null;
    const next = device();
    expect(await waiting(next.replica)).toEqual(types(acts));
    clock.ms += 60_000;
    expect(await next.replica.sync()).toMatchObject({ result: 'done', sent: { accepted: ids } });
    expect((await recorded(server)).slice(1)).toEqual(ids);
    expect([...drive.entries]).toEqual([]);
    const last = device();
    expect(await waiting(last.replica)).toEqual([]);
    await last.replica.sync();
    expect(await recorded(server)).toHaveLength(5);
  });

  it('loses them without the second place: the control', async () => {
    const { replica, drive } = await atTheDoor({ withJournal: false });
    drive.state.writes = failure;
    await expect(replica.act(arrive)).rejects.toMatchObject({ code: `store-${failure}` });
    expect(replica.status).toMatchObject({ journal: 'none', waiting: 0 });
  });

  it('takes an act back that only the second place has', async () => {
    const { replica, drive, device } = await atTheDoor();
    drive.state.writes = failure;
    const [, id = ''] = await takeAll(replica, [arrive, show]);
    expect(await replica.undo(id)).toMatchObject({ ok: true });
    expect(await waiting(replica)).toEqual(['RecordArrival']);
    expect(await waiting(device().replica)).toEqual(['RecordArrival']);
  });

  it('takes one back, and still has the other, which a restored server lacks', async () => {
    const { replica, drive, network, server, clock, device } = await atTheDoor();
    drive.state.writes = failure;
    const [sent = ''] = await takeAll(replica, [arrive]);
    clock.ms += 60_000;
    network.online = true;
    await replica.sync().catch(() => undefined);
    expect((await recorded(server)).slice(1)).toEqual([sent]);
    network.online = false;
    const [id = ''] = await takeAll(replica, [show]);
    expect(await replica.undo(id)).toMatchObject({ ok: true });
    await server.restore(1);
    drive.state.writes = null;
    const next = device();
    await next.replica.sync();
    expect((await recorded(server)).slice(1)).toEqual([sent]);
  });

  it('takes no act back that the store has, and still has it', async () => {
    const { replica, drive, device } = await atTheDoor();
    const [id = ''] = await takeAll(replica, [arrive]);
    drive.state.writes = failure;
    await expect(replica.undo(id)).rejects.toMatchObject({ code: `store-${failure}` });
    drive.state.writes = null;
    drive.state.database = memoryReplicaStore();
    expect((await device().replica.visits()).map((one) => one.waiting)).toEqual([1]);
  });
});

describe('a database that is gone', () => {
  it('cannot be opened after a restart: what waits is sent, and nothing is judged on a visit that cannot be read', async () => {
    const { replica, drive, server, clock, device } = await atTheDoor();
    drive.state.writes = 'full';
    const ids = await takeAll(replica, acts.slice(0, 2));
    drive.state.reads = 'unavailable';
    const next = device();
    next.network.online = false;
    expect(await next.replica.visits()).toMatchObject([{ visitId, waiting: 2 }]);
    await expect(next.replica.act(validate)).rejects.toMatchObject({ code: 'store-unavailable' });
    const file = await next.replica.exportUnsent();
    expect(await file.text()).toContain(ids[1]);
    clock.ms += 60_000;
    next.network.online = true;
    await next.replica.sync().catch(() => undefined);
    expect((await recorded(server)).slice(1)).toEqual(ids);
    drive.state.reads = null;
    drive.state.writes = null;
    await next.replica.sync();
    expect(await waiting(next.replica)).toEqual([]);
    expect((await next.replica.visit(visitId)).events).toHaveLength(3);
  });

  it('was emptied under a phone that is open: what waits is listed, and is not received', async () => {
    const { replica, drive } = await atTheDoor();
    await takeAll(replica, acts);
    drive.state.database = memoryReplicaStore();
    expect(await replica.visits()).toMatchObject([{ visitId, waiting: 4, verdict: 'attention' }]);
    expect(replica.status).toMatchObject({ waiting: 4, verdict: 'attention', losses: [{ kind: 'store' }] });
  });

  it('was deleted under the phone: what waited is sent, in order, and the loss of the store is reported', async () => {
    const { replica, drive, server, clock, device } = await atTheDoor();
    const ids = await takeAll(replica, acts);
    drive.state.database = memoryReplicaStore();
    const next = device();
    expect(await next.replica.visits()).toMatchObject([{ visitId, waiting: 4 }]);
    expect(next.replica.status).toMatchObject({ waiting: 4, losses: [{ kind: 'store' }] });
    clock.ms += 60_000;
    expect(await next.replica.sync()).toMatchObject({ result: 'done', sent: { accepted: ids } });
    expect((await recorded(server)).slice(1)).toEqual(ids);
    expect(next.replica.status).toMatchObject({ waiting: 0, failing: [], losses: [{ kind: 'store' }] });
    const { replica: again } = device();
    await again.visits();
    expect(again.status.losses).toMatchObject([{ kind: 'store' }]);
    next.replica.dismissLosses();
    expect(next.replica.status.losses).toEqual([]);
    const last = device();
    await last.replica.visits();
    expect(last.replica.status.losses).toEqual([]);
  });

  it('was deleted with the second place: the acts that are lost are named, until the server turns out to have them', async () => {
    const { replica, drive, server, clock, network, device } = await atTheDoor({ withJournal: false });
    const [first = '', second = ''] = await takeAll(replica, [arrive, show]);
    clock.ms += 60_000;
    network.online = true;
    // The answer to the first is lost on the way: the server has it.
    const remote = server.remoteFor(actors.provider);
    const [sent] = (await replica.visit(visitId)).pending;
    await remote.sync({ visitId, basedOn: 1, commands: sent === undefined ? [] : [sent.command], device: 'phone-1' });
    drive.state.database = memoryReplicaStore();
    const next = device();
    await next.replica.visits();
    expect(next.replica.status.losses).toMatchObject([
      { kind: 'store' },
      { kind: 'acts', visitId, commandIds: [first, second] },
    ]);
    await next.replica.sync();
    expect(next.replica.status.losses).toMatchObject([{ kind: 'store' }, { kind: 'acts', commandIds: [second] }]);
    next.replica.dismissLosses();
    const last = device();
    await last.replica.visits();
    expect(last.replica.status.losses).toEqual([]);
    expect([...drive.texts.keys()].filter((key) => key.startsWith('visit/'))).toEqual([]);
  });

  it('was deleted with the second place, before an act that this place alone took: the loss of the store is reported', async () => {
    const { replica, clock, network, drive, device } = await atTheDoor({ withMarks: false });
    await takeAll(replica, [arrive]);
    clock.ms += 60_000;
    network.online = true;
    await replica.sync();
    network.online = false;
    drive.state.writes = 'full';
    await takeAll(replica, [show]);
    drive.state.database = memoryReplicaStore();
    drive.loseJournal();
    await takeAll(replica, [validate]);
    replica.close();
    drive.state.writes = null;
    const next = device();
    next.network.online = true;
    expect((await next.replica.sync()).verdict).toBe('attention');
    expect(next.replica.status.losses).toMatchObject([{ kind: 'store' }]);
  });

  it('names a photograph whose bytes are lost, and takes it again', async () => {
    const { replica, drive, clock, device, server } = await atTheDoor();
    const bytes = new Uint8Array(4_000).fill(7).map((byte, at) => (at < 2 ? 0xff : byte));
    const { sha256 } = await replica.photos.add(visitId, bytes, { mediaType: 'image/jpeg' });
    const until = plain.findIndex(({ type }) => type === 'SubmitPhotos');
    for (const step of plain.slice(1, until + 1)) {
      const act = asAct(step);
      const isTaking = act.type === 'TakePhotos';
      const photos = isTaking ? act.data.photos.slice(0, 1).map((photo) => ({ ...photo, sha256 })) : [];
      const photoIds = photos.map(({ photoId }) => photoId);
      if (isTaking) taken.push(...photoIds);
      const data = isTaking ? { photos } : act.type === 'SubmitPhotos' ? { photoIds: taken } : {};
      const answer = await replica.act({ ...act, data: { ...act.data, ...data } } as ActCommand);
      expect(answer).toMatchObject({ ok: true });
    }
    drive.state.database = memoryReplicaStore();
    const next = device();
    clock.ms += 60_000;
    await next.replica.sync();
    expect(next.replica.status).toMatchObject({ photosLost: 1, withheld: 1 });
    await next.replica.photos.add(visitId, bytes, { mediaType: 'image/jpeg' });
    await next.replica.sync();
    expect(next.replica.status).toMatchObject({ photosLost: 0, withheld: 0, waiting: 0 });
    expect((await server.logOf(visitId)).at(-1)?.type).toBe('PhotosSubmitted');
  });
  const taken: string[] = [];
});

describe('a second place', () => {
  it('that fails stops no act, and the status says that what waits is kept once', async () => {
    const { replica, drive } = await atTheDoor();
    drive.journalState.fails = true;
    await takeAll(replica, [arrive]);
    expect(replica.status).toMatchObject({ journal: 'failed', waiting: 1 });
    drive.journalState.fails = false;
    await takeAll(replica, [show]);
    expect(replica.status.journal).toBe('ready');
    expect(drive.entries.size).toBe(2);
  });

  it('that fails with the store refuses the act: nothing was kept', async () => {
    const { replica, drive, device } = await atTheDoor();
    drive.journalState.fails = true;
    drive.state.writes = 'full';
    await expect(replica.act(arrive)).rejects.toMatchObject({ code: 'store-full' });
    drive.journalState.fails = false;
    drive.state.writes = null;
    expect(await waiting(device().replica)).toEqual([]);
  });

  it('has the acts of two tabs that were written in the same moment, while the disk was full', async () => {
    const { replica, drive, device, network, server, clock } = await atTheDoor();
    const other = device();
    other.network.online = false;
    await other.replica.visit(visitId);
    drive.state.writes = 'full';
    let write = () => {};
    drive.journalState.held = new Promise((resolve) => (write = resolve));
    const acting = replica.act(arrive);
    const told = new Promise<void>((resolve) => replica.subscribe(() => resolve()));
    const [id] = await takeAll(other.replica, [arrive]);
    await told;
    write();
    const answer = await acting;
    drive.state.writes = null;
    clock.ms += 60_000;
    network.online = true;
    await replica.sync();
    const log = JSON.stringify(await server.logOf(visitId));
    expect([id, answer.ok && answer.commandId].filter((one) => log.includes(`"${one}"`))).toHaveLength(2);
  });

  it('does not hide that events were fetched while the disk was full, and that only the memory of a tab had them', async () => {
    const { replica, drive, device, network, server, clock } = await atTheDoor();
    const other = device();
    other.network.online = false;
    await other.replica.visit(visitId);
    const data = {
      visitId,
      at: '2026-03-17T14:00:00.000Z',
      about: 'visit',
      decision: 'proceed',
      text: 'Siga',
    } as const;
    await server.service.handle({ type: 'GiveInstruction', data, metadata: { actor: actors.operator } });
    drive.state.writes = 'full';
    network.online = true;
    await expect(replica.sync()).rejects.toMatchObject({ code: 'store-full' });
    const told = new Promise<void>((resolve) => replica.subscribe(() => resolve()));
    drive.state.writes = null;
    await other.replica.photos.add(visitId, new Uint8Array([1]));
    await told;
    clock.ms += 60_000;
    await replica.sync();
    expect((await device().replica.visit(visitId)).events.map(({ type }) => type)).toContain('InstructionGiven');
  });

  it('does not bring an act back that another tab has undone', async () => {
    const { replica, device } = await atTheDoor();
    const other = device();
    other.network.online = false;
    const [id = ''] = await takeAll(replica, [arrive]);
    expect(await waiting(other.replica)).toEqual(['RecordArrival']);
    expect(await other.replica.undo(id)).toMatchObject({ ok: true });
    await takeAll(replica, [arrive, show]);
    expect(await waiting(replica)).toEqual(['RecordArrival', 'ShowCredential']);
    expect(await waiting(device().replica)).toEqual(['RecordArrival', 'ShowCredential']);
  });

  it('does not bring an act back that another tab undid before it was written', async () => {
    const { replica, drive, device } = await atTheDoor();
    const other = device();
    other.network.online = false;
    let write = () => {};
    drive.journalState.held = new Promise((resolve) => (write = resolve));
    const recording = replica.act(arrive);
    await expect.poll(() => waiting(other.replica)).toEqual(['RecordArrival']);
    const [pending] = (await other.replica.visit(visitId)).pending;
    expect(await other.replica.undo(pending?.command.metadata.commandId ?? '')).toMatchObject({ ok: true });
    write();
    expect(await recording).toMatchObject({ ok: true });
    expect([...drive.entries.keys()]).toHaveLength(1);
    expect(await waiting(device().replica)).toEqual([]);
  });

  it('keeps nothing of a visit that was forgotten, or of what was sent', async () => {
    const { replica, drive, network, clock } = await atTheDoor();
    await takeAll(replica, [arrive]);
    expect(drive.entries.size).toBe(1);
    expect([...drive.texts.keys()].some((key) => key.startsWith('visit/'))).toBe(true);
    clock.ms += 60_000;
    network.online = true;
    await replica.sync();
    expect(drive.entries.size).toBe(0);
    expect([...drive.texts.keys()].filter((key) => key.startsWith('visit/'))).toEqual([]);
  });

  it('is not copied by a spread of a store of this library, which a wrapper would not encrypt', async () => {
    const { indexedDbReplicaStore } = await import('../../src/indexeddb.ts');
    const { sqliteReplicaStore } = await import('../../src/sqlite.ts');
    const { temporaryFile } = await import('../stores/files.ts');
    const store = sqliteReplicaStore({ file: temporaryFile() });
    expect(store.journal).toBeDefined();
    expect({ ...store }).not.toHaveProperty('journal');
    expect({ ...indexedDbReplicaStore({ name: 'a' }) }).not.toHaveProperty('journal');
    await store.close();
  });
});
