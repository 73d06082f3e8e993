import { actors, plainVisit } from 'auxilio/testing';
import { describe, expect, it } from 'vitest';
import { privateService } from './fixture.ts';
import { client, lateAct, withIds } from './racing.ts';

const by = actors.operator;
/** A visit that has ended, in a service with privacy. */
async function endedVisit() {
  const made = await privateService();
  for (const one of withIds(plainVisit())) await made.service.handle(one);
  return made;
}

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
});
