export { type Audit, type AuditOptions, audit, type ChainFaults, type SignaturesFound } from './audit.ts';
export type { ClosedAct, WaivingInstruction } from './available-acts.ts';
export { type Disposal, disposal, type Retention } from './disposal.ts';
export {
  type ChainFound,
  type Dossier,
  type DossierOptions,
  dossier,
  type Outcome,
} from './dossier.ts';
export type { Guide, OpenAct } from './guide.ts';
export type { HeldPhoto, Holding } from './held-photos.ts';
export type { DeniedFact, FactOnRecord } from './judging/attested.ts';
export type { Correction } from './judging/corrections.ts';
export type { DebtSpan } from './judging/debt-history.ts';
export type {
  DeclinedRequest,
  Escalation,
  ReportedBreach,
  UnproductiveVisit,
} from './judging/declined-and-attempts.ts';
export type { Finding, FindingKind } from './judging/finding.ts';
export type { Measure, MeasureName } from './judging/measures.ts';
export { type Goal, type MissingActs, type MissingOptions, missing } from './shortest-path.ts';
export type { Verdict, VerdictStatus } from './verdict.ts';
