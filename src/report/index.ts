/**
 * A visit, or a day of visits, as a page that a person reads and prints.
 *
 * @packageDocumentation
 */
export type { ReportOptions } from './context.ts';
export { reportHtml } from './report.ts';
