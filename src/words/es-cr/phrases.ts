import { mergeRecords } from '../../util/json.ts';
import { catalogueOf } from '../catalogue.ts';
import type { Catalogue } from '../speech/phrase.ts';
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

/** The phrases of the script. */
export const phrases: Catalogue = /* @__PURE__ */ catalogueOf(
  /* @__PURE__ */ mergeRecords(
    general.phrases,
    assignment.phrases,
    transit.phrases,
    arrival.phrases,
    instructions.phrases,
    identity.phrases,
    inspection.phrases,
    materials.phrases,
    work.phrases,
    closing.phrases,
    exceptions.phrases,
    corrections.phrases,
  ),
);
