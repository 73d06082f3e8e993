export type { ClosedAct, WaivingInstruction } from './acts-now.ts';
export { type Audit, type AuditOptions, audit, type ChainFaults } from './audit.ts';
export { type Disposal, disposal, type Retention } from './disposal.ts';
export {
  type ChainFound,
  type Dossier,
  type DossierOptions,
  dossier,
  type Outcome,
  type SealedEnd,
} from './dossier.ts';
export type { Finding, FindingKind } from './log/finding.ts';
export type { Measure, MeasureName } from './log/measures.ts';
export type { DebtSpan } from './log/spans.ts';
export type { Attempt, Declined, Escalation, ReportedBreach } from './log/told.ts';
export { type Goal, type Missing, type MissingOptions, missing } from './missing.ts';
export type { PaymentCondition } from './payable.ts';
export type { Verdict, VerdictStatus } from './verdict.ts';
export { type Worked, type WorkedInterval, worked } from './worked.ts';

// The sentences come after what makes them: next to its like, each takes less room where it is sent, a kilobyte in all.

export { type Guide, type GuideOptions, guide, type OpenAct } from './guide.ts';

// Those of `explain` are in there too.

export { actName, explain, requirementName, roleName } from './explain.ts';
export {
  type Catalogue,
  type CommandField,
  catalogues,
  lines,
  type Phrase,
  type PhraseFacts,
  type PhraseKey,
  type Phrases,
  phrase,
  type ScriptLines,
  type ScriptOptions,
  type ScriptPart,
  script,
} from './script.ts';
