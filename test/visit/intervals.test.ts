import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, minute } from '../../src/testing.ts';
import {
  accept,
  arrival,
  askExtra,
  call,
  close,
  instruct,
  leave,
  otherProvider,
  pause,
  reenter,
  resume,
  supplyExtra,
} from '../scenarios/commands.ts';
import { finished, onBreak, stateOf, takenOver, working } from '../scenarios/moments.ts';

const started = minute(16);
const stretch = (from: number, to?: number) => ({ from: minute(from), to: to === undefined ? null : minute(to) });
const intervalsOf = (past: readonly VisitEvent[]) => stateOf(past).work.intervals;
const at = (minutes: number, next: VisitCommand): VisitCommand =>
  ({ ...next, data: { ...next.data, at: minute(minutes) } }) as VisitCommand;

describe('1.1-43 the stretches in which the work was running', () => {
  it('are none before the start', () => {
    expect(intervalsOf(eventsBefore('StartWork'))).toEqual([]);
  });
  it('begin with the start, and stay open', () => {
    expect(intervalsOf(working())).toEqual([{ from: started, to: null }]);
  });
  it.each([
    ['a break', pause, 30],
    ['1.1-48 leaving', leave, 33],
    ['extra materials', askExtra, 35],
  ])('end by %s', (_, step, end) => {
    expect(intervalsOf(advance(working(), step))).toEqual([stretch(16, end)]);
  });
  it.each([
    ['the end of a break', [pause, resume], [stretch(16, 30), stretch(31)]],
    ['1.1-49 re-entry, not the arrival', [leave, arrival, reenter], [stretch(16, 33), stretch(36)]],
    ['1.1-33 accepted materials, not supplied ones', [askExtra, supplyExtra, accept], [stretch(16, 35), stretch(37)]],
    [
      'a waiver of materials-settled',
      [askExtra, instruct('visit', 'proceed', { at: minute(40), waives: ['materials-settled'] })],
      [stretch(16, 35), stretch(40)],
    ],
    [
      'a request withdrawn',
      [askExtra, command('ExplainWork', { at: minute(45), method: 'sin más', materials: [] })],
      [stretch(16, 35), stretch(45)],
    ],
  ])('begin again by %s', (_, steps, intervals) => {
    expect(intervalsOf(advance(working(), steps))).toEqual(intervals);
  });
  it('do not begin again while another of the three facts stands', () => {
    const steps = [askExtra, leave, arrival, reenter].map((step, index) => at(40 + index, step));
    expect(intervalsOf(advance(working(), steps))).toEqual([stretch(16, 40)]);
    const settled = [at(50, supplyExtra), at(51, accept)];
    expect(intervalsOf(advance(working(), [...steps, ...settled]))).toEqual([stretch(16, 40), stretch(51)]);
  });
  it('are not cut by leaving on a break', () => {
    expect(intervalsOf(advance(onBreak(), leave))).toEqual([stretch(16, 30)]);
  });
  it('1.2-12 end when another provider takes over, and begin by the re-entry of that provider', () => {
    expect(intervalsOf(takenOver())).toEqual([stretch(16, 30)]);
    const settled = takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    const enter = command('ResumeWork', { at: minute(60), kind: 'second-visit', notice: call }, otherProvider);
    expect(intervalsOf(advance(settled, enter))).toEqual([stretch(16, 30), stretch(60)]);
  });
  it('run on through tests, conformity and the completion call', () => {
    expect(intervalsOf(finished())).toEqual([stretch(16)]);
  });
  it('1.3-02 end with the visit', () => {
    expect(intervalsOf(eventsAfter('CompleteVisit'))).toEqual([stretch(16, 23)]);
  });
  it('1.1-10 end with a visit that is closed', () => {
    expect(intervalsOf(advance(working(), [instruct('visit', 'cancel'), close]))).toEqual([stretch(16, 44)]);
  });
  it('do not begin again after the end', () => {
    const later = fact('Resumed', { at: minute(80), kind: 'break' });
    expect(intervalsOf([...eventsAfter('CompleteVisit'), later])).toEqual([stretch(16, 23)]);
    const closedOnBreak = advance(onBreak(), [instruct('visit', 'cancel'), close]);
    expect(intervalsOf([...closedOnBreak, later])).toEqual([stretch(16, 30)]);
  });
  it('are not opened twice by a start that a foreign log repeats', () => {
    expect(intervalsOf([...working(), fact('WorkStarted', { at: minute(70) })])).toEqual([stretch(16)]);
  });
  it('do not begin by a start that a foreign log puts while away', () => {
    const left = advance(eventsBefore('StartWork'), leave);
    expect(intervalsOf([...left, fact('WorkStarted', { at: minute(70) })])).toEqual([]);
  });
});
