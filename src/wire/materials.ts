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
