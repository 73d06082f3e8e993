import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import * as half from '../support/second-half.ts';
import { call, command, minute, otherProvider, through, upTo } from '../support/visit.ts';

const { continued, event, instruct, stateOf } = half;
const started = minute(16);
const stretch = (from: number, to?: number) => ({ from: minute(from), to: to === undefined ? null : minute(to) });
const intervalsOf = (past: readonly VisitEvent[]) => stateOf(past).work.intervals;
const at = (minutes: number, next: VisitCommand): VisitCommand =>
  ({ ...next, data: { ...next.data, at: minute(minutes) } }) as VisitCommand;

describe('1.1-43 the stretches in which the work was running', () => {
  it('are none before the start', () => {
    expect(intervalsOf(upTo('StartWork'))).toEqual([]);
  });
  it('begin with the start, and stay open', () => {
    expect(intervalsOf(half.working())).toEqual([{ from: started, to: null }]);
  });
  it.each([
    ['a break', half.pause, 30],
    ['1.1-48 leaving', half.leave, 32],
    ['extra materials', half.askExtra, 35],
  ])('end by %s', (_, step, end) => {
    expect(intervalsOf(continued(half.working(), step))).toEqual([stretch(16, end)]);
  });
  it.each([
    ['the end of a break', [half.pause, half.resume], [stretch(16, 30), stretch(31)]],
    ['1.1-49 re-entry, not the arrival', [half.leave, half.arrive, half.reenter], [stretch(16, 32), stretch(34)]],
    [
      '1.1-33 accepted materials, not supplied ones',
      [half.askExtra, half.supplyExtra, half.accept],
      [stretch(16, 35), stretch(37)],
    ],
    [
      'a waiver of materials-settled',
      [half.askExtra, half.waiving('materials-settled')],
      [stretch(16, 35), stretch(40)],
    ],
    [
      'a request withdrawn',
      [half.askExtra, command('ExplainWork', { at: minute(45), method: 'sin más', materials: [] })],
      [stretch(16, 35), stretch(45)],
    ],
  ])('begin again by %s', (_, steps, intervals) => {
    expect(intervalsOf(continued(half.working(), ...steps))).toEqual(intervals);
  });
  it('do not begin again while another of the three facts stands', () => {
    const steps = [half.askExtra, half.leave, half.arrive, half.reenter].map((step, index) => at(40 + index, step));
    expect(intervalsOf(continued(half.working(), ...steps))).toEqual([stretch(16, 40)]);
    const settled = [at(50, half.supplyExtra), at(51, half.accept)];
    expect(intervalsOf(continued(half.working(), ...steps, ...settled))).toEqual([stretch(16, 40), stretch(51)]);
  });
  it('are not cut by leaving on a break', () => {
    expect(intervalsOf(continued(half.onBreak(), half.leave))).toEqual([stretch(16, 30)]);
  });
  it('1.2-12 end when another provider takes over, and begin by his re-entry', () => {
    expect(intervalsOf(half.takenOver())).toEqual([stretch(16, 41)]);
    const settled = half.takenOver('RecordArrival', 'ShowCredential', 'ValidateIdentity', 'ShowTools');
    const enter = command('ResumeWork', { at: minute(60), kind: 'second-visit', notice: call }, otherProvider);
    expect(intervalsOf(continued(settled, enter))).toEqual([stretch(16, 41), stretch(60)]);
  });
  it('run on through tests, conformity and the completion call', () => {
    expect(intervalsOf(half.finished())).toEqual([stretch(16)]);
  });
  it('1.3-02 end with the visit', () => {
    expect(intervalsOf(through('CompleteVisit'))).toEqual([stretch(16, 23)]);
  });
  it('1.1-10 end with a visit that is closed', () => {
    expect(intervalsOf(continued(half.working(), instruct('cancel'), half.close))).toEqual([stretch(16, 44)]);
  });
  it('do not begin again after the end', () => {
    const later = event('Resumed', { at: minute(80), kind: 'break' });
    expect(intervalsOf([...through('CompleteVisit'), later])).toEqual([stretch(16, 23)]);
    const closedOnBreak = continued(half.onBreak(), instruct('cancel'), half.close);
    expect(intervalsOf([...closedOnBreak, later])).toEqual([stretch(16, 30)]);
  });
  it('are not opened twice by a start that a foreign log repeats', () => {
    expect(intervalsOf([...half.working(), event('WorkStarted', { at: minute(70) })])).toEqual([stretch(16)]);
  });
  it('do not begin by a start that a foreign log puts while away', () => {
    const left = continued(upTo('StartWork'), half.leave);
    expect(intervalsOf([...left, event('WorkStarted', { at: minute(70) })])).toEqual([]);
  });
});
