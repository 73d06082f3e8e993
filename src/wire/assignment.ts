import { actOf, plainAct } from './act.ts';
import { client, provider } from './shared.ts';
import { instant, label, list, optional, sha256, text } from './text.ts';

const assigned = () => ({
  caseNumber: label(),
  client: client(),
  provider: provider(),
  service: label(),
  instructions: optional(text()),
  place: text(),
  arriveBy: instant(),
  requiredShots: optional(list(label())),
});

export const assignment = {
  AssignVisit: actOf({
    command: 'AssignVisit',
    event: 'VisitAssigned',
    commandFields: () => ({ ...assigned(), edition: optional(sha256()), policyId: optional(label()) }),
    eventFields: () => ({ ...assigned(), policyId: optional(label()) }),
    extras: () => ({ edition: sha256() }),
  }),
  AmendAssignment: plainAct('AmendAssignment', 'AssignmentAmended', () => ({
    caseNumber: optional(label()),
    client: optional(client()),
    service: optional(label()),
    instructions: optional(text()),
    place: optional(text()),
    arriveBy: optional(instant()),
    requiredShots: optional(list(label())),
  })),
};
