import { describe, expect, it } from 'vitest';
import type { Actor, CommandType, EventType, VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, eventsBefore, fact, given, minute } from '../../src/testing.ts';
import { evolve, replay } from '../../src/visit/index.ts';
import { samples } from '../scenarios/act-table.ts';
import {
  arrival,
  assignment,
  by,
  byProvider,
  client,
  forProvider,
  instruct,
  irresolvable,
  operator,
  otherProvider,
  plain,
  substitution,
} from '../scenarios/commands.ts';

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
    ['under way', () => eventsAfter('AssignVisit')],
    ['completed', () => advance([], plain)],
    ['closed', () => advance(eventsAfter('AssignVisit'), [instruct('visit', 'cancel'), command('CloseVisit', {})])],
  ])('refuses a second assignment of a visit that is %s', (_, past) => {
    given(past()).when(command('AssignVisit', assignment)).rejects(['assigned-once', '1.1-13']);
  });
  it('refuses a second assignment whatever visit it names, and whoever asks', () => {
    const past = eventsAfter('AssignVisit');
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
    given(eventsAfter('AssignVisit')).when(elsewhere(next)).rejects(['same-visit', '1.1-13']);
  });
  it('refuses it by that rule alone from the wrong role, and after the end', () => {
    given(eventsAfter('AssignVisit'))
      .when(elsewhere(command('StartWork', {}, client)))
      .rejects(['same-visit', '1.1-13']);
    given(advance([], plain))
      .when(elsewhere(command('StartWork', {})))
      .rejects(['same-visit', '1.1-13']);
  });
});

describe('1.2-12 what a provider records comes from the one assigned', () => {
  it('refuses the arrival of another provider', () => {
    given(eventsBefore('RecordArrival'))
      .when(command('RecordArrival', {}, otherProvider))
      .rejects(['assigned-provider', '1.2-12']);
  });
  it('accepts that of the assigned one', () => {
    given(eventsBefore('RecordArrival')).when(command('RecordArrival', {})).accepts('ProviderArrived', byProvider);
  });
  it("refuses a client's act that another provider records", () => {
    given(eventsBefore('SupplyMaterials'))
      .when(command('SupplyMaterials', { suppliedBy: 'client' }, otherProvider))
      .rejects(['assigned-provider', '1.2-12']);
  });
  it('lists it after the role, and before what the act itself needs', () => {
    given(eventsAfter('AssignVisit'))
      .when(command('AmendAssignment', {}, otherProvider))
      .rejects(['role', '0-02'], ['assigned-provider', '1.2-12'], ['something-amended', '1.1-13']);
  });
  it('refuses the provider who was replaced, and accepts the one who took over', () => {
    const past = advance(eventsAfter('AssignVisit'), [irresolvable, substitution]);
    given(past).when(arrival).rejects(['assigned-provider', '1.2-12']);
    given(past).when(by(otherProvider, arrival)).accepts('ProviderArrived', { by: otherProvider });
  });
  it('is not asked of what others record', () => {
    given(eventsBefore('RecordArrival'))
      .when(command('ReportTransitIssue', { issue: 'delay' }, { role: 'contact-center', id: 'prov-2' }))
      .accepts('TransitIssueReported', { ...forProvider, recordedBy: { role: 'contact-center', id: 'prov-2' } });
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
      given(eventsAfter('AssignVisit'))
        .when(command(type as CommandType, {} as never, actor))
        .rejects(['role', '0-02']);
    },
  );
  it('refuses it for every general rule that fails', () => {
    given(eventsAfter('AssignVisit'))
      .when(command('Dance' as CommandType, {} as never, otherProvider))
      .rejects(['role', '0-02'], ['assigned-provider', '1.2-12']);
  });
  it('refuses it after the end as it does any act', () => {
    given(advance([], plain))
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
    ['a newer schemaVersion', fact(known, {}, byProvider.by, { schemaVersion: 3 })],
  ];
  it.each(nothing)('%s', (_, event) => {
    const before = replay(eventsAfter('AssignVisit'));
    expect(evolve(before, event)).toEqual(before);
    expect(replay([event], before)).toEqual(before);
  });
  it.each([undefined, { schemaVersion: 1 }, { schemaVersion: 2 }, { eventId: 'e-1' }])(
    'folds one whose metadata are %j',
    (metadata) => {
      const event = fact(known, { at: minute(3) }, byProvider.by, metadata);
      expect(evolve(replay(eventsAfter('AssignVisit')), event).arrival.arrivedAt).toBe(minute(3));
    },
  );
});
