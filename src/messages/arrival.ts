import type { Authored, Command, Contact, EventMessage, NonEmptyText, Occurrence } from './base.ts';

/** A place on the globe, WGS 84. Personal. @since 0.1.0 */
export type Position = {
  /** Degrees north, -90 to 90. */
  readonly latitude: number;
  /** Degrees east, -180 to 180. */
  readonly longitude: number;
  /** Radius of uncertainty in metres, 0 or more. */
  readonly accuracyMeters?: number;
};

/** Data of `RecordArrival`. @since 0.1.0 */
export type RecordArrivalData = Occurrence & {
  /** Position of the device. */
  readonly position?: Position;
};

/**
 * Records the arrival at the place. The provider's (1.1-01).
 *
 * @since 0.1.0
 */
export type RecordArrival = Command<'RecordArrival', RecordArrivalData>;

/** The provider arrived. @since 0.1.0 */
export type ProviderArrived = EventMessage<'ProviderArrived', RecordArrivalData & Authored>;

/** Data of `ShowCredential`. @since 0.1.0 */
export type ShowCredentialData = Occurrence & {
  /** Number or text printed on the credential (carné). */
  readonly credentialId?: NonEmptyText;
};

/**
 * Shows the credential (carné) to the client. The provider's (1.1-03).
 *
 * @since 0.1.0
 */
export type ShowCredential = Command<'ShowCredential', ShowCredentialData>;

/** The credential was shown. @since 0.1.0 */
export type CredentialShown = EventMessage<'CredentialShown', ShowCredentialData & Authored>;

/** Data of `ReportClientAbsence`. @since 0.1.0 */
export type ReportClientAbsenceData = Occurrence & {
  /** The call to the contact center; must be there (1.1-09). */
  readonly call?: Contact;
};

/**
 * Reports that the client is not there, or left. The provider's, or recorded for them by the contact center (1.1-09).
 *
 * @since 0.1.0
 */
export type ReportClientAbsence = Command<'ReportClientAbsence', ReportClientAbsenceData>;

/** The client's absence was reported. @since 0.1.0 */
export type ClientAbsenceReported = EventMessage<'ClientAbsenceReported', ReportClientAbsenceData & Authored>;

/**
 * Records that the client is there again. The provider's (1.1-09).
 *
 * @since 0.1.0
 */
export type RecordClientReturn = Command<'RecordClientReturn', Occurrence>;

/** The client returned. @since 0.1.0 */
export type ClientReturned = EventMessage<'ClientReturned', Occurrence & Authored>;

/** Topic of an instruction. @since 0.1.0 */
export type InstructionTopic = 'client-absence' | 'identity' | 'materials' | 'escalation' | 'visit';

/** Decision of an instruction. @since 0.1.0 */
export type InstructionDecision =
  | 'wait'
  | 'proceed'
  | 'proceed-with-representative'
  | 'reschedule'
  | 'cancel'
  | 'reassign'
  | 'other';

/** The rules that an instruction, or a policy, may waive; nothing else can be. @since 0.1.0 */
export type WaivableRule =
  | 'credential-shown'
  | 'identified'
  | 'identity-valid'
  | 'client-here'
  | 'client-present'
  | 'photos-sent'
  | 'enough-supplied'
  | 'materials-settled'
  | 'tools-shown'
  | 'area-cleared'
  | 'start-reported'
  | 'structure-preserved'
  | 'tested-with-client'
  | 'tests-passed'
  | 'conformity'
  | 'handed-over'
  | 'belongings-checked'
  | 'belongings-confirmed';

/** An adult who stands in for the client. Personal. @since 0.1.0 */
export type Representative = {
  /** Full name. */
  readonly name: NonEmptyText;
};

/** Data of `GiveInstruction`. @since 0.1.0 */
export type GiveInstructionData = Occurrence & {
  /** Topic that it answers; it must be open, and `visit` always is. */
  readonly about: InstructionTopic;
  /** Decision: to wait, to proceed, to call the visit off, or other. */
  readonly decision: InstructionDecision;
  /** The instruction in words. */
  readonly text: NonEmptyText;
  /** Adult who may stand in for the client. */
  readonly representative?: Representative;
  /** The rules that no longer refuse, for this visit; only with a decision to proceed. */
  readonly waives?: readonly WaivableRule[];
};

/**
 * Gives an instruction on how to proceed. Recorded by the contact center (1.1-10, 1.1-39, 2.2-08).
 *
 * @since 0.1.0
 */
export type GiveInstruction = Command<'GiveInstruction', GiveInstructionData>;

/** An instruction was given. @since 0.1.0 */
export type InstructionGiven = EventMessage<'InstructionGiven', GiveInstructionData & Authored>;

/** Person who identified themselves at the door. @since 0.1.0 */
export type IdentifiedPerson = 'client' | 'representative';

/** The kind of document that was shown; its number is never recorded. @since 0.1.0 */
export type DocumentKind = 'cedula' | 'dimex' | 'nite' | 'passport' | 'other';

/** Data of `ValidateIdentity`. @since 0.1.0 */
export type ValidateIdentityData = Occurrence & {
  /** Person who was identified; a representative only under an instruction. */
  readonly person: IdentifiedPerson;
  /** True if the full name was given; must be true (1.1-07). */
  readonly fullNameGiven?: boolean;
  /** True if a document was shown; must be true (1.1-07). */
  readonly documentShown?: boolean;
  /** Kind of the document. */
  readonly documentKind?: DocumentKind;
};

/**
 * Validates the identity of the person at the door. The provider's (1.1-07, 1.1-08, 1.1-11).
 *
 * @since 0.1.0
 */
export type ValidateIdentity = Command<'ValidateIdentity', ValidateIdentityData>;

/** The identity was validated. @since 0.1.0 */
export type IdentityValidated = EventMessage<'IdentityValidated', ValidateIdentityData & Authored>;

/** Reason why an identity was not valid. @since 0.1.0 */
export type IdentityRejectionReason = 'name-mismatch' | 'no-document' | 'refused' | 'other';

/** Reason why the identity was rejected. @since 0.1.0 */
export type RejectIdentityData = Occurrence & {
  /** Reason for rejecting it. */
  readonly reason: IdentityRejectionReason;
  /** The call to the contact center; must be there (1.1-09). */
  readonly call?: Contact;
};

/**
 * Rejects the identity of the person at the door. The provider's, or recorded for them by the contact center (1.1-08).
 *
 * @since 0.1.0
 */
export type RejectIdentity = Command<'RejectIdentity', RejectIdentityData>;

/** The identity was rejected. @since 0.1.0 */
export type IdentityRejected = EventMessage<'IdentityRejected', RejectIdentityData & Authored>;

/** Data of `AnnounceService`. @since 0.1.0 */
export type AnnounceServiceData = Occurrence & {
  /** The service, exactly the one assigned (1.1-13). */
  readonly service: NonEmptyText;
};

/**
 * Announces the service to the client. The provider's (1.1-12, 1.1-13).
 *
 * @since 0.1.0
 */
export type AnnounceService = Command<'AnnounceService', AnnounceServiceData>;

/** The service was announced. @since 0.1.0 */
export type ServiceAnnounced = EventMessage<'ServiceAnnounced', AnnounceServiceData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly RecordArrival: [RecordArrival, ProviderArrived];
  readonly ShowCredential: [ShowCredential, CredentialShown];
  readonly ReportClientAbsence: [ReportClientAbsence, ClientAbsenceReported];
  readonly RecordClientReturn: [RecordClientReturn, ClientReturned];
  readonly GiveInstruction: [GiveInstruction, InstructionGiven];
  readonly ValidateIdentity: [ValidateIdentity, IdentityValidated];
  readonly RejectIdentity: [RejectIdentity, IdentityRejected];
  readonly AnnounceService: [AnnounceService, ServiceAnnounced];
};
