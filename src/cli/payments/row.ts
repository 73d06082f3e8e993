import type { Instant } from '../../messages/index.ts';
import type { Correction, Dossier, VerdictStatus } from '../../reading/index.ts';
import type { Integrity } from '../../reading/integrity.ts';
import { makesUnclean } from '../../reading/judging/finding.ts';
import type { PaymentCondition } from '../../visit/index.ts';
import { type SealJson, sealJson } from '../input/seals.ts';
import type { SelectedVisit } from '../input/select-visits.ts';

/** The data of one visit for the payer, from its dossier. Plain data; the names are those of `--json`. */
export type PaymentRow = {
  readonly file: string;
  readonly visitId: string;
  readonly caseNumber: string | null;
  /** The name of the client, and the service that was assigned. */
  readonly client: string | null;
  readonly service: string | null;
  /** The provider who is assigned at the end. */
  readonly provider: { readonly id: string; readonly name: string | null } | null;
  readonly phase: Dossier['phase'];
  /** The start of the work that stands, the end of the visit, and the call that reported its completion. */
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly completionReportedAt: Instant | null;
  /** With two decimals at most. */
  readonly workedMinutes: number;
  /** Work was still running at the end of the log. */
  readonly running: boolean;
  readonly clauses: Readonly<Record<string, VerdictStatus>>;
  /** The visits to the place, those that were announced included. */
  readonly visits: number;
  readonly wastedTrips: number;
  /** It meets every condition of payment, and its integrity is not broken. */
  readonly payable: boolean;
  readonly unmet: readonly PaymentCondition[];
  /** The corrections that the worked time and the answer follow: what was first recorded, and what stands now. */
  readonly corrections: readonly Correction[];
  /** The facts that stand, and whose word each is. */
  readonly facts: Dossier['facts'];
  /** The number of findings that make the log unclean. */
  readonly findings: number;
  readonly chain: SealJson;
  /** Its integrity; of one that is broken, the line or row of its first fault. */
  readonly integrity: Integrity & { readonly line?: number };
};

/** The integrity of a visit with the line, or row, at which it is broken; one that is missing at the end is at the last one. */
export function integrityIn({ integrity, lines }: SelectedVisit): PaymentRow['integrity'] {
  if (integrity.status !== 'broken' || integrity.at === null) return integrity;
  const line = lines[integrity.at] ?? lines.at(-1);
  return { ...integrity, ...(line !== undefined && { line }) };
}

export function paymentRow(visit: SelectedVisit, drawn: Dossier): PaymentRow {
  const { visitId, source, audit, chain } = visit;
  const { provider, client, service, work, closing } = audit.state;
  return {
    file: source.path,
    visitId,
    caseNumber: drawn.caseNumber,
    client: client?.name ?? null,
    service,
    provider: provider === null ? null : { id: provider.id, name: provider.name ?? null },
    phase: drawn.phase,
    startedAt: work.startedAt,
    endedAt: closing.completedAt ?? closing.closedAt,
    completionReportedAt: closing.completionReportedAt,
    workedMinutes: toMinutes(drawn.workedMs),
    running: drawn.running,
    clauses: Object.fromEntries(drawn.payment.map(({ clause, status }) => [clause, status])),
    visits: visitsTo(drawn),
    wastedTrips: drawn.attempts.length,
    payable: drawn.payable,
    unmet: drawn.unmetForPayment,
    corrections: drawn.corrections,
    facts: drawn.facts,
    findings: audit.findings.filter(makesUnclean).length,
    chain: sealJson(chain),
    integrity: integrityIn(visit),
  };
}

const toMinutes = (ms: number): number => Math.round(ms / 600) / 100;

/** The measures count the visits from the second on; of the first they measure the arrival. */
function visitsTo({ measures }: Dossier): number {
  const counted = measures.map(({ name, value }) => (name === 'visits' ? value : name === 'arrival' ? 1 : 0));
  return counted.reduce((most, count) => Math.max(most, count), 0);
}

/** The totals of the visits of one provider. */
export type PaymentTotal = {
  readonly provider: PaymentRow['provider'];
  visits: number;
  payable: number;
  /** Visits that a person has to look at before they are payable, and visits whose integrity was never verified. */
  held: number;
  unverified: number;
  workedMinutes: number;
  payableMinutes: number;
  wastedTrips: number;
};

/** Adds up by provider, row by row; the order is that in which they are first named. */
export function createTotals(): {
  readonly add: (row: PaymentRow) => void;
  readonly all: () => readonly PaymentTotal[];
} {
  const totals = new Map<string | null, PaymentTotal>();
  const add = ({ provider, payable, integrity, workedMinutes, wastedTrips }: PaymentRow) => {
    const key = provider?.id ?? null;
    const total = totals.get(key) ?? {
      provider,
      visits: 0,
      payable: 0,
      held: 0,
      unverified: 0,
      workedMinutes: 0,
      payableMinutes: 0,
      wastedTrips: 0,
    };
    totals.set(key, total);
    total.visits += 1;
    total.payable += payable ? 1 : 0;
    total.held += integrity.status === 'broken' ? 1 : 0;
    total.unverified += integrity.status === 'unverified' ? 1 : 0;
    total.workedMinutes = rounded(total.workedMinutes + workedMinutes);
    total.payableMinutes = rounded(total.payableMinutes + (payable ? workedMinutes : 0));
    total.wastedTrips += wastedTrips;
  };
  return { add, all: () => [...totals.values()] };
}

const rounded = (minutes: number) => Math.round(minutes * 100) / 100;
