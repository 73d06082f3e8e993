import type { VisitEvent } from '../messages/index.ts';
import { type Context, contextOf, type ReportOptions } from './context.ts';
import { dayBody, dayOf } from './day/day.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import { text } from './show.ts';
import { told } from './told.ts';
import { visitBody } from './visit/visit.ts';

/**
 * A report as one HTML file, in the language and the zone that are asked for: nothing in it is run or fetched, it
 * prints on A4, is read on a phone, by day and by night, and by a screen reader.
 *
 * - Of the events of **one visit**: where it stands, payment evidence apart from protocol evidence, each clause with its
 *   verdict, our words and its acts; worked time, measures, debts, deviations, photographs; a timeline; every act.
 * - Of **several logs**, each the events of a visit: the list of the visits, what is owed, how the measures spread, and
 *   each visit to be unfolded. It is several when the first item is itself iterable; an event never is.
 *
 * Takes any log that `audit` takes, in whatever order, whole or cut, ours or foreign: what cannot be read is told as
 * such. Never throws, unless it cannot be iterated: a `TypeError`. All that comes from a log is text, and never markup, a
 * name or a link; control and direction marks in it, and piles of marks, are shown as U+FFFD, line ends as spaces. Looks
 * at no clock: pass `until` to say as of when.
 *
 * @since 0.3.0
 */
export function reportHtml(
  log: Iterable<VisitEvent> | Iterable<Iterable<VisitEvent>>,
  options: ReportOptions = {},
): string {
  const items: readonly unknown[] = [...log];
  const context = contextOf(options);
  return isLog(items[0]) ? dayReport(items.map(logOf), context) : visitReport(items as readonly VisitEvent[], context);
}

const isLog = (item: unknown): item is Iterable<VisitEvent> =>
  typeof item === 'object' &&
  item !== null &&
  typeof (item as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';

/** Among logs, what is none is a log of which nothing can be read. */
const logOf = (item: unknown): Iterable<VisitEvent> => (isLog(item) ? item : [item as VisitEvent]);

function visitReport(log: readonly VisitEvent[], context: Context): string {
  const { visit } = context.words;
  const whole = told(log, 1, context);
  const { caseNumber } = whole.dossier;
  const title = context.title ?? (typeof caseNumber === 'string' ? visit.title(caseNumber) : visit.unnamed);
  const { client, service } = whole.reading.state;
  const lead = html`<p class="lead">${text(service)} · ${text(client?.name)}</p>`;
  return page(context, title, [whole], lead, visitBody(context, whole, 2));
}

function dayReport(logs: readonly Iterable<VisitEvent>[], context: Context): string {
  const { day } = context.words;
  const visits = logs.map((log, place) => told(log, place + 1, context));
  const local = dayOf(context, visits);
  const title = context.title ?? (local === null ? day.untitled : day.title(local));
  return page(context, title, visits, null, dayBody(context, visits));
}
