import type { Codes } from '../codes.ts';
import { facts } from './attestation.ts';

/** The values that acts choose from a closed list, in the middle of a sentence. */
export const codes: Codes = {
  issue: { breakdown: 'breakdown', delay: 'delay', other: 'another issue' },
  notification: { delay: 'the delay', 'provider-change': 'the change of provider' },
  topic: {
    'client-absence': 'the absence of the client',
    identity: 'the identity',
    materials: 'the materials',
    escalation: 'the escalated impact',
    visit: 'the visit',
  },
  decision: {
    wait: 'wait',
    proceed: 'proceed',
    'proceed-with-representative': 'proceed with a representative',
    reschedule: 'reschedule',
    cancel: 'cancel',
    reassign: 'reassign',
    other: 'other',
  },
  identified: { client: 'the client', representative: 'a representative' },
  document: { cedula: 'identity card', dimex: 'DIMEX', nite: 'NITE', passport: 'passport', other: 'other' },
  rejection: {
    'name-mismatch': 'the name does not match',
    'no-document': 'showed no document',
    refused: 'refused to identify themselves',
    other: 'other',
  },
  channel: { app: 'app', email: 'e-mail' },
  mismatch: { quantity: 'quantity', kind: 'kind', quality: 'quality' },
  supplier: { client: 'the client', provider: 'the provider' },
  agreed: { 'client-will-supply': 'the client will supply them', reschedule: 'reschedule', cancel: 'cancel' },
  pause: { break: 'break', 'second-visit': 'second visit' },
  ending: { cancelled: 'cancelled', rescheduled: 'rescheduled' },
  breach: { alcohol: 'alcohol', drugs: 'drugs', smoking: 'smoking', discourtesy: 'discourtesy', other: 'other' },
  activity: { 'material-purchase': 'purchase of materials', other: 'another activity' },
  annulled: {
    ProviderArrived: 'the arrival',
    WorkStarted: 'the start',
    Completed: 'the completion',
    VisitClosed: 'the closing',
  },
  time: {
    arrival: 'the arrival',
    start: 'the start',
    resumption: 'the resumption of the work',
    interruption: 'the pause of the work',
    'completion-call': 'the completion call',
    end: 'the end of the visit',
  },
  fact: facts,
  title: { don: 'Mr.', doña: 'Ms.' },
};
