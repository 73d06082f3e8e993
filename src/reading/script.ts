import { mustBe, mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { CommandType } from '../messages/index.ts';
import type { VisitState } from '../visit/index.ts';
import { mustBeState, roles } from '../visit/known.ts';
import type { Language, ScriptLines, ScriptPart, Speaker, SpeechOptions } from '../words/language.ts';
import type { PhraseKey } from '../words/speech/phrase.ts';
import { mustBeLanguage, mustKnowOptions } from './known-options.ts';

/** Options of `lines`, `phrase` and `script` in `auxilio/core`: the language, and who speaks when. @since 0.5.0 */
export type LanguageScriptOptions = SpeechOptions & {
  /** Language of the phrases. */
  readonly language: Language;
};

const known = { role: 0, language: 0, now: 0, policy: 0, phrases: 0, operator: 0 } as const;

/** The speaker of a language, for options that were checked. */
export function bindSpeaker(language: Language, visit: VisitState, options: SpeechOptions): Speaker {
  const { role, now } = options;
  mustKnow('role', role, roles);
  mustBe(now === undefined || typeof now === 'string', 'script takes now, an instant', now);
  mustKnowKeys('phrases', options.phrases ?? {}, language.phrases);
  return language.speaker(visit, options);
}

/** Checks the arguments, which `speakerIn` does not. */
function createSpeaker(visit: VisitState, options: LanguageScriptOptions): Speaker {
  mustBeState('script', visit);
  mustKnowOptions('script', options, known);
  mustBeLanguage('script', options.language);
  return bindSpeaker(options.language, visit, options);
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
 * Throws a `TypeError` without a state or for a role, a language, an option or a rule of the policy that is not known,
 * and for a phrase of the host's own that is invalid, with its key; else nothing but what such a phrase throws.
 *
 * @since 0.5.0
 */
export function lines(command: CommandType, visit: VisitState, options: LanguageScriptOptions): ScriptLines {
  return createSpeaker(visit, options).lines(command);
}

/**
 * One phrase, as the visit stands. `''` for a key that this release does not know.
 *
 * @since 0.5.0
 */
export function phrase(key: PhraseKey, visit: VisitState, options: LanguageScriptOptions): string {
  return createSpeaker(visit, options).phrase(key);
}

/**
 * The whole script of a role: its acts in the order of the protocol, and last, without a command, the phrases of
 * courtesy. Of a visit that is not assigned yet (`initialState()`) it is a card to train with: no names, and every
 * case with its cue.
 *
 * @since 0.5.0
 */
export function script(visit: VisitState, options: LanguageScriptOptions): ScriptPart[] {
  return createSpeaker(visit, options).script();
}
