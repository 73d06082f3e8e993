/**
 * A visit, or a day of visits, as a page that a person reads and prints.
 *
 * @packageDocumentation
 */
export type { Provenance, ReportOptions, SourceFile } from './context.ts';
export { isPhotoUrl } from './photo-link.ts';
export { reportHtml } from './report.ts';
export type { EntryOrigin, SourcedLog, VisitLog } from './sourced.ts';
export { reportHtmlStream } from './stream.ts';
