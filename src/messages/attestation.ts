import type { Authored, Command, EventMessage, Instant, NonEmptyText, Occurrence } from './base.ts';

/** Fact of the record on which a client gives their word. @since 0.10.0 */
export type AttestedFact =
  | 'arrival'
  | 'absence'
  | 'identity'
  | 'inspection'
  | 'explanation'
  | 'supply'
  | 'acceptance'
  | 'tools'
  | 'start'
  | 'tests'
  | 'conformity'
  | 'handover'
  | 'belongings'
  | 'end';

/** The person whose word a fact is, the first that applies (PROTOCOL §6). @since 0.10.0 */
export type WhoseWord = 'denied' | 'client' | 'both' | 'provider' | 'contact-center';

/** A client's word on one fact. @since 0.10.0 */
export type FactWord = {
  /** Fact that is meant. */
  readonly fact: AttestedFact;
  /** Its time on record, which tells which one is meant. */
  readonly recorded: Instant;
  /** True if the client says that it was so, false if they deny it. */
  readonly agrees: boolean;
  /** Remark of the client on it, in their words. Personal. */
  readonly what?: NonEmptyText;
};

/** Data of `AttestFacts`. @since 0.10.0 */
export type AttestFactsData = Occurrence & {
  /** The facts and the client's word on each: at least one, and none of a fact and a time twice. */
  readonly facts: readonly FactWord[];
};

/**
 * Gives the client's own word on facts of the record. The client's alone: no other person records it for them (1.1-50). No act
 * waits for it.
 *
 * @since 0.10.0
 */
export type AttestFacts = Command<'AttestFacts', AttestFactsData>;

/** The client gave their word on facts of the record. @since 0.10.0 */
export type FactsAttested = EventMessage<'FactsAttested', AttestFactsData & Authored>;

/** The act of this chapter: the command and the event that it becomes. */
export type Acts = {
  readonly AttestFacts: [AttestFacts, FactsAttested];
};
