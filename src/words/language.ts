import type { Facts } from '../kernel/decision.ts';
import type { CommandType, Instant, NonEmptyText, Role, WaivableRule } from '../messages/index.ts';
import type { ClauseId, Locale } from '../protocol/clause.ts';
import type { PassedReason, Policy, RuleId, VisitState } from '../visit/index.ts';
import type { actsOfRules } from './acts-of-rules.ts';
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

/** A part of the day with a greeting of its own; `any` when the time is not known. */
export type DayPart = 'morning' | 'afternoon' | 'evening' | 'any';

/** Everything that a language is made of, apart from the texts of the clauses. */
export type Vocabulary = {
  readonly messages: Messages;
  readonly phrases: Catalogue;
  readonly greetings: Readonly<Record<DayPart, string>>;
  readonly titles: Readonly<Record<string, string>>;
};

/**
 * The wording of a refusal: a text with slots for its facts; two where the contact center reads another, which takes the
 * calls that others have to make; or by the facts and the clause it cites. Facts may lack, or be odd.
 */
export type MessageTemplate = string | ByReader | ((facts: Facts, clause: string) => string);

/** A text for providers and clients, and one for the contact center. */
export type ByReader = readonly [others: string, center: string];

/** The terms of one language, in the middle of a sentence. */
export type Names = {
  /** Infinitives. */
  readonly acts: Readonly<Record<CommandType, string>>;
  readonly unknownAct: string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly unknownRole: string;
  /** The requirement of a waivable rule, with its article. */
  readonly requirements: Readonly<Record<WaivableRule, string>>;
  /** Statements why a debt that is open serves its purpose no longer. @since 0.6.0 */
  readonly passed: Readonly<Record<PassedReason, string>>;
};

/** The words of codes, by the facts that they are: of a fact that is named here, what has no word is left unsaid. */
export type Terms = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The sentences for refusals in one language. */
export type Messages = {
  readonly locale: Locale;
  /** The word after a count of further items of a list. */
  readonly more: string;
  readonly names: Names;
  readonly terms: Terms;
  readonly rules: Readonly<Record<Exclude<RuleId, keyof typeof actsOfRules>, MessageTemplate>>;
  /** Of a rule that one act meets: `First {$command}.` */
  readonly first: string;
  /** Of a rule that this release does not know, before its clause and what that says. */
  readonly unmet: string;
  /** The sentence that the contact center can waive the requirement, or those named of several. */
  readonly waivable: ByReader;
};

/** The wording of a finding of a rule about a past act: fixed, or by its facts and the clause it cites. */
export type PastTemplate = string | ((facts: Facts, clause: string) => string);

/**
 * The finding of a rule about a past act: a statement in the past tense, without an instruction and without the note on
 * waivers.
 */
export type PastWording = {
  readonly rules: Readonly<Record<RuleId | 'well-formed' | 'assigned-once', PastTemplate>>;
  /** Of a rule that this release does not know. */
  readonly unknownRule: (clause: string, text: string) => string;
};
