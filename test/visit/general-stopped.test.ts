import { describe, expect, it } from 'vitest';
import type { CommandType, EventType, VisitCommand } from '../../src/messages/index.ts';
import { advance, command, eventsAfter, given } from '../../src/testing.ts';
import { acts as authors } from '../../src/visit/invariants/authors.ts';
import { actOfEvent } from '../../src/visit/table.ts';
import { samples } from '../scenarios/act-table.ts';
import {
  arrival,
  by,
  byOperator,
  byProvider,
  call,
  client,
  forClient,
  forProvider,
  instruct,
  irresolvable,
  operator,
  otherProvider,
  substitution,
} from '../scenarios/commands.ts';
import { cited } from '../scenarios/moments.ts';

/** The acts of an author, by the table of the invariants, which is written from the protocol. */
const actsBy = (author: string): readonly CommandType[] =>
  (Object.keys(authors) as EventType[]).flatMap((type) =>
    authors[type].by === author ? (actOfEvent(type)?.command ?? []) : [],
  );

/** The provider's own acts, and those that the contact center may record for him. */
const own = actsBy('P');
const relayed = actsBy('P+');

const oneOf = (types: readonly CommandType[]) => samples.filter(({ type }) => types.includes(type));
/** The acts that a rule may stop, by whom they are recorded; then those that it never stops. */
const stoppable = [...oneOf([...own, ...relayed, 'CloseVisit']), ...oneOf(relayed).map((next) => by(operator, next))];
const unstoppable = samples.filter(({ type }) => ![...own, ...relayed, 'CloseVisit'].includes(type));
const named = (next: VisitCommand) => [next.type, next.metadata.actor.role, next] as const;
const among = (types: readonly CommandType[]) => (next: VisitCommand) => types.includes(next.type);
const notAmong = (types: readonly CommandType[]) => (next: VisitCommand) => !types.includes(next.type);

describe('1.2-12 while a reassignment is owed the provider does nothing more', () => {
  const frozen = () => advance(eventsAfter('AssignVisit'), irresolvable);
  const spared: readonly CommandType[] = ['ReportTransitIssue', 'EscalateClientImpact'];

  it.each(stoppable.filter(notAmong(spared)).map(named))('refuses %s that the %s records', (_, __, next) => {
    expect(cited(frozen(), next)).toContain('not-frozen 1.2-12');
  });
  it.each(stoppable.filter(among(spared)).map(named))('accepts %s that the %s records', (_, role, next) => {
    const type = next.type === 'ReportTransitIssue' ? 'TransitIssueReported' : 'ClientImpactEscalated';
    given(frozen())
      .when(next)
      .accepts(type, role === 'provider' ? byProvider : forProvider);
  });
  it.each([...unstoppable, ...oneOf(['CloseVisit']).map((next) => by(operator, next))].map(named))(
    'is not asked of %s that the %s records',
    (_, __, next) => {
      expect(cited(frozen(), next)).not.toContain('not-frozen 1.2-12');
    },
  );
  it('is not asked of what the client records', () => {
    given(frozen())
      .when(command('ReportConductBreach', { kind: 'drugs' }, client))
      .accepts('ConductBreachReported', { by: client });
  });
  it('refuses the arrival by that rule alone', () => {
    given(frozen()).when(arrival).rejects(['not-frozen', '1.2-12']);
  });
  it('lists it before what the act itself needs', () => {
    given(frozen()).when(command('CloseVisit', {})).rejects(['not-frozen', '1.2-12'], ['ending-instructed', '1.1-10']);
    given(frozen())
      .when(command('ReportClientAbsence', {}, operator))
      .rejects(['not-frozen', '1.2-12'], ['arrived', '1.1-01'], ['call-made', '1.1-09']);
  });
  it('refuses nothing to the one who took over', () => {
    given(advance(frozen(), substitution))
      .when(by(otherProvider, arrival))
      .accepts('ProviderArrived', { by: otherProvider });
  });
  it('refuses nothing once the same provider is told to go on', () => {
    given(advance(frozen(), instruct('visit', 'proceed')))
      .when(arrival)
      .accepts('ProviderArrived', byProvider);
  });
});

describe('1.1-10 while an instruction to end the visit stands the provider does nothing but end it', () => {
  const spared: readonly CommandType[] = [
    'CloseVisit',
    'EscalateClientImpact',
    'DeclineOffContractRequest',
    'ShowBelongings',
    'GiveFarewell',
    'SubmitPhotos',
  ];
  const ending = (decision: 'cancel' | 'reschedule', upTo: CommandType = 'AssignVisit') =>
    advance(eventsAfter(upTo), instruct('visit', decision));

  describe.each(['cancel', 'reschedule'] as const)('%s', (decision) => {
    it.each(stoppable.filter(notAmong(spared)).map(named))('refuses %s that the %s records', (_, __, next) => {
      expect(cited(ending(decision), next)).toContain('not-closing 1.1-10');
    });
    it.each(stoppable.filter(among(spared)).map(named))('does not refuse %s that the %s records', (_, __, next) => {
      expect(cited(ending(decision), next)).not.toContain('not-closing 1.1-10');
    });
    it.each(unstoppable.map(named))('is not asked of %s that the %s records', (_, __, next) => {
      expect(cited(ending(decision), next)).not.toContain('not-closing 1.1-10');
    });
    it.each([
      ['CloseVisit', 'VisitClosed', { outcome: decision === 'cancel' ? 'cancelled' : 'rescheduled' }],
      ['EscalateClientImpact', 'ClientImpactEscalated', {}],
      ['DeclineOffContractRequest', 'OffContractRequestDeclined', {}],
      ['ShowBelongings', 'BelongingsShown', {}],
      ['GiveFarewell', 'FarewellGiven', {}],
      ['SubmitPhotos', 'PhotosSubmitted', {}],
    ] as const)('accepts %s', (type, event, extras) => {
      given(ending(decision, 'TakePhotos'))
        .when(oneOf([type])[0]!)
        .accepts(event, { ...byProvider, ...extras });
    });
    it('refuses the arrival, and a break, by that rule alone', () => {
      given(ending(decision)).when(arrival).rejects(['not-closing', '1.1-10']);
      given(ending(decision, 'StartWork'))
        .when(command('PauseWork', { kind: 'break' }))
        .rejects(['not-closing', '1.1-10']);
    });
    it("accepts the client's acts, though the provider records them", () => {
      given(ending(decision, 'ExplainWork'))
        .when(command('SupplyMaterials', { suppliedBy: 'client' }))
        .accepts('MaterialsSupplied', forClient);
    });
    it('accepts a closing that the operator records', () => {
      given(ending(decision))
        .when(command('CloseVisit', {}, operator))
        .accepts('VisitClosed', { ...byOperator, outcome: decision === 'cancel' ? 'cancelled' : 'rescheduled' });
    });
  });

  it('accepts leaving until a second visit under an instruction to reschedule alone', () => {
    const leave = command('PauseWork', { kind: 'second-visit', notice: call });
    given(ending('reschedule', 'RecordArrival')).when(leave).accepts('Paused', byProvider);
    given(ending('reschedule', 'RecordArrival')).when(by(operator, leave)).accepts('Paused', forProvider);
    given(ending('cancel', 'RecordArrival')).when(leave).rejects(['not-closing', '1.1-10']);
  });
  it('refuses nothing under an instruction to reassign', () => {
    given(advance(eventsAfter('AssignVisit'), instruct('visit', 'reassign')))
      .when(arrival)
      .accepts('ProviderArrived', byProvider);
  });
});

describe('0-02 the general rules are listed together, in their order', () => {
  const past = () => advance(eventsAfter('AssignVisit'), [irresolvable, instruct('visit', 'cancel')]);
  it.each([
    ['the assigned one', arrival, []],
    ['another provider', by(otherProvider, arrival), [['assigned-provider', '1.2-12']]],
    ['the operator', by(operator, arrival), []],
    ['the client', by(client, arrival), [['role', '0-02']]],
  ] as const)('for %s', (_, next, refused) => {
    given(past())
      .when(next)
      .rejects(...refused, ['not-frozen', '1.2-12'], ['not-closing', '1.1-10']);
  });
});
