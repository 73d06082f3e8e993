import { describe, expect, it } from 'vitest';
import { deepFreeze } from '../../src/kernel/fold.ts';
import type { VisitEvent } from '../../src/messages/index.ts';
import { eventsAfter, fact, minute } from '../../src/testing.ts';
import { eventTypes, evolve, initialState, replay, type VisitState } from '../../src/visit/index.ts';
import { correct, otherProvider, provider, report, reported } from '../scenarios/commands.ts';
import { working } from '../scenarios/moments.ts';
import { everyEvent, placesWhere, scribble } from './fold-values.ts';

const folded = (events: readonly VisitEvent[], from = initialState()) => events.reduce(evolve, from);
const isOpen = (part: object) => !Object.isFrozen(part);
const log = everyEvent();
const cuts = log.map((_, length) => length);

describe('0-02 replay is the fold of evolve', () => {
  it('over a log with every event of the protocol', () => {
    const missing = 'give an event that is missing to `everyEvent` of test/visit/fold-values.ts';
    expect(new Set(log.map(({ type }) => type)), missing).toEqual(new Set(eventTypes));
    expect(replay(log)).toEqual(folded(log));
  });
  it('after each event of it', () => {
    for (const length of cuts) expect(replay(log.slice(0, length))).toEqual(folded(log.slice(0, length)));
  });
  it('from a snapshot at each cut', () => {
    for (const length of cuts) {
      expect(replay(log.slice(length), replay(log.slice(0, length)))).toEqual(replay(log));
      expect(folded(log.slice(length), JSON.parse(JSON.stringify(replay(log.slice(0, length)))))).toEqual(replay(log));
    }
  });
  it('of any iterable, read once', () => {
    expect(replay(log.values())).toEqual(replay(log));
    expect(replay(new Set(log))).toEqual(replay(log));
  });
  it('of nothing is the initial state', () => {
    expect(replay([])).toEqual(initialState());
    expect(replay([], initialState())).toEqual(initialState());
    const state = replay(log);
    expect(replay([], state)).toEqual(state);
  });
  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(replay(log)))).toEqual(replay(log));
  });
});

describe('0-02 a state is frozen in depth', () => {
  it.each([
    ['replay', () => replay(log)],
    ['replay from an unfrozen snapshot', () => replay(log.slice(9), structuredClone(replay(log.slice(0, 9))))],
    ['evolve', () => folded(log)],
    ['the initial one', initialState],
  ])('%s', (_, state: () => VisitState) => {
    expect(placesWhere(state(), isOpen), 'freeze a new list in `frozenVisit` of src/visit/state.ts').toEqual([]);
  });
  it('the snapshot that a fold goes on from is not frozen', () => {
    for (const length of cuts) {
      const snapshot = structuredClone(replay(log.slice(0, length)));
      replay(log.slice(length), snapshot);
      expect(placesWhere(snapshot, Object.isFrozen)).toEqual([]);
    }
  });
});

describe('0-02 a snapshot stays as it is', () => {
  const snapshot = () => structuredClone(replay(working()));
  const rest = log.slice(working().length);

  it('is neither changed nor frozen by replay', () => {
    const kept = snapshot();
    replay(rest, kept);
    expect(kept).toEqual(snapshot());
    expect(placesWhere(kept, Object.isFrozen)).toEqual([]);
  });
  it('is not part of the state that replay makes of it', () => {
    const kept = snapshot();
    const state = replay(rest, kept);
    scribble(kept);
    expect(state).toEqual(replay(rest, snapshot()));
  });
  it('is not changed by evolve', () => {
    const kept = snapshot();
    folded(rest, kept);
    expect(kept).toEqual(snapshot());
  });
});

describe('0-02 the events of the caller are neither touched, nor frozen, nor kept', () => {
  it.each([
    ['replay', (events: readonly VisitEvent[]) => replay(events)],
    ['replay from a state', (events: readonly VisitEvent[]) => replay(events.slice(3), replay(events.slice(0, 3)))],
    ['evolve', (events: readonly VisitEvent[]) => folded(events)],
  ])('by %s', (_, fold) => {
    const own = structuredClone(log);
    const state = fold(own);
    expect(own).toEqual(log);
    expect(placesWhere(own, Object.isFrozen)).toEqual([]);
    scribble(own);
    expect(state).toEqual(replay(log));
  });
  it('frozen events are folded alike', () => {
    const frozen = deepFreeze(structuredClone(log));
    expect(replay(frozen)).toEqual(replay(log));
    expect(folded(frozen)).toEqual(replay(log));
  });
});

describe('0-02 evolve shares what an event does not touch', () => {
  const before = replay(working());

  it.each([
    ['ToolsShown', fact('ToolsShown', { tools: ['taladro'] }), ['work']],
    ['1.1-48 Paused break', fact('Paused', { kind: 'break' }), ['phase', 'work']],
    ['QualityTested', fact('QualityTested', { tests: [], passed: true }), ['closing']],
    ['PhotosTaken', fact('PhotosTaken', { photos: [{ photoId: 'f-2', takenAt: '', sha256: '' }] }), ['photos']],
    ['2.2-08 ClientImpactEscalated', fact('ClientImpactEscalated', { what: 'x' }), ['debts']],
    ['1.1-39 MaterialsCoordinated', fact('MaterialsCoordinated', { outcome: 'client-will-supply' }), ['materials']],
    ['1.3-01 FarewellGiven', fact('FarewellGiven'), ['closing']],
    ['1.1-10 TimeCorrected', fact('TimeCorrected', correct('start', minute(16), minute(15)).data), ['work']],
    [
      '1.1-10 DiscrepancyReported',
      fact('DiscrepancyReported', report([reported('ToolsShown')]).data),
      ['debts', 'discrepancies'],
    ],
    ['2.1-01 ConductBreachReported', fact('ConductBreachReported', { kind: 'other' }), []],
  ])('%s', (_, happened, touched) => {
    const next = evolve(before, happened);
    const keys = Object.keys(before) as (keyof VisitState)[];
    expect(keys.filter((key) => next[key] !== before[key])).toEqual(touched);
  });
  it('leaves the state before as it was', () => {
    expect(before).toEqual(replay(working()));
  });
});

describe('0-02 evolve answers the same state to what changes nothing', () => {
  const before = replay(working());
  const newer = { ...fact('Completed'), metadata: { schemaVersion: 3 } };

  it.each([
    ['an unknown type', fact('Pintado' as never)],
    ['a type that every object has', fact('constructor' as never)],
    ['another such type', fact('__proto__' as never)],
    ['the type of a command', fact('CompleteVisit' as never)],
    ['an event of another visit', fact('Completed', { visitId: 'v-2' })],
    ['a newer version', newer as VisitEvent],
    ['a second assignment', fact('VisitAssigned', { caseNumber: 'EXP-2' })],
    ['the arrival of another provider', fact('ProviderArrived', {}, otherProvider)],
    ['the credential of another provider', fact('CredentialShown', {}, otherProvider)],
    ['the tools of another provider', fact('ToolsShown', { tools: ['x'] }, otherProvider)],
  ])('%s', (_, happened) => {
    expect(evolve(before, happened)).toBe(before);
    expect(replay([...working(), happened])).toEqual(before);
  });
  it.each([1, 2])('events of version %i, with unknown metadata too, do change it', (schemaVersion) => {
    const known = { ...fact('Completed'), metadata: { schemaVersion, recordedAt: 'x', host: { a: 1 } } };
    expect(evolve(before, known as VisitEvent)).toEqual(evolve(before, fact('Completed')));
  });
});

describe('1.1-13 evolve folds what happened before the assignment too', () => {
  it('keeps what happened before it', () => {
    const state = replay([fact('StartReported'), ...eventsAfter('AssignVisit')]);
    expect(state.work.startReportedAt).not.toBeNull();
    expect(state.provider?.id).toBe(provider.id);
  });
  it('1.2-12 but for what a provider does who is not assigned yet', () => {
    expect(replay([fact('WorkStarted'), ...eventsAfter('AssignVisit')])).toEqual(replay(eventsAfter('AssignVisit')));
  });
});
