import { mergeRecords } from '../../util/json.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { createCatalogue } from '../create-language.ts';
import type { Messages, PastWording, Terms } from '../language.ts';
import type { Catalogue } from '../speech/phrase.ts';
import * as arrival from './arrival.ts';
import * as assignment from './assignment.ts';
import * as attestation from './attestation.ts';
import * as closing from './closing.ts';
import * as corrections from './corrections.ts';
import * as exceptions from './exceptions.ts';
import * as general from './general.ts';
import * as identity from './identity.ts';
import * as inspection from './inspection.ts';
import * as instructions from './instructions.ts';
import * as materials from './materials.ts';
import { acts, names, roles } from './names.ts';
import { calls } from './shared.ts';
import * as transit from './transit.ts';
import * as work from './work.ts';

/** The phrases of the script. */
export const phrases: Catalogue = /* @__PURE__ */ createCatalogue(
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
    attestation.phrases,
  ),
);

/** The status of the materials, and the next act. */
const standings: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'Todavía no se sabe qué materiales hacen falta; explique primero el trabajo.',
  'not-needed': 'No hay materiales pedidos; explique de nuevo el trabajo o pida materiales adicionales.',
  requested: 'Falta registrar la entrega de materiales.',
  supplied: 'Falta aceptar o rechazar los materiales.',
  accepted: 'Los materiales ya se aceptaron; explique de nuevo el trabajo o pida materiales adicionales.',
  rejected: 'Los materiales se rechazaron; registre la nueva entrega.',
  'in-dispute': 'Hay un desacuerdo por los materiales; el Centro de Contacto lo coordina con el cliente.',
  coordinated: 'Los materiales ya se coordinaron; registre la entrega o explique de nuevo el trabajo.',
};

/** The questions that are open, or not. */
const about = {
  'client-absence': 'una ausencia del cliente',
  identity: 'una identidad rechazada',
  materials: 'un desacuerdo por materiales',
  escalation: 'un asunto escalado',
};

/** The words of the codes in the facts of refusals. */
const terms: Terms = {
  clause: calls,
  role: roles,
  allowed: { provider: 'al proveedor', 'contact-center': 'al Centro de Contacto', client: 'al cliente' },
  command: acts,
  instruction: {
    cancel: 'cancelar la visita; ciérrela',
    reschedule: 'reprogramar la visita; ciérrela, avise de una segunda visita',
  },
  about,
  open: about,
  facts: attestation.facts,
  fullNameGiven: { false: 'el nombre completo' },
  documentShown: { false: 'un documento de identidad, sin anotar el número' },
  materials: standings,
  ended: { '1.3-02': 'concluyó', '1.1-10': 'se cerró' },
  started: { false: 'no se ha iniciado (registre el inicio)' },
  away: { true: 'espera una segunda visita (registre el reingreso)' },
  onBreak: { true: 'está en pausa (registre el fin de la pausa)' },
  awaitingMaterials: { true: 'espera materiales adicionales (acéptelos)' },
  tests: { failed: 'Las pruebas fallaron; repítalas.' },
};

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
    attestation.refusals,
  ),
  first: 'Falta {$command}.',
  unmet: 'Falta cumplir un requisito del protocolo',
  waivable: [
    'Con una instrucción de proceder, el Centro de Contacto puede dispensar {$what|este requisito}.',
    'Con una instrucción de proceder, usted puede dispensar {$what|este requisito}.',
  ],
};

/** The sentences for findings. */
export const past: PastWording = {
  unknownRule: (clause, text) => {
    const unmet = 'No se cumplió un requisito del protocolo';
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
    attestation.findings,
  ),
};
