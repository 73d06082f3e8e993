import type { Id, Instant, Role } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { type Guide, guideIn } from '../reading/guide.ts';
import { mustKnowOptions } from '../reading/known-options.ts';
import type { Policy, VisitState } from '../visit/index.ts';
import { mustBeState } from '../visit/known.ts';
import { inLanguage, type Phrases } from './script.ts';

/** Options of {@link guide}: the role that asks, the language and the time. @since 0.3.0 */
export type GuideOptions = {
  /** Role of the person who asks. */
  readonly role: Role;
  /** Id of the person who would record the acts; for a provider the assigned one by default. */
  readonly actorId?: Id;
  /** Language; Spanish of Costa Rica by default. */
  readonly locale?: Locale;
  /** Current time, for the greeting; without it, one that fits any hour. */
  readonly now?: Instant;
  /** Policy that judges the visit; `defaultPolicy` without one. */
  readonly policy?: Policy;
  /** The host's own words, in place of some of ours. */
  readonly phrases?: Phrases;
};

/**
 * Lists every act that a role may record. An open act comes with what to say and what to ask for, a closed one with the rules
 * that close it and the acts that would open it. `open` and `closed` are in the order of the protocol.
 *
 * - For a provider, `suggested` is the first act of the plain path, the farewell last, that is open and whose purpose
 *   is not fulfilled; under an instruction to cancel or reschedule it is `CloseVisit`.
 * - For the contact center it is the act that discharges its oldest debt, or `AssignVisit` when nothing is assigned.
 * - For a client there is none.
 *
 * Looks at no clock. Text comes from the state as it is: escape it for HTML.
 *
 * @throws TypeError without a state, for a role, a locale, an option or a rule of the policy that is not known, or for a `now` that is no time
 * @example
 * ```ts
 * import { guide } from 'auxilio';
 * import { visitAt } from 'auxilio/testing';
 *
 * const { suggested, open, closed } = guide(visitAt('on-site').state, { role: 'provider', locale: 'en' });
 * console.log(suggested); // ShowCredential
 * for (const { command, say, ask } of open) console.log(command, say, ask);
 * for (const { command, violations, remedy } of closed) console.log(command, violations, remedy);
 * ```
 * @since 0.3.0
 */
export function guide(state: VisitState, given: GuideOptions): Guide {
  mustBeState('guide', state);
  mustKnowOptions('guide', given, { role: 0, actorId: 0, locale: 0, now: 0, policy: 0, phrases: 0 });
  const { language, options } = inLanguage(given);
  return guideIn(language, state, options);
}
