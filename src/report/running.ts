import { asArray, asRecord } from '../util/json.ts';
import { isTime, parseTime } from './clock.ts';
import { text } from './components.ts';
import type { Context } from './context.ts';
import { type Html, html, joinParts, type Part } from './html.ts';
import type { VisitView } from './visit-view.ts';

/** Puts a line above a part of the report, at the top of each page on which it is printed; a screen does not show it. */
export function withRunningHead(head: Part, ...body: readonly Part[]): Html {
  const [begun, ended] = runningHeadAround(head);
  return html`${begun}${body}${ended}`;
}

/** The markup before and after a part with such a line. */
export const runningHeadAround = (head: Part): readonly [Html, Html] => [
  html`<div class="run"><div class="rh"><div class="rt">${head}</div></div><div class="rb">`,
  html`</div></div>`,
];

/** The beginning of a hash, enough to find the record that it is of. */
const short = (hash: string) => html`<code>${hash.slice(0, 12)}</code>`;

/** The case number, the day and the hash of a visit, for each of its pages. */
export function runningHead(context: Context, view: VisitView): Part {
  const { visit, labels } = context.words;
  const { caseNumber } = view.dossier;
  const parts: readonly Part[] = [
    typeof caseNumber === 'string' ? [labels.case, ' ', text(caseNumber)] : visit.unnamed,
    formatDays(context, view),
    formatHash(context, view),
  ];
  return joinParts(
    parts.filter((part) => part !== null),
    ' · ',
  );
}

/** The title and the files of a page of several visits. */
export function runningTitle({ words: { running }, provenance }: Context, title: string): Part {
  const hashes = asArray(provenance.sources).flatMap((source) => {
    const { sha256 } = asRecord(source);
    return typeof sha256 === 'string' ? [sha256] : [];
  });
  const shown = hashes.slice(0, 3).map((hash) => [running.file, ' ', short(hash)]);
  return joinParts([title, ...shown], ' · ');
}

/** The local day of a visit, or the first and the last of several; null where none of its times is known. */
export function formatDays({ clock }: Context, { reading }: VisitView): string | null {
  const times = reading.entries.map(({ event }) => parseTime(event.data.at)).filter(isTime);
  if (times.length === 0) return null;
  const [first, last] = [Math.min(...times), Math.max(...times)].map((ms) => clock.day(ms));
  return first === last ? (first ?? null) : `${first} – ${last}`;
}

/** The hash by which a printed page is matched with its record: of the sealed log, or of the file that it was read from. */
function formatHash({ words: { running } }: Context, { dossier: { chain }, sha256 }: VisitView): Part {
  if (chain !== null) return chain.head === null ? running.broken : [running.seal, ' ', short(chain.head.hash)];
  return sha256 === null ? running.none : [running.file, ' ', short(sha256)];
}
