import { clause as clauseOf, clauses } from '../../locale/index.ts';
import { isClauseId } from '../../protocol/index.ts';
import { lookup } from '../../words/text.ts';
import { table } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, joinParts, type Part } from '../html.ts';
import { type Digest, linkToVisit } from './digest.ts';

const mostVisits = 12;
const mostConduct = 200;

/** The breaches of conduct and the escalations of all visits; null where nothing was reported. */
export function conductOfAll(context: Context, visits: readonly Digest[]): Html | null {
  const rows = visits.flatMap((visit) =>
    visit.conduct.map(([what, ...others]) => [what, linkToVisit(visit), ...others]),
  );
  if (rows.length === 0) return null;
  const columns = ['reported', 'case', 'what', 'at', 'who', 'act'] as const;
  const more = rows.length - mostConduct;
  return html`
    <div class="cd">${table(context, columns, rows.slice(0, mostConduct))}</div>
    ${more > 0 && html`<p class="m">${context.words.found.more(more)}</p>`}`;
}

/** The grave findings by clause: their number and their visits. */
export function findingsByClause(context: Context, visits: readonly Digest[]): Html {
  const { words } = context;
  const counts = new Map<string, { count: number; visits: Digest[] }>();
  for (const visit of visits) {
    for (const [key, count] of visit.found) {
      const known = counts.get(key) ?? { count: 0, visits: [] };
      known.count += count;
      known.visits.push(visit);
      counts.set(key, known);
    }
  }
  if (counts.size === 0) return html`<p>${words.found.none}</p>`;
  const order = [...Object.keys(words.found.without), ...clauses.map(({ id }) => id)];
  const rows = order.flatMap((key) => {
    const known = counts.get(key);
    return known === undefined ? [] : [[named(context, key), known.count, cases(context, known.visits)]];
  });
  return html`<div class="fd">${table(context, ['finding', ['findings', 'f'], 'visits'], rows)}</div>`;
}

/** A clause with its text, or the heading of findings without one. */
function named({ words }: Context, key: string): Part {
  if (!isClauseId(key)) return lookup<string | null>(words.found.without, key, null);
  const { id, text } = clauseOf(key);
  return [html`<b>${id}</b>`, ' ', text[words.locale]];
}

function cases({ words }: Context, visits: readonly Digest[]): Part {
  const shown = visits.slice(0, mostVisits).map(linkToVisit);
  const more = visits.length - shown.length;
  return [joinParts(shown, ', '), more > 0 && [' ', words.visit.several(more)]];
}
