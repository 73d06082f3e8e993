import { audit, dossier, type VisitEvent } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { createService } from 'auxilio/service';
import { simulate } from 'auxilio/testing';
import { parseEvent } from 'auxilio/wire';
import { describe, expect, it } from 'vitest';
import { privateService } from './fixture.ts';

const withoutSeals = (events: readonly VisitEvent[]) =>
  events.map(({ type, data, metadata: { eventId, recordedAt, hash, previousHash, sealed, ...metadata } = {} }) => ({
    type,
    data,
    metadata,
  }));

describe('the verdicts of a service with privacy', () => {
  it('are those of one without, and its events are restored whole', async () => {
    const { service, store, privacy } = await privateService();
    const plain = createService({ store: memoryStore() });
    for (const { visitId, commands } of simulate({ visits: 40, seed: 4 })) {
      for (const command of commands) {
        const [own, its] = [await service.handle(command), await plain.handle(command)];
        expect(own.ok).toBe(its.ok);
      }
      const { events } = await service.load(visitId);
      const expected = (await plain.load(visitId)).events;
      expect(events.filter((event) => !parseEvent(event).ok)).toEqual([]);
      const opened = await privacy.open(events);
      expect(opened.unopened).toEqual([]);
      expect(withoutSeals(opened.events)).toEqual(withoutSeals(expected));
      expect(opened.restore(audit(events))).toEqual(audit(expected));
      expect(opened.restore(dossier(events))).toEqual(dossier(expected));
      const texts = (await store.readStored(`visit-${visitId}`)).map(({ text }) => text).join();
      expect(texts).not.toContain('Rojas');
    }
  });
});
