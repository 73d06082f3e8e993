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
 * Records the arrival at the place. The provider's, or recorded for them by the contact center (1.1-01).
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

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly RecordArrival: [RecordArrival, ProviderArrived];
  readonly ShowCredential: [ShowCredential, CredentialShown];
  readonly ReportClientAbsence: [ReportClientAbsence, ClientAbsenceReported];
  readonly RecordClientReturn: [RecordClientReturn, ClientReturned];
};
