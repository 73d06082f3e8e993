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

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  EscalateClientImpact: {
    self: "Takes to the contact center whatever could affect the client. The provider's, or recorded for them by the contact center (2.2-08).",
    what: 'The matter, in words. Personal.',
    noticedAt: 'Time when it was noticed; the lag of the report runs from here.',
  },
  ClientImpactEscalated: {
    self: 'A matter that could affect the client was escalated.',
  },
  ReportConductBreach: {
    self: "Reports a breach of conduct. The contact center's or the client's, never a provider's (2.1-01, 2.2-11).",
    kind: 'Duty that was breached.',
    detail: 'The breach in words. Personal.',
  },
  ConductBreachReported: {
    self: 'A breach of conduct was reported.',
  },
  DeclineOffContractRequest: {
    self: "Declines a request outside the contract. The provider's (1.1-30, 1.1-31).",
    activity: 'Activity that the client asked for.',
    detail: 'The request in words. Personal.',
  },
  OffContractRequestDeclined: {
    self: 'A request outside the contract was declined.',
  },
  PerformOffContractAct: {
    self: "Records an act outside the contract. The provider's; refused unless the host's policy allows it (1.1-30, 1.1-31).",
    activity: "`material-purchase`, `other`, or a name on the host's allow-list.",
    detail: 'The act in words.',
  },
  OffContractActPerformed: {
    self: 'An act outside the contract was performed.',
  },
};
