import { createAct, plainAct } from './act.ts';
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
  AssignVisit: createAct({
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

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  AssignVisit: {
    self: 'Assigns a visit to a provider. Recorded by the contact center, once a visit (1.1-13, 0-01).',
    caseNumber: 'The case (expediente) to which the visit belongs; the completion call must name it (1.3-04).',
    client: 'Client who asked for the assistance, or is at the door.',
    provider: 'Provider who is to carry out the visit.',
    service: 'The service assigned, and no other (1.1-13).',
    instructions: 'Instructions that the center gives the provider beforehand.',
    place: 'Place of the visit. Personal.',
    arriveBy: 'The latest moment of arrival that was promised; measured, never refused.',
    requiredShots: 'The photographs that must be sent before the start, by name (1.1-16, 1.1-19).',
    edition: 'The edition of the protocol that judges the visit; the pinned one when absent (0-01).',
    policyId: "The host's policy that judges the visit.",
  },
  VisitAssigned: {
    self: 'A visit was assigned; `edition` is always there.',
    edition: 'The edition of the protocol that judges the visit, as SHA-256 of its text (0-01).',
  },
  AmendAssignment: {
    self: 'Amends the assignment. Recorded by the contact center; at least one field is given (1.1-13, 1.2-12).',
    caseNumber: 'The case number from now on.',
    client: 'The client from now on.',
    service: 'The service from now on; another one before the start undoes the announcement.',
    instructions: 'The instructions from now on.',
    place: 'The place from now on; another one before the start undoes the arrival.',
    arriveBy: 'The promised latest arrival from now on.',
    requiredShots: 'All the required photographs from now on.',
  },
  AssignmentAmended: {
    self: 'The assignment was amended.',
  },
};
