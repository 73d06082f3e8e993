/**
 * A visit, or a day of visits, as a page that a person reads and prints.
 *
 * @packageDocumentation
 */
export type { Provenance, ReportOptions, SourceFile } from './report/context.ts';
export { reportHtml } from './report/pages/report.ts';
export { reportHtmlStream } from './report/pages/stream.ts';
export { isPhotoUrl } from './report/photo-link.ts';
export type { EntryOrigin, SourcedLog, VisitLog } from './report/sourced.ts';
