import { mergeRecords } from '../../util/json.ts';
import type { Names } from '../language.ts';
import * as arrival from './arrival.ts';
import * as assignment from './assignment.ts';
import * as attestation from './attestation.ts';
import * as closing from './closing.ts';
import * as corrections from './corrections.ts';
import * as exceptions from './exceptions.ts';
import * as identity from './identity.ts';
import * as inspection from './inspection.ts';
import * as instructions from './instructions.ts';
import * as materials from './materials.ts';
import * as transit from './transit.ts';
import * as work from './work.ts';

/** The acts, as infinitives. */
export const acts: Names['acts'] = /* @__PURE__ */ mergeRecords(
  assignment.acts,
  transit.acts,
  arrival.acts,
  instructions.acts,
  identity.acts,
  inspection.acts,
  materials.acts,
  work.acts,
  closing.acts,
  exceptions.acts,
  corrections.acts,
  attestation.acts,
);

/** The roles, without an article. */
export const roles: Names['roles'] = {
  provider: 'proveedor',
  'contact-center': 'Centro de Contacto',
  client: 'cliente',
};

/** The requirements of the waivable rules, with their articles. */
export const requirements: Names['requirements'] = /* @__PURE__ */ mergeRecords(
  arrival.requirements,
  identity.requirements,
  inspection.requirements,
  materials.requirements,
  work.requirements,
  closing.requirements,
);

/** Names in the middle of a sentence. */
export const names: Names = {
  acts,
  unknownAct: 'ese registro',
  roles,
  unknownRole: 'otra persona',
  requirements,
  passed: {
    'provider-arrived': 'el proveedor ya llegó',
    'visit-completed': 'la visita ya concluyó',
    'visit-closed': 'la visita ya se cerró',
  },
};
