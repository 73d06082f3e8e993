import type { Authored, Command, EventMessage, Instant, NonEmptyText, Occurrence } from './base.ts';

/** Data of `EscalateClientImpact`. @since 0.1.0 */
export type EscalateClientImpactData = Occurrence & {
  /** The matter, in words. Personal. */
  readonly what: NonEmptyText;
  /** Time when it was noticed; the lag of the report runs from here. */
  readonly noticedAt?: Instant;
};

/**
 * Takes to the contact center whatever could affect the client. The provider's, or recorded for them by the contact
 * center (2.2-08).
 *
 * @since 0.1.0
 */
export type EscalateClientImpact = Command<'EscalateClientImpact', EscalateClientImpactData>;

/** A matter that could affect the client was escalated. @since 0.1.0 */
export type ClientImpactEscalated = EventMessage<'ClientImpactEscalated', EscalateClientImpactData & Authored>;

/** Duty of conduct that was breached. @since 0.1.0 */
export type ConductBreach = 'alcohol' | 'drugs' | 'smoking' | 'discourtesy' | 'other';

/** Data of `ReportConductBreach`. @since 0.1.0 */
export type ReportConductBreachData = Occurrence & {
  /** Duty that was breached. */
  readonly kind: ConductBreach;
  /** The breach in words. Personal. */
  readonly detail?: NonEmptyText;
};

/**
 * Reports a breach of conduct. The contact center's or the client's, never a provider's (2.1-01, 2.2-11).
 *
 * @since 0.1.0
 */
export type ReportConductBreach = Command<'ReportConductBreach', ReportConductBreachData>;

/** A breach of conduct was reported. @since 0.1.0 */
export type ConductBreachReported = EventMessage<'ConductBreachReported', ReportConductBreachData & Authored>;

/** Request outside the contract. @since 0.1.0 */
export type OffContractRequest = 'material-purchase' | 'other';

/** Data of `DeclineOffContractRequest`. @since 0.1.0 */
export type DeclineOffContractRequestData = Occurrence & {
  /** Activity that the client asked for. */
  readonly activity: OffContractRequest;
  /** The request in words. Personal. */
  readonly detail?: NonEmptyText;
};

/**
 * Declines a request outside the contract. The provider's (1.1-30, 1.1-31).
 *
 * @since 0.1.0
 */
export type DeclineOffContractRequest = Command<'DeclineOffContractRequest', DeclineOffContractRequestData>;

/** A request outside the contract was declined. @since 0.1.0 */
export type OffContractRequestDeclined = EventMessage<
  'OffContractRequestDeclined',
  DeclineOffContractRequestData & Authored
>;

/** Data of `PerformOffContractAct`. @since 0.1.0 */
export type PerformOffContractActData = Occurrence & {
  /** `material-purchase`, `other`, or a name on the host's allow-list. */
  readonly activity: NonEmptyText;
  /** The act in words. */
  readonly detail?: NonEmptyText;
};

/**
 * Records an act outside the contract. The provider's; refused unless the host's policy allows it (1.1-30, 1.1-31).
 *
 * @since 0.1.0
 */
export type PerformOffContractAct = Command<'PerformOffContractAct', PerformOffContractActData>;

/** An act outside the contract was performed. @since 0.1.0 */
export type OffContractActPerformed = EventMessage<'OffContractActPerformed', PerformOffContractActData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly EscalateClientImpact: [EscalateClientImpact, ClientImpactEscalated];
  readonly ReportConductBreach: [ReportConductBreach, ConductBreachReported];
  readonly DeclineOffContractRequest: [DeclineOffContractRequest, OffContractRequestDeclined];
  readonly PerformOffContractAct: [PerformOffContractAct, OffContractActPerformed];
};
