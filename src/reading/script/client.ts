import type { Parts } from './part.ts';

/** The questions of a client's own app. The words of the script are the provider's and the contact center's (PROTOCOL §8). */
export const client: Parts = {
  SupplyMaterials: { say: [], ask: ['ask-supplied'] },
  RecordConformity: { say: [], ask: ['ask-conformity'] },
  RecordObjection: { say: [], ask: ['ask-objection'] },
  ReportConductBreach: { say: [], ask: ['ask-conduct'] },
};
