export {
  type CastoreAggregate,
  type CastoreEvent,
  type CastoreEventDetail,
  type CastoreEventType,
  castoreEventTypes,
  castoreReducer,
  fromEventDetail,
  toEventDetail,
} from './castore.ts';
export { commands, createCommand } from './commands.ts';
export type { Creator, Creators } from './creators.ts';
export type { Debt, DebtKind, DebtTopic, PassedReason } from './debts.ts';
export { createVisitDecider, type HandledCommand, type VisitDecider, VisitError, visitDecider } from './decider.ts';
export { locales, roles, schemaVersion } from './known.ts';
export { type PaymentCondition, unmetForPayment } from './payable.ts';
export { defaultPolicy, type Policy, type PolicyWaiver, type Thresholds } from './policy.ts';
export { isWaivable, waivableRules } from './rule-ids.ts';
export { type RuleId, ruleIds } from './rules.ts';
export {
  type Attestation,
  type Discrepancy,
  type DiscrepancyAct,
  initialState,
  type MaterialsStatus,
  type Phase,
  type PhotoRecord,
  phases,
  type StandingInstruction,
  stateVersion,
  type VisitState,
  type Waiver,
  type WorkInterval,
} from './state.ts';
export { commandTypes, eventTypes, schemaVersionOf } from './table.ts';
export { type Decision, decide, evolve, type Rejection, replay, type Violation } from './visit.ts';
export { type WorkedInterval, type WorkedTime, worked } from './worked-time.ts';
