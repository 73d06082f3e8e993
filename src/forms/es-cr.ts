import { mergeRecords } from '../util/json.ts';
import * as arrival from '../words/es-cr/arrival.ts';
import * as assignment from '../words/es-cr/assignment.ts';
import * as attestation from '../words/es-cr/attestation.ts';
import * as closing from '../words/es-cr/closing.ts';
import { codes } from '../words/es-cr/codes.ts';
import * as corrections from '../words/es-cr/corrections.ts';
import * as exceptions from '../words/es-cr/exceptions.ts';
import * as identity from '../words/es-cr/identity.ts';
import * as inspection from '../words/es-cr/inspection.ts';
import * as instructions from '../words/es-cr/instructions.ts';
import * as materials from '../words/es-cr/materials.ts';
import { acts, requirements } from '../words/es-cr/names.ts';
import * as transit from '../words/es-cr/transit.ts';
import * as work from '../words/es-cr/work.ts';
import type { FormWords } from './words.ts';

/** Forms in Spanish of Costa Rica, of usted. @since 0.5.0 */
export const formsEsCR: FormWords = {
  locale: 'es-CR',
  acts,
  labels: /* @__PURE__ */ mergeRecords(
    assignment.labels,
    transit.labels,
    arrival.labels,
    instructions.labels,
    identity.labels,
    inspection.labels,
    materials.labels,
    work.labels,
    closing.labels,
    exceptions.labels,
    corrections.labels,
    attestation.labels,
  ),
  parts: {
    client: { name: 'Nombre completo', title: 'Trato' },
    provider: { id: 'Código de proveedor', name: 'Nombre completo', title: 'Trato' },
    representative: { name: 'Nombre completo' },
    contact: { at: 'Hora', reference: ['Referencia', 'Si le dieron una.'], operatorId: '¿Quién le atendió?' },
    material: { item: 'Material', quantity: 'Cantidad', unit: 'Unidad', kind: 'Tipo', quality: 'Calidad' },
    supplied: { item: 'Material', quantity: 'Cantidad', unit: 'Unidad' },
    mismatch: { item: 'Material', reasons: '¿En qué no coincide?', note: 'Detalle' },
    test: { name: '¿Qué se probó?', passed: '¿Funcionó?' },
    word: { fact: 'Hecho', recorded: 'Hora registrada', agrees: '¿Fue así?', what: '¿Qué pasó?' },
    photo: { shot: '¿Cuál fotografía es?' },
  },
  at: ['¿Cuándo fue?', 'La hora en que pasó, no la hora en que lo anota.'],
  yes: 'Sí',
  no: 'No',
  codes: /* @__PURE__ */ mergeRecords(codes, { requirement: requirements }),
  problems: {
    required: 'Falta este dato.',
    'too-long': 'Es muy largo; caben {$limit} caracteres.',
    'too-many': 'Son demasiados; caben {$limit}.',
    'not-a-text': 'Tiene signos que no se pueden guardar; escríbalo de nuevo.',
    'not-a-number': 'Escriba un número, como 2 o 2,5.',
    'ambiguous-number': 'Escríbalo sin separar los miles, como 1000 o 1,5.',
    'too-small': 'Tiene que ser mayor que 0.',
    'too-big': 'Es demasiado; lo máximo es {$limit}.',
    'too-precise': 'Use tres decimales como máximo.',
    'not-a-time': 'Indique un día y una hora que existan.',
    future: 'Esa hora todavía no ha llegado; revísela.',
    'not-a-choice': 'Elija una de las opciones.',
    'not-an-id': 'Elija un valor de la lista.',
    'not-a-position': 'La ubicación no sirve; tómela de nuevo.',
    'not-a-photograph': 'La fotografía no se guardó bien; tómela de nuevo.',
    'too-large': 'Es demasiado para un solo registro; acorte los textos o hágalo en dos.',
  },
};
