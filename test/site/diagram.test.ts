/** The state diagram: each milestone has a lawful history, and what a walk offers is what the library answers. */
import { describe, expect, it } from 'vitest';
import { milestoneOf, milestones, places } from '../../site/playground/src/diagram/milestones.ts';
import {
  closedAfter,
  follow,
  histories,
  leftOut,
  moves,
  nextOnTheWay,
  openAfter,
  type Step,
  shortestTo,
  take,
  writeStep,
} from '../../site/playground/src/diagram/walk.ts';
import { audit, commandTypes, guide, missing, replay } from '../../src/index.ts';

const stateAfter = (steps: readonly Step[]) => replay(steps.map(({ event }) => event));

describe('the milestones', () => {
  it('have a place of their own each', () => {
    expect(new Set(milestones.map((one) => places[one].join())).size).toBe(milestones.length);
  });

  it.each(milestones)('%s has a history that the rules accept, and that first ends there', (milestone) => {
    const steps = shortestTo(milestone);
    expect(audit(steps.map(({ event }) => event)).clean).toBe(true);
    expect(milestoneOf(stateAfter(steps))).toBe(milestone);
    expect(steps.slice(0, -1).map(({ to }) => to)).not.toContain(milestone);
  });

  it('use each act that is kept', () => {
    expect(new Set(Object.values(histories).flat()).size).toBe(moves.length);
  });
});

describe('a walk', () => {
  it.each(milestones)('finds each act at %s open or closed, as the guide does', (milestone) => {
    const steps = shortestTo(milestone);
    const open = openAfter(steps, 'en');
    const closed = closedAfter(steps, open);
    const state = stateAfter(steps);
    const guides = (['provider', 'contact-center', 'client'] as const).map((role) => guide(state, { role }));
    const isOpen = (type: string) => guides.some((one) => one.open.some(({ command }) => command === type));
    expect(open.filter(({ type }) => !isOpen(type))).toEqual([]);
    expect(closed.filter(({ command }) => isOpen(command))).toEqual([]);
    // What is open and not offered would change nothing.
    const told = new Set<string>([...open.map(({ type }) => type), ...closed.map(({ command }) => command)]);
    const untold = commandTypes.filter((type) => !told.has(type) && !leftOut.includes(type));
    expect(untold.filter((type) => !isOpen(type))).toEqual([]);
    for (const one of open) expect(milestoneOf(stateAfter(take(steps, one)))).toBe(one.to);
    for (const { violations } of closed) expect(violations).not.toEqual([]);
  });

  it.each(milestones)('has a next act at %s that is on a shortest way to completion, if there is one', (milestone) => {
    const steps = shortestTo(milestone);
    const way = missing(stateAfter(steps));
    const next = nextOnTheWay(steps, openAfter(steps, 'es-CR'));
    expect(next?.left).toBe(way.found && way.acts.length > 0 ? way.acts.length : undefined);
    if (next === null) return;
    const after = missing(stateAfter(take(steps, next.next)));
    expect(after.found && after.acts.length).toBe(next.left - 1);
  });

  it.each(milestones.slice(1))('reaches %s by an act that the page offers', (milestone) => {
    const before = shortestTo(milestone).slice(0, -1);
    expect(openAfter(before, 'en').map(({ to }) => to)).toContain(milestone);
  });

  it('is told again from its address', () => {
    let steps = shortestTo('working');
    const then: string[] = [];
    for (const to of ['tests-failed', 'on-break', 'tests-failed', 'tests-passed'] as const) {
      const next = openAfter(steps, 'en').find((one) => one.to === to);
      if (next === undefined) throw new Error(`Nothing leads to ${to}`);
      then.push(writeStep(next));
      steps = take(steps, next);
    }
    expect(follow('working', then, 'en')).toEqual(steps);
    expect(follow('working', ['Nothing', ...then], 'en')).toEqual(shortestTo('working'));
  });
});
