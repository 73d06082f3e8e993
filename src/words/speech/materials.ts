import { type ChapterSpeech, call, chosen, reason, takeUp, toCenter, toClient, yours } from './lines.ts';

/** The phrases and questions around each act. */
export const materials = {
  SupplyMaterials: { provider: ['thanks'], client: [], ask: [['ask-supplied', 'suppliedBy', 'items']] },
  AcceptMaterials: { provider: ['materials-right'] },
  RejectMaterials: { provider: ['materials-wrong', 'materials-change'], ask: [['ask-mismatch', 'mismatches']] },
  ReportMaterialsRefusal: {
    provider: ['materials-refused', 'moment', toCenter, 'materials-call'],
    'contact-center': takeUp,
    ask: [reason, call],
  },
  CoordinateMaterials: { 'contact-center': [toClient, 'op-materials'], ask: [['ask-outcome', 'outcome']] },
  RequestExtraMaterials: {
    provider: (_, policy) => chosen('materials-extra', yours(policy)),
    ask: [['ask-materials', 'materials']],
  },
} as const satisfies ChapterSpeech;
