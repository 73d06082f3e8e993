import { mustBe } from '../../kernel/known.ts';
import { parseTime } from '../clock.ts';
import { text } from '../components.ts';
import { type Context, createContext, type ReportOptions } from '../context.ts';
import { dayFrame, dayParts, firstMs } from '../day/day.ts';
import { createDigest, type Digest } from '../day/digest.ts';
import { type Html, html } from '../html.ts';
import { closing, decision, type Frame, opening, provenance } from '../page.ts';
import { formatDays, runningHead, withRunningHead } from '../running.ts';
import { isIterable, isSourced, type VisitLog } from '../sourced.ts';
import { seal } from '../visit/header.ts';
import { visitBody } from '../visit/visit.ts';
import { createView, listCited } from '../visit-view.ts';

/**
 * Creates a report as one HTML file, in a language and a time zone: it fetches nothing, prints on A4, and is readable
 * on a phone, in light and dark mode, and by a screen reader.
 *
 * - Of the events of **one visit**: its phase, reports and findings, payment evidence apart from protocol evidence,
 *   each clause with its verdict, our words and its acts; worked time, measures, debts, photographs; a timeline; every act; its provenance, and space for the auditor's decision on paper. It has no script.
 * - Of **several logs**, each the events of a visit: the findings, the index of the visits, the pending items, the
 *   distribution of the measures, and each visit, folded. The argument is a list of logs if its first item is itself a
 *   log, which an event never is. One script, allowed by its hash, filters, sorts and prints the list; without it
 *   everything can be read. For
 *   hundreds of visits, `reportHtmlStream` makes a page that is twenty times smaller.
 *
 * A log is an iterable of events, or a `SourcedLog`, which also has the positions of its entries in their files. Takes
 * any log that `audit` takes, in any order, complete or cut, ours or third-party: unreadable entries are reported as
 * such. Throws a `TypeError` only for a value that cannot be iterated, an invalid `photoUrl`, and an unknown option,
 * locale or rule of the policy. All that comes from a log is text, and never markup, a name or, `photoUrl` apart, a
 * link; control and direction marks in it, and piles of marks, are shown as U+FFFD, line ends as spaces. Reads no
 * clock: pass `until` as the reporting time.
 *
 * Synchronous: it holds the event loop for some 10 ms a visit. `reportHtmlStream` lets other tasks run between two visits.
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
  const whole = createView(log, 1, context);
  const { caseNumber } = whole.dossier;
  const title = context.title ?? (typeof caseNumber === 'string' ? visit.title(caseNumber) : visit.unnamed);
  const { client, service } = whole.reading.state;
  const days = formatDays(context, whole);
  const lead = html`<p class="lead">${days !== null && [days, ' · ']}${text(service)} · ${text(client?.name)}</p>`;
  const frame: Frame = { title, lead, running: runningHead(context, whole), script: null };
  const { markup } = withRunningHead(
    frame.running,
    visitBody(context, whole, 2),
    provenance(context, seal(context, whole)),
    decision(context, 2),
  );
  return (
    opening(context, frame) +
    markup +
    closing(context, listCited(whole), frame, parseTime(whole.reading.entries[0]?.event.data.at))
  );
}

function dayReport(logs: readonly unknown[], context: Context): string {
  const visits: Digest[] = [];
  const each: Html[] = [];
  for (const [place, log] of logs.entries()) {
    const visit = createView(log, place + 1, context);
    const digest = createDigest(context, visit);
    visits.push(digest);
    each.push(
      html`<details class="visit" id="v${digest.ordinal}">${digest.summary}${withRunningHead(runningHead(context, visit), visitBody(context, visit, 4), decision(context, 4))}</details>`,
    );
  }
  const frame = dayFrame(context, visits);
  const cited = visits.flatMap((visit) => visit.cited);
  const { markup } = html`${[...dayParts(context, visits, each, null, frame)]}`;
  return opening(context, frame) + markup + closing(context, cited, frame, firstMs(visits));
}
