import type { Facts } from '../../kernel/decision.ts';
import type { ChapterPhrases, FieldNames, Findings, Refusals } from '../chapter.ts';
import { cleanText, cleanTexts, formatList, inBrackets, lookUpNames, lookup } from '../text.ts';
import { names } from './names.ts';
import { listed } from './shared.ts';

/** The phrases and questions of each act. */
export const phrases = {
  'call-center': '{$greeting}{, le saluda $providerName}{, por el expediente $caseNumber}.',
  'by-name': 'Dígame{, $addressee}.',
  moment: 'Deme un momentito, por favor.',
  thanks: 'Se lo agradezco mucho{, $addressee}.',
  gladly: 'Claro que sí, con todo gusto.',
  'at-your-service': 'Quedamos a la orden.',
  listen: 'Le escucho{, $addressee}.',
  support: 'No se preocupe, para eso estamos.',
  'op-answer': '{$greeting}, Centro de Contacto del INS{; le saluda $operator}. ¿En qué le ayudo?',
  'op-thanks': 'Gracias por avisar{, $addressee}.',
  'op-call-client':
    '{$greeting}{, $client}. Le saluda {$operator, del|el} Centro de Contacto del INS, por su servicio{ de $service}.',
  'op-take-up': 'Ya nos hicimos cargo; vamos a hablar con {$client|el cliente}.',
  'to-center': 'Al Centro de Contacto',
  'to-client': 'Al cliente',
  'or-else': 'O bien',
  'ask-call': 'Llamada: hora y referencia',
  'ask-reason': 'Motivo',
} as const satisfies ChapterPhrases;

const or = (items: readonly string[]) => formatList(items, 'es-CR', 'disjunction');

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'well-formed': 'El registro no se puede leer{: $fields}; corrija los datos.',
  'assigned-once': 'La visita ya está asignada{ ($visitId)}; si algo cambió, corrija la asignación.',
  'same-visit': 'El registro no es de esta visita{ ($assigned)}.',
  'not-ended': [
    'La visita ya {$ended|terminó}; si algo quedó pendiente, avise al Centro de Contacto.',
    'La visita ya {$ended|terminó}; si fue un error, anule ese registro.',
  ],
  role: 'El {$role|remitente} no puede {$command|hacer ese registro}{; le corresponde $allowed}{ (¿quiso decir $meant?)}.',
  'assigned-provider': 'La visita está asignada a otro proveedor{ ($assigned)}; consulte al Centro de Contacto.',
  'not-frozen': [
    'La visita espera a otro proveedor; espere las indicaciones del Centro de Contacto.',
    'La visita espera a otro proveedor; reasígnela o dé la instrucción de proceder.',
  ],
  'not-closing': [
    'La instrucción vigente es {$instruction|no seguir con la visita; ciérrela} o pida otra instrucción.',
    'La instrucción vigente es {$instruction|no seguir con la visita; ciérrela} o dé otra instrucción.',
  ],
} satisfies Refusals;

/** The fields of their data. */
export const fields = {
  detail: 'Detalle',
  about: 'Asunto',
  channel: 'Medio',
  call: 'Llamada',
  reason: 'Motivo',
  materials: 'Materiales',
  items: 'Artículos',
  kind: 'Clase',
} satisfies FieldNames;

const assignedOnce = ({ visitId }: Facts): string => {
  const id = cleanText(visitId);
  return `La visita${id && ` ${id}`} ya estaba asignada.`;
};

function sameVisit({ assigned }: Facts): string {
  const id = cleanText(assigned);
  return `El registro era de otra visita${id && `, y esta es la ${id}`}.`;
}

function role({ command, role: whose, allowed }: Facts): string {
  const title = lookup(names.roles, whose, '');
  const who = title === '' ? 'Quien lo envió' : `El ${title}`;
  const act = lookup(names.acts, command, '') || `hacer ${names.unknownAct}`;
  const owners = lookUpNames(names.roles, allowed);
  const mine = owners.length === 0 ? 'a otra persona' : or(owners.map((owner) => `al ${owner}`));
  return `${who} no podía ${act}; le correspondía ${mine}.`;
}

const hadBeenTold: Readonly<Record<string, string>> = {
  cancel: 'cancelar la visita',
  reschedule: 'reprogramar la visita',
};

const notClosing = ({ instruction }: Facts): string =>
  `El Centro de Contacto había indicado ${lookup(hadBeenTold, instruction, 'no seguir con la visita')}.`;

const malformed = ({ fields }: Facts): string =>
  `Al registro le faltaban datos, o no se podían leer${listed(cleanTexts(fields))}.`;

/** Findings: what was not as it should be. */
export const findings = {
  'well-formed': malformed,
  'assigned-first': 'La visita todavía no estaba asignada.',
  'assigned-once': assignedOnce,
  'same-visit': sameVisit,
  'not-ended': (_, clause) => `La visita ya ${clause === '1.1-10' ? 'se había cerrado' : 'había concluido'}.`,
  role,
  'assigned-provider': ({ assigned }) =>
    `La visita estaba asignada a otro proveedor${inBrackets(cleanText(assigned))}.`,
  'not-frozen': 'La visita esperaba a otro proveedor.',
  'not-closing': notClosing,
} satisfies Findings;
