import type { VisitCommand } from 'auxilio';
import {
  type CopyOfTexts,
  createPrivacy,
  KeysUnavailableError,
  memoryWrappingKeys,
  type Privacy,
} from 'auxilio/privacy';
import { createService, type VisitService } from 'auxilio/service';
import { actors, fact, minute, plainVisit } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { privateService } from './fixture.ts';
import { client, keyIds, lateAct, race, restoreKeys, withIds } from './racing.ts';

const by = actors.operator;
/** A visit that has ended, in a service with privacy. */
async function endedVisit() {
  const made = await privateService();
  for (const one of withIds(plainVisit())) await made.service.handle(one);
  return made;
}

const openTexts = async (privacy: Privacy, service: VisitService) =>
  JSON.stringify((await privacy.open((await service.load('visit-1')).events)).events);

describe('an erasure', () => {
  it('keeps acts that arrive after it, whose texts equal nothing, and recognises them by id', async () => {
    const { service, privacy } = await endedVisit();
    await privacy.erase({ subjects: [client], by });
    const first = await service.handle(lateAct('late-1'));
    const second = await service.handle(lateAct('late-2'));
    expect([first.ok, second.ok]).toEqual([true, true]);
    const whats = (await service.load('visit-1')).events.flatMap((event) =>
      event.type === 'ClientImpactEscalated' ? event.data.what : [],
    );
    expect(new Set(whats).size).toBe(2);
    expect(await service.handle(lateAct('late-1'))).toMatchObject({ ok: true, repeated: true, recognisedBy: 'id' });
  });

  it('is recorded before its key is gone, also where it waited for the end of the visit', async () => {
    const { service, privacy, store, keys, wrapping } = await privateService();
    const acts = withIds(plainVisit());
    for (const act of acts.slice(0, -1)) await service.handle(act);
    const { subjects } = await privacy.erase({ subjects: [client], by });
    expect(subjects).toMatchObject([{ state: 'waiting' }]);
    expect(await openTexts(privacy, service)).toContain('Ana Rojas');
    await service.handle(acts.at(-1)!);
    const epoch = (await keys.readEpoch())!;
    const backup = await restoreKeys(await keys.read(keyIds), [epoch]);
    const erase = async (given: Parameters<typeof keys.erase>[0]) => {
      await keys.erase(given);
      throw new Error('crashed');
    };
    const crashing = await createPrivacy({ keys: { ...keys, erase }, wrapping, store });
    await expect(crashing.continueErasures()).rejects.toThrow(KeysUnavailableError);
    const restored = await createPrivacy({ keys: backup, wrapping, store });
    expect(await openTexts(restored, service)).not.toContain('Ana Rojas');
    const [erasure] = await restored.continueErasures();
    expect(erasure).toMatchObject({ subjects: [{ state: 'erased' }], waitsFor: 'rotation', confirmed: false });
    await restored.rotate();
    expect(await restored.listErasures()).toMatchObject([{ waitsFor: 'none', confirmed: true }]);
  });

  it('is not confirmed while a wrapping key is left, under which a backup may have the erased key', async () => {
    const { service, privacy, store, keys, wrapping } = await endedVisit();
    const backup = await keys.read(keyIds);
    const crashing: typeof keys = { ...keys, listOlder: () => Promise.reject(new Error('crashed')) };
    await expect((await createPrivacy({ keys: crashing, wrapping, store })).rotate()).rejects.toThrow();
    const { erasureId } = await privacy.erase({ subjects: [client], by });
    await privacy.rotate();
    expect(await privacy.erasure(erasureId)).toMatchObject({ confirmed: true });
    for (const key of backup) {
      if (key.state === 'active') await expect(wrapping.unwrap(key.epoch, [key])).rejects.toThrow();
    }
    expect(await openTexts(privacy, service)).toContain('Luis Mora');
  });

  it('leaves no text to a subject that lives again, whose new texts open', async () => {
    const { service, privacy } = await endedVisit();
    await privacy.erase({ subjects: [client], by });
    await privacy.revive([client]);
    await service.handle(lateAct('late-1'));
    const opened = await openTexts(privacy, service);
    expect(opened).toContain('Gotera late-1');
    expect(opened).not.toContain('Ana Rojas');
  });

  it('asks a copy until it has forgotten, and names it until then', async () => {
    let isThere = false;
    const copies = [
      {
        name: 'rows',
        forget: () => {
          if (!isThere) throw new Error('away');
        },
      },
    ];
    const { service, privacy } = await privateService({ copies });
    for (const act of withIds(plainVisit())) await service.handle(act);
    const { erasureId } = await privacy.erase({ subjects: [client], by });
    expect(await privacy.erasure(erasureId)).toMatchObject({ remembered: ['rows'], forgotten: [] });
    isThere = true;
    expect(await privacy.continueErasures()).toMatchObject([{ remembered: [], forgotten: ['rows'] }]);
  });

  describe('of two visits, the first still open', () => {
    const acts = withIds(plainVisit());
    const open = { visitId: 'visit-0', subject: 'client' };
    const inOpen = (act: VisitCommand) => ({ ...act, data: { ...act.data, visitId: open.visitId } }) as VisitCommand;
    const begin = async (copies: readonly CopyOfTexts[] = []) => {
      const made = await privateService({ copies });
      for (const act of acts.slice(0, -1)) {
        await made.service.handle(inOpen(act));
        await made.service.handle(act);
      }
      return made;
    };

    it('asks the copies for each visit once its key is gone', async () => {
      const told: unknown[] = [];
      const { service, privacy } = await begin([{ name: 'rows', forget: (all) => void told.push(all) }]);
      await service.handle(acts.at(-1)!);
      const { erasureId } = await privacy.erase({ subjects: [open, client], by });
      expect(told).toEqual([[client]]);
      expect(await privacy.erasure(erasureId)).toMatchObject({ remembered: ['rows'] });
      await service.handle(inOpen(acts.at(-1)!));
      expect(await privacy.continueErasures()).toMatchObject([{ forgotten: ['rows'] }]);
      expect(told.at(-1)).toEqual([open, client]);
    });

    it('goes on with the other where one cannot be read, and says so', async () => {
      const { service, privacy, store, keys, wrapping } = await begin();
      await privacy.erase({ subjects: [open], by, erasureId: 'e-0' });
      await privacy.erase({ subjects: [client], by, erasureId: 'e-1' });
      await service.handle(acts.at(-1)!);
      const readStream: typeof store.readStream = (name, range) =>
        name === 'visit-visit-0' ? Promise.reject(new Error('damaged')) : store.readStream(name, range);
      const other = await createPrivacy({ keys, wrapping, store: { ...store, readStream } });
      await expect(other.continueErasures()).rejects.toThrow('damaged');
      const states = (await privacy.listErasures()).map(({ erasureId, subjects }) => [erasureId, subjects[0]?.state]);
      expect(Object.fromEntries(states)).toEqual({ 'e-0': 'waiting', 'e-1': 'erased' });
    });
  });

  it('converges after any crash, in a race with any other call', async () => {
    const counts = { crashed: 0, erased: 0, rotated: 0, revived: 0 };
    for (let seed = 1; seed <= 50; seed += 1) {
      const ended = await race(seed);
      for (const what of Object.keys(counts) as (keyof typeof counts)[]) counts[what] += Number(ended[what]);
    }
    for (const [what, count] of Object.entries(counts)) expect(count, what).toBeGreaterThan(5);
  });
});

describe('a key store that cannot be reached', () => {
  it('lets nothing be written, and no text be taken for erased', async () => {
    const { service, store, keys, wrapping } = await endedVisit();
    await service.handle(lateAct('late-1'));
    const away: typeof keys = { ...keys, read: () => Promise.reject(new Error('away')) };
    const other = await createPrivacy({ keys: away, wrapping, store });
    const unkeyed = createService({ store, privacy: other, factRecorders: ['contact-center'] });
    const before = await store.readStored('visit-1');
    const { events } = await service.load('visit-1');
    const last = withIds(plainVisit()).at(-1)!;
    const { actor } = last.metadata;
    const escalated = { ...lateAct('late-3'), metadata: { actor, commandId: 'late-3' } } as typeof last;
    const calls = [
      () => unkeyed.handle(lateAct('late-2')),
      () => unkeyed.handle(lateAct('late-1')),
      // Of a batch, each command has its error.
      () => unkeyed.handleBatch([lateAct('late-2')]).then(([answer]) => (answer as { error: Error }).error),
      () => unkeyed.sync({ visitId: 'visit-1', basedOn: 3, commands: [escalated] }, actor),
      () => unkeyed.record(fact('ClientImpactEscalated', { what: 'Gotera', noticedAt: minute(1) }, by), by),
      () => other.open(events),
      () => other.erase({ subjects: [client], by }),
      () => other.revive([client]),
    ];
    for (const [nth, call] of calls.entries()) {
      const error = await Promise.resolve(call()).catch((thrown: unknown) => thrown);
      expect(error, String(nth)).toBeInstanceOf(KeysUnavailableError);
    }
    expect(await store.readStored('visit-1')).toEqual(before);
    expect(await other.listErasures()).toEqual([]);
  });

  it('does not open where the ledger has erasures', async () => {
    const { privacy, store, keys, wrapping } = await endedVisit();
    await privacy.erase({ subjects: [client], by });
    const away: typeof keys = { ...keys, erase: () => Promise.reject(new Error('away')) };
    await expect(createPrivacy({ keys: away, wrapping, store })).rejects.toThrow(KeysUnavailableError);
    const lost: typeof store = { ...store, readRows: () => Promise.reject(new Error('away')) };
    await expect(createPrivacy({ keys, wrapping, store: lost })).rejects.toThrow(KeysUnavailableError);
  });

  it('takes no active key whose wrapping key is missing for one that was erased', async () => {
    const { service, store, keys } = await endedVisit();
    const { events } = await service.load('visit-1');
    const other = await createPrivacy({ keys, wrapping: memoryWrappingKeys(), store });
    await expect(other.open(events)).rejects.toThrow(KeysUnavailableError);
    await expect(createService({ store, privacy: other }).handle(lateAct('late-1'))).rejects.toThrow(
      KeysUnavailableError,
    );
  });
});
