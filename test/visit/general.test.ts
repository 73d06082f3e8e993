import { describe, expect, it } from 'vitest';
import type { Actor, CommandType, EventType, VisitCommand } from '../../src/messages/index.ts';
import { evolve, replay } from '../../src/visit/index.ts';
import { andThen, arrival, by, fact, instruct, irresolvable, samples, substitution } from '../scenarios/first-half.ts';
import {
  assignment,
  byProvider,
  client,
  command,
  forProvider,
  given,
  history,
  minute,
  operator,
  otherProvider,
  plain,
  through,
  upTo,
} from '../support/visit.ts';

const elsewhere = (next: VisitCommand): VisitCommand =>
  ({ ...next, data: { ...next.data, visitId: 'v-2' } }) as VisitCommand;

describe('1.1-13 a visit is assigned first, and once', () => {
  it.each(samples.slice(1))('$type is refused before the assignment, and by that rule alone', (next) => {
    given().when(next).rejects(['assigned-first', '1.1-13']);
  });
  it('refuses by that rule alone whoever asks, and an act that nobody knows', () => {
    given()
      .when(command('StartWork', {}, client))
      .rejects(['assigned-first', '1.1-13']);
    given()
      .when(command('Dance' as CommandType, {} as never))
      .rejects(['assigned-first', '1.1-13']);
  });
  it.each([
    ['under way', () => through('AssignVisit')],
    ['completed', () => history(plain)],
    ['closed', () => andThen(through('AssignVisit'), instruct('visit', 'cancel'), command('CloseVisit', {}))],
  ])('refuses a second assignment of a visit that is %s', (_, past) => {
    given(past()).when(command('AssignVisit', assignment)).rejects(['assigned-once', '1.1-13']);
  });
  it('refuses a second assignment whatever visit it names, and whoever asks', () => {
    const past = through('AssignVisit');
    given(past)
      .when(elsewhere(command('AssignVisit', assignment)))
      .rejects(['assigned-once', '1.1-13']);
    given(past)
      .when(command('AssignVisit', assignment, client))
      .rejects(['assigned-once', '1.1-13']);
  });
});

describe('1.1-13 an act is of the visit that was assigned', () => {
  it.each(samples.slice(1))('$type of another visit is refused, and by that rule alone', (next) => {
    given(through('AssignVisit')).when(elsewhere(next)).rejects(['same-visit', '1.1-13']);
  });
  it('refuses it by that rule alone from the wrong role, and after the end', () => {
    given(through('AssignVisit'))
      .when(elsewhere(command('StartWork', {}, client)))
      .rejects(['same-visit', '1.1-13']);
    given(history(plain))
      .when(elsewhere(command('StartWork', {})))
      .rejects(['same-visit', '1.1-13']);
  });
});

describe('1.2-12 what a provider records comes from the one assigned', () => {
  it('refuses the arrival of another provider', () => {
    given(upTo('RecordArrival'))
      .when(command('RecordArrival', {}, otherProvider))
      .rejects(['assigned-provider', '1.2-12']);
  });
  it('accepts that of the assigned one', () => {
    given(upTo('RecordArrival')).when(command('RecordArrival', {})).then('ProviderArrived', byProvider);
  });
  it("refuses a client's act that another provider records", () => {
    given(upTo('SupplyMaterials'))
      .when(command('SupplyMaterials', { suppliedBy: 'client' }, otherProvider))
      .rejects(['assigned-provider', '1.2-12']);
  });
  it('lists it after the role, and before what the act itself needs', () => {
    given(through('AssignVisit'))
      .when(command('AmendAssignment', {}, otherProvider))
      .rejects(['role', '0-02'], ['assigned-provider', '1.2-12'], ['something-amended', '1.1-13']);
  });
  it('refuses the provider who was replaced, and accepts the one who took over', () => {
    const past = andThen(through('AssignVisit'), irresolvable, substitution);
    given(past).when(arrival).rejects(['assigned-provider', '1.2-12']);
    given(past).when(by(otherProvider, arrival)).then('ProviderArrived', { by: otherProvider });
  });
  it('is not asked of what others record', () => {
    given(upTo('RecordArrival'))
      .when(command('ReportTransitIssue', { issue: 'delay' }, { role: 'contact-center', id: 'p-2' }))
      .then('TransitIssueReported', { ...forProvider, recordedBy: { role: 'contact-center', id: 'p-2' } });
  });
  it('is not asked of an assignment', () => {
    given()
      .when(command('AssignVisit', assignment, otherProvider))
      .rejects(['role', '0-02']);
  });
});

describe('0-02 an act that is not of the protocol is recorded by nobody', () => {
  const unknown = ['Dance', 'VisitAssigned', 'constructor', '__proto__', 'toString', 'hasOwnProperty', ''];
  const actors: readonly Actor[] = [command('RecordArrival', {}).metadata.actor, operator, client];
  it.each(unknown.flatMap((type) => actors.map((actor) => [type, actor.role, actor] as const)))(
    'refuses %j from the %s',
    (type, _, actor) => {
      given(through('AssignVisit'))
        .when(command(type as CommandType, {} as never, actor))
        .rejects(['role', '0-02']);
    },
  );
  it('refuses it for every general rule that fails', () => {
    given(through('AssignVisit'))
      .when(command('Dance' as CommandType, {} as never, otherProvider))
      .rejects(['role', '0-02'], ['assigned-provider', '1.2-12']);
  });
  it('refuses it after the end as it does any act', () => {
    given(history(plain))
      .when(command('constructor' as CommandType, {} as never))
      .rejects(['not-ended', '1.3-02']);
  });
});

describe('0-02 what is not of this visit, or not of our time, changes nothing', () => {
  const known = 'ProviderArrived' as const;
  const nothing: readonly (readonly [string, ReturnType<typeof fact>])[] = [
    ['an event of another visit', fact(known, { visitId: 'v-2' })],
    ['an unknown type', fact('Danced' as EventType)],
    ['the type constructor', fact('constructor' as EventType)],
    ['the type __proto__', fact('__proto__' as EventType)],
    ['the type of a command', fact('RecordArrival' as EventType)],
    ['a newer schemaVersion', fact(known, {}, byProvider.by, { schemaVersion: 2 })],
  ];
  it.each(nothing)('%s', (_, event) => {
    const before = replay(through('AssignVisit'));
    expect(evolve(before, event)).toEqual(before);
    expect(replay([event], before)).toEqual(before);
  });
  it.each([undefined, { schemaVersion: 1 }, { eventId: 'e-1' }])('folds one whose metadata are %j', (metadata) => {
    const event = fact(known, { at: minute(3) }, byProvider.by, metadata);
    expect(evolve(replay(through('AssignVisit')), event).arrival.arrivedAt).toBe(minute(3));
  });
});
