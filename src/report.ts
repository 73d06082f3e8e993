/**
 * A visit, or a day of visits, as a page that a person reads and prints.
 *
 * @packageDocumentation
 */
export type { Provenance, ReportOptions, SourceFile } from './report/context.ts';
export { isPhotoUrl } from './report/photo-link.ts';
export { reportHtml } from './report/report.ts';
export type { EntryOrigin, SourcedLog, VisitLog } from './report/sourced.ts';
export { reportHtmlStream } from './report/stream.ts';
