/**
 * Whole logs of many visits, ours or foreign, and foreign sheets: one audit for each visit.
 *
 * @packageDocumentation
 */
export { type AuditLogOptions, auditLog, countVisits } from './logs/audit-log.ts';
export { type Chunks, linesOf } from './logs/lines.ts';
export { auditSheet } from './logs/sheet/audit-sheet.ts';
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
} from './logs/sheet/mapping.ts';
export { MappingError, type MappingIssue, type MappingIssueCode } from './logs/sheet/mapping-issue.ts';
export { type ParsedMapping, parseMapping } from './logs/sheet/parse-mapping.ts';
export type { RowProblem, RowProblemCode } from './logs/sheet/problem.ts';
export { readSheet, type SheetRow } from './logs/sheet/read-sheet.ts';
export type { LineFinding, VisitAudit, VisitsOptions } from './logs/visit-audit.ts';
