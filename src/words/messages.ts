import type { Facts } from '../kernel/decision.ts';
import type { CommandType, Role, WaivableRule } from '../messages/index.ts';
import type { Locale } from '../protocol/clause.ts';
import type { PassedReason, RuleId } from '../visit/index.ts';
import type { actsOfRules } from './acts-of-rules.ts';

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
