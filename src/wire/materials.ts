import { bareAct, plainAct } from './act.ts';
import { contact, material, mismatch, suppliedItem } from './shared.ts';
import { list, oneOf, optional, text } from './text.ts';

export const materials = {
  SupplyMaterials: plainAct('SupplyMaterials', 'MaterialsSupplied', () => ({
    suppliedBy: optional(oneOf(['client', 'provider'])),
    items: optional(list(suppliedItem())),
  })),
  AcceptMaterials: bareAct('AcceptMaterials', 'MaterialsAccepted'),
  RejectMaterials: plainAct('RejectMaterials', 'MaterialsRejected', () => ({ mismatches: optional(list(mismatch())) })),
  ReportMaterialsRefusal: plainAct('ReportMaterialsRefusal', 'MaterialsChangeRefused', () => ({
    reason: optional(text()),
    call: optional(contact()),
  })),
  CoordinateMaterials: plainAct('CoordinateMaterials', 'MaterialsCoordinated', () => ({
    outcome: oneOf(['client-will-supply', 'reschedule', 'cancel']),
  })),
  RequestExtraMaterials: plainAct('RequestExtraMaterials', 'ExtraMaterialsRequested', () => ({
    materials: list(material()),
  })),
};

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  SupplyMaterials: {
    self: "Supplies the materials that were asked for. The client's, recorded by the provider or by themselves (1.1-31, 1.1-32).",
    suppliedBy: 'Person who supplied them; must be the client, unless the contract allows otherwise (1.1-31).',
    items: 'All that is there now, not an increment.',
  },
  MaterialsSupplied: {
    self: 'Materials were supplied.',
  },
  AcceptMaterials: {
    self: "Accepts the materials that were supplied. The provider's (1.1-33, 1.1-34).",
  },
  MaterialsAccepted: {
    self: 'The materials were accepted.',
  },
  RejectMaterials: {
    self: "Rejects the materials that were supplied. The provider's (1.1-35, 1.1-36).",
    mismatches: 'Materials that do not match; at least one (1.1-35).',
  },
  MaterialsRejected: {
    self: 'The materials were rejected.',
  },
  ReportMaterialsRefusal: {
    self: "Reports that the client will not supply or change the materials. The provider's, or recorded for them by the contact center (1.1-37, 1.1-38).",
    reason: "The client's reason, in words. Personal.",
    call: 'The call to the contact center; must be there (1.1-38).',
  },
  MaterialsChangeRefused: {
    self: 'The client would not change the materials.',
  },
  CoordinateMaterials: {
    self: 'Settles with the client what happens about materials. Recorded by the contact center (1.1-39).',
    outcome: 'Agreement with the client; reschedule and cancel count as that instruction.',
  },
  MaterialsCoordinated: {
    self: 'The materials were coordinated with the client.',
  },
  RequestExtraMaterials: {
    self: "Asks for more materials while the work is running. The provider's (1.1-29).",
    materials: 'The extra materials, a request of its own; at least one (1.1-29).',
  },
  ExtraMaterialsRequested: {
    self: 'More materials were asked for; the work awaits them.',
  },
};
