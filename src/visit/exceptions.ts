import type { NonEmptyText } from '../messages/index.ts';
import { act } from './act.ts';
import { openDebt } from './debts.ts';
import { allowedBy, allows, offContractClause } from './policy.ts';
import { type RuleInput, rule } from './rule.ts';

/** Something harms the client: it goes to the contact center, at any time. */
const EscalateClientImpact = act('EscalateClientImpact', 'ClientImpactEscalated', {
  by: 'P+',
  clauses: ['2.2-08'],
  whileFrozen: true,
  whileClosing: () => true,
  afterEnd: () => true,
  needs: [],
  effect: (visit, { data }) => openDebt(visit, 'take-up-escalation', '2.2-08', data.at),
  witnesses: () => [{ what: 'texto' }],
});

/** A breach of conduct, reported by the client or the contact center, at any time. */
const ReportConductBreach = act('ReportConductBreach', 'ConductBreachReported', {
  by: 'C or K',
  clauses: ['2.1-01', '2.2-11'],
  afterEnd: () => true,
  needs: [],
  effect: () => undefined,
  witnesses: () => [{ kind: 'other' }],
});

/** The provider declines work that the contract does not cover. */
const DeclineOffContractRequest = act('DeclineOffContractRequest', 'OffContractRequestDeclined', {
  by: 'P',
  clauses: ['1.1-30', '1.1-31'],
  unprovenClauses: ({ activity }) => (activity === 'material-purchase' ? [] : ['1.1-31']),
  whileClosing: () => true,
  needs: [],
  effect: () => undefined,
  witnesses: () => [{ activity: 'other' }],
});

type Activity = { readonly activity: NonEmptyText };

/** The contract, by the policy's allow-list, covers the activity. */
const activityAllowed = rule(
  'activity-allowed',
  {
    among: ['1.1-30', '1.1-31'],
    now: (_, { data }: RuleInput<Activity>) => offContractClause(data.activity),
  },
  (_, { data }: RuleInput<Activity>, policy) => allows(policy, data.activity),
  { remedy: ['DeclineOffContractRequest'], facts: (_, { data }) => ({ activity: data.activity }) },
);

/** The provider does additional work that the contract allows. */
const PerformOffContractAct = act('PerformOffContractAct', 'OffContractActPerformed', {
  by: 'P',
  clauses: ['1.1-30', '1.1-31'],
  unprovenClauses: () => ['1.1-30', '1.1-31'],
  deviations: ({ activity }, _, policy) => allowedBy(policy, activity),
  needs: [activityAllowed],
  effect: () => undefined,
  witnesses: (_, { policy }) => [{ activity: policy.allow?.[0] ?? 'other' }],
});

/** The acts of this chapter, in the order of the protocol. */
export const acts = [EscalateClientImpact, ReportConductBreach, DeclineOffContractRequest, PerformOffContractAct];
