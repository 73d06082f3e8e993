import { mustKnowKeys } from '../kernel/known.ts';
import type { CommandType, Id, Instant, NonEmptyText, Role } from '../messages/index.ts';
import type { Locale } from '../protocol/index.ts';
import { buildGuide, type Guide } from '../reading/guide.ts';
import { mustKnowOptions } from '../reading/known-options.ts';
import { bindSpeaker } from '../reading/script.ts';
import type { Policy, VisitState } from '../visit/index.ts';
import { mustBeState } from '../visit/known.ts';
import { phrases as en } from '../words/en/sentences.ts';
import { phrases as esCR } from '../words/es-cr/sentences.ts';
import type { ScriptLines, ScriptPart, Speaker } from '../words/language.ts';
import type { Catalogue, PhraseKey } from '../words/speech/phrase.ts';
import { findLanguage, languages } from './clauses.ts';

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
  const { language, options } = bindLanguage(given);
  return buildGuide(language, state, options);
}

/**
 * All phrases of the script, in words of our own: Spanish of Costa Rica (of usted) and English.
 *
 * @since 0.3.0
 */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { 'es-CR': esCR, en };

/** The phrases that a host says otherwise, by language. One that answers `''` is left unsaid. @since 0.3.0 */
export type Phrases = { readonly [L in Locale]?: Partial<Catalogue> };

/**
 * Options of the speaker. `locale` is Spanish of Costa Rica when absent; `now` chooses the greeting; `policy` gives the
 * time zone, the greeting's cut-offs and the allowed activities; `operator` is the name of the operator at the center.
 *
 * @since 0.3.0
 */
export type ScriptOptions = {
  /** Role of the person who speaks. */
  readonly role: Role;
  /** Language of the phrases; Spanish of Costa Rica by default. */
  readonly locale?: Locale;
  /** Time of the greeting; without it, one that fits any hour. */
  readonly now?: Instant;
  /** Policy with the time zone, the greeting's cut-offs and what the contract allows. */
  readonly policy?: Policy;
  /** Phrases of the host, in place of some of ours. */
  readonly phrases?: Phrases;
  /** Name of the operator who answers at the center. */
  readonly operator?: NonEmptyText;
};

const known = { role: 0, locale: 0, now: 0, policy: 0, phrases: 0, operator: 0 } as const satisfies Record<
  keyof ScriptOptions,
  0
>;

/** The language of the options, the options without it, and the host's own phrases in it. */
function bindLanguage<O extends { readonly locale?: Locale; readonly phrases?: Phrases }>(options: O) {
  const { locale, phrases = {}, ...others } = options;
  const language = findLanguage(locale);
  mustKnowKeys('phrases', phrases, languages);
  return { language, options: { ...others, phrases: phrases[language.locale] ?? {} } };
}

function createSpeaker(visit: VisitState, given: ScriptOptions): Speaker {
  mustBeState('script', visit);
  mustKnowOptions('script', given, known);
  const { language, options } = bindLanguage(given);
  return bindSpeaker(language, visit, options);
}

/**
 * Lists the phrases and questions of a role around one act, in the current state of the visit: the known names, the
 * pending items, the materials. An act that the role may not record has no lines. It does not judge whether the act is
 * open: use `decide`.
 *
 * - The person who attends is called by name (2.2-05), until it may be another than the client; a missing name is left
 *   out, with another sentence. `don` and `doña` only where the title is known.
 * - The greeting follows `now` in the policy's time zone (1.1-01); without a valid one, a greeting for any hour is
 *   used. An invalid zone or cut-off means the default one.
 * - Long texts of the visit are truncated, and control and bidi characters removed; nothing is escaped: plain text, not
 *   HTML.
 *
 * Throws a `TypeError` without a state or for a role, a locale, an option or a rule of the policy that is not known,
 * and for a phrase of the host's own that is invalid, with its key; else nothing but what such a phrase throws.
 *
 * @since 0.3.0
 */
export function lines(command: CommandType, visit: VisitState, options: ScriptOptions): ScriptLines {
  return createSpeaker(visit, options).lines(command);
}

/**
 * One phrase, as the visit stands. `''` for a key that this release does not know.
 *
 * @since 0.3.0
 */
export function phrase(key: PhraseKey, visit: VisitState, options: ScriptOptions): string {
  return createSpeaker(visit, options).phrase(key);
}

/**
 * The whole script of a role: its acts in the order of the protocol, and last, without a command, the phrases of
 * courtesy. Of a visit that is not assigned yet (`initialState()`) it is a card to train with: no names, and every
 * case with its cue.
 *
 * @since 0.3.0
 */
export function script(visit: VisitState, options: ScriptOptions): ScriptPart[] {
  return createSpeaker(visit, options).script();
}
