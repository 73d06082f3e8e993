import { mergeRecords } from '../../util/json.ts';
import * as arrival from '../../words/en/arrival.ts';
import * as assignment from '../../words/en/assignment.ts';
import * as closing from '../../words/en/closing.ts';
import { codes } from '../../words/en/codes.ts';
import * as corrections from '../../words/en/corrections.ts';
import * as exceptions from '../../words/en/exceptions.ts';
import * as general from '../../words/en/general.ts';
import * as identity from '../../words/en/identity.ts';
import * as inspection from '../../words/en/inspection.ts';
import * as instructions from '../../words/en/instructions.ts';
import * as materials from '../../words/en/materials.ts';
import * as transit from '../../words/en/transit.ts';
import * as work from '../../words/en/work.ts';
import type { ActWords } from './acts.ts';

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
  ),
  codes,
};
