import { mergeRecords } from '../../util/json.ts';
import type { Messages } from '../messages.ts';
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
import { names } from './names.ts';
import { terms } from './terms.ts';
import * as transit from './transit.ts';
import * as work from './work.ts';

/** The sentences for refusals. */
export const messages: Messages = {
  locale: 'es-CR',
  more: 'más',
  names,
  terms,
  rules: /* @__PURE__ */ mergeRecords(
    general.refusals,
    assignment.refusals,
    transit.refusals,
    arrival.refusals,
    instructions.refusals,
    identity.refusals,
    inspection.refusals,
    materials.refusals,
    work.refusals,
    closing.refusals,
    exceptions.refusals,
    corrections.refusals,
  ),
  first: 'Falta {$command}.',
  unmet: 'Falta cumplir un requisito del protocolo',
  waivable: [
    'Con una instrucción de proceder, el Centro de Contacto puede dispensar {$what|este requisito}.',
    'Con una instrucción de proceder, usted puede dispensar {$what|este requisito}.',
  ],
};
