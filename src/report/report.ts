import { mustBe } from '../kernel/known.ts';
import { text } from './components.ts';
import { type Context, createContext, type ReportOptions } from './context.ts';
import { dayBody } from './day/day.ts';
import { createDigest, type Digest } from './day/digest.ts';
import { dayFrame, firstMs } from './day/frame.ts';
import { decision } from './decision.ts';
import { type Html, html } from './html.ts';
import { closing, type Frame, opening } from './page.ts';
import { provenance } from './provenance.ts';
import { isIterable, isSourced, type VisitLog } from './sourced.ts';
import { seal } from './visit/header.ts';
import { visitBody } from './visit/visit.ts';
import { citedBy, told } from './visit-view.ts';

/**
 * A report as one HTML file, in the language and the zone that are asked for: nothing in it is fetched, it prints on
 * A4, is read on a phone, by day and by night, and by a screen reader.
 *
 * - Of the events of **one visit**: its phase, reports and findings, payment evidence apart from protocol evidence,
 *   each clause with its verdict, our words and its acts; worked time, measures, debts, photographs; a
 *   timeline; every act; where it came from, and space for the decision of the auditor on paper. Nothing in it runs.
 * - Of **several logs**, each the events of a visit: what was found, the list of the visits, what is pending, how the
 *   measures spread, and each visit to be unfolded. It is several when the first item is itself a log; an event never
 *   is. One script, allowed by its hash, filters, sorts and prints the list; without it everything can be read. For
 *   hundreds of visits, `reportHtmlStream` makes a page that is twenty times smaller.
 *
 * A log is an iterable of events, or a `SourcedLog`, which says where its entries stand in their files, too. Takes any
 * log that `audit` takes, in whatever order, whole or cut, ours or from elsewhere: what cannot be read is reported as
 * such. Throws a `TypeError` for what cannot be iterated, for a `photoUrl` that is no such template, and for an option,
 * a locale or a rule of the policy that is not known, and for nothing else. All that comes from a log is text, and
 * never markup, a name or, `photoUrl` apart, a link; control and direction marks in it, and piles of marks, are shown
 * as U+FFFD, line ends as spaces. Looks at no clock: pass `until` to say as of when.
 *
 * @since 0.3.0
 */
export function reportHtml(logs: VisitLog | Iterable<VisitLog>, options: ReportOptions = {}): string {
  const context = createContext(options);
  if (isSourced(logs)) return visitReport(logs, context);
  mustBe(isIterable(logs), 'reportHtml takes the events of a visit, or a list of logs', logs);
  const items: readonly unknown[] = [...logs];
  return isLog(items[0]) ? dayReport(items, context) : visitReport(items, context);
}

const isLog = (item: unknown): boolean => isIterable(item) || isSourced(item);

function visitReport(log: unknown, context: Context): string {
  const { visit } = context.words;
  const whole = told(log, 1, context);
  const { caseNumber } = whole.dossier;
  const title = context.title ?? (typeof caseNumber === 'string' ? visit.title(caseNumber) : visit.unnamed);
  const { client, service } = whole.reading.state;
  const lead = html`<p class="lead">${text(service)} · ${text(client?.name)}</p>`;
  const frame: Frame = { title, lead, script: null };
  const { markup } = html`
    ${visitBody(context, whole, 2)}
    ${provenance(context, seal(context, whole))}
    ${decision(context, 2)}`;
  return (
    opening(context, frame) + markup + closing(context, citedBy(whole), frame, firstMs([createDigest(context, whole)]))
  );
}

function dayReport(logs: readonly unknown[], context: Context): string {
  const visits: Digest[] = [];
  const each: Html[] = [];
  for (const [place, log] of logs.entries()) {
    const visit = told(log, place + 1, context);
    const digest = createDigest(context, visit);
    visits.push(digest);
    each.push(
      html`<details class="visit" id="v${digest.ordinal}">${digest.summary}${visitBody(context, visit, 4)}${decision(context, 4)}</details>`,
    );
  }
  const frame = dayFrame(context, visits);
  const cited = visits.flatMap((visit) => visit.cited);
  const { markup } = dayBody(context, visits, each, null);
  return opening(context, frame) + markup + closing(context, cited, frame, firstMs(visits));
}
