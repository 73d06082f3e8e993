import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';
import type { Codes } from '../codes.ts';

/** The facts, in the middle of a sentence. */
export const facts: Codes['fact'] = {
  arrival: 'la llegada del proveedor',
  absence: 'la ausencia del cliente',
  identity: 'la validación de la identidad',
  inspection: 'la revisión del lugar',
  explanation: 'la explicación del trabajo',
  supply: 'la entrega de los materiales',
  acceptance: 'la aceptación de los materiales',
  tools: 'las herramientas mostradas',
  start: 'el inicio del trabajo',
  tests: 'las pruebas',
  conformity: 'la conformidad del cliente',
  handover: 'la entrega del lugar',
  belongings: 'las pertenencias mostradas',
  end: 'el fin de la visita',
};

/** The act, as an infinitive. */
export const acts = { AttestFacts: 'confirmar o negar lo registrado' } satisfies ActNames;

/** The question of the act. */
export const phrases = {
  'ask-attested': 'De cada hecho: ¿fue así? Si no, qué pasó',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'facts-stand': 'No consta con esa hora: {$facts|el hecho}. Revise de nuevo la visita.',
} satisfies Refusals;

/** The event, as a heading. */
export const events = { FactsAttested: 'Palabra del cliente' } satisfies EventNames;

/** The field of its data. */
export const fields = { facts: 'Hechos' } satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = { AttestFacts: { facts: 'Hechos registrados' } } satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'facts-stand': 'El cliente dio su palabra sobre un hecho que no constaba con esa hora.',
} satisfies Findings;
