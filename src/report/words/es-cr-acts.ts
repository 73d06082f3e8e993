import { mergeRecords } from '../../util/json.ts';
import * as arrival from '../../words/es-cr/arrival.ts';
import * as assignment from '../../words/es-cr/assignment.ts';
import * as attestation from '../../words/es-cr/attestation.ts';
import * as closing from '../../words/es-cr/closing.ts';
import { codes } from '../../words/es-cr/codes.ts';
import * as corrections from '../../words/es-cr/corrections.ts';
import * as exceptions from '../../words/es-cr/exceptions.ts';
import * as general from '../../words/es-cr/general.ts';
import * as identity from '../../words/es-cr/identity.ts';
import * as inspection from '../../words/es-cr/inspection.ts';
import * as instructions from '../../words/es-cr/instructions.ts';
import * as materials from '../../words/es-cr/materials.ts';
import * as transit from '../../words/es-cr/transit.ts';
import * as work from '../../words/es-cr/work.ts';
import type { ActWords } from './en-acts.ts';

export const acts: ActWords = {
  events: /* @__PURE__ */ mergeRecords(
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
    attestation.events,
  ),
  fields: /* @__PURE__ */ mergeRecords(
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
    attestation.fields,
  ),
  codes,
};
