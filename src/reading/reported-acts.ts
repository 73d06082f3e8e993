import type { VisitEvent } from '../messages/index.ts';
import { asArray, asRecord } from '../util/json.ts';
import type { Correction } from './judging/corrections.ts';

/** The fate of a reported act. Indexes are places in the log, from 0. @since 0.5.0 */
export type Fate =
  | { readonly kind: 'taken'; readonly by: number; readonly onRecord: number | null }
  | { readonly kind: 'twin'; readonly of: number }
  | { readonly kind: 'left'; readonly by: number }
  | { readonly kind: 'open' };

/** A reported act as any log may have it, and its fate. */
export type ReportedAct = {
  readonly type: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  /** The rules that refused it, each with its clause. */
  readonly violations: readonly Readonly<Record<string, unknown>>[];
  readonly lawfulThen: boolean;
  /** The person by whose leave it was done despite a refusal, and the reason; null if there was none. */
  readonly despite: Readonly<Record<string, unknown>> | null;
  readonly fate: Fate;
};

/** A discrepancy as it was reported. */
export type Discrepancy = {
  readonly index: number;
  readonly discrepancyId: unknown;
  readonly at: unknown;
  readonly by: unknown;
  readonly basedOn: number;
  readonly acts: readonly ReportedAct[];
};

/** Lists the discrepancies of a log. Of several reports with one id the first stands. */
export function listDiscrepancies(
  events: Iterable<readonly [index: number, event: VisitEvent]>,
  corrections: readonly Correction[],
): readonly Discrepancy[] {
  const settled = corrections.filter((one) => one.kind === 'settled');
  const found = new Map<unknown, Discrepancy>();
  for (const [index, { type, data }] of events) {
    if (type !== 'DiscrepancyReported' || found.has(data.discrepancyId)) continue;
    const { discrepancyId, at, by, basedOn } = data;
    const settlements = settled.filter((one) => one.discrepancyId === discrepancyId);
    const acts = asArray(data.acts).map((act, position) => reportedAct(asRecord(act), position, settlements));
    found.set(discrepancyId, { index, discrepancyId, at, by, basedOn: Number(basedOn) || 0, acts });
  }
  return [...found.values()];
}

type Settlement = Extract<Correction, { kind: 'settled' }>;

function reportedAct(
  { type, data, violations, lawfulThen, despite, twinOf }: Readonly<Record<string, unknown>>,
  position: number,
  settlements: readonly Settlement[],
): ReportedAct {
  return {
    type,
    data: asRecord(data),
    violations: asArray(violations).map(asRecord),
    lawfulThen: lawfulThen === true,
    despite: despite === undefined ? null : asRecord(despite),
    fate: findFate(twinOf, position, settlements),
  };
}

function findFate(twinOf: unknown, position: number, settlements: readonly Settlement[]): Fate {
  const taking = settlements.find(({ taken }) => taken.includes(position));
  if (taking !== undefined) {
    const { index, taken, onRecord } = taking;
    const isExact = onRecord.length === taken.length;
    return { kind: 'taken', by: index, onRecord: isExact ? (onRecord[taken.indexOf(position)] ?? null) : null };
  }
  if (typeof twinOf === 'number') return { kind: 'twin', of: twinOf - 1 };
  const last = settlements.at(-1);
  return last === undefined ? { kind: 'open' } : { kind: 'left', by: last.index };
}
