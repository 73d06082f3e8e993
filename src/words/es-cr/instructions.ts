import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import { lookup } from '../text.ts';

/** The acts, as infinitives. */
export const acts = {
  GiveInstruction: 'dar una instrucción',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'op-wait': 'Espere un rato; si no llega nadie, nos llama.',
  'op-proceed': 'Puede seguir con la visita.',
  'op-representative': 'Puede seguir con otra persona adulta.',
  'ask-instruction': 'Asunto, instrucción y dispensas',
  'ask-representative': 'Nombre del representante',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'question-open': 'No hay {$about|un asunto así} por resolver{, pero sí $open}; haga el registro primero.',
  'waiver-proceeds': 'Solo una instrucción de proceder dispensa requisitos.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  InstructionGiven: 'Instrucción del Centro de Contacto',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  decision: 'Decisión',
  text: 'Texto',
  representative: 'Representante',
  waives: 'Dispensa',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  GiveInstruction: {
    about: '¿Sobre qué es?',
    decision: '¿Qué se decide?',
    text: ['Instrucción', 'Tal como la va a leer el proveedor.'],
    representative: ['Representante', 'La persona adulta que atiende por el cliente.'],
    waives: ['Requisitos que se dispensan', 'Solo para esta visita.'],
  },
} satisfies FieldLabels;

const questionsClosed: Readonly<Record<string, string>> = {
  'client-absence': 'No había una ausencia del cliente por resolver.',
  identity: 'No había una identidad rechazada por resolver.',
  materials: 'No había un desacuerdo por materiales por resolver.',
  escalation: 'No había un asunto escalado por resolver.',
};

/** Findings: what was not as it should be. */
export const findings = {
  'question-open': ({ about }) => lookup(questionsClosed, about, 'Ese asunto no estaba abierto.'),
  'waiver-proceeds': 'Se dispensaron requisitos con una instrucción que no era de proceder.',
} satisfies Findings;
