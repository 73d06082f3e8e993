import type { CommandType, Instant, NonEmptyText, Role } from '../messages/index.ts';
import type { ClauseId, Locale } from '../protocol/clause.ts';
import type { Policy, VisitState } from '../visit/index.ts';
import type { DayPart } from './clock.ts';
import type { Messages, Names } from './messages.ts';
import type { CommandField } from './speech/lines.ts';
import type { Catalogue, PhraseKey } from './speech/phrase.ts';

/**
 * The phrases to say, in order, and the data to ask for or collect for the record, in words. A sentence that is not for everybody
 * or not for every case begins with its cue in brackets: `(Al Centro de Contacto) Buenos días…`.
 *
 * @since 0.3.0
 */
export type ScriptLines = {
  say: string[];
  ask: string[];
  /** The fields of the command's data that each of `ask` is for, in the same order. @since 0.5.0 */
  fields: (readonly CommandField[])[];
};

/** The phrases around one act; `command` is null for the phrases of courtesy that fit anywhere. @since 0.3.0 */
export type ScriptPart = ScriptLines & { command: CommandType | null };

/** The speaker, the time, the policy and their own phrases. @since 0.5.0 */
export type SpeechOptions = {
  /** Role of the person who speaks. */
  readonly role: Role;
  /** Time of the greeting; without it, one that fits any hour. */
  readonly now?: Instant;
  /** Policy with the time zone, the greeting's cut-offs and what the contract allows. */
  readonly policy?: Policy;
  /** Phrases of the host, in place of some of ours; one that answers `''` is left unsaid. */
  readonly phrases?: Partial<Catalogue>;
  /** Name of the operator who answers at the center. */
  readonly operator?: NonEmptyText;
};

/** Says many things of one visit, and works out its facts once. @since 0.5.0 */
export type Speaker = {
  readonly phrase: (key: PhraseKey) => string;
  readonly lines: (command: CommandType) => ScriptLines;
  readonly script: () => ScriptPart[];
};

/** Finds the act that meets a rule, where one does: `First show the credential.` @since 0.5.0 */
export type ActOfRule = (rule: unknown) => CommandType | undefined;

/** The text of every clause in one language: a sentence each. @since 0.5.0 */
export type ClauseTexts = Readonly<Record<ClauseId, string>>;

/**
 * The words of one language, as a value: `esCR` of `auxilio/es-CR`, `en` of `auxilio/en`. The functions of `auxilio/core`
 * take one where those of `auxilio` take a locale, so that an application carries the languages that it imports.
 *
 * @since 0.5.0
 */
export type Language = {
  /** Tag of the language, for `Intl` and the `lang` of a page. */
  readonly locale: Locale;
  /** Names of acts, roles and requirements, in the middle of a sentence. */
  readonly names: Names;
  /** Phrases of the script. */
  readonly phrases: Catalogue;
  /**
   * Texts of the clauses, which a language does not carry by itself: `{ ...en, clauseTexts }`. With them `explain` has the
   * clause of a rule that is newer than this release in words; without, its id.
   */
  readonly clauseTexts?: ClauseTexts;
  /** Sentences for violations; called by `explain`, which knows the act that meets a rule. */
  readonly refuse: (
    violations: readonly unknown[],
    isCenter: boolean,
    texts?: ClauseTexts,
    actOf?: ActOfRule,
  ) => readonly string[];
  /** Phrases and questions for one visit; called by `guide`, `lines`, `phrase` and `script`. */
  readonly speaker: (visit: VisitState, options: { [Key in keyof SpeechOptions]: SpeechOptions[Key] }) => Speaker;
};

/** Everything that a language is made of, apart from the texts of the clauses. */
export type Vocabulary = {
  readonly messages: Messages;
  readonly phrases: Catalogue;
  readonly greetings: Readonly<Record<DayPart, string>>;
  readonly titles: Readonly<Record<string, string>>;
};
