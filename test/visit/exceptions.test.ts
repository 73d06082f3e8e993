import { describe, expect, it } from 'vitest';
import { advance, command, eventsAfter, fact, given, minute } from '../../src/testing.ts';
import { byOperator, byProvider, client, close, instruct, policyAllowing, provider } from '../scenarios/commands.ts';
import { away, stateOf, working } from '../scenarios/moments.ts';

const frozen = () => [...working(), fact('TransitIssueReported', { issue: 'breakdown', resolvable: false })];
const moments = [
  ['on the way', () => eventsAfter('AssignVisit')],
  ['on site', () => eventsAfter('RecordArrival')],
  ['away', away],
  ['1.2-12 while a reassignment is owed', frozen],
  ['1.1-10 under an instruction to cancel', () => advance(working(), instruct('visit', 'cancel'))],
  ['1.3-02 after the end', () => eventsAfter('CompleteVisit')],
  ['1.1-10 after closing', () => advance(working(), [instruct('visit', 'cancel'), close])],
] as const;

describe('2.2-08 what affects the client is taken to the contact center, at any time', () => {
  const escalate = command('EscalateClientImpact', { at: minute(60), what: 'sin agua', noticedAt: minute(59) });

  it.each(moments)('%s', (_, past) => {
    const state = given(past()).when(escalate).accepts('ClientImpactEscalated', byProvider);
    expect(state.debts).toContainEqual({
      kind: 'take-up-escalation',
      debtor: 'contact-center',
      clause: '2.2-08',
      since: minute(60),
    });
  });
});

describe('2.1-01 2.2-11 a breach of conduct is reported by the center or the client', () => {
  const breach = { kind: 'smoking', detail: 'en la cocina' } as const;

  it.each(moments)('%s, and changes nothing', (_, past) => {
    const byCenter = given(past())
      .when(command('ReportConductBreach', breach))
      .accepts('ConductBreachReported', byOperator);
    expect(byCenter).toEqual(stateOf(past()));
    given(past())
      .when(command('ReportConductBreach', breach, client))
      .accepts('ConductBreachReported', { by: client });
  });
  it('0-02 never by a provider', () => {
    given(working())
      .when(command('ReportConductBreach', breach, provider))
      .rejects(['role', '0-02']);
  });
});

describe('1.1-30 what the contract does not describe is declined', () => {
  it.each(moments.slice(0, 3))('%s', (_, past) => {
    const declined = command('DeclineOffContractRequest', { activity: 'other', detail: 'pintar la sala' });
    const state = given(past()).when(declined).accepts('OffContractRequestDeclined', byProvider);
    expect(state).toEqual(stateOf(past()));
  });
  it('1.1-31 a purchase of materials too, under an instruction to cancel', () => {
    given(advance(working(), instruct('visit', 'cancel')))
      .when(command('DeclineOffContractRequest', { activity: 'material-purchase' }))
      .accepts('OffContractRequestDeclined', byProvider);
  });
  it('1.2-12 not while a reassignment is owed, nor after the end', () => {
    const decline = command('DeclineOffContractRequest', { activity: 'other' });
    given(frozen()).when(decline).rejects(['not-frozen', '1.2-12']);
    given(eventsAfter('CompleteVisit')).when(decline).rejects(['not-ended', '1.3-02']);
  });
});

describe('1.1-30 1.1-31 an off-contract act is refused, unless the allow-list names it', () => {
  const perform = (activity: string) => command('PerformOffContractAct', { activity });

  it.each([
    ['material-purchase', '1.1-31', []],
    ['material-purchase', '1.1-31', ['other', 'material-purchases']],
    ['other', '1.1-30', []],
    ['other', '1.1-30', ['material-purchase', 'Other']],
    ['pintura', '1.1-30', ['other', 'pintura ']],
    ['constructor', '1.1-30', []],
  ] as const)('refuses %s by %s under the allow-list %j', (activity, clause, allow) => {
    given(working())
      .when(perform(activity), policyAllowing(...allow))
      .rejects(['activity-allowed', clause]);
  });
  it.each(['material-purchase', 'other', 'pintura'])(
    'accepts %s when it is allowed, and changes nothing',
    (activity) => {
      const state = given(working())
        .when(perform(activity), policyAllowing(activity))
        .accepts('OffContractActPerformed', byProvider);
      expect(state).toEqual(stateOf(working()));
    },
  );
  it('refuses without a policy, and no instruction waives it', () => {
    given(working()).when(perform('other')).rejects(['activity-allowed', '1.1-30']);
    given(working(), fact('InstructionGiven', { about: 'visit', decision: 'proceed', waives: ['activity-allowed'] }))
      .when(perform('other'))
      .rejects(['activity-allowed', '1.1-30']);
  });
});
