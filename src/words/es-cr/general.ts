import type { Facts } from '../../kernel/index.ts';
import type { ChapterPhrases, FieldNames, Findings, Refusals } from '../chapter.ts';
import { byReader, byRole, byText, inBrackets } from '../message-templates.ts';
import { after, to, you } from '../speech/after.ts';
import { formatList, lookup, namedIn, textOf, textsOf } from '../text.ts';
import { names } from './names.ts';
import { client, listed } from './shared.ts';

/** The phrases and questions of each act. */
export const phrases = {
  'call-center': (f) =>
    `${f.greeting}${after(', le saluda ', f.providerName)}${after(', por el expediente ', f.caseNumber)}.`,
  'by-name': (f) => `Dígame${you(f)}.`,
  moment: 'Deme un momentito, por favor.',
  thanks: (f) => `Se lo agradezco mucho${you(f)}.`,
  gladly: 'Claro que sí, con todo gusto.',
  'at-your-service': 'Quedamos a la orden.',
  listen: (f) => `Le escucho${you(f)}.`,
  support: 'No se preocupe, para eso estamos.',
  'op-answer': (f) =>
    `${f.greeting}, Centro de Contacto del INS${after('; le saluda ', f.operator)}. ¿En qué le ayudo?`,
  'op-thanks': (f) => `Gracias por avisar${you(f)}.`,
  'op-call-client': (f) =>
    `${f.greeting}${to(f.client)}. Le saluda ${f.operator === null ? 'el' : `${f.operator}, del`} Centro de Contacto del INS, por su servicio${after(' de ', f.service)}.`,
  'op-take-up': (f) => `Ya tomamos el caso; vamos a hablar con ${client(f)}.`,
  'to-center': 'Al Centro de Contacto',
  'to-client': 'Al cliente',
  'or-else': 'O bien',
  'ask-call': 'Llamada: hora y referencia',
  'ask-reason': 'Motivo',
} satisfies ChapterPhrases;

const or = (items: readonly string[]) => formatList(items, 'es-CR', 'disjunction');

const endings: Readonly<Record<string, string>> = {
  cancel: 'cancelar la visita; ciérrela',
  reschedule: 'reprogramar la visita; ciérrela, avise de una segunda visita',
};

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'well-formed': 'El registro no se puede leer; corrija los datos.',
  'assigned-first': 'La visita no está asignada; el Centro de Contacto debe asignarla.',
  'assigned-once': /* @__PURE__ */ byText(
    'visitId',
    (id) => `La visita ya está asignada${inBrackets(id)}; si algo cambió, corrija la asignación.`,
  ),
  'same-visit': /* @__PURE__ */ byText('assigned', (id) => `El registro no es de esta visita${inBrackets(id)}.`),
  'not-ended': /* @__PURE__ */ byReader(
    (_, clause) => `La visita ya ${clause === '1.1-10' ? 'se cerró' : 'concluyó'}`,
    'si algo quedó pendiente, avise al Centro de Contacto',
    'ya no admite este registro',
  ),
  role: /* @__PURE__ */ byRole((sender, act, owners) => {
    const whose = or(owners.map((owner) => `al ${owner}`));
    return `El ${sender || 'remitente'} no puede ${act || `hacer ese registro`}${whose && `; le corresponde ${whose}`}.`;
  }),
  'assigned-provider': /* @__PURE__ */ byText(
    'assigned',
    (id) => `La visita está asignada a otro proveedor${inBrackets(id)}; consulte al Centro de Contacto.`,
  ),
  'not-frozen': /* @__PURE__ */ byReader(
    'La visita espera a otro proveedor',
    'espere al Centro de Contacto',
    'reasígnela o dé la instrucción de proceder',
  ),
  'not-closing': ({ instruction }, _, isCenter) => {
    const ending = lookup(endings, instruction, 'no seguir con la visita; ciérrela');
    return `La instrucción vigente es ${ending} o ${isCenter ? 'dé' : 'pida'} otra.`;
  },
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
  const id = textOf(visitId);
  return `La visita${id && ` ${id}`} ya estaba asignada.`;
};

function sameVisit({ assigned }: Facts): string {
  const id = textOf(assigned);
  return `El registro era de otra visita${id && `, y esta es la ${id}`}.`;
}

function role({ command, role: whose, allowed }: Facts): string {
  const title = lookup(names.roles, whose, '');
  const who = title === '' ? 'Quien lo envió' : `El ${title}`;
  const act = lookup(names.acts, command, '') || `hacer ${names.unknownAct}`;
  const owners = namedIn(names.roles, allowed);
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
  `Al registro le faltaban datos, o no se podían leer${listed(textsOf(fields))}.`;

/** Findings: what was not as it should be. */
export const findings = {
  'well-formed': malformed,
  'assigned-first': 'La visita todavía no estaba asignada.',
  'assigned-once': assignedOnce,
  'same-visit': sameVisit,
  'not-ended': (_, clause) => `La visita ya ${clause === '1.1-10' ? 'se había cerrado' : 'había concluido'}.`,
  role,
  'assigned-provider': ({ assigned }) => `La visita estaba asignada a otro proveedor${inBrackets(textOf(assigned))}.`,
  'not-frozen': 'La visita esperaba a otro proveedor.',
  'not-closing': notClosing,
} satisfies Findings;
