import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import type { Actor } from '../messages/index.ts';
import type { Locale } from '../protocol/clause.ts';
import { createClock } from '../report/clock.ts';
import { type Html, html, type Part } from '../report/html.ts';
import { defaultPolicy } from '../visit/index.ts';
import { parseLocale } from '../visit/known.ts';
import { lookup } from '../words/text.ts';
import { type DisposalWords, disposalEn, disposalEsCR } from './disposal-words.ts';
import { printedPage } from './printed-page.ts';
import type { DisposalRecord } from './retention.ts';

/**
 * Renders the record of a disposal as a page to print and sign, which fetches nothing, as Ley 7202 asks for: what allows it, what was
 * destroyed and what is kept, and places for the number of the act and three signatures. Times are of `timeZone`, that of Costa Rica
 * by default.
 *
 * @since 0.12.0
 */
export function disposalPageHtml(
  record: DisposalRecord,
  locale?: Locale,
  timeZone: string = defaultPolicy.timeZone,
): string {
  const tag = parseLocale(locale);
  const clock = createClock(tag, timeZone);
  const time = (at: string) => (at === 'unknown' ? at : `${clock.day(Date.parse(at))}, ${clock.time(Date.parse(at))}`);
  const words = tag === 'en' ? disposalEn : disposalEsCR;
  const { headings } = words;
  return printedPage(tag, words.title, {
    lead: html`
      <p class="lead">${words.lead}</p>
      <p class="lead">${words.act} ____________________</p>`,
    main: html`
      ${renderTable(headings.table, listTable(words, record, time))}
      ${renderTable(headings.visit, listVisit(words, record))}
      ${renderList(headings.gone, words.gone)}
      ${renderList(headings.stays, words.stays)}
      ${renderList(headings.shown, words.shown)}
      ${renderTable(headings.people, listExecution(words, record, `${time(record.disposedAt)} (${clock.zone})`))}
      ${renderSignatures(words)}`,
  });
}

type Rows = readonly (readonly [name: string, value: Part])[];

function listTable(
  { rows, support, starts }: DisposalWords,
  record: DisposalRecord,
  time: (at: string) => string,
): Rows {
  const { trigger, start = trigger === 'end' ? undefined : { at: trigger.at, event: null } } = record;
  return [
    [rows.authority, record.authority],
    [rows.series, record.series],
    [rows.support, support[record.support]],
    [rows.trigger, trigger === 'end' ? starts.end : starts.table],
    ...(start === undefined
      ? []
      : [[rows.start, start.event === null ? time(start.at) : `${time(start.at)}: ${starts[start.event]}`] as const]),
    [rows.years, String(record.years)],
    [rows.due, time(record.date)],
  ];
}

function listVisit({ rows, roles, noHash, noHold }: DisposalWords, record: DisposalRecord): Rows {
  const subjects = record.erasure.subjects.map(({ subject }) => {
    const [role = '', ...id] = subject.split('/');
    return [lookup(roles, role, role), ...id].join(' ');
  });
  return [
    [rows.visit, record.visitId],
    [rows.events, String(record.events)],
    [rows.lastHash, record.lastHash ?? noHash],
    [rows.subjects, subjects.join(', ')],
    [rows.hold, noHold],
  ];
}

function listExecution(words: DisposalWords, record: DisposalRecord, at: string): Rows {
  const { rows, roles } = words;
  const { erasureId, remembered, waitsFor } = record.erasure;
  const name = ({ role, id }: Actor) =>
    `${role === 'contact-center' ? roles.operator : lookup(roles, role, role)} ${id}`;
  return [
    [rows.askedBy, record.askedBy === undefined ? '______________________________' : name(record.askedBy)],
    [rows.by, name(record.by)],
    [rows.disposedAt, at],
    [rows.erasure, erasureId],
    [rows.copies, remembered.length === 0 ? words.noCopies : words.copiesLeft(remembered.join(', '))],
    [rows.waits, words.waits[waitsFor]],
    [rows.record, bytesToHex(sha256(utf8ToBytes(JSON.stringify(record))))],
  ];
}

const renderTable = (heading: string, rows: Rows): Html => html`
  <section><h2>${heading}</h2>
    <table class="t"><tbody>
      ${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td><bdi>${value}</bdi></td></tr>`)}
    </tbody></table>
  </section>`;

const renderList = (heading: string, items: readonly string[]): Html =>
  html`<section><h2>${heading}</h2><ul>${items.map((item) => html`<li>${item}</li>`)}</ul></section>`;

const renderSignatures = ({ headings, signers, sign }: DisposalWords): Html => html`
  <section><h2>${headings.sign}</h2>
    ${signers.map(
      (signer) => html`<h3>${signer}</h3>${sign.map((field) => html`<p>${field}: ______________________________</p>`)}`,
    )}
  </section>`;
