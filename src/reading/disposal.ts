import { mustKnowKeys } from '../kernel/known.ts';
import type { Instant, NonEmptyText } from '../messages/index.ts';
import { parseInstant } from '../util/instant.ts';
import type { VisitState } from '../visit/index.ts';
import { mustBeState } from '../visit/known.ts';

/**
 * The retention period of the documents of a visit: one series of the host's retention table (RET-01 to RET-04).
 * The protocol sets no period of its own.
 * @since 0.3.0
 */
export type Retention = {
  /** The authority that decided it: the committee of INS Servicios (RET-04). */
  readonly authority: NonEmptyText;
  /** The series of the table. */
  readonly series: NonEmptyText;
  readonly support: 'paper' | 'electronic';
  /** The start of the term: the end of the visit, or a time that the host knows. */
  readonly trigger: 'end' | { readonly at: Instant };
  /** Whole years, more than 0. */
  readonly years: number;
};

/** The disposal date of the documents of a visit, and whether they may be disposed of now. @since 0.3.0 */
export type Disposal = {
  readonly date: Instant | 'unknown';
  readonly allowed: boolean;
};

const unknown: Disposal = { date: 'unknown', allowed: false };

/**
 * Computes the disposal date of the documents of a visit (RET-01): `unknown`, and refused, without a retention table,
 * before the start of its term, or with a term that is not a number of years or ends after the year 9999. `now` is your
 * clock; without a valid one, disposal is refused. Keys and bodies are disposed of, never the events.
 * @since 0.3.0
 */
export function disposal(state: VisitState, retention?: Retention, now?: Instant): Disposal {
  mustBeState('disposal', state);
  const { closing } = state;
  if (retention === undefined) return unknown;
  mustKnowKeys('retention', retention, { authority: 0, series: 0, support: 0, trigger: 0, years: 0 });
  const { trigger, years } = retention;
  const from = trigger === 'end' ? (closing.completedAt ?? closing.closedAt) : trigger?.at;
  const date = new Date(from ?? Number.NaN);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  if (!Number.isInteger(years) || years <= 0 || !(date.getUTCFullYear() <= 9999)) return unknown;
  const due = date.toISOString();
  return { date: due, allowed: due <= (parseInstant(now) ?? '') };
}
