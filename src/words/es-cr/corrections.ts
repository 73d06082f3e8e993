import type { ActNames, ChapterPhrases, EventNames, FieldLabels, FieldNames, Findings, Refusals } from '../chapter.ts';

/** The acts, as infinitives. */
export const acts = {
  AnnulAct: 'anular un registro',
  CorrectTime: 'corregir una hora',
  ReportDiscrepancy: 'reportar una discrepancia',
  SettleDiscrepancy: 'resolver una discrepancia',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  'op-corrected': 'Ya quedó corregido en el expediente{, $addressee}.',
  'op-settled': '{$greeting}{, $addressee}. Ya revisamos lo que usted registró.',
  'ask-annulled': 'Qué registro se anula, su hora y el motivo',
  'ask-corrected': 'Qué hora se corrige, la correcta y el motivo',
  'ask-settled': 'Qué discrepancia se resuelve, qué actos se aceptan y por qué',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'act-stands': 'No consta ese registro con esa hora; revise la hora registrada.',
  'arrival-alone': 'Después de la llegada ya se registró algo más; la llegada no se puede anular.',
  'start-alone': 'Después del inicio ya se registró algo más; el inicio no se puede anular.',
  'time-stands': 'No consta esa hora; revise la hora registrada.',
  'interval-forward': 'Con esa hora, el trabajo terminaría antes de empezar; revísela.',
  'reporter-assigned': 'La discrepancia la reporta quien tiene o tuvo asignada la visita.',
  'discrepancy-new': 'Esa discrepancia ya está reportada.',
  'discrepancy-reported': 'No consta esa discrepancia; revise cuál es.',
  'acts-untaken': 'Elija entre los actos de la discrepancia que no se han aceptado.',
  'acts-not-ended': 'La visita ya terminó; para aceptar ese acto, anule primero el fin de la visita.',
  'id-reused': 'Ese identificador ya es de otro registro; registre el acto con uno nuevo.',
} satisfies Refusals;

/** The events, as headings. */
export const events = {
  ActAnnulled: 'Registro anulado',
  TimeCorrected: 'Hora corregida',
  DiscrepancyReported: 'Discrepancia reportada',
  DiscrepancySettled: 'Discrepancia resuelta',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  act: 'Registro',
  recorded: 'Hora registrada',
  corrected: 'Hora correcta',
  discrepancyId: 'Discrepancia',
  basedOn: 'Eventos que conocía',
  acts: 'Actos',
  taken: 'Actos aceptados',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  AnnulAct: { act: '¿Qué se anula?', recorded: 'Hora registrada', reason: 'Motivo' },
  CorrectTime: {
    what: '¿Cuál hora se corrige?',
    recorded: 'Hora registrada',
    corrected: 'Hora correcta',
    reason: 'Motivo',
  },
  SettleDiscrepancy: { taken: ['Actos que se aceptan', '', 'Ninguno'], text: 'Motivo' },
} satisfies FieldLabels;

/** Findings: what was not as it should be. */
export const findings = {
  'act-stands': 'Se anuló un registro que no constaba con esa hora.',
  'arrival-alone': 'Se anuló una llegada después de la cual ya se había registrado algo más.',
  'start-alone': 'Se anuló un inicio después del cual ya se había registrado algo más.',
  'time-stands': 'Se corrigió una hora que no constaba.',
  'interval-forward': 'Con la hora corregida, el trabajo terminaba antes de empezar.',
  'reporter-assigned': 'Reportó la discrepancia quien no tenía ni había tenido asignada la visita.',
  'discrepancy-new': 'La discrepancia ya estaba reportada.',
  'discrepancy-reported': 'Se resolvió una discrepancia que no constaba.',
  'acts-untaken': 'Se aceptó un acto que no era de la discrepancia o que ya se había aceptado.',
  'acts-not-ended': 'Se aceptó un acto de una visita que ya había terminado.',
  'id-reused': 'Su identificador ya era de otro registro.',
} satisfies Findings;
