import type { Authored, Command, Contact, EventMessage, NonEmptyText, Occurrence } from './base.ts';

/** A material that is asked for. @since 0.1.0 */
export type Material = {
  /** Its name; matched after NFC, trimmed, without regard to case. */
  readonly item: NonEmptyText;
  /** Quantity: more than 0, at most three decimals, in `unit`. */
  readonly quantity: number;
  /** The unit of the quantity; pieces when absent. */
  readonly unit?: NonEmptyText;
  /** The kind that is needed. */
  readonly kind?: NonEmptyText;
  /** The quality that is needed. */
  readonly quality?: NonEmptyText;
};

/** A material that is there. @since 0.1.0 */
export type SuppliedItem = {
  /** Its name; matched after NFC, trimmed, without regard to case. */
  readonly item: NonEmptyText;
  /** Quantity: more than 0, at most three decimals, in `unit`. */
  readonly quantity: number;
  /** The unit of the quantity; pieces when absent. */
  readonly unit?: NonEmptyText;
};

/** Person who supplied materials. @since 0.1.0 */
export type Supplier = 'client' | 'provider';

/** Data of `SupplyMaterials`. @since 0.1.0 */
export type SupplyMaterialsData = Occurrence & {
  /** Person who supplied them; must be the client, unless the contract allows otherwise (1.1-31). */
  readonly suppliedBy?: Supplier;
  /** All that is there now, not an increment. */
  readonly items?: readonly SuppliedItem[];
};

/**
 * Supplies the materials that were asked for. The client's, recorded by the provider or by themselves (1.1-31, 1.1-32).
 *
 * @since 0.1.0
 */
export type SupplyMaterials = Command<'SupplyMaterials', SupplyMaterialsData>;

/** Materials were supplied. @since 0.1.0 */
export type MaterialsSupplied = EventMessage<'MaterialsSupplied', SupplyMaterialsData & Authored>;

/**
 * Accepts the materials that were supplied. The provider's (1.1-33, 1.1-34).
 *
 * @since 0.1.0
 */
export type AcceptMaterials = Command<'AcceptMaterials', Occurrence>;

/** The materials were accepted. @since 0.1.0 */
export type MaterialsAccepted = EventMessage<'MaterialsAccepted', Occurrence & Authored>;

/** A material that does not do. @since 0.1.0 */
export type Mismatch = {
  /** Its name. */
  readonly item: NonEmptyText;
  /** `quantity`, `kind` or `quality`, at least one; anything else is refused with the clause (1.1-35). */
  readonly reasons?: readonly NonEmptyText[];
  /** The mismatch in words. */
  readonly note?: NonEmptyText;
};

/** Reason why materials are rejected. @since 0.1.0 */
export type RejectMaterialsData = Occurrence & {
  /** Materials that do not match; at least one (1.1-35). */
  readonly mismatches?: readonly Mismatch[];
};

/**
 * Rejects the materials that were supplied. The provider's (1.1-35, 1.1-36).
 *
 * @since 0.1.0
 */
export type RejectMaterials = Command<'RejectMaterials', RejectMaterialsData>;

/** The materials were rejected. @since 0.1.0 */
export type MaterialsRejected = EventMessage<'MaterialsRejected', RejectMaterialsData & Authored>;

/** Data of `ReportMaterialsRefusal`. @since 0.1.0 */
export type ReportMaterialsRefusalData = Occurrence & {
  /** The client's reason, in words. Personal. */
  readonly reason?: NonEmptyText;
  /** The call to the contact center; must be there (1.1-38). */
  readonly call?: Contact;
};

/**
 * Reports that the client will not supply or change the materials. The provider's, or recorded for them by the contact
 * center (1.1-37, 1.1-38).
 *
 * @since 0.1.0
 */
export type ReportMaterialsRefusal = Command<'ReportMaterialsRefusal', ReportMaterialsRefusalData>;

/** The client would not change the materials. @since 0.1.0 */
export type MaterialsChangeRefused = EventMessage<'MaterialsChangeRefused', ReportMaterialsRefusalData & Authored>;

/** Agreement with the client about materials. @since 0.1.0 */
export type MaterialsOutcome = 'client-will-supply' | 'reschedule' | 'cancel';

/** Data of `CoordinateMaterials`. @since 0.1.0 */
export type CoordinateMaterialsData = Occurrence & {
  /** Agreement with the client; reschedule and cancel count as that instruction. */
  readonly outcome: MaterialsOutcome;
};

/**
 * Settles with the client what happens about materials. Recorded by the contact center (1.1-39).
 *
 * @since 0.1.0
 */
export type CoordinateMaterials = Command<'CoordinateMaterials', CoordinateMaterialsData>;

/** The materials were coordinated with the client. @since 0.1.0 */
export type MaterialsCoordinated = EventMessage<'MaterialsCoordinated', CoordinateMaterialsData & Authored>;

/** Data of `RequestExtraMaterials`. @since 0.1.0 */
export type RequestExtraMaterialsData = Occurrence & {
  /** The extra materials, a request of its own; at least one (1.1-29). */
  readonly materials: readonly Material[];
};

/**
 * Asks for more materials while the work is running. The provider's (1.1-29).
 *
 * @since 0.1.0
 */
export type RequestExtraMaterials = Command<'RequestExtraMaterials', RequestExtraMaterialsData>;

/** More materials were asked for; the work awaits them. @since 0.1.0 */
export type ExtraMaterialsRequested = EventMessage<'ExtraMaterialsRequested', RequestExtraMaterialsData & Authored>;

/** The acts of this chapter, in the order of the protocol: each command and the event that it becomes. */
export type Acts = {
  readonly SupplyMaterials: [SupplyMaterials, MaterialsSupplied];
  readonly AcceptMaterials: [AcceptMaterials, MaterialsAccepted];
  readonly RejectMaterials: [RejectMaterials, MaterialsRejected];
  readonly ReportMaterialsRefusal: [ReportMaterialsRefusal, MaterialsChangeRefused];
  readonly CoordinateMaterials: [CoordinateMaterials, MaterialsCoordinated];
  readonly RequestExtraMaterials: [RequestExtraMaterials, ExtraMaterialsRequested];
};
