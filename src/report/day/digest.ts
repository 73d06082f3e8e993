import type { ClauseId } from '../../protocol/index.ts';
import type { DebtSpan, Dossier } from '../../reading/index.ts';
import { type Finding, type FindingKind, makesUnclean } from '../../reading/judging/finding.ts';
import { parseTime } from '../clock.ts';
import { text } from '../components.ts';
import type { Context } from '../context.ts';
import { type Html, html, type Part } from '../html.ts';
import { conductRows } from '../visit/conduct.ts';
import { openDebts, outcomeOrPhase } from '../visit/header.ts';
import { listCited, type VisitView } from '../visit-view.ts';
import { indexRow } from './overview.ts';

/** The data of one visit that a page of several keeps after rendering it. Their size does not grow with the log. */
export type Digest = Pick<Dossier, 'outcome' | 'workedMs' | 'measures' | 'payable' | 'integrity'> & {
  readonly ordinal: number;
  readonly caseNumber: unknown;
  /** The time of its first event; `NaN` if unknown. */
  readonly begun: number;
  readonly clean: boolean;
  readonly seal: 'none' | 'whole' | 'broken';
  readonly debts: readonly DebtSpan[];
  readonly conduct: readonly (readonly Part[])[];
  /** The number of grave findings by clause, or by kind if they have no clause. */
  readonly found: ReadonlyMap<ClauseId | FindingKind, number>;
  readonly cited: readonly ClauseId[];
  readonly row: Html;
  readonly summary: Html;
};

export function createDigest(context: Context, view: VisitView): Digest {
  const { dossier, reading, ordinal, clean, findings } = view;
  const { outcome, workedMs, measures, payable, integrity, caseNumber, chain } = dossier;
  const { client, service } = reading.state;
  return {
    ordinal,
    caseNumber,
    outcome,
    workedMs,
    measures,
    payable,
    integrity,
    begun: parseTime(reading.entries[0]?.event.data.at),
    clean,
    seal: chain === null ? 'none' : chain.intact ? 'whole' : 'broken',
    debts: openDebts(view),
    conduct: conductRows(context, view),
    found: countByClause(findings),
    cited: [...new Set(listCited(view))],
    row: indexRow(context, view),
    summary: html`<summary><h3>${text(caseNumber)}</h3> <span>${text(client?.name)} · ${text(service)}</span> ${outcomeOrPhase(context, view)}</summary>`,
  };
}

function countByClause(findings: readonly Finding[]): ReadonlyMap<ClauseId | FindingKind, number> {
  const counts = new Map<ClauseId | FindingKind, number>();
  for (const { kind, clause } of findings.filter(makesUnclean)) {
    const key = clause ?? kind;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** A link to a visit, by its case. */
export const linkToVisit = ({ ordinal, caseNumber }: Pick<Digest, 'ordinal' | 'caseNumber'>): Html =>
  html`<a href="#v${ordinal}">${text(caseNumber)}</a>`;
