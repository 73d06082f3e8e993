import type { general, speech } from './acts.ts';

type ItemOf<Items> = Items extends (...args: never) => infer Chosen
  ? ItemOf<Chosen>
  : Items extends readonly (infer Item)[]
    ? Item
    : never;

/** The key of a line: of a sentence, or of its cue and of it. */
type KeyOfLine<One> = One extends readonly [infer Cue, infer Sentence] ? Cue | Sentence : One;

/** The key of a question, before the fields that it is for. */
type KeyOfQuestion<One> = One extends readonly [infer Key, ...unknown[]] ? Key : never;

/** The keys in the lines and questions of acts. */
type KeyIn<Acts> = {
  [T in keyof Acts]: {
    [Part in keyof Acts[T]]: Part extends 'ask'
      ? KeyOfQuestion<ItemOf<Acts[T][Part]>>
      : KeyOfLine<ItemOf<Acts[T][Part]>>;
  }[keyof Acts[T]];
}[keyof Acts];

/**
 * Every phrase of the script: sentences to speak, those that fit anywhere, the cues before a sentence, and what is asked for
 * (`ask-`). They are those that the speech of a chapter names.
 *
 * @since 0.3.0
 */
export type PhraseKey = Extract<KeyIn<typeof speech> | ItemOf<(typeof general)[keyof typeof general]>, string>;

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
