import type { Lines } from './lines.ts';

/** A client's own app only asks. The words of the script are the provider's and the contact center's (PROTOCOL §8). */
export const client: Lines = {
  SupplyMaterials: [],
  RecordConformity: [],
  RecordObjection: [],
  ReportConductBreach: [],
};
