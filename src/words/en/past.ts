import { mergeRecords } from '../../util/json.ts';
import type { PastWording } from '../messages.ts';
import * as arrival from './arrival.ts';
import * as assignment from './assignment.ts';
import * as closing from './closing.ts';
import * as corrections from './corrections.ts';
import * as exceptions from './exceptions.ts';
import * as general from './general.ts';
import * as identity from './identity.ts';
import * as inspection from './inspection.ts';
import * as instructions from './instructions.ts';
import * as materials from './materials.ts';
import * as transit from './transit.ts';
import * as work from './work.ts';

/** The sentences for findings. */
export const past: PastWording = {
  unknownRule: (clause, text) => {
    const unmet = 'A requirement of the protocol was not met';
    return clause === '' ? `${unmet}.` : `${unmet} (${clause}). ${text}`;
  },
  rules: /* @__PURE__ */ mergeRecords(
    general.findings,
    assignment.findings,
    transit.findings,
    arrival.findings,
    instructions.findings,
    identity.findings,
    inspection.findings,
    materials.findings,
    work.findings,
    closing.findings,
    exceptions.findings,
    corrections.findings,
  ),
};
