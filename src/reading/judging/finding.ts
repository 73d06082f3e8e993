import type { Facts } from '../../kernel/decision.ts';
import type { ClauseId } from '../../protocol/index.ts';
import type { RuleId } from '../../visit/index.ts';

/**
 * The kinds of findings. These make a log unclean:
 *
 * - `violation`: a rule refuses the act, or the event is not the one that `decide` would have written (`as-decided`);
 * - `late`: recorded by a former provider, dated when they were still assigned (1.2-12);
 * - `other-visit`: of a visit that is not this one;
 * - `unknown-event`: of a type or a version that this release does not know;
 * - `unreadable`: no event at all, which has no effect; or one whose time is no instant, which is folded;
 * - `chain`: the seal of the log is broken there;
 * - `id-reused`: the id of an earlier event, or of its command, on other content (0-02).
 *
 * And these do not:
 *
 * - `repeated`: an earlier event once more, with its id and its content; it is neither judged nor folded again;
 * - `measure`: a lag beyond its threshold, a clock that is off, an early start call, a visit too many (PROTOCOL §7);
 * - `deviation`: a lawful act that a waiver let through, a rule that an act broke which a settlement took, or a fact that is
 *   worth knowing (PROTOCOL §4);
 * - `signature`: the signature of an act is not valid; it proves nothing, and is judged by no rule; since 0.10.0;
 * - `correction`: an act was annulled, a time corrected or a discrepancy settled (PROTOCOL §4, *Mistakes*); since 0.5.0.
 * @since 0.3.0
 */
export type FindingKind =
  | 'violation'
  | 'late'
  | 'other-visit'
  | 'unknown-event'
  | 'unreadable'
  | 'chain'
  | 'id-reused'
  | 'repeated'
  | 'measure'
  | 'deviation'
  | 'signature'
  | 'correction';

/** Something that a log says: at the event of that index, from 0, in the log as it was given. Plain JSON. @since 0.3.0 */
export type Finding = {
  readonly index: number;
  readonly kind: FindingKind;
  /**
   * The rule that it breaks, or that was waived; `as-decided` where no rule fails and the event is not as `decide` writes
   * it.
   */
  readonly rule?: RuleId | 'as-decided';
  readonly clause?: ClauseId;
  readonly facts: Facts;
};

const cleanKinds: readonly FindingKind[] = ['repeated', 'measure', 'deviation', 'signature', 'correction'];

/** True if a finding makes its log unclean. */
export const makesUnclean = ({ kind }: Finding): boolean => !cleanKinds.includes(kind);
