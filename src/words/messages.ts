import type { Facts } from '../kernel/index.ts';
import type { CommandType, Role, WaivableRule } from '../messages/index.ts';
import type { RuleId } from '../visit/index.ts';

/**
 * The wording of a refusal: fixed, or by its facts, the clause it cites and whether the contact center reads it, which
 * takes the calls that others have to make. Facts may lack, or be odd. What it names it takes from the names.
 */
export type MessageTemplate = string | ((facts: Facts, clause: string, isCenter: boolean, names: Names) => string);

/** The terms of one language, in the middle of a sentence. */
export type Names = {
  /** Infinitives. */
  readonly acts: Readonly<Record<CommandType, string>>;
  readonly unknownAct: string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly unknownRole: string;
  /** The requirement of a waivable rule, with its article. */
  readonly requirements: Readonly<Record<WaivableRule, string>>;
};

/** The sentences for refusals in one language. */
export type Messages = {
  readonly names: Names;
  readonly rules: Readonly<Record<RuleId, MessageTemplate>>;
  /** Of a rule that this release does not know, before its clause and what that says. */
  readonly unmet: string;
  /** The sentence that the contact center can waive the requirement, or those named of several. */
  readonly waivable: (requirements: readonly string[], isCenter: boolean) => string;
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
