import type { CommandType } from '../../messages/index.ts';
import { asArray } from '../../util/json.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { rulesInOrder } from '../../visit/rule-ids.ts';
import { keyed } from '../keyed.ts';
import {
  byIdentity,
  byList,
  byMaterials,
  byReader,
  byRole,
  byText,
  byWaits,
  inBrackets,
  joiner,
  unsettled,
} from '../message-templates.ts';
import type { Messages, MessageTemplate } from '../messages.ts';
import { formatList, lookup, shortagesOf, textOf, textsOf } from '../text.ts';
import { names } from './names.ts';

const and = /* @__PURE__ */ joiner('es-CR', 'más');
const or = (items: readonly string[]) => formatList(items, 'es-CR', 'disjunction');
const quoted = (text: string) => `«${text}»`;
const list = /* @__PURE__ */ byList(and);

const endings: Readonly<Record<string, string>> = {
  cancel: 'cancelar la visita; ciérrela',
  reschedule: 'reprogramar la visita; ciérrela, avise de una segunda visita',
};

const calls: Readonly<Record<string, string>> = {
  '1.1-26': ' de inicio',
  '1.1-38': ' por los materiales',
  '1.3-02': ' de conclusión',
};

const callMade = /* @__PURE__ */ byReader(
  (_, clause) => `Falta la llamada${lookup(calls, clause, '')}`,
  'avise al Centro de Contacto y regístrela',
  'regístrela cuando la reciba',
);

const questions: Readonly<Record<string, string>> = {
  'client-absence': 'una ausencia del cliente',
  identity: 'una identidad rechazada',
  materials: 'un desacuerdo por materiales',
  escalation: 'un asunto escalado',
};

/** An act of the plain path that was not done. */
const missing = (act: CommandType) => `Falta ${names.acts[act]}.`;

const unexplained = 'Falta explicar el trabajo y los materiales.';
const unaccepted = 'Falta aceptar los materiales o explicar que no hacen falta.';

/** How materials stand, and what to do about it. */
const materials: Readonly<Record<MaterialsStatus, string>> = {
  unknown: unexplained,
  'not-needed': 'No hay materiales pedidos; explique de nuevo el trabajo o pida materiales adicionales.',
  requested: /* @__PURE__ */ missing('SupplyMaterials'),
  supplied: 'Falta aceptar o rechazar los materiales.',
  accepted: 'Los materiales ya se aceptaron; explique de nuevo el trabajo o pida materiales adicionales.',
  rejected: 'Los materiales se rechazaron; registre la nueva entrega.',
  'in-dispute': 'Hay un desacuerdo por los materiales; el Centro de Contacto lo coordina con el cliente.',
  coordinated: 'Los materiales ya se coordinaron; registre la entrega o explique de nuevo el trabajo.',
};

const status = /* @__PURE__ */ byMaterials(materials);

/** The sentence for each rule that refuses. */
function rules() {
  return keyed<typeof rulesInOrder, MessageTemplate>(rulesInOrder, [
    /* well-formed */ 'El registro no se puede leer; corrija los datos.',
    /* assigned-first */ 'La visita no está asignada; el Centro de Contacto debe asignarla.',
    /* assigned-once */ byText(
      'visitId',
      (id) => `La visita ya está asignada${inBrackets(id)}; si algo cambió, corrija la asignación.`,
    ),
    /* same-visit */ byText('assigned', (id) => `El registro no es de esta visita${inBrackets(id)}.`),
    /* not-ended */ byReader(
      (_, clause) => `La visita ya ${clause === '1.1-10' ? 'se cerró' : 'concluyó'}`,
      'si algo quedó pendiente, avise al Centro de Contacto',
      'ya no admite este registro',
    ),
    /* role */ byRole(names, (sender, act, owners) => {
      const whose = or(owners.map((owner) => `al ${owner}`));
      return `El ${sender || 'remitente'} no puede ${act || `hacer ${names.unknownAct}`}${whose && `; le corresponde ${whose}`}.`;
    }),
    /* assigned-provider */ byText(
      'assigned',
      (id) => `La visita está asignada a otro proveedor${inBrackets(id)}; consulte al Centro de Contacto.`,
    ),
    /* not-frozen */ byReader(
      'La visita espera a otro proveedor',
      'espere al Centro de Contacto',
      'reasígnela o dé la instrucción de proceder',
    ),
    /* not-closing */ ({ instruction }, _, isCenter) => {
      const ending = lookup(endings, instruction, 'no seguir con la visita; ciérrela');
      return `La instrucción vigente es ${ending} o ${isCenter ? 'dé' : 'pida'} otra.`;
    },
    /* something-amended */ 'Indique qué cambia.',
    /* not-arrived */ 'El proveedor ya llegó; siga con la visita o escale lo que afecte al cliente.',
    /* issue-named */ 'Indique qué pasó en el camino.',
    /* resolvable-said */ 'Indique si el inconveniente se arregla ahí mismo.',
    /* excess-said */ 'Indique si se va a exceder el tiempo de respuesta.',
    /* issue-reported */ 'No consta un inconveniente de traslado; regístrelo primero.',
    /* reassignment-due */ 'No consta por qué cambiar de proveedor; registre el inconveniente o la instrucción.',
    /* another-provider */ byText(
      'assigned',
      (id) => `La visita ya está asignada a ese proveedor${inBrackets(id)}; elija otro.`,
    ),
    /* arrived */ missing('RecordArrival'),
    /* absence-answered */ byReader(
      'La ausencia del cliente espera una instrucción',
      'pídala al Centro de Contacto o registre el regreso',
      'dela primero',
    ),
    /* call-made */ callMade,
    /* absence-open */ 'No consta una ausencia del cliente; siga con la visita o repórtela.',
    /* question-open */ ({ about }) =>
      `No hay ${lookup(questions, about, 'un asunto así')} por resolver; espere el reporte o dé la instrucción sobre la visita.`,
    /* waiver-proceeds */ 'Solo una instrucción de proceder dispensa requisitos.',
    /* credential-shown */ missing('ShowCredential'),
    /* client-answers */ 'El cliente consta como ausente; registre su regreso o valide a un representante.',
    /* representative-allowed */ 'Falta autorizar a un representante; consulte al Centro de Contacto.',
    /* identified */ byIdentity(
      'el nombre completo',
      'un documento de identidad, sin anotar el número',
      (lacking) => `Pida con cortesía ${and(lacking)}.`,
    ),
    /* not-away */ 'Falta registrar el reingreso.',
    /* identity-valid */ missing('ValidateIdentity'),
    /* service-as-assigned */ byText(
      'assigned',
      (service) => `Anuncie el servicio asignado${service && `, ${quoted(service)},`} o pida corregir la asignación.`,
    ),
    /* fault-located */ missing('LocateFault'),
    /* client-here */ 'El cliente consta como ausente; registre su regreso o consulte al Centro de Contacto.',
    /* client-present */ 'Revise el área con el cliente presente.',
    /* photos-listed */ 'Indique al menos una fotografía del lugar.',
    /* photos-new */ list('repeated', 'Registre cada fotografía una sola vez'),
    /* photos-taken */ list(
      'notTaken',
      'Registre cada fotografía como tomada antes de enviarla',
      'Indique al menos una fotografía.',
    ),
    /* channel-allowed */ byText(
      'channel',
      (name) =>
        `Envíe las fotografías por la aplicación o, si no se puede, por correo electrónico${name && `, no por ${quoted(name)}`}.`,
    ),
    /* email-justified */ 'Indique por qué no se usó la aplicación.',
    /* photos-to-document */ list(
      'refused',
      'Documente cada fotografía una sola vez, después de enviada',
      'Elija entre las fotografías enviadas.',
    ),
    /* area-inspected */ missing('InspectArea'),
    /* service-assessed */ missing('AssessService'),
    /* list-before-start */ 'El trabajo ya inició; pida materiales adicionales.',
    /* no-round-underway */ status(materials.supplied, 'La lista de materiales no se puede cambiar ahora. '),
    /* materials-wanted */ status(materials['not-needed']),
    /* supplier-allowed */ 'Los materiales los consigue el cliente; el contrato no cubre que el proveedor los compre.',
    /* materials-supplied */ status(materials.requested, '', unsettled),
    /* enough-supplied */ ({ short }) => {
      const rest = and(shortagesOf(short, 'es-CR'));
      const lacking = rest === '' ? 'algo' : `lo siguiente: ${rest}`;
      return `A la entrega le falta ${lacking}; pídaselo al cliente o rechace los materiales.`;
    },
    /* mismatch-reasons */ list('unreasoned', 'Indique en qué no sirve el material: cantidad, tipo o calidad'),
    /* materials-refusable */ status('No hay materiales por cambiar; siga con la visita.'),
    /* dispute-open */ 'No consta un desacuerdo por materiales; regístrelo primero.',
    /* running */ byWaits(['el reingreso', 'el fin de la pausa', 'el inicio'], (records, extra) => {
      const steps = records.length === 0 ? [] : [`registrar ${and(records)}`];
      if (extra) steps.push('aceptar los materiales adicionales');
      return `El trabajo debe estar en marcha; falta ${and(steps) || 'iniciarlo o reanudarlo'}.`;
    }),
    /* materials-listed */ 'Indique al menos un material adicional.',
    /* start-undocumented */ 'No consta una llamada de inicio por documentar; regístrela primero.',
    /* not-started */ 'El trabajo ya inició; siga con él.',
    /* service-announced */ missing('AnnounceService'),
    /* photos-sent */ ({ unsent, missingShots }) => {
      const shots = and(textsOf(missingShots).map(quoted));
      const count = asArray(unsent).length;
      const taken = count === 0 ? '' : `; sin enviar: ${count}`;
      return `Falta enviar fotografías del lugar por la aplicación${shots && `, entre ellas: ${shots}`}${taken}.`;
    },
    /* work-explained */ unexplained,
    /* materials-settled */ status(unaccepted, '', unsettled),
    /* tools-shown */ missing('ShowTools'),
    /* area-cleared */ missing('ClearArea'),
    /* start-reported */ callMade,
    /* notice-given */ byReader(
      (_, clause) => `Falta el aviso de ${clause === '1.1-49' ? 'reingreso' : 'salida'}`,
      'déselo al Centro de Contacto y regístrelo',
      'regístrelo cuando lo reciba',
    ),
    /* on-break */ 'No consta una pausa; siga con el trabajo o registre el reingreso.',
    /* away */ 'No consta un reingreso pendiente; siga con la visita o registre el fin de la pausa.',
    /* tested-with-client */ 'Haga las pruebas junto con el cliente.',
    /* tests-passed */ ({ tests }) =>
      tests === 'failed' ? 'Las pruebas constan como fallidas; repítalas.' : missing('TestQuality'),
    /* tests-stand */ missing('TestQuality'),
    /* started */ missing('StartWork'),
    /* structure-preserved */ 'Deje la estructura del lugar como estaba y regístrelo.',
    /* started-or-closing */ 'Las pertenencias se muestran con el trabajo iniciado o al cerrar la visita.',
    /* confirmation-said */ 'Indique si el cliente confirmó las pertenencias.',
    /* conformity */ missing('RecordConformity'),
    /* case-number-named */ ({ named, assigned }) => {
      const [wrong, right] = [textOf(named), textOf(assigned)];
      const number = `${right && ` ${right}`}${inBrackets(wrong && `no ${wrong}`)}`;
      return `Mencione el número de expediente${number} en la llamada de conclusión.`;
    },
    /* not-on-break */ missing('ResumeWork'),
    /* not-awaiting-materials */ status(unaccepted, 'El trabajo espera materiales. '),
    /* handed-over */ missing('HandOverSite'),
    /* belongings-checked */ missing('ShowBelongings'),
    /* belongings-confirmed */ 'Falta que el cliente confirme las pertenencias; muéstrelas de nuevo.',
    /* completion-reported */ callMade,
    /* ending-instructed */ byReader(
      'No consta una instrucción de cancelar ni de reprogramar',
      'consulte al Centro de Contacto',
      'dela primero',
    ),
    /* activity-allowed */ ({ activity }, clause) => {
      const name = textOf(activity);
      const other = name === '' || name === 'other' ? 'esa gestión' : quoted(name);
      const what = clause === '1.1-31' ? 'que el proveedor compre materiales' : other;
      return `El contrato no cubre ${what}; decline la solicitud con cortesía.`;
    },
  ]);
}

function waivable(requirements: readonly string[], isCenter: boolean): string {
  const what = requirements.length === 0 ? 'este requisito' : formatList(requirements, 'es-CR', 'conjunction');
  return `Con una instrucción de proceder, ${isCenter ? 'usted' : 'el Centro de Contacto'} puede dispensar ${what}.`;
}

/** Spanish of Costa Rica: of usted. */
export const messages: Messages = {
  names,
  rules: /* @__PURE__ */ rules(),
  waivable,
  unmet: 'Falta cumplir un requisito del protocolo',
};
