import type { EventType } from '../../messages/index.ts';
import { mergeRecords } from '../../util/json.ts';
import type { FieldName } from '../../words/chapter.ts';
import type { Codes } from '../../words/codes.ts';
import * as arrival from '../../words/en/arrival.ts';
import * as assignment from '../../words/en/assignment.ts';
import * as attestation from '../../words/en/attestation.ts';
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

/** The words for acts and their fields. */
export type ActWords = {
  /** The event, as a heading. */
  readonly events: Readonly<Record<EventType, string>>;
  readonly fields: Readonly<Record<FieldName, string>>;
  readonly codes: Codes;
};

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
