import type { Authored, Command, EventMessage, Id, Instant, NonEmptyText, Occurrence, Sha256 } from './base.ts';
import type { Material } from './materials.ts';

/** Place of the fault. @since 0.1.0 */
export type LocateFaultData = Occurrence & {
  /** The spot, in words. Personal. */
  readonly where: NonEmptyText;
};

/**
 * Records where the client says the fault is. The provider's (1.1-14, 1.1-15).
 *
 * @since 0.1.0
 */
export type LocateFault = Command<'LocateFault', LocateFaultData>;

/** The fault was located. @since 0.1.0 */
export type FaultLocated = EventMessage<'FaultLocated', LocateFaultData & Authored>;

/** Data of `InspectArea`. @since 0.1.0 */
export type InspectAreaData = Occurrence & {
  /** True if the client was present; must be true (1.1-17). */
  readonly clientPresent?: boolean;
  /** True if the client agreed to the inspection and the photographs (1.1-23). */
  readonly clientConsented?: boolean;
};

/**
 * Inspects the area together with the client. The provider's (1.1-16, 1.1-17, 1.1-23).
 *
 * @since 0.1.0
 */
export type InspectArea = Command<'InspectArea', InspectAreaData>;

/** The area was inspected. @since 0.1.0 */
export type AreaInspected = EventMessage<'AreaInspected', InspectAreaData & Authored>;

/** A reference to a photograph; its bytes are never in a message. Personal. @since 0.1.0 */
export type Photo = {
  /** Unique in the visit, for ever (1.1-18). */
  readonly photoId: Id;
  /** The SHA-256 of the file. */
  readonly sha256: Sha256;
  /** Time when it was taken; its lag until it is sent runs from here. */
  readonly takenAt: Instant;
  /** The media type of the file, `image/jpeg`. */
  readonly mediaType?: NonEmptyText;
  /** Name of the required photograph that it is. */
  readonly shot?: NonEmptyText;
};

/** Photographs of the fault. @since 0.1.0 */
export type TakePhotosData = Occurrence & {
  /** Those taken; at least one, none twice (1.1-18). */
  readonly photos: readonly Photo[];
};

/**
 * Takes photographs of the fault. The provider's (1.1-18).
 *
 * @since 0.1.0
 */
export type TakePhotos = Command<'TakePhotos', TakePhotosData>;

/** Photographs were taken. @since 0.1.0 */
export type PhotosTaken = EventMessage<'PhotosTaken', TakePhotosData & Authored>;

/** Data of `SubmitPhotos`. @since 0.1.0 */
export type SubmitPhotosData = Occurrence & {
  /** Those sent; at least one, each taken before (1.1-18). */
  readonly photoIds: readonly Id[];
  /** `app`, or `email` (1.1-20); anything else is refused with that clause. */
  readonly channel?: NonEmptyText;
  /** Reason why the app was not possible; must be there for e-mail (1.1-21). */
  readonly appUnavailableReason?: NonEmptyText;
};

/**
 * Sends photographs to the contact center. The provider's, or recorded for them by the center (1.1-19..21).
 *
 * @since 0.1.0
 */
export type SubmitPhotos = Command<'SubmitPhotos', SubmitPhotosData>;

/** Photographs were sent; whether they were received is another act. @since 0.1.0 */
export type PhotosSubmitted = EventMessage<'PhotosSubmitted', SubmitPhotosData & Authored>;

/** Data of `DocumentPhotos`. @since 0.1.0 */
export type DocumentPhotosData = Occurrence & {
  /** Those put on file; at least one, each sent before and not yet on file (1.1-22). */
  readonly photoIds: readonly Id[];
};

/**
 * Puts photographs on file. Recorded by the contact center (1.1-22).
 *
 * @since 0.1.0
 */
export type DocumentPhotos = Command<'DocumentPhotos', DocumentPhotosData>;

/** Photographs were put on file. @since 0.1.0 */
export type PhotosDocumented = EventMessage<'PhotosDocumented', DocumentPhotosData & Authored>;

/** Data of `AssessService`. @since 0.1.0 */
export type AssessServiceData = Occurrence & {
  /** The finding, in words. */
  readonly diagnosis: NonEmptyText;
};

/**
 * Assesses the service that is needed. The provider's (1.1-24).
 *
 * @since 0.1.0
 */
export type AssessService = Command<'AssessService', AssessServiceData>;

/** The service was assessed. @since 0.1.0 */
export type ServiceAssessed = EventMessage<'ServiceAssessed', AssessServiceData & Authored>;

/** Data of `ExplainWork`. @since 0.1.0 */
export type ExplainWorkData = Occurrence & {
  /** The method, in words. */
  readonly method: NonEmptyText;
  /** The materials the client is asked for; an empty list says that none are needed. */
  readonly materials: readonly Material[];
};

/**
 * Explains the work to the client and asks for materials. The provider's (1.1-25, 1.1-28, 1.1-29).
 *
 * @since 0.1.0
 */
export type ExplainWork = Command<'ExplainWork', ExplainWorkData>;

/** The work was explained. @since 0.1.0 */
export type WorkExplained = EventMessage<'WorkExplained', ExplainWorkData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly LocateFault: [LocateFault, FaultLocated];
  readonly InspectArea: [InspectArea, AreaInspected];
  readonly TakePhotos: [TakePhotos, PhotosTaken];
  readonly SubmitPhotos: [SubmitPhotos, PhotosSubmitted];
  readonly DocumentPhotos: [DocumentPhotos, PhotosDocumented];
  readonly AssessService: [AssessService, ServiceAssessed];
  readonly ExplainWork: [ExplainWork, WorkExplained];
};
