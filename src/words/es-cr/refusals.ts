import { merged } from '../merged.ts';
import type { Messages } from '../messages.ts';
import { formatList } from '../text.ts';
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
import * as transit from './transit.ts';
import * as work from './work.ts';

function waivable(requirements: readonly string[], isCenter: boolean): string {
  const what = requirements.length === 0 ? 'este requisito' : formatList(requirements, 'es-CR', 'conjunction');
  return `Con una instrucción de proceder, ${isCenter ? 'usted' : 'el Centro de Contacto'} puede dispensar ${what}.`;
}

/** The sentences for refusals. */
export const messages: Messages = {
  names,
  rules: /* @__PURE__ */ merged(
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
  waivable,
  unmet: 'Falta cumplir un requisito del protocolo',
};
