import type { Authored, Command, Contact, EventMessage, NonEmptyText, Occurrence } from './base.ts';

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
  readonly ValidateIdentity: [ValidateIdentity, IdentityValidated];
  readonly RejectIdentity: [RejectIdentity, IdentityRejected];
  readonly AnnounceService: [AnnounceService, ServiceAnnounced];
};
