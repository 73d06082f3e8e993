/**
 * Whole logs of many visits, ours or foreign, and foreign sheets: one audit for each visit.
 *
 * @packageDocumentation
 */
export { type AuditLogOptions, auditLog } from './audit-log.ts';
export { countVisits } from './count.ts';
export { type Chunks, linesOf } from './lines.ts';
export { auditSheet } from './sheet/audit-sheet.ts';
export type {
  ActMapping,
  ActorMapping,
  Constant,
  ConstantSource,
  Conversion,
  FieldPart,
  Scalar,
  SheetMapping,
  ValueSource,
} from './sheet/mapping.ts';
export { MappingError, type MappingIssue, type MappingIssueCode } from './sheet/mapping-issue.ts';
export { type ParsedMapping, parseMapping } from './sheet/parse-mapping.ts';
export type { RowProblem, RowProblemCode } from './sheet/problem.ts';
export { readSheet, type SheetRow } from './sheet/read-sheet.ts';
export type { LineFinding, VisitAudit, VisitsOptions } from './visit-audit.ts';
