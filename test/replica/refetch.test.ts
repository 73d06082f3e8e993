/** A server that was restored from an older backup, and the way out for a phone that knows more. */
import { describe, expect, it } from 'vitest';
import { memoryReplicaStore } from '../../src/memory.ts';
import type { VisitCommand } from '../../src/messages/index.ts';
import { type ActCommand, RemoteError, type Replica } from '../../src/replica.ts';
import { StoreError } from '../../src/stores/errors.ts';
import { actors, command, minute } from '../../src/testing.ts';
import { asAct, assignVisit, own, plain, world } from './device.ts';

const visitId = 'visit-1';
const steps = ['RecordArrival', 'ShowCredential', 'ValidateIdentity', 'LocateFault'] as const;
const acts = own(steps);
const arrived = ['ProviderArrived', 'CredentialShown', 'IdentityValidated', 'FaultLocated'];

const named = (act: ActCommand | undefined, commandId: string) => ({ ...act, metadata: { commandId } }) as ActCommand;
const typesOf = (list: readonly { type: string }[]) => list.map(({ type }) => type);

/** A phone that recorded four acts, the last of which waits, and a server that was restored to its first events. */
async function restored(events: number) {
  const here = world();
  await here.server.service.handle(assignVisit);
  const phone = here.device();
  await phone.replica.sync();
  for (const [index, act] of acts.slice(0, 3).entries()) await phone.replica.act(named(act, `touch-${index}`));
  await phone.replica.sync();
  await phone.replica.act(named(acts[3], 'touch-3'));
  here.clock.ms += 60_000;
  await here.server.restore(events);
  return { ...here, ...phone };
}

const failureOf = async (replica: Replica) => (await replica.visit(visitId)).failure?.kind;

describe('a server that was restored from an older backup', () => {
  it('takes nothing of a phone that knows more, and loses nothing of it', async () => {
    const { replica, server } = await restored(2);
    expect((await replica.sync()).failures).toMatchObject([{ failure: { kind: 'diverged' } }]);
    expect(await server.logOf(visitId)).toHaveLength(2);
    expect(replica.status).toMatchObject({ waiting: 1, failing: [{ visitId }] });
  });

  it('that has as many events again, and others, is not taken for the one before', async () => {
    const { replica, server } = await restored(1);
    for (const at of [50, 51, 52]) {
      await server.service.handle(
        command('GiveInstruction', { at: minute(at), about: 'visit', decision: 'proceed', text: 'Siga' }),
      );
    }
    const log = await server.logOf(visitId);
    await replica.sync();
    expect(await failureOf(replica)).toBe('diverged');
    expect(await server.logOf(visitId)).toEqual(log);
  });

  it('is found out within a day by a phone on which nothing waits', async () => {
    const { replica, clock } = await restored(2);
    await replica.withhold('touch-3', 'x');
    clock.ms += 86_400_001;
    await replica.sync();
    expect(await failureOf(replica)).toBe('diverged');
  });

  it('is found out though the visit failed before, for a photograph that the server takes by then', async () => {
    const here = world();
    await here.server.service.handle(assignVisit);
    const state = { fails: false };
    const remote = here.server.remoteFor(actors.provider);
    const putPhoto: typeof remote.putPhoto = async (photo) => {
      if (state.fails) throw new RemoteError('unavailable', 'No answer');
      return remote.putPhoto(photo);
    };
    const { replica } = here.device(actors.provider, { remote: { ...remote, putPhoto } });
    await replica.sync();
    for (const act of acts.slice(0, 3)) await replica.act(act as ActCommand);
    await replica.sync();
    const { sha256 } = await replica.photos.add(visitId, new Uint8Array([1]));
    const [taking] = own(['TakePhotos']);
    const taken = JSON.parse(JSON.stringify(taking).replaceAll('a'.repeat(64), sha256)) as ActCommand;
    expect(await replica.act(taken, { despite: 'op-7' })).toMatchObject({ ok: true });
    state.fails = true;
    for (let n = 0; n < 2; n += 1) await replica.sync();
    expect(await failureOf(replica)).toBe('unavailable');
    state.fails = false;
    await here.server.restore(2);
    here.clock.ms += 86_400_001;
    // The round in which it is listed sends the photograph; the next one fetches it.
    for (let n = 0; n < 2; n += 1) await replica.sync();
    expect(await failureOf(replica)).toBe('diverged');
  });

  it('gets back what the user did when the phone fetches its log: in order, each once', async () => {
    const { replica, server } = await restored(2);
    await replica.sync();
    const before = await replica.visit(visitId);
    const answer = await replica.refetch(visitId);
    expect(answer).toMatchObject({ ok: true, requeued: ['touch-1', 'touch-2'] });
    expect(answer.ok && typesOf(answer.removed)).toEqual(['CredentialShown', 'IdentityValidated']);
    const after = await replica.visit(visitId);
    expect(after.failure).toBeNull();
    expect(typesOf(after.events)).toEqual(['VisitAssigned', 'ProviderArrived']);
    expect(after.local).toEqual(before.local);
    const sentAt = minute(1);
    expect(after.pending).toMatchObject([
      { command: { metadata: { commandId: 'touch-1' } }, basedOn: 2, recordedAt: minute(0), sentAt },
      { command: { metadata: { commandId: 'touch-2' } }, basedOn: 2, recordedAt: minute(0), sentAt },
      { command: { metadata: { commandId: 'touch-3' } }, basedOn: 2, recordedAt: minute(0) },
    ]);
    expect(after.pending).toHaveLength(3);
    expect(await replica.undo('touch-1')).toEqual({ ok: false, reason: 'sent' });
    expect(await replica.sync()).toMatchObject({ result: 'done', failures: [], sent: { accepted: { length: 3 } } });
    expect(typesOf(await server.logOf(visitId))).toEqual(['VisitAssigned', ...arrived]);
    expect((await replica.visit(visitId)).pending).toEqual([]);
  });

  it('gets nothing back of what others recorded, which is said to be removed', async () => {
    const { replica, server } = await restored(4);
    await server.service.handle(
      command('GiveInstruction', { at: minute(40), about: 'visit', decision: 'proceed', text: 'Siga' }),
    );
    await replica.sync();
    expect((await replica.visit(visitId)).events).toHaveLength(6);
    await server.restore(3);
    const answer = await replica.refetch(visitId);
    expect(answer).toMatchObject({ ok: true, requeued: ['touch-2', 'touch-3'] });
    expect(answer.ok && typesOf(answer.removed).sort()).toEqual([
      'FaultLocated',
      'IdentityValidated',
      'InstructionGiven',
    ]);
  });

  it('gets back what was reported, with who let it be done', async () => {
    const { replica, server, clock } = await restored(4);
    const act = own(['StartWork'])[0] as ActCommand;
    await replica.act(named(act, 'despite-1'), { despite: 'op-7, por teléfono, 10:14' });
    await replica.sync();
    const report = (await server.logOf(visitId)).at(-1);
    clock.ms += 60_000;
    await server.restore(4);
    expect(await replica.refetch(visitId)).toMatchObject({ ok: true, requeued: ['touch-3', 'despite-1'] });
    await replica.sync();
    expect(typesOf(await server.logOf(visitId)).slice(4)).toEqual(['FaultLocated', 'DiscrepancyReported']);
    expect((await server.logOf(visitId)).at(-1)?.data).toEqual(report?.data);
  });

  it('recognises what another phone of the same provider has brought back', async () => {
    const { replica, device, server } = await restored(1);
    const other = device(actors.provider, { store: memoryReplicaStore(), device: 'phone-2' });
    await other.replica.sync();
    await replica.refetch(visitId);
    await replica.sync();
    await other.replica.sync();
    expect(await other.replica.refetch(visitId)).toMatchObject({ ok: true, requeued: [], removed: [] });
    expect(typesOf(await server.logOf(visitId))).toEqual(['VisitAssigned', ...arrived]);
  });

  it('gets back the reports of a former provider', async () => {
    const { replica, server, clock } = await restored(4);
    const { service } = server;
    await service.handle(
      command('GiveInstruction', { at: minute(40), about: 'visit', decision: 'reassign', text: 'x' }),
    );
    const provider = { id: actors.otherProvider.id, name: 'Rosa' };
    await service.handle(command('ReassignProvider', { at: minute(41), provider, arriveBy: minute(99) }));
    await replica.sync();
    expect(typesOf((await replica.visit(visitId)).own)).toEqual(['DiscrepancyReported']);
    clock.ms += 60_000;
    await server.restore(6);
    clock.ms += 86_400_001;
    await replica.sync();
    expect(await failureOf(replica)).toBe('diverged');
    expect(await replica.refetch(visitId)).toMatchObject({ ok: true, requeued: ['touch-3'] });
    await replica.sync();
    expect(typesOf((await replica.visit(visitId)).own)).toEqual(['DiscrepancyReported']);
  });

  it('keeps the photographs, and what is withheld', async () => {
    const { replica, store, server } = await restored(2);
    const photo = await replica.photos.add(visitId, new Uint8Array([0xff, 0xd8, 5]));
    await replica.withhold('touch-3', 'x');
    await replica.refetch(visitId);
    const { photos, pending } = await replica.visit(visitId);
    expect([photos, pending.at(-1)?.withheld?.reason]).toEqual([[photo], 'given-up']);
    expect(await store.readBlob(photo.sha256)).not.toBeNull();
    expect(server.photos.size).toBe(0);
  });
});

describe('refetching', () => {
  it('changes nothing where the log of the server goes on', async () => {
    const { replica, server } = await restored(4);
    expect(await replica.refetch(visitId)).toMatchObject({ ok: true, requeued: [], removed: [] });
    await replica.sync();
    expect(await server.logOf(visitId)).toHaveLength(5);
  });

  it('fetches a log that comes in pages to its end', async () => {
    const { device, store, server } = await restored(4);
    const remote = server.remoteFor(actors.provider);
    const { replica } = device(actors.provider, {
      store,
      remote: {
        ...remote,
        events: async (...given) => {
          const answer = await remote.events(...given);
          return { ...answer, events: answer.events.slice(0, 1) };
        },
      },
    });
    expect(await replica.refetch(visitId)).toMatchObject({ ok: true, requeued: [] });
  });

  it('of a visit that is not here, or without a server, changes nothing', async () => {
    const { replica, network } = await restored(2);
    await replica.sync();
    const before = await replica.visit(visitId);
    expect(await replica.refetch('visit-9')).toEqual({ ok: false, reason: 'unknown' });
    network.online = false;
    expect(await replica.refetch(visitId)).toEqual({
      ok: false,
      reason: 'failed',
      failure: { kind: 'unavailable', message: 'No signal' },
    });
    expect(JSON.stringify(await replica.visit(visitId))).toBe(JSON.stringify(before));
  });

  it('is one write, done whole or not at all', async () => {
    const { device, store, replica: first } = await restored(2);
    const before = JSON.stringify(await first.visit(visitId));
    let writes = 0;
    let isBroken = true;
    const breaking = {
      ...store,
      writeGroup: async (...given: Parameters<typeof store.writeGroup>) => {
        writes += 1;
        if (isBroken) throw new StoreError('io', 'The power went');
        return store.writeGroup(...given);
      },
    };
    const { replica } = device(actors.provider, { store: breaking });
    await expect(replica.refetch(visitId)).rejects.toThrow('The power went');
    const { replica: next } = device(actors.provider, { store });
    expect(JSON.stringify(await next.visit(visitId))).toBe(before);
    isBroken = false;
    await replica.refetch(visitId);
    expect(writes).toBe(2);
    const { replica: last } = device(actors.provider, { store });
    expect((await last.visit(visitId)).pending).toHaveLength(3);
  });

  it('leaves the copy alone where an act of the user is of a later release', async () => {
    const { device, store, server, replica: first } = await restored(4);
    await first.sync();
    const { service } = server;
    const strange = { type: 'RobotSent', data: { visitId, at: minute(20), by: actors.provider } };
    const remote = server.remoteFor(actors.provider);
    let isThere = true;
    const { replica } = device(actors.provider, {
      store,
      remote: {
        ...remote,
        assignments: async () => ({ ...(await remote.assignments(null)), visits: [{ visitId, version: 6 }] }),
        events: async (id, after) => {
          const { events } = await service.load(id);
          const all = isThere
            ? [...events, { ...strange, metadata: { eventId: 'strange', commandId: 'r-1' } }]
            : events;
          return { events: all.slice(after), version: all.length, serverTime: minute(0) };
        },
      },
    });
    await replica.sync();
    isThere = false;
    expect(await replica.refetch(visitId)).toEqual({ ok: false, reason: 'needs-upgrade' });
    expect((await replica.visit(visitId)).events).toHaveLength(6);
  });

  it('says why the server does not show the log', async () => {
    const { device, store, server } = await restored(2);
    const { replica } = device(actors.provider, {
      store,
      remote: {
        ...server.remoteFor(actors.provider),
        events: () => Promise.reject(new RemoteError('forbidden', 'No', { reason: 'not-yours' })),
      },
    });
    expect(await replica.refetch(visitId)).toMatchObject({ failure: { kind: 'forbidden', reason: 'not-yours' } });
  });

  it('puts every act of a visit back as it was recorded', async () => {
    const { server, replica, clock } = await restored(4);
    const photo = await replica.photos.add(visitId, new Uint8Array([0xff, 0xd8, 1]), { mediaType: 'image/jpeg' });
    const later = plain.slice(1).filter(({ type }) => !steps.some((done) => done === type));
    for (const [index, step] of later.entries()) {
      const act = JSON.parse(JSON.stringify(asAct(step)).replaceAll('a'.repeat(64), photo.sha256));
      expect(await replica.act(named(act, `later-${index}`))).toMatchObject({ ok: true });
    }
    await replica.sync();
    const whole = await server.logOf(visitId);
    expect(whole).toHaveLength(plain.length);
    clock.ms += 60_000;
    await server.restore(1);
    await replica.refetch(visitId);
    await replica.sync();
    const contents = (log: readonly { type: string; data: object }[]) => log.map(({ type, data }) => ({ type, data }));
    expect(contents(await server.logOf(visitId))).toEqual(contents(whole));
    expect((await server.service.handle(plain.at(-1) as VisitCommand)).ok).toBe(false);
  });
});
