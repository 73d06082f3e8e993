import type {
  Authored,
  Client,
  Command,
  EventMessage,
  Instant,
  NonEmptyText,
  Occurrence,
  Provider,
  Sha256,
} from './base.ts';

/** Data of `AssignVisit`. @since 0.1.0 */
export type AssignVisitData = Occurrence & {
  /** The case (expediente) to which the visit belongs; the completion call must name it (1.3-04). */
  readonly caseNumber: NonEmptyText;
  /** Client who asked for the assistance, or is at the door. */
  readonly client: Client;
  /** Provider who is to carry out the visit. */
  readonly provider: Provider;
  /** The service assigned, and no other (1.1-13). */
  readonly service: NonEmptyText;
  /** Instructions that the center gives the provider beforehand. */
  readonly instructions?: NonEmptyText;
  /** Place of the visit. Personal. */
  readonly place: NonEmptyText;
  /** The latest moment of arrival that was promised; measured, never refused. */
  readonly arriveBy: Instant;
  /** The photographs that must be sent before the start, by name (1.1-16, 1.1-19). */
  readonly requiredShots?: readonly NonEmptyText[];
  /** The edition of the protocol that judges the visit; the pinned one when absent (0-01). */
  readonly edition?: Sha256;
  /** The host's policy that judges the visit. */
  readonly policyId?: NonEmptyText;
};

/**
 * Assigns a visit to a provider. Recorded by the contact center, once a visit (1.1-13, 0-01).
 *
 * @since 0.1.0
 */
export type AssignVisit = Command<'AssignVisit', AssignVisitData>;

/** A visit was assigned; `edition` is always there. @since 0.1.0 */
export type VisitAssigned = EventMessage<
  'VisitAssigned',
  Omit<AssignVisitData, 'edition'> & {
    /** The edition of the protocol that judges the visit, as SHA-256 of its text (0-01). */
    readonly edition: Sha256;
  } & Authored
>;

/** Data of `AmendAssignment`. @since 0.1.0 */
export type AmendAssignmentData = Occurrence & {
  /** The case number from now on. */
  readonly caseNumber?: NonEmptyText;
  /** The client from now on. */
  readonly client?: Client;
  /** The service from now on; another one before the start undoes the announcement. */
  readonly service?: NonEmptyText;
  /** The instructions from now on. */
  readonly instructions?: NonEmptyText;
  /** The place from now on; another one before the start undoes the arrival. */
  readonly place?: NonEmptyText;
  /** The promised latest arrival from now on. */
  readonly arriveBy?: Instant;
  /** All the required photographs from now on. */
  readonly requiredShots?: readonly NonEmptyText[];
};

/**
 * Amends the assignment. Recorded by the contact center; at least one field is given (1.1-13, 1.2-12).
 *
 * @since 0.1.0
 */
export type AmendAssignment = Command<'AmendAssignment', AmendAssignmentData>;

/** The assignment was amended. @since 0.1.0 */
export type AssignmentAmended = EventMessage<'AssignmentAmended', AmendAssignmentData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly AssignVisit: [AssignVisit, VisitAssigned];
  readonly AmendAssignment: [AmendAssignment, AssignmentAmended];
};
