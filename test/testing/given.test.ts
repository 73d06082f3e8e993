import { describe, expect, it } from 'vitest';
import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import { actors } from '../../src/testing/fixtures.ts';
import { given, givenOn } from '../../src/testing/given.ts';
import { visitAt } from '../../src/testing/visit-at.ts';
import { commands, decide, evolve, initialState } from '../../src/visit/index.ts';

const { events, visitId, next } = visitAt('ready-to-start');
const start = commands.startWork({ visitId, at: next }, actors.provider);
const started: VisitEvent = { type: 'WorkStarted', data: { visitId, at: next, by: actors.provider } };

const early = visitAt('photographed');
const tooEarly = commands.startWork({ visitId, at: early.next }, actors.provider);
const decision = decide(tooEarly, early.state);
const decided = decision.ok ? [] : decision.rejection.violations;
/** The rules that refuse it: by id, by both, by clause, and as they are decided. */
const refusals = [
  { rule: 'work-explained' },
  { rule: 'materials-settled', clause: '1.1-33' },
  { clause: '1.1-40' },
  ...decided.slice(3).map(({ rule }) => ({ rule })),
] as const;

/** The message of a failed specification. */
function failure(specification: () => unknown): string {
  try {
    specification();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it passed';
}

describe('given, when, then', () => {
  it('passes on exactly the event', () => {
    expect(given(events).when(start).then(started).phase).toBe('working');
    expect(
      given(...events)
        .when(start)
        .then(started).phase,
    ).toBe('working');
  });

  it.each<[string, readonly VisitEvent[], string]>([
    ['a missing event', [], 'expected nothing, got {"type":"WorkStarted"'],
    ['a doubled event', [started, started], 'expected {"type":"WorkStarted"'],
    ['an event too many', [started, ...events.slice(0, 1)], '[1]: expected'],
    ['reordered events', [...events.slice(0, 1), started], '[0].type: expected "VisitAssigned", got "WorkStarted"'],
    ['an extra field', [{ ...started, metadata: {} }], '[0].metadata: expected {}, got nothing'],
    [
      'a missing field',
      [{ type: 'WorkStarted', data: { visitId, at: next } } as VisitEvent],
      '[0].data.by: expected nothing',
    ],
    ['another value', [{ ...started, data: { ...started.data, at: 'x' } }], '[0].data.at: expected "x", got "2026'],
    [
      'another author',
      [{ ...started, data: { ...started.data, recordedBy: actors.operator } }],
      '[0].data.recordedBy: expected',
    ],
  ])('fails on %s', (_, expected, words) => {
    expect(
      failure(() =>
        given(events)
          .when(start)
          .then(...expected),
      ),
    ).toContain(words);
  });

  it('fails on a refusal, and says who was refused what and why', () => {
    const message = failure(() => given(early.events).when(tooEarly).then(started));
    expect(message).toContain('When   StartWork comes from provider prov-1');
    expect(message).toContain('Then   WorkStarted was expected');
    expect(message).toContain('But    a refusal came');
    expect(message.split('\n').length).toBeGreaterThan(8);
  });

  it('names the act that was meant, where no act has the type of the command', () => {
    const misspelt = { ...tooEarly, type: 'StartWrok' } as unknown as VisitCommand;
    const meant = 'When   StartWrok (did you mean StartWork?) comes from provider prov-1';
    expect(failure(() => given().when(misspelt).then(started))).toContain(meant);
    const farOff = { ...tooEarly, type: 'Paint' } as unknown as VisitCommand;
    expect(failure(() => given().when(farOff).then())).toContain('When   Paint comes from');
  });
});

describe('given, when, accepts', () => {
  it('passes on one event with the data of the command, and exactly these more', () => {
    expect(given(events).when(start).accepts('WorkStarted', { by: actors.provider }).phase).toBe('working');
  });

  it.each<[string, VisitEvent['type'], object, string]>([
    ['another type', 'Paused', { by: actors.provider }, '[0].type: expected "Paused", got "WorkStarted"'],
    ['another author', 'WorkStarted', { by: actors.operator }, '[0].data.by.role: expected "contact-center"'],
    ['no author', 'WorkStarted', {}, '[0].data.by: expected nothing'],
    [
      'a field too many',
      'WorkStarted',
      { by: actors.provider, recordedBy: actors.operator },
      '[0].data.recordedBy: expected',
    ],
  ])('fails on %s', (_, type, more, words) => {
    expect(failure(() => given(events).when(start).accepts(type, more))).toContain(words);
  });

  it('fails on a refusal', () => {
    expect(failure(() => given(early.events).when(tooEarly).accepts('WorkStarted', {}))).toContain('a refusal came');
  });
});

describe('given, when, rejects', () => {
  it('takes pairs of rule and clause', () => {
    const [first, ...rest] = refusals.slice(2);
    const pairs = [
      ['work-explained', '1.1-25'],
      ['materials-settled', '1.1-33'],
    ] as const;
    given(early.events)
      .when(tooEarly)
      .rejects(...pairs, first!, ...rest);
    const wrong = ['work-explained', '1.1-33'] as const;
    expect(
      failure(() =>
        given(early.events)
          .when(tooEarly)
          .rejects(wrong, ...refusals.slice(1)),
      ),
    ).toContain('1.1-25');
  });

  it('wants a rule at least', () => {
    expect(() => given(early.events).when(tooEarly).rejects()).toThrow(TypeError);
  });

  it('passes on exactly the rules, by id, by clause or by both', () => {
    given(early.events)
      .when(tooEarly)
      .rejects(...refusals);
  });

  it.each<[string, readonly { rule?: string; clause?: string; facts?: object }[]]>([
    ['a rule too few', refusals.slice(1)],
    ['a rule too many', [...refusals, { rule: 'tests-passed' }]],
    ['reordered rules', [...refusals.slice(1), { rule: 'work-explained' }]],
    ['a wrong clause', [{ rule: 'work-explained', clause: '1.1-26' }, ...refusals.slice(1)]],
    ['a wrong rule', [{ rule: 'tools-shown' }, ...refusals.slice(1)]],
    ['wrong facts', [{ rule: 'work-explained', facts: { a: 1 } }, ...refusals.slice(1)]],
  ])('fails on %s', (_, wrong) => {
    const [first = refusals[0], ...rest] = wrong as unknown as typeof refusals;
    expect(
      failure(() =>
        given(early.events)
          .when(tooEarly)
          .rejects(first, ...rest),
      ),
    ).toContain('But    a refusal by');
  });

  it('fails on an acceptance', () => {
    const message = failure(() => given(events).when(start).rejects({ rule: 'photos-sent' }));
    expect(message).toContain('a refusal by photos-sent was expected');
    expect(message).toContain('WorkStarted came');
  });
});

describe('a specification of a subject of one’s own', () => {
  it('runs on that subject', () => {
    const lenient = givenOn({
      decide: (command, state) => decide(command, state, { waive: [] }),
      evolve,
      initialState,
    });
    lenient(events).when(start).then(started);
    const broken = givenOn({ decide: () => ({ ok: true, events: [] }), evolve, initialState });
    expect(failure(() => broken(events).when(start).then(started))).toContain('no event came');
  });
});
