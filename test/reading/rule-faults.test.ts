import { afterEach, describe, expect, it, vi } from 'vitest';
import { auditLog } from '../../src/logs.ts';
import { audit, dossier } from '../../src/reading/index.ts';
import { eventsAfter } from '../../src/testing.ts';
import { rulesFor } from '../../src/visit/rules.ts';
import { actOfCommand } from '../../src/visit/table.ts';

/** Plants a bug: a function that reads a field of nothing. */
const planted = () => (undefined as never as { at: string }).at;

const events = eventsAfter('StartWork');
const index = events.length - 1;
const message = `The audit fails on entry ${index}, WorkStarted, which can be read: Cannot read properties of undefined (reading 'at')`;

async function auditedLines() {
  for await (const one of auditLog(events.map((event) => JSON.stringify(event)))) return one;
  return undefined;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('0-02 a bug in the library is its error, and no fault of the log', () => {
  it.each(['rule', 'effect'] as const)(
    'of a %s: the audit of events or lines, and the dossier, throw it',
    async (where) => {
      const [rule] = rulesFor('StartWork').filter(({ id }) => id === 'start-reported');
      if (where === 'rule') vi.spyOn(rule as never as { holds: () => unknown }, 'holds').mockImplementation(planted);
      else
        vi.spyOn(actOfCommand('StartWork') as never as { effect: () => unknown }, 'effect').mockImplementation(planted);
      expect(() => audit(events)).toThrow(message);
      expect(() => dossier(events)).toThrow(message);
      await expect(auditedLines()).rejects.toThrow(message);
    },
  );

  it('what cannot be read is unreadable as before, with the bug or without it', () => {
    const log = eventsAfter('TakePhotos');
    const last = log.at(-1)!;
    const [rule] = rulesFor('TakePhotos').filter(({ id }) => id === 'photos-new');
    vi.spyOn(rule as never as { holds: () => unknown }, 'holds').mockImplementation(planted);
    for (const photos of [undefined, 7, [null], [{ photoId: 7 }]]) {
      const odd = [...log.slice(0, -1), { ...last, data: { ...last.data, photos } }];
      expect(audit(odd as never).findings).toContainEqual({
        index: log.length - 1,
        kind: 'unreadable',
        facts: { type: 'PhotosTaken' },
      });
    }
    const nobody = [...log.slice(0, -1), { ...last, data: { ...last.data, by: null } }];
    expect(audit(nobody as never).clean).toBe(false);
  });

  it('what fails by data that an earlier event left in the visit is no error of the library', () => {
    const log = eventsAfter('AcceptMaterials').map((event) =>
      event.type === 'WorkExplained' ? { ...event, data: { ...event.data, materials: [null] } } : event,
    );
    expect(audit(log as never).findings).toContainEqual({
      index: log.findIndex(({ type }) => type === 'MaterialsAccepted'),
      kind: 'unreadable',
      facts: { type: 'MaterialsAccepted' },
    });
  });
});
