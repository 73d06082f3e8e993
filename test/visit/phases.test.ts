import { describe, expect, it } from 'vitest';
import type { VisitEvent } from '../../src/messages/index.ts';
import { initialState, phases } from '../../src/visit/index.ts';
import * as half from '../support/second-half.ts';
import { command, through, upTo } from '../support/visit.ts';

const { continued, event, instruct, stateOf } = half;
const completed = event('Completed');
const closed = event('VisitClosed', { outcome: 'cancelled' });
const owed = event('TransitIssueReported', { issue: 'breakdown', resolvable: false });
const left = event('Paused', { kind: 'second-visit' });
const onBreak = event('Paused', { kind: 'break' });
const extra = event('ExtraMaterialsRequested', { materials: [] });

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
    ['in-transit', () => through('AssignVisit')],
    ['on-site', () => through('RecordArrival')],
    ['on-site', () => upTo('StartWork')],
    ['working', half.working],
    ['working', half.finished],
    ['on-break', half.onBreak],
    ['awaiting-materials', half.awaiting],
    ['away', half.away],
    ['away', half.back],
    ['away', () => continued(through('RecordArrival'), half.leave)],
    ['away', half.takenOver],
    ['in-transit', () => continued(through('RecordArrival'), instruct('reassign'), half.reassign)],
    ['in-transit', () => continued(through('RecordArrival'), command('AmendAssignment', { place: 'otro' }))],
    ['awaiting-reassignment', () => [...through('AssignVisit'), owed]],
    ['on-site', () => continued(through('RecordArrival'), instruct('reassign'))],
    ['on-site', () => continued(through('RecordArrival'), instruct('cancel'))],
    ['completed', () => through('CompleteVisit')],
    ['closed', () => continued(half.working(), instruct('cancel'), half.close)],
  ] as const)('%s', (phase, past: () => VisitEvent[]) => {
    expect(stateOf(past()).phase).toBe(phase);
  });
});

describe('1.1-13 1.1-48 1.2-12 where several apply, the first of them', () => {
  const assigned = () => through('AssignVisit');

  it.each([
    ['unassigned', () => [completed]],
    ['unassigned', () => [event('WorkStarted'), closed]],
    ['closed', () => [...assigned(), closed, completed]],
    ['completed', () => [...assigned(), completed, closed]],
    ['completed', () => [...half.working(), left, completed]],
    ['completed', () => [...assigned(), completed, owed]],
    ['closed', () => [...half.working(), left, closed]],
    ['closed', () => [...assigned(), closed, owed]],
    ['awaiting-reassignment', () => [...half.working(), left, owed]],
    ['awaiting-reassignment', () => [...half.onBreak(), owed]],
    ['away', () => [...half.working(), left, onBreak, extra]],
    ['in-transit', () => [...assigned(), event('WorkStarted'), onBreak, extra]],
    ['on-break', () => [...half.working(), extra, onBreak]],
    ['awaiting-materials', () => [...half.working(), extra]],
  ] as const)('%s', (phase, past: () => VisitEvent[]) => {
    expect(stateOf(past()).phase).toBe(phase);
  });
});

describe('1.1-13 the beginning', () => {
  it('knows nothing, and is the same value each time', () => {
    expect(initialState()).toBe(initialState());
    expect(initialState()).toMatchObject({
      stateVersion: 2,
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
    const ended = stateOf(through('CompleteVisit'));
    const fixed = (state: object) => keys({ ...state, client: null, provider: null, photos: null });
    expect(fixed(ended)).toEqual(fixed(initialState()));
  });
});
