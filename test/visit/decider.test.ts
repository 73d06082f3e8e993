import { describe, expect, it } from 'vitest';
import type { VisitCommand } from '../../src/messages/index.ts';
import { command, eventsAfter, eventsBefore } from '../../src/testing.ts';
import { createVisitDecider, decide, evolve, initialState, VisitError, visitDecider } from '../../src/visit/index.ts';
import {
  assignment,
  complete,
  operator,
  otherProvider,
  policyAllowing,
  policyWaiving,
  provider,
} from '../scenarios/commands.ts';
import { lacking, stateOf, working } from '../scenarios/moments.ts';

const start = command('StartWork', {});

function thrown(next: VisitCommand, past: ReturnType<typeof eventsBefore> = [], decider = visitDecider): VisitError {
  try {
    decider.decide(next, stateOf(past));
  } catch (error) {
    if (error instanceof VisitError) return error;
    throw error;
  }
  throw new Error(`${next.type} was accepted`);
}

describe('0-02 the decider that throws', () => {
  it('evolves and begins as the library does', () => {
    expect(visitDecider.evolve).toBe(evolve);
    expect(visitDecider.initialState).toBe(initialState);
  });
  it('answers a lawful command with a list of its own, of exactly one event', () => {
    const state = stateOf(eventsBefore('StartWork'));
    const decision = decide(start, state);
    const events = visitDecider.decide(start, state);
    expect(events).toEqual(decision.ok && decision.events);
    events.push(...events);
    expect(visitDecider.decide(start, state)).toHaveLength(1);
  });
  it('takes the now of a command handler, and does not pass it on', () => {
    const handled = { ...start, metadata: { ...start.metadata, now: new Date(0) } } as const;
    const events = visitDecider.decide(handled as never, stateOf(eventsBefore('StartWork')));
    expect(JSON.stringify(events)).not.toContain('now');
  });
});

describe('0-02 1.2-12 1.1-13 the code of a refusal', () => {
  it.each([
    ['a role that may not record it', command('StartWork', {}, operator), () => eventsBefore('StartWork'), 403],
    [
      'a provider who is not the one assigned',
      command('StartWork', {}, otherProvider),
      () => eventsBefore('StartWork'),
      403,
    ],
    ['the role and other rules', command('GiveFarewell', {}, operator), () => eventsAfter('AssignVisit'), 403],
    ['a first assignment by a provider', command('AssignVisit', assignment, provider), () => [], 403],
    ['a type that nobody may record', { ...start, type: 'Pintar' } as never, () => eventsBefore('StartWork'), 403],
    ['nothing assigned', start, () => [], 404],
    ['nothing assigned, whatever the role', command('StartWork', {}, operator), () => [], 404],
    ['a second assignment', command('AssignVisit', assignment), () => eventsAfter('AssignVisit'), 400],
    ['another visit', command('StartWork', { visitId: 'v-2' }), () => eventsBefore('StartWork'), 400],
    ['the end of the visit', start, () => eventsAfter('CompleteVisit'), 400],
    ['any other rule', start, () => eventsAfter('StartWork'), 400],
  ] as const)('%s', (_, next: VisitCommand, past, code) => {
    expect(thrown(next, past()).errorCode).toBe(code);
  });
});

describe('1.1-43 what a refusal says', () => {
  const error = () => thrown(complete, working());

  it('is an Error by the name of VisitError', () => {
    expect(error()).toBeInstanceOf(Error);
    expect(error().name).toBe('VisitError');
  });
  it('names every rule and its clause in the message', () => {
    expect(thrown(start, eventsAfter('StartWork')).message).toBe('1.1-43 not-started');
    expect(error().message).toBe(
      '1.1-47 tests-passed, 1.1-50 conformity, 1.1-45 handed-over, 1.1-52 belongings-checked, 1.3-02 completion-reported',
    );
  });
  it('holds the rejection that decide answers', () => {
    const decision = decide(complete, stateOf(working()));
    expect({ ok: false, rejection: error().rejection }).toEqual(decision);
  });
});

describe('1.1-10 a decider judges by its policy', () => {
  const past = () => lacking(eventsBefore('StartWork'), 'ToolsShown');

  it('waives what the policy waives', () => {
    expect(thrown(start, past()).message).toBe('1.1-40 tools-shown');
    const lenient = createVisitDecider(policyWaiving('tools-shown'));
    expect(lenient.decide(start, stateOf(past()))).toMatchObject([{ type: 'WorkStarted' }]);
  });
  it('1.1-31 allows what the policy allows', () => {
    const bought = command('PerformOffContractAct', { activity: 'material-purchase' });
    expect(thrown(bought, working()).message).toBe('1.1-31 activity-allowed');
    const decider = createVisitDecider(policyAllowing('material-purchase'));
    expect(decider.decide(bought, stateOf(working()))).toHaveLength(1);
  });
  it('without one, by the default', () => {
    expect(thrown(start, past(), createVisitDecider()).message).toBe('1.1-40 tools-shown');
  });
});
