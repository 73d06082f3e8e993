import { describe, expect, it } from 'vitest';
import { invariants } from '../../src/invariants.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { actors, eventsAfter, fact, firstBroken, offlineMix, simulate } from '../../src/testing.ts';
import { replay } from '../../src/visit/index.ts';

const plain = eventsAfter('CompleteVisit');
const without = (type: VisitEvent['type']) => plain.filter((event) => event.type !== type);

/** The name of the first event that breaks an invariant, and the invariant. */
function named(events: readonly VisitEvent[], policy = {}): string | null {
  const broken = firstBroken(events, policy);
  return broken && `${events[broken.index]?.type}: ${broken.invariant.id}`;
}

/** The indexes of the facts that settlements took: those right before them. */
const takenIn = (events: readonly VisitEvent[]) =>
  events.flatMap((event, index) =>
    event.type === 'DiscrepancySettled' ? event.data.taken.map((_, nth) => index - event.data.taken.length + nth) : [],
  );

describe('1.1-10 the first event that breaks an invariant', () => {
  it('is none in lawful logs, of two writers and with mistakes too', () => {
    expect(firstBroken([])).toBeNull();
    expect(firstBroken(plain)).toBeNull();
    const mix = { ...offlineMix, offline: 1, conflict: 0, annulled: 0.5, mistimed: 0.5 };
    for (const { visitId, events } of simulate({ visits: 25, seed: 8, mix })) expect(named(events), visitId).toBeNull();
  });

  it('is a fact that a settlement took, where that breaks one', () => {
    const mix = { ...offlineMix, offline: 1, conflict: 1, twin: 0 };
    let count = 0;
    for (const { visitId, events } of simulate({ visits: 40, seed: 8, mix })) {
      const taken = takenIn(events);
      const broken = firstBroken(events);
      if (taken.length === 0) expect(broken, visitId).toBeNull();
      else {
        expect(taken, visitId).toContain(broken?.index);
        expect(broken?.invariant.id, visitId).toBe('only-leaving-while-closing');
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(10);
  });

  it('is a settlement of what was never reported', () => {
    const settled = fact('DiscrepancySettled', { discrepancyId: 'd-9', taken: [0], text: 'no' }, actors.operator);
    expect(named([...plain, settled])).toBe('DiscrepancySettled: settled-as-reported');
  });

  it.each<[VisitEvent['type'], string]>([
    ['CredentialShown', 'IdentityValidated: credential-before-identity'],
    ['PhotosSubmitted', 'WorkStarted: start-photos-sent'],
    ['StartReported', 'WorkStarted: start-called-in'],
    ['QualityTested', 'ClientConformed: conformity-after-tests'],
    ['CompletionReported', 'Completed: completed-called-in'],
  ])('is the fact that %s should have preceded', (type, expected) => {
    expect(named(without(type))).toBe(expected);
  });

  it('is none under a policy that waives what is missing', () => {
    const waive = [{ rule: 'credential-shown', reason: 'Se conoce al proveedor' }];
    expect(named(without('CredentialShown'), { waive })).toBeNull();
    expect(() => firstBroken(plain, { waives: [] } as never)).toThrow(/^Unknown option of policy: waives/);
    expect(() => firstBroken('x' as never)).toThrow(/^firstBroken takes events, an array/);
  });

  it('is the same as the invariants say of each beginning of the log', () => {
    for (let dropped = 1; dropped < plain.length; dropped += 1) {
      const events = plain.filter((_, index) => index !== dropped);
      const index = events.findIndex((_, last) => {
        const history = events.slice(0, last + 1);
        return invariants.some(({ holds }) => !holds(replay(history), history, {}));
      });
      expect(firstBroken(events)?.index ?? -1, `without ${plain[dropped]?.type}`).toBe(index);
    }
  });

  it('is a fact that only looks like one that was taken, or a settlement of nothing', () => {
    const mix = { offline: 1, conflict: 1 };
    const visits = [...simulate({ visits: 20, seed: 8, mix })];
    const events = visits.map((visit) => visit.events).find((log) => takenIn(log).length > 0) ?? [];
    const [first = 0] = takenIn(events);
    const edited = events.map((event, index) =>
      index === first ? ({ ...event, data: { ...event.data, at: '2026-03-17T00:00:00.000Z' } } as VisitEvent) : event,
    );
    expect(firstBroken(edited)).toMatchObject({ index: first, invariant: { id: 'provider-acts-are-his' } });
    const settled = events.filter(({ type }) => type === 'DiscrepancySettled');
    expect(firstBroken(settled)?.index).toBe(0);
    const late = [...events.slice(0, first), ...settled];
    expect(firstBroken(late)).toBeNull();
    const unreported = events.filter(({ type }) => type !== 'DiscrepancyReported');
    expect(firstBroken(unreported)?.index).toBeLessThan(unreported.length);
  });

  it('reads a history again that was edited in place', () => {
    const history = [...plain];
    const broken = () => invariants.filter(({ holds }) => !holds(replay(history), history, {})).map(({ id }) => id);
    expect(broken()).toEqual([]);
    const place = history.findIndex(({ type }) => type === 'CredentialShown');
    const [credential] = history.splice(place, 1);
    expect(broken()).toContain('credential-before-identity');
    history.splice(place, 0, credential as VisitEvent);
    expect(broken()).toEqual([]);
    history.length = place + 1;
    expect(broken()).toEqual([]);
  });
});
