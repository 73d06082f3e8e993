import type { MaterialsStatus } from '../../visit/index.ts';
import type { Terms } from '../messages.ts';
import { acts, roles } from './names.ts';
import { calls } from './shared.ts';

/** The status of the materials, and the next act. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
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
export const terms: Terms = {
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
  fullNameGiven: { false: 'el nombre completo' },
  documentShown: { false: 'un documento de identidad, sin anotar el número' },
  materials,
  ended: { '1.3-02': 'concluyó', '1.1-10': 'se cerró' },
  started: { false: 'no se ha iniciado (registre el inicio)' },
  away: { true: 'espera una segunda visita (registre el reingreso)' },
  onBreak: { true: 'está en pausa (registre el fin de la pausa)' },
  awaitingMaterials: { true: 'espera materiales adicionales (acéptelos)' },
  tests: { failed: 'Las pruebas fallaron; repítalas.' },
};
