/**
 * Every phrase of the script: sentences to speak, in the order of a visit, those that fit anywhere, the operator's and the
 * client's app's; then the cues before a sentence, and what is asked for (`ask-`).
 *
 * @since 0.3.0
 */
export type PhraseKey =
  | 'transit-report'
  | 'transit-solvable'
  | 'transit-exceeds'
  | 'transit-unsolvable'
  | 'transit-delay'
  | 'greet-client'
  | 'introduce'
  | 'show-credential'
  | 'how-are-you'
  | 'reply'
  | 'absence-call'
  | 'client-back'
  | 'identify-representative'
  | 'identify'
  | 'identify-why'
  | 'identity-unclear'
  | 'identity-call'
  | 'announce'
  | 'locate'
  | 'inspect'
  | 'photograph'
  | 'assess'
  | 'explain-work'
  | 'materials-list'
  | 'materials-extra'
  | 'materials-yours'
  | 'materials-none'
  | 'materials-right'
  | 'materials-wrong'
  | 'materials-change'
  | 'materials-refused'
  | 'materials-call'
  | 'show-tools'
  | 'clear-area'
  | 'start-call'
  | 'begin'
  | 'break'
  | 'leave'
  | 'leave-call'
  | 'come-back'
  | 'resume'
  | 'tests'
  | 'conformity'
  | 'objection'
  | 'hand-over'
  | 'belongings'
  | 'belongings-disputed'
  | 'completion-call'
  | 'farewell'
  | 'pleasure'
  | 'escalate'
  | 'escalate-call'
  | 'decline'
  | 'call-center'
  | 'by-name'
  | 'moment'
  | 'thanks'
  | 'gladly'
  | 'at-your-service'
  | 'listen'
  | 'support'
  | 'anything-else'
  | 'cancelled'
  | 'rescheduled'
  | 'op-answer'
  | 'op-assign'
  | 'op-amend'
  | 'op-thanks'
  | 'op-keep-posted'
  | 'op-tell-client'
  | 'op-will-reassign'
  | 'op-call-client'
  | 'op-delay'
  | 'op-change'
  | 'op-change-coming'
  | 'op-apology'
  | 'op-absence'
  | 'op-identity'
  | 'op-take-up'
  | 'op-wait'
  | 'op-proceed'
  | 'op-representative'
  | 'op-photos'
  | 'op-materials'
  | 'op-start'
  | 'op-corrected'
  | 'op-settled'
  | 'conduct'
  | 'to-center'
  | 'to-client'
  | 'or-else'
  | 'if-exceeded'
  | 'if-second-visit'
  | 'if-disputed'
  | 'if-purchase'
  | 'ask-assignment'
  | 'ask-amended'
  | 'ask-provider'
  | 'ask-issue'
  | 'if-solvable'
  | 'ask-expected'
  | 'ask-reached'
  | 'ask-call'
  | 'ask-instruction'
  | 'ask-representative'
  | 'ask-who'
  | 'ask-name'
  | 'ask-document'
  | 'ask-where'
  | 'ask-consent'
  | 'ask-photos'
  | 'ask-channel'
  | 'ask-diagnosis'
  | 'ask-method'
  | 'ask-materials'
  | 'ask-supplied'
  | 'ask-mismatch'
  | 'ask-reason'
  | 'ask-outcome'
  | 'ask-tools'
  | 'ask-moved'
  | 'ask-pause'
  | 'ask-tests'
  | 'ask-conformity'
  | 'ask-objection'
  | 'ask-structure'
  | 'ask-belongings'
  | 'ask-case-number'
  | 'ask-what'
  | 'ask-conduct'
  | 'ask-request'
  | 'ask-annulled'
  | 'ask-corrected'
  | 'ask-settled';

/** The keys of the questions for the record. */
export type AskKey = Extract<PhraseKey, `ask-${string}`>;

/** The addressee or the occasion of a sentence, in brackets before it. */
export type CueKey = Extract<PhraseKey, `if-${string}` | `to-${string}` | 'or-else'>;

/** Sentences to speak. */
export type SpeechKey = Exclude<PhraseKey, AskKey | CueKey>;

/**
 * The values that a phrase may fill in, in the words of its language: one line each, freed of control and direction marks, cut
 * when long, without a full stop at the end. What is not known, or blank, is `null`: a name is never empty. Each is
 * worked out when it is read.
 *
 * @since 0.3.0
 */
export type PhraseFacts = {
  /** The greeting of the visit's local time; without a time one that fits any hour. */
  readonly greeting: string;
  /** The client as addressed: `doña Ana Rojas`, `Ms. Ana Rojas`; the bare name where no title is known. */
  readonly client: string | null;
  /** The provider now assigned, as addressed: `don Luis Mora`. */
  readonly provider: string | null;
  /** The provider's name as they introduce themselves: `Luis Mora`. */
  readonly providerName: string | null;
  /** The operator's name, where the host gives it. */
  readonly operator: string | null;
  /** Whom the role speaks to: the provider at the door to the client, not to a representative; the center to the provider. */
  readonly addressee: string | null;
  readonly service: string | null;
  readonly place: string | null;
  readonly caseNumber: string | null;
  /** The promised latest arrival, as local time: `9:00 a. m.`; with its day unless that is the day of `now`. */
  readonly arriveBy: string | null;
  /** The materials asked for: `tubo PVC (2 m) y codos (3)`. */
  readonly materials: string | null;
  readonly materialCount: number;
  /** The tools shown. */
  readonly tools: string | null;
  /** The photographs that must be sent before the start. */
  readonly shots: string | null;
};

/** Renders a phrase. Plain text, not HTML. @since 0.3.0 */
export type Phrase = (facts: PhraseFacts) => string;

/** All phrases of one language; one that lacks does not compile. @since 0.3.0 */
export type Catalogue = Readonly<Record<PhraseKey, Phrase>>;
