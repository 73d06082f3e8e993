import * as z from 'zod/mini';
import { plainAct } from './act.ts';
import { instant, label, optional, text } from './text.ts';

export const exceptions = {
  EscalateClientImpact: plainAct('EscalateClientImpact', 'ClientImpactEscalated', () => ({
    what: text(),
    noticedAt: optional(instant()),
  })),
  ReportConductBreach: plainAct('ReportConductBreach', 'ConductBreachReported', () => ({
    kind: z.enum(['alcohol', 'drugs', 'smoking', 'discourtesy', 'other']),
    detail: optional(text()),
  })),
  DeclineOffContractRequest: plainAct('DeclineOffContractRequest', 'OffContractRequestDeclined', () => ({
    activity: z.enum(['material-purchase', 'other']),
    detail: optional(text()),
  })),
  PerformOffContractAct: plainAct('PerformOffContractAct', 'OffContractActPerformed', () => ({
    activity: label(),
    detail: optional(text()),
  })),
};
