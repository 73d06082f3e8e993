import type { Parts } from './lines.ts';

/** The questions of a client's own app. The words of the script are the provider's and the contact center's (PROTOCOL §8). */
export const client: Parts = {
  SupplyMaterials: { ask: ['ask-supplied'] },
  RecordConformity: { ask: ['ask-conformity'] },
  RecordObjection: { ask: ['ask-objection'] },
  ReportConductBreach: { ask: ['ask-conduct'] },
};
