import type { Locale } from '../protocol/clause.ts';
import { createClock } from '../report/clock.ts';
import { type Html, html, joinParts, type Part } from '../report/html.ts';
import { acts as actsEn } from '../report/words/en-acts.ts';
import { acts as actsEsCR } from '../report/words/es-cr-acts.ts';
import { isObject } from '../util/json.ts';
import { defaultPolicy } from '../visit/index.ts';
import { parseLocale } from '../visit/known.ts';
import { lookup } from '../words/text.ts';
import { printedPage } from './printed-page.ts';
import type { ReportedField, ReportedSubject, SubjectReport } from './subject-report.ts';
import { type PageWords, pageEn, pageEsCR } from './subject-report-words.ts';

/** The language of a page, and its formats. */
type Page = Readonly<{ words: PageWords; acts: typeof actsEn; time: (at: string) => string }>;

/**
 * Renders a report of a person's data as a page to read and to print, which fetches nothing. Times are of `timeZone`, that of Costa
 * Rica by default.
 *
 * @since 0.11.0
 */
export function subjectReportHtml(
  report: SubjectReport,
  locale?: Locale,
  timeZone: string = defaultPolicy.timeZone,
): string {
  const tag = parseLocale(locale);
  const clock = createClock(tag, timeZone);
  const time = (at: string) => `${clock.day(Date.parse(at))}, ${clock.time(Date.parse(at))}`;
  const page: Page = tag === 'en' ? { words: pageEn, acts: actsEn, time } : { words: pageEsCR, acts: actsEsCR, time };
  const { words } = page;
  const { person, madeAt, subjects, copies, erasures } = report;
  return printedPage(tag, words.title, {
    lead: html`
      <p class="lead">${person === null ? words.given : html`${words.person}: <bdi>${person}</bdi>`}</p>
      <p class="lead">${words.made(time(madeAt))} (${clock.zone})</p>`,
    main: html`
      ${subjects.length === 0 ? html`<p>${words.nothing}</p>` : subjects.map((one) => renderSubject(page, one))}
      ${renderList(
        words.erasures,
        erasures.map(
          ({ erasureId, requestedAt, confirmed }) =>
            html`${words.erasure(erasureId, confirmed)} (${time(requestedAt)})`,
        ),
      )}
      ${renderList(words.copies, copies)}`,
  });
}

const renderList = (heading: string, items: readonly Part[]): Part =>
  items.length > 0 &&
  html`<section><h2>${heading}</h2><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></section>`;

function renderSubject(
  page: Page,
  { visitId, subject, fields, inClear, erased, unopened, notes }: ReportedSubject,
): Html {
  const { words } = page;
  const [first, ...others] = words.columns;
  const role = lookup(words.roles, subject.split('/')[0], subject);
  const head = [first, ...others].map((name) => html`<th scope="col">${name}</th>`);
  const rows = fields.map((field) => {
    const cells = renderField(page, field);
    const named = others.map((name, nth) => html`<td data-l="${name}"><div>${cells[nth]}</div></td>`);
    return html`<tr><th scope="row">${nameField(page, field.path)}</th>${named}</tr>`;
  });
  return html`
    <section>
      <h2>${words.subject(visitId, role)}</h2>
      ${
        rows.length === 0
          ? html`<p>${words.none}</p>`
          : html`<table class="t"><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
      }
      ${inClear > 0 && html`<p>${words.inClear(inClear)}</p>`}
      ${erased > 0 && html`<p>${words.erased(erased)}</p>`}
      ${unopened > 0 && html`<p>${words.unopened(unopened)}</p>`}
      ${notes.length > 0 && html`<h3>${words.notes}</h3>`}
      ${notes.map(({ at, text }) => html`<p>${page.time(at)}: <bdi>${text}</bdi></p>`)}
    </section>`;
}

function renderField({ words, acts, time }: Page, field: ReportedField): readonly Part[] {
  const { value, event, recordedAt, at, purpose, readers } = field;
  return [
    renderValue(words, value),
    html`${lookup(acts.events, event, event)}<span class="x">${time(recordedAt ?? at)}</span>`,
    words.purposes[purpose],
    joinParts(
      readers.map((reader) => words.readers[reader]),
      ', ',
    ),
  ];
}

function renderValue(words: PageWords, value: unknown): Part {
  if (!isObject(value)) return html`<bdi>${String(value)}</bdi>`;
  const entries = Object.entries(value).map(
    ([key, inner]) => html`${lookup(words.fields, key, key)}: ${renderValue(words, inner)}`,
  );
  return joinParts(entries, '; ');
}

/** Names a field by its place: `Cliente, nombre`; in the report of acts, by that in the act. */
function nameField({ words, acts }: Page, path: string): string {
  const names = path
    .replace(/^.*\/(?:data|metadata|acts\/\d+)\//, '')
    .split('/')
    .filter((name) => !/^\d+$/.test(name));
  return names
    .map((name, nth) => lookup(nth === 0 ? acts.fields : words.fields, name, lookup(words.fields, name, name)))
    .join(', ');
}
