import * as arrival from '../../words/en/arrival.ts';
import * as assignment from '../../words/en/assignment.ts';
import * as closing from '../../words/en/closing.ts';
import * as corrections from '../../words/en/corrections.ts';
import * as exceptions from '../../words/en/exceptions.ts';
import * as general from '../../words/en/general.ts';
import * as identity from '../../words/en/identity.ts';
import * as inspection from '../../words/en/inspection.ts';
import * as instructions from '../../words/en/instructions.ts';
import * as materials from '../../words/en/materials.ts';
import * as transit from '../../words/en/transit.ts';
import * as work from '../../words/en/work.ts';
import { merged } from '../../words/merged.ts';
import type { ActWords } from './acts.ts';

export const acts: ActWords = {
  events: /* @__PURE__ */ merged(
    assignment.events,
    transit.events,
    arrival.events,
    instructions.events,
    identity.events,
    inspection.events,
    materials.events,
    work.events,
    closing.events,
    exceptions.events,
    corrections.events,
  ),
  fields: /* @__PURE__ */ merged(
    general.fields,
    assignment.fields,
    transit.fields,
    arrival.fields,
    instructions.fields,
    identity.fields,
    inspection.fields,
    materials.fields,
    work.fields,
    closing.fields,
    exceptions.fields,
    corrections.fields,
  ),
  codes: {
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
  },
};
