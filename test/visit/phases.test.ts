import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact } from '../../src/testing.ts';
import { initialState, phases, stateVersion } from '../../src/visit/index.ts';
import { close, instruct, leave, substitution } from '../scenarios/commands.ts';
import { awaiting, away, back, finished, onBreak, stateOf, takenOver, working } from '../scenarios/moments.ts';

const completed = fact('Completed');
const closed = fact('VisitClosed', { outcome: 'cancelled' });
const owed = fact('TransitIssueReported', { issue: 'breakdown', resolvable: false });
const left = fact('Paused', { kind: 'second-visit' });
const paused = fact('Paused', { kind: 'break' });
const extra = fact('ExtraMaterialsRequested', { materials: [] });

describe('1.1-13 the phases', () => {
  it('are ten, the first that applies first', () => {
    expect(phases).toEqual([
      'unassigned',
      'completed',
      'closed',
      'awaiting-reassignment',
      'away',
      'in-transit',
      'on-break',
      'awaiting-materials',
      'working',
      'on-site',
    ]);
  });
  it.each([
    ['unassigned', () => []],
    ['in-transit', () => eventsAfter('AssignVisit')],
    ['on-site', () => eventsAfter('RecordArrival')],
    ['on-site', () => eventsBefore('StartWork')],
    ['working', working],
    ['working', finished],
    ['on-break', onBreak],
    ['awaiting-materials', awaiting],
    ['away', away],
    ['away', back],
    ['away', () => advance(eventsAfter('RecordArrival'), leave)],
    ['away', takenOver],
    ['in-transit', () => advance(eventsAfter('RecordArrival'), [instruct('visit', 'reassign'), substitution])],
    ['in-transit', () => advance(eventsAfter('RecordArrival'), command('AmendAssignment', { place: 'otro' }))],
    ['awaiting-reassignment', () => [...eventsAfter('AssignVisit'), owed]],
    ['on-site', () => advance(eventsAfter('RecordArrival'), instruct('visit', 'reassign'))],
    ['on-site', () => advance(eventsAfter('RecordArrival'), instruct('visit', 'cancel'))],
    ['completed', () => eventsAfter('CompleteVisit')],
    ['closed', () => advance(working(), [instruct('visit', 'cancel'), close])],
  ] as const)('%s', (phase, past: () => VisitEvent[]) => {
    expect(stateOf(past()).phase).toBe(phase);
  });
});

describe('1.1-13 1.1-48 1.2-12 where several apply, the first of them', () => {
  const assigned = () => eventsAfter('AssignVisit');

  it.each([
    ['unassigned', () => [completed]],
    ['unassigned', () => [fact('WorkStarted'), closed]],
    ['closed', () => [...assigned(), closed, completed]],
    ['completed', () => [...assigned(), completed, closed]],
    ['completed', () => [...working(), left, completed]],
    ['completed', () => [...assigned(), completed, owed]],
    ['closed', () => [...working(), left, closed]],
    ['closed', () => [...assigned(), closed, owed]],
    ['awaiting-reassignment', () => [...working(), left, owed]],
    ['awaiting-reassignment', () => [...onBreak(), owed]],
    ['away', () => [...working(), left, paused, extra]],
    ['in-transit', () => [...assigned(), fact('WorkStarted'), paused, extra]],
    ['on-break', () => [...working(), extra, paused]],
    ['awaiting-materials', () => [...working(), extra]],
  ] as const)('%s', (phase, past: () => VisitEvent[]) => {
    expect(stateOf(past()).phase).toBe(phase);
  });
});

describe('1.1-13 the beginning', () => {
  it('knows nothing, and is the same value each time', () => {
    expect(initialState()).toBe(initialState());
    expect(initialState()).toMatchObject({
      stateVersion,
      phase: 'unassigned',
      visitId: null,
      provider: null,
      materials: { status: 'unknown', supplied: null, awaited: false },
      closing: { tests: null, outcome: null },
      debts: [],
      waivers: [],
    });
    expect(stateOf()).toEqual(initialState());
  });
  it('is plain JSON with every field there', () => {
    expect(JSON.parse(JSON.stringify(initialState()))).toEqual(initialState());
    const keys = (value: object): string[] =>
      Object.entries(value).flatMap(([key, item]) => [key, ...(isPlain(item) ? keys(item) : [])]);
    const isPlain = (item: unknown) => typeof item === 'object' && item !== null && !Array.isArray(item);
    const ended = stateOf(eventsAfter('CompleteVisit'));
    const fixed = (state: object) => keys({ ...state, client: null, provider: null, photos: null });
    expect(fixed(ended)).toEqual(fixed(initialState()));
  });
});
