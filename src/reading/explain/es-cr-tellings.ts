import type { Facts } from '../../kernel/index.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { names } from './es-cr-names.ts';
import { among, few, itemsOf, joined, namedIn, shortagesOf, textOf, textsOf } from './facts.ts';
import type { Wording } from './wording.ts';

const and = (items: readonly string[]) => joined(few(items, 'más'), 'es-CR', 'conjunction');
const single = (items: readonly unknown[]) => items.length === 1;
const or = (items: readonly string[]) => joined(items, 'es-CR', 'disjunction');
const quoted = (text: string) => `«${text}»`;
const inBrackets = (text: string) => (text === '' ? '' : ` (${text})`);
const listed = (items: readonly string[]) => (items.length === 0 ? '' : `: ${and(items)}`);

const endings: Readonly<Record<string, string>> = {
  cancel: 'cancelar la visita; ciérrela',
  reschedule: 'reprogramar la visita; ciérrela, avise de una segunda visita',
};

const calls: Readonly<Record<string, string>> = {
  '1.1-26': ' de inicio',
  '1.1-38': ' por los materiales',
  '1.3-02': ' de conclusión',
};

export const callMade = (_: Facts, clause: string, isCenter: boolean): string =>
  `Falta la llamada${among(calls, clause, '')}; ${isCenter ? 'regístrela cuando la reciba' : 'avise al Centro de Contacto y regístrela'}.`;

const questions: Readonly<Record<string, string>> = {
  'client-absence': 'No hay una ausencia del cliente por resolver',
  identity: 'No hay una identidad rechazada por resolver',
  materials: 'No hay un desacuerdo por materiales por resolver',
  escalation: 'No hay un asunto escalado por resolver',
};

/** How materials stand, and what to do about it. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'Falta decir qué materiales se necesitan; explique el trabajo con su lista.',
  'not-needed': 'No hay materiales pedidos; pídalos al explicar el trabajo o como adicionales.',
  requested: 'Falta la entrega de los materiales; regístrela.',
  supplied: 'Los materiales están sin revisar; acéptelos o rechácelos.',
  accepted: 'Los materiales ya se aceptaron; pida más al explicar el trabajo o como adicionales.',
  rejected: 'Los materiales se rechazaron; registre la entrega cuando el cliente los cambie.',
  'in-dispute': 'Hay un desacuerdo por los materiales; el Centro de Contacto lo coordina con el cliente.',
  coordinated: 'Los materiales ya se coordinaron; registre la entrega o explique de nuevo el trabajo.',
};

const byStatus = ({ materials: status }: Facts, otherwise: string) => among(materials, status, otherwise);

const purposes: Readonly<Record<string, string>> = {
  '1.1-29': 'pedir materiales adicionales',
  '1.1-43': 'hacer una pausa',
  '1.1-46': 'hacer las pruebas',
  '1.1-49': 'hacer las pruebas',
};

export function unknownRule(clause: string, text: string): string {
  const unmet = 'Falta cumplir un requisito del protocolo';
  return clause === '' ? `${unmet}.` : `${unmet} (${clause}). ${text}`;
}

export function waivable(requirements: readonly string[], isCenter: boolean): string {
  const what = requirements.length === 0 ? 'este requisito' : joined(requirements, 'es-CR', 'conjunction');
  return `Con una instrucción de proceder, ${isCenter ? 'usted' : 'el Centro de Contacto'} puede dispensar ${what}.`;
}

/** The rules of which a refusal is told by its facts, the clause it cites, or who reads it. */
export const tellings = {
  'assigned-once'({ visitId }: Facts): string {
    const id = textOf(visitId);
    return `La visita${id && ` ${id}`} ya está asignada; si algo cambió, corrija la asignación.`;
  },

  'same-visit'({ assigned }: Facts): string {
    const id = textOf(assigned);
    return `El registro es de otra visita${id && ` y esta es la ${id}`}; revise el número de visita.`;
  },

  'not-ended'(_: Facts, clause: string, isCenter: boolean): string {
    const advice = isCenter ? 'ya no admite este registro' : 'si algo quedó pendiente, avise al Centro de Contacto';
    return `La visita ya ${clause === '1.1-10' ? 'se cerró' : 'concluyó'}; ${advice}.`;
  },

  role({ command, role, allowed }: Facts): string {
    const title = among(names.roles, role, '');
    const who = title === '' ? 'Quien lo envía' : `El ${title}`;
    const act = among(names.acts, command, '');
    if (act === '' && textOf(command) !== '') {
      return `${who} no puede hacer ${names.unknownAct}; use uno de los que ofrece la aplicación.`;
    }
    const owners = namedIn(names.roles, allowed);
    const whose = owners.length === 0 ? 'a otra persona' : or(owners.map((owner) => `al ${owner}`));
    return `${who} no puede ${act || `hacer ${names.unknownAct}`}; le corresponde ${whose}.`;
  },

  'assigned-provider'({ assigned }: Facts): string {
    const other = `La visita está asignada a otro proveedor${inBrackets(textOf(assigned))}`;
    return `${other}; si le corresponde a usted, consulte al Centro de Contacto.`;
  },

  'not-closing'({ instruction }: Facts, _: string, isCenter: boolean): string {
    const ending = among(endings, instruction, 'no seguir con la visita; ciérrela');
    return `La instrucción vigente es ${ending} o ${isCenter ? 'dé' : 'pida'} otra instrucción.`;
  },

  'not-arrived'(_: Facts, clause: string): string {
    return clause === '1.2-01'
      ? 'El proveedor ya llegó; si algo afecta al cliente, escálelo.'
      : 'La llegada ya está registrada; siga con la visita.';
  },

  'another-provider': ({ assigned }: Facts): string =>
    `La visita ya es de ese proveedor${inBrackets(textOf(assigned))}; elija a uno distinto.`,

  'question-open'({ about }: Facts): string {
    const question = among(questions, about, 'Ese asunto no está abierto');
    return `${question}; espere el reporte o dé una instrucción sobre la visita.`;
  },

  identified({ fullNameGiven, documentShown }: Facts): string {
    const asksName = fullNameGiven !== true;
    const asksDocument = documentShown !== true || !asksName;
    const missing = [
      ...(asksName ? ['el nombre completo'] : []),
      ...(asksDocument ? ['un documento de identidad'] : []),
    ];
    const [lacks, ask] = single(missing) ? ['falta', 'pídalo'] : ['faltan', 'pídalos'];
    const number = asksDocument ? ', sin anotar el número' : '';
    return `Para validar la identidad ${lacks} ${and(missing)}; ${ask} con cortesía${number}.`;
  },

  'service-as-assigned'({ assigned }: Facts): string {
    const service = textOf(assigned);
    const wrong = `El servicio anunciado no es el asignado${service && `, ${quoted(service)}`}`;
    return `${wrong}; anuncie ese, o pida corregir la asignación.`;
  },

  'photos-new'({ repeated }: Facts): string {
    const ids = textsOf(repeated);
    return single(ids)
      ? `Hay una fotografía repetida${listed(ids)}; regístrela solo una vez.`
      : `Hay fotografías repetidas${listed(ids)}; registre cada una solo una vez.`;
  },

  'photos-taken'({ notTaken }: Facts): string {
    const ids = textsOf(notTaken);
    if (ids.length === 0) return 'Falta decir qué fotografías se envían; elija al menos una.';
    return single(ids)
      ? `Esta fotografía no consta como tomada${listed(ids)}; regístrela primero.`
      : `Estas fotografías no constan como tomadas${listed(ids)}; regístrelas primero.`;
  },

  'channel-allowed'({ channel }: Facts): string {
    const name = textOf(channel);
    const wrong =
      name === ''
        ? 'Falta decir por qué medio se envían las fotografías'
        : `No se envían fotografías por ${quoted(name)}`;
    return `${wrong}; use la aplicación o, si no se puede, el correo electrónico.`;
  },

  'photos-to-document'({ refused }: Facts): string {
    const ids = textsOf(refused);
    if (ids.length === 0) return 'Falta decir qué fotografías se documentan; elija entre las enviadas.';
    return single(ids)
      ? `No se puede documentar esta fotografía${listed(ids)}; elija otra de las enviadas.`
      : `No se pueden documentar estas fotografías${listed(ids)}; elija otras de las enviadas.`;
  },

  'no-round-underway'(facts: Facts): string {
    return `La lista de materiales no se puede cambiar ahora. ${byStatus(facts, 'Termine primero la entrega en curso.')}`;
  },

  'materials-wanted': (facts: Facts): string => byStatus(facts, materials['not-needed']),

  'supplier-allowed'({ suppliedBy }: Facts): string {
    return suppliedBy === 'provider'
      ? 'El contrato no cubre que el proveedor compre materiales; pídale al cliente que los aporte.'
      : 'Falta decir quién aporta los materiales; registre que es el cliente.';
  },

  'materials-supplied'(facts: Facts, clause: string): string {
    if (clause === '1.1-35') return materials.rejected;
    if (clause === '1.1-37') return materials['in-dispute'];
    return byStatus(facts, 'No hay materiales por revisar; registre primero la entrega.');
  },

  'enough-supplied'({ short }: Facts): string {
    const missing = shortagesOf(short, 'es-CR');
    const wrong =
      missing.length === 0 ? 'La entrega no alcanza' : `A la entrega le falta lo siguiente${listed(missing)}`;
    return `${wrong}; pídale al cliente el resto o rechace los materiales.`;
  },

  'mismatch-reasons'({ unreasoned }: Facts): string {
    const items = textsOf(unreasoned);
    const what =
      items.length === 0 ? 'qué material no sirve y por qué' : `por qué no ${single(items) ? 'sirve' : 'sirven'}`;
    return `Falta decir ${what}${listed(items)}; indique si es por la cantidad, el tipo o la calidad.`;
  },

  'materials-refusable'(facts: Facts): string {
    return byStatus(facts, 'No hay materiales por cambiar; siga con la visita.');
  },

  running({ started, away, onBreak, awaitingMaterials }: Facts, clause: string): string {
    const missing = [
      ...(away === true || (away === undefined && clause === '1.1-49') ? ['el reingreso'] : []),
      ...(onBreak === true ? ['el fin de la pausa'] : []),
      ...(started === false ? ['el inicio'] : []),
    ];
    const steps = [
      ...(missing.length === 0 ? [] : [`registrar ${and(missing)}`]),
      ...(awaitingMaterials === true ? ['aceptar los materiales adicionales'] : []),
    ];
    const what = steps.length === 0 ? 'inícielo o reanúdelo' : `falta ${and(steps)}`;
    return `Para ${among(purposes, clause, 'continuar')}, el trabajo debe estar en marcha; ${what}.`;
  },

  'photos-sent'({ unsent, missingShots }: Facts): string {
    const unsentIds = itemsOf(unsent);
    const shots = textsOf(missingShots).map(quoted);
    if (unsentIds.length === 0) {
      return single(shots)
        ? `Falta una fotografía del lugar${listed(shots)}; tómela y envíela por la aplicación.`
        : `Faltan fotografías del lugar${listed(shots)}; tómelas y envíelas por la aplicación.`;
    }
    const lacking = shots.length === 0 ? '' : `; ${single(shots) ? 'falta la' : 'faltan las'} de ${and(shots)}`;
    const send = single(unsentIds) && shots.length === 0 ? 'Envíela' : 'Envíelas todas';
    return `Fotografías sin enviar: ${unsentIds.length}${lacking}. ${send} por la aplicación.`;
  },

  'materials-settled'(facts: Facts, clause: string): string {
    if (clause === '1.1-35') return materials.rejected;
    const unsettled = 'Falta resolver los materiales; acéptelos o explique que no hacen falta.';
    return byStatus(facts, clause === '1.1-38' ? materials['in-dispute'] : unsettled);
  },

  'notice-given'(_: Facts, clause: string, isCenter: boolean): string {
    const which = clause === '1.1-49' ? 'reingreso' : 'salida';
    return `Falta el aviso de ${which}; ${isCenter ? 'regístrelo cuando lo reciba' : 'déselo al Centro de Contacto y regístrelo'}.`;
  },

  'tests-passed'({ tests }: Facts): string {
    return tests === 'failed'
      ? 'Las pruebas constan como fallidas; repítalas con el cliente.'
      : 'Faltan las pruebas de calidad; hágalas con el cliente y regístrelo.';
  },

  'case-number-named'({ named, assigned }: Facts): string {
    const number = textOf(named);
    const wrong = number === '' ? 'Falta el número de expediente' : `El expediente ${number} no es el de esta visita`;
    return `${wrong}; mencione el ${textOf(assigned) || 'asignado'} en la llamada de conclusión.`;
  },

  'not-awaiting-materials'(facts: Facts): string {
    return `El trabajo espera materiales. ${byStatus(facts, 'Acéptelos o explique que no hacen falta.')}`;
  },

  'activity-allowed'({ activity }: Facts, clause: string): string {
    const name = textOf(activity);
    const other = name === '' || name === 'other' ? 'esa gestión' : quoted(name);
    const what = clause === '1.1-31' ? 'que el proveedor compre materiales' : other;
    return `El contrato no cubre ${what}; decline la solicitud con cortesía.`;
  },
} satisfies Partial<Wording['rules']>;
