import { plainAct } from './act.ts';
import { instant, label, oneOf, optional, text } from './text.ts';

export const exceptions = {
  EscalateClientImpact: plainAct('EscalateClientImpact', 'ClientImpactEscalated', () => ({
    what: text(),
    noticedAt: optional(instant()),
  })),
  ReportConductBreach: plainAct('ReportConductBreach', 'ConductBreachReported', () => ({
    kind: oneOf(['alcohol', 'drugs', 'smoking', 'discourtesy', 'other']),
    detail: optional(text()),
  })),
  DeclineOffContractRequest: plainAct('DeclineOffContractRequest', 'OffContractRequestDeclined', () => ({
    activity: oneOf(['material-purchase', 'other']),
    detail: optional(text()),
  })),
  PerformOffContractAct: plainAct('PerformOffContractAct', 'OffContractActPerformed', () => ({
    activity: label(),
    detail: optional(text()),
  })),
};
