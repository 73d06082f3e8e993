import type { Parts } from './part.ts';

/** What a client's own app says. */
export const client: Parts = {
  SupplyMaterials: {
    say: ({ materials }) => (materials.requested.length > 0 ? ['materials-list'] : []),
    ask: ['ask-supplied'],
  },
  RecordConformity: { say: ['conformity'], ask: ['ask-conformity'] },
  RecordObjection: { say: ['objection'], ask: ['ask-objection'] },
  ReportConductBreach: { say: ['conduct'], ask: ['ask-conduct'] },
};
