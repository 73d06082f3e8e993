import { mustBe, mustKnow } from '../kernel/known.ts';
import type { CommandType, Id, Instant, Role } from '../messages/index.ts';
import type { ClauseId } from '../protocol/index.ts';
import { parseInstant } from '../util/instant.ts';
import type { Debt, Phase, Policy, VisitState } from '../visit/index.ts';
import { mustBeState, roles } from '../visit/known.ts';
import type { Language } from '../words/language.ts';
import type { CommandField } from '../words/speech/lines.ts';
import type { Catalogue } from '../words/speech/phrase.ts';
import { availableActs, type ClosedAct } from './available-acts.ts';
import { mustBeLanguage, mustKnowOptions } from './known-options.ts';
import { bindSpeaker } from './script.ts';

/** Options of `guide` in `auxilio/core`: the role that asks, the language and the time. @since 0.5.0 */
export type LanguageGuideOptions = {
  /** Role of the person who asks. */
  readonly role: Role;
  /** Id of the person who would record the acts; for a provider the assigned one by default. */
  readonly actorId?: Id;
  /** Language of the phrases and questions; without one they are left out. */
  readonly language?: Language;
  /** Current time, for the greeting; without it, one that fits any hour. */
  readonly now?: Instant;
  /** Policy that judges the visit; `defaultPolicy` without one. */
  readonly policy?: Policy;
  /** The host's own words in that language, in place of some of ours. */
  readonly phrases?: Partial<Catalogue>;
};

/** An act that some data would make acceptable now: what to say, and what to ask for. @since 0.3.0 */
export type OpenAct<T extends CommandType = CommandType> = T extends CommandType
  ? {
      readonly command: T;
      /** The clauses that it carries out (PROTOCOL §2). */
      readonly clauses: readonly ClauseId[];
      readonly say: readonly string[];
      readonly ask: readonly string[];
      /**
       * The fields of the command's data that each entry of `ask` is for, in the same order. Fields that the visit
       * knows are left out: the assigned service, the pause to resume, and, unless a representative is allowed, the
       * person who attends.
       * @since 0.5.0
       */
      readonly fields: readonly (readonly CommandField<T>[])[];
    }
  : never;

/** The acts that one role may do now, and the reasons why it may not do the others. @since 0.3.0 */
export type Guide = {
  readonly phase: Phase;
  /** The act that the document would do next (PROTOCOL §8); null when it names none. */
  readonly suggested: CommandType | null;
  readonly open: readonly OpenAct[];
  readonly closed: readonly ClosedAct[];
  /** All open debts of the visit, of every debtor. */
  readonly debts: readonly Debt[];
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
 * `ReportDiscrepancy` is left out: reconciling makes it. `AnnulAct` and `CorrectTime` are never suggested, and no remedy.
 *
 * Without a language `say`, `ask` and `fields` are empty. Looks at no clock. Text comes from the state as it is: escape it for HTML.
 *
 * @throws TypeError without a state, for a role, a language, an option or a rule of the policy that is not known, or for a `now` that is no time
 * @since 0.5.0
 */
export function guide(state: VisitState, options: LanguageGuideOptions): Guide {
  mustBeState('guide', state);
  mustKnowOptions('guide', options, { role: 0, actorId: 0, language: 0, now: 0, policy: 0, phrases: 0 });
  const { language, ...others } = options;
  if (language !== undefined) mustBeLanguage('guide', language);
  return buildGuide(language, state, others);
}

/** Guides by options that were checked. */
export function buildGuide(language: Language | undefined, state: VisitState, options: CheckedOptions): Guide {
  const { role, now } = options;
  mustKnow('role', role, roles);
  mustBe(now === undefined || parseInstant(now), 'guide takes now, an instant such as 2026-03-17T14:40:00.000Z', now);
  const { open, closed, suggested } = availableActs(state, options);
  const lines = language === undefined ? unspoken : bindSpeaker(language, state, options).lines;
  const said = open.map(({ command, clauses }) => ({ command, clauses, ...lines(command) }) as OpenAct);
  return { phase: state.phase, suggested, open: said, closed, debts: state.debts };
}

type CheckedOptions = Omit<LanguageGuideOptions, 'language'>;

const unspoken = () => ({ say: [], ask: [], fields: [] });
