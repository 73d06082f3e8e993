import type { Facts } from '../../kernel/index.ts';
import { asArray } from '../../util/json.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import type { PastWording } from '../messages.ts';
import { inSpanish } from '../nouns.ts';
import { formatList, lookup, namedIn, shortagesOf, textOf, textsOf, truncate } from '../text.ts';
import { names } from './names.ts';

const and = (items: readonly string[]) => formatList(truncate(items, 'más'), 'es-CR', 'conjunction');
const single = (items: readonly unknown[]) => items.length === 1;
const or = (items: readonly string[]) => formatList(items, 'es-CR', 'disjunction');
const quoted = (text: string) => `«${text}»`;
const inBrackets = (text: string) => (text === '' ? '' : ` (${text})`);
const listed = (items: readonly string[]) => (items.length === 0 ? '' : `: ${and(items)}`);

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

const endings: Readonly<Record<string, string>> = { cancel: 'cancelar la visita', reschedule: 'reprogramar la visita' };

const notClosing = ({ instruction }: Facts): string =>
  `El Centro de Contacto había indicado ${lookup(endings, instruction, 'no seguir con la visita')}.`;

const calls: Readonly<Record<string, string>> = {
  '1.1-26': ' de inicio',
  '1.1-38': ' por los materiales',
  '1.3-02': ' de conclusión',
};

const callMade = (_: Facts, clause: string): string => `No constaba la llamada${lookup(calls, clause, '')}.`;

const questions: Readonly<Record<string, string>> = {
  'client-absence': 'No había una ausencia del cliente por resolver.',
  identity: 'No había una identidad rechazada por resolver.',
  materials: 'No había un desacuerdo por materiales por resolver.',
  escalation: 'No había un asunto escalado por resolver.',
};

function identified({ fullNameGiven, documentShown }: Facts): string {
  const missing = [
    ...(fullNameGiven === true ? [] : ['el nombre completo']),
    ...(documentShown === true ? [] : ['un documento de identidad']),
  ];
  return `Para validar la identidad ${single(missing) ? 'faltó' : 'faltaron'} ${and(missing)}.`;
}

function serviceAsAssigned({ assigned }: Facts): string {
  const service = textOf(assigned);
  return `El servicio anunciado no era el asignado${service && `, ${quoted(service)}`}.`;
}

function photosTaken({ notTaken }: Facts): string {
  const ids = textsOf(notTaken);
  if (ids.length === 0) return 'No se indicó qué fotografías se enviaron.';
  return single(ids)
    ? `Esta fotografía no constaba como tomada${listed(ids)}.`
    : `Estas fotografías no constaban como tomadas${listed(ids)}.`;
}

function channelAllowed({ channel }: Facts): string {
  const name = textOf(channel);
  if (name === '') return 'No se indicó por qué medio se enviaron las fotografías.';
  return `Las fotografías se enviaron por ${quoted(name)}, un medio que no está permitido.`;
}

function photosToDocument({ refused }: Facts): string {
  const ids = textsOf(refused);
  if (ids.length === 0) return 'No se indicó qué fotografías se documentaron.';
  return single(ids)
    ? `Esta fotografía no se podía documentar${listed(ids)}.`
    : `Estas fotografías no se podían documentar${listed(ids)}.`;
}

const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: 'No constaba qué materiales se necesitaban.',
  'not-needed': 'No había materiales pedidos.',
  requested: 'No constaba la entrega de los materiales.',
  supplied: 'Los materiales estaban sin revisar.',
  accepted: 'Los materiales ya se habían aceptado.',
  rejected: 'Los materiales se habían rechazado.',
  'in-dispute': 'Había un desacuerdo por los materiales.',
  coordinated: 'Los materiales ya se habían coordinado.',
};

const byStatus = ({ materials: status }: Facts, otherwise: string) => lookup(materials, status, otherwise);

function materialsSupplied(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return materials.rejected;
  if (clause === '1.1-37') return materials['in-dispute'];
  return byStatus(facts, 'No había materiales por revisar.');
}

function materialsSettled(facts: Facts, clause: string): string {
  if (clause === '1.1-35') return materials.rejected;
  return byStatus(facts, clause === '1.1-38' ? materials['in-dispute'] : 'Los materiales no estaban resueltos.');
}

function enoughSupplied({ short }: Facts): string {
  const missing = shortagesOf(short, 'es-CR');
  return missing.length === 0 ? 'La entrega no alcanzaba.' : `A la entrega le faltaba lo siguiente${listed(missing)}.`;
}

function running({ started, away, onBreak, awaitingMaterials }: Facts, clause: string): string {
  const missing = [
    ...(away === true || (away === undefined && clause === '1.1-49') ? ['el reingreso'] : []),
    ...(onBreak === true ? ['el fin de la pausa'] : []),
    ...(started === false ? ['el inicio'] : []),
    ...(awaitingMaterials === true ? ['la aceptación de los materiales adicionales'] : []),
  ];
  const why = missing.length === 0 ? '' : `: no ${single(missing) ? 'constaba' : 'constaban'} ${and(missing)}`;
  return `El trabajo no estaba en marcha${why}.`;
}

function photosSent({ unsent, missingShots }: Facts): string {
  const ids = asArray(unsent);
  const shots = textsOf(missingShots).map(quoted);
  if (ids.length === 0) {
    return single(shots)
      ? `No constaba una fotografía del lugar${listed(shots)}.`
      : `No constaban fotografías del lugar${listed(shots)}.`;
  }
  const rest = shots.length === 0 ? '' : `, y ${single(shots) ? 'faltaba la' : 'faltaban las'} de ${and(shots)}`;
  return `Había ${inSpanish.count(ids.length, 'fotografía')} sin enviar${rest}.`;
}

function caseNumberNamed({ named, assigned }: Facts): string {
  const [number, own] = [textOf(named), textOf(assigned)];
  const right = own === '' ? '' : `; el de esta visita es ${own}`;
  if (number === '') return `En la llamada de conclusión no se mencionó el número de expediente${right}.`;
  return `En la llamada de conclusión se mencionó el expediente ${number}, que no es el de esta visita${right}.`;
}

function activityAllowed({ activity }: Facts, clause: string): string {
  if (clause === '1.1-31') return 'El proveedor compró materiales, y el contrato no lo cubre.';
  const name = textOf(activity);
  const what = name === '' || name === 'other' ? 'una gestión' : `la gestión ${quoted(name)},`;
  return `Se hizo ${what} que el contrato no cubre.`;
}

const malformed = ({ fields }: Facts): string =>
  `Al registro le faltaban datos, o no se podían leer${listed(textsOf(fields))}.`;

/** Spanish of Costa Rica. */
export const past: PastWording = {
  unknownRule: (clause, text) => {
    const unmet = 'No se cumplió un requisito del protocolo';
    return clause === '' ? `${unmet}.` : `${unmet} (${clause}). ${text}`;
  },
  rules: {
    'well-formed': malformed,
    'assigned-once': assignedOnce,
    'assigned-first': 'La visita todavía no estaba asignada.',
    'same-visit': sameVisit,
    'not-ended': (_, clause) => `La visita ya ${clause === '1.1-10' ? 'se había cerrado' : 'había concluido'}.`,
    role,
    'assigned-provider': ({ assigned }) => `La visita estaba asignada a otro proveedor${inBrackets(textOf(assigned))}.`,
    'not-frozen': 'La visita esperaba a otro proveedor.',
    'not-closing': notClosing,
    'something-amended': 'La corrección no cambió nada.',
    'not-arrived': (_, clause) => (clause === '1.2-01' ? 'El proveedor ya había llegado.' : 'La llegada ya constaba.'),
    'issue-named': 'No se indicó qué pasó en el camino.',
    'resolvable-said': 'No se indicó si el inconveniente se resolvía ahí mismo.',
    'excess-said': 'No se indicó si se pasaría del tiempo de respuesta.',
    'issue-reported': 'No constaba un inconveniente de traslado.',
    'reassignment-due': 'No constaba por qué cambiar de proveedor.',
    'another-provider': ({ assigned }) => `La visita ya era de ese proveedor${inBrackets(textOf(assigned))}.`,
    arrived: 'No constaba la llegada del proveedor.',
    'absence-answered': 'La ausencia del cliente esperaba una instrucción.',
    'call-made': callMade,
    'absence-open': 'No constaba una ausencia del cliente.',
    'question-open': ({ about }) => lookup(questions, about, 'Ese asunto no estaba abierto.'),
    'waiver-proceeds': 'Se dispensaron requisitos con una instrucción que no era de proceder.',
    'credential-shown': 'No constaba que se le hubiera mostrado el carné al cliente.',
    'client-answers': 'El cliente constaba como ausente.',
    'representative-allowed': 'No constaba que se hubiera autorizado a un representante.',
    identified,
    'not-away': 'No constaba el reingreso.',
    'identity-valid': 'No constaba la validación de la identidad.',
    'service-as-assigned': serviceAsAssigned,
    'fault-located': 'No constaba que se hubiera ubicado la falla.',
    'client-here': 'El cliente constaba como ausente.',
    'client-present': 'La revisión no se hizo con el cliente.',
    'photos-listed': 'No se indicó ninguna fotografía.',
    'photos-new': ({ repeated }) =>
      `Había ${single(textsOf(repeated)) ? 'una fotografía repetida' : 'fotografías repetidas'}${listed(textsOf(repeated))}.`,
    'photos-taken': photosTaken,
    'channel-allowed': channelAllowed,
    'email-justified': 'No se indicó por qué no se usó la aplicación.',
    'photos-to-document': photosToDocument,
    'area-inspected': 'No constaba la revisión del área.',
    'service-assessed': 'No constaba la valoración del servicio.',
    'list-before-start': 'El trabajo ya había iniciado.',
    'no-round-underway': (facts) =>
      `La lista de materiales no se podía cambiar. ${byStatus(facts, 'Había una entrega en curso.')}`,
    'materials-wanted': (facts) => byStatus(facts, materials['not-needed']),
    'supplier-allowed': ({ suppliedBy }) =>
      suppliedBy === 'provider'
        ? 'El proveedor compró materiales, y el contrato no lo cubre.'
        : 'No se indicó quién aportó los materiales.',
    'materials-supplied': materialsSupplied,
    'enough-supplied': enoughSupplied,
    'mismatch-reasons': ({ unreasoned }) => {
      const items = textsOf(unreasoned);
      return `No se indicó por qué no ${items.length > 1 ? 'servían los materiales' : 'servía el material'}${listed(items)}.`;
    },
    'materials-refusable': (facts) => byStatus(facts, 'No había materiales por cambiar.'),
    'dispute-open': 'No constaba un desacuerdo por materiales.',
    running,
    'materials-listed': 'No se indicó ningún material adicional.',
    'start-undocumented': 'No constaba una llamada de inicio por documentar.',
    'not-started': 'El trabajo ya había iniciado.',
    'service-announced': 'No constaba que se le hubiera anunciado el servicio al cliente.',
    'photos-sent': photosSent,
    'work-explained': 'No constaba que se le hubieran explicado al cliente el trabajo y los materiales.',
    'materials-settled': materialsSettled,
    'tools-shown': 'No constaba que se le hubieran mostrado las herramientas al cliente.',
    'area-cleared': 'No constaba que se hubiera despejado el área.',
    'start-reported': callMade,
    'notice-given': (_, clause) => `No constaba el aviso de ${clause === '1.1-49' ? 'reingreso' : 'salida'}.`,
    'on-break': 'No constaba una pausa.',
    away: 'No constaba un reingreso pendiente.',
    'tested-with-client': 'Las pruebas no se hicieron con el cliente.',
    'tests-passed': ({ tests }) =>
      tests === 'failed' ? 'Las pruebas constaban como fallidas.' : 'No constaban las pruebas de calidad.',
    'tests-stand': 'No constaban las pruebas de calidad.',
    started: 'El trabajo no había iniciado.',
    'structure-preserved': 'No constaba que el lugar conservara su estructura.',
    'started-or-closing': 'El trabajo no había iniciado, ni la visita estaba por cerrarse.',
    'confirmation-said': 'No se indicó si el cliente confirmó las pertenencias.',
    conformity: 'No constaba la conformidad del cliente.',
    'case-number-named': caseNumberNamed,
    'not-on-break': 'El trabajo seguía en pausa.',
    'not-awaiting-materials': (facts) => `El trabajo esperaba materiales. ${byStatus(facts, '')}`.trim(),
    'handed-over': 'No constaba la entrega del trabajo al cliente.',
    'belongings-checked': 'No constaba que se le hubieran mostrado las pertenencias al cliente.',
    'belongings-confirmed': 'No constaba que el cliente hubiera confirmado las pertenencias.',
    'completion-reported': callMade,
    'ending-instructed': 'No constaba una instrucción de cancelar ni de reprogramar.',
    'activity-allowed': activityAllowed,
  },
};
