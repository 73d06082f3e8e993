import { esCR as clauses } from '../../protocol/es-cr.ts';
import type { MaterialsStatus } from '../../visit/index.ts';
import { rulesInOrder } from '../../visit/rule-ids.ts';
import { keyed } from '../words/keyed.ts';
import { names } from './es-cr-names.ts';
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
  single,
  unsettled,
} from './message-templates.ts';
import type { Messages, MessageTemplate } from './messages.ts';
import { asArray, formatList, lookup, shortagesOf, textOf, textsOf } from './text.ts';

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

const status = /* @__PURE__ */ byMaterials(materials);

const purposes: Readonly<Record<string, string>> = {
  '1.1-29': 'pedir materiales adicionales',
  '1.1-43': 'hacer una pausa',
  '1.1-46': 'hacer las pruebas',
  '1.1-49': 'hacer las pruebas',
};

/** The sentence for each rule that refuses. */
function rules() {
  return keyed<typeof rulesInOrder, MessageTemplate>(rulesInOrder, [
    /* well-formed */ 'Los datos del registro no se pueden leer; corríjalos y regístrelo otra vez.',
    /* assigned-first */ 'Esta visita todavía no está asignada; el Centro de Contacto debe asignarla.',
    /* assigned-once */ byText(
      'visitId',
      (id) => `La visita${id && ` ${id}`} ya está asignada; si algo cambió, corrija la asignación.`,
    ),
    /* same-visit */ byText(
      'assigned',
      (id) => `El registro es de otra visita${id && ` y esta es la ${id}`}; revise el número de visita.`,
    ),
    /* not-ended */ byReader(
      (_, clause) => `La visita ya ${clause === '1.1-10' ? 'se cerró' : 'concluyó'}`,
      'si algo quedó pendiente, avise al Centro de Contacto',
      'ya no admite este registro',
    ),
    /* role */ byRole(names, (sender, act, owners, isUnknown) => {
      const who = sender === '' ? 'Quien lo envía' : `El ${sender}`;
      if (isUnknown) return `${who} no puede hacer ${names.unknownAct}; use uno de los que ofrece la aplicación.`;
      const whose = owners.length === 0 ? 'a otra persona' : or(owners.map((owner) => `al ${owner}`));
      return `${who} no puede ${act || `hacer ${names.unknownAct}`}; le corresponde ${whose}.`;
    }),
    /* assigned-provider */ byText(
      'assigned',
      (id) =>
        `La visita está asignada a otro proveedor${inBrackets(id)}; si le corresponde a usted, consulte al Centro de Contacto.`,
    ),
    /* not-frozen */ byReader(
      'La visita espera a otro proveedor',
      'espere al Centro de Contacto',
      'reasígnela o dé la instrucción de proceder',
    ),
    /* not-closing */ ({ instruction }, _, isCenter) => {
      const ending = lookup(endings, instruction, 'no seguir con la visita; ciérrela');
      return `La instrucción vigente es ${ending} o ${isCenter ? 'dé' : 'pida'} otra instrucción.`;
    },
    /* something-amended */ 'La corrección no cambia nada; indique un dato nuevo.',
    /* not-arrived */ (_, clause) =>
      clause === '1.2-01'
        ? 'El proveedor ya llegó; si algo afecta al cliente, escálelo.'
        : 'La llegada ya está registrada; siga con la visita.',
    /* issue-named */ 'Falta decir qué pasó en el camino; indíquelo.',
    /* resolvable-said */ 'Falta decir si el inconveniente se resuelve ahí mismo; indíquelo.',
    /* excess-said */ 'Falta decir si se pasará del tiempo de respuesta; indíquelo.',
    /* issue-reported */ 'No consta un inconveniente de traslado; regístrelo primero.',
    /* reassignment-due */ 'No consta por qué cambiar de proveedor; registre primero el inconveniente sin solución o la instrucción.',
    /* another-provider */ byText(
      'assigned',
      (id) => `La visita ya es de ese proveedor${inBrackets(id)}; elija a uno distinto.`,
    ),
    /* arrived */ 'Falta la llegada del proveedor; regístrela primero.',
    /* absence-answered */ byReader(
      'La ausencia del cliente espera una instrucción',
      'pídala al Centro de Contacto o registre el regreso',
      'dela primero',
    ),
    /* call-made */ callMade,
    /* absence-open */ 'No consta una ausencia del cliente; siga con la visita o repórtela.',
    /* question-open */ ({ about }) =>
      `${lookup(questions, about, 'Ese asunto no está abierto')}; espere el reporte o dé una instrucción sobre la visita.`,
    /* waiver-proceeds */ 'Solo una instrucción de proceder dispensa requisitos; decida proceder o no dispense ninguno.',
    /* credential-shown */ 'Falta mostrarle el carné al cliente; muéstrelo y regístrelo.',
    /* client-answers */ 'El cliente consta como ausente; registre su regreso o valide a un representante.',
    /* representative-allowed */ 'Falta autorizar a un representante; consulte al Centro de Contacto.',
    /* identified */ byIdentity('el nombre completo', 'un documento de identidad', (missing, asksDocument) => {
      const [lacks, ask] = single(missing) ? ['falta', 'pídalo'] : ['faltan', 'pídalos'];
      const number = asksDocument ? ', sin anotar el número' : '';
      return `Para validar la identidad ${lacks} ${and(missing)}; ${ask} con cortesía${number}.`;
    }),
    /* not-away */ 'Falta el reingreso; regístrelo primero.',
    /* identity-valid */ 'Falta validar la identidad; valídela primero.',
    /* service-as-assigned */ byText('assigned', (service) => {
      const wrong = `El servicio anunciado no es el asignado${service && `, ${quoted(service)}`}`;
      return `${wrong}; anuncie ese, o pida corregir la asignación.`;
    }),
    /* fault-located */ 'Falta ubicar la falla; pregúntele al cliente y regístrelo.',
    /* client-here */ 'El cliente consta como ausente; registre su regreso o consulte al Centro de Contacto.',
    /* client-present */ 'La revisión se hace con el cliente presente; hágala así y regístrelo.',
    /* photos-listed */ 'Faltan fotografías; indique al menos una del lugar.',
    /* photos-new */ list(
      'repeated',
      null,
      'Hay una fotografía repetida{}; regístrela solo una vez.',
      'Hay fotografías repetidas{}; registre cada una solo una vez.',
    ),
    /* photos-taken */ list(
      'notTaken',
      'Falta decir qué fotografías se envían; elija al menos una.',
      'Esta fotografía no consta como tomada{}; regístrela primero.',
      'Estas fotografías no constan como tomadas{}; regístrelas primero.',
    ),
    /* channel-allowed */ byText('channel', (name) => {
      const wrong =
        name === ''
          ? 'Falta decir por qué medio se envían las fotografías'
          : `No se envían fotografías por ${quoted(name)}`;
      return `${wrong}; use la aplicación o, si no se puede, el correo electrónico.`;
    }),
    /* email-justified */ 'Falta decir por qué no se usó la aplicación; indíquelo.',
    /* photos-to-document */ list(
      'refused',
      'Falta decir qué fotografías se documentan; elija entre las enviadas.',
      'No se puede documentar esta fotografía{}; elija otra de las enviadas.',
      'No se pueden documentar estas fotografías{}; elija otras de las enviadas.',
    ),
    /* area-inspected */ 'Falta revisar el área; revísela con el cliente y regístrelo.',
    /* service-assessed */ 'Falta valorar el servicio; valórelo y regístrelo.',
    /* list-before-start */ 'El trabajo ya inició; pida lo que falte como materiales adicionales.',
    /* no-round-underway */ status(
      'Termine primero la entrega en curso.',
      'La lista de materiales no se puede cambiar ahora. ',
    ),
    /* materials-wanted */ status(materials['not-needed']),
    /* supplier-allowed */ ({ suppliedBy }) =>
      suppliedBy === 'provider'
        ? 'El contrato no cubre que el proveedor compre materiales; pídale al cliente que los aporte.'
        : 'Falta decir quién aporta los materiales; registre que es el cliente.',
    /* materials-supplied */ status('No hay materiales por revisar; registre primero la entrega.', '', unsettled),
    /* enough-supplied */ ({ short }) => {
      const missing = shortagesOf(short, 'es-CR');
      const wrong =
        missing.length === 0 ? 'La entrega no alcanza' : `A la entrega le falta lo siguiente: ${and(missing)}`;
      return `${wrong}; pídale al cliente el resto o rechace los materiales.`;
    },
    /* mismatch-reasons */ list(
      'unreasoned',
      'Falta decir qué material no sirve y por qué; indique si es por la cantidad, el tipo o la calidad.',
      'Falta decir por qué no sirve{}; indique si es por la cantidad, el tipo o la calidad.',
      'Falta decir por qué no sirven{}; indique si es por la cantidad, el tipo o la calidad.',
    ),
    /* materials-refusable */ status('No hay materiales por cambiar; siga con la visita.'),
    /* dispute-open */ 'No consta un desacuerdo por materiales; regístrelo primero.',
    /* running */ byWaits(['el reingreso', 'el fin de la pausa', 'el inicio'], (missing, extra, clause) => {
      const steps = missing.length === 0 ? [] : [`registrar ${and(missing)}`];
      if (extra) steps.push('aceptar los materiales adicionales');
      const what = steps.length === 0 ? 'inícielo o reanúdelo' : `falta ${and(steps)}`;
      return `Para ${lookup(purposes, clause, 'continuar')}, el trabajo debe estar en marcha; ${what}.`;
    }),
    /* materials-listed */ 'Faltan los materiales adicionales; indique al menos uno.',
    /* start-undocumented */ 'No consta una llamada de inicio por documentar; regístrela primero.',
    /* not-started */ 'El trabajo ya inició; siga con él.',
    /* service-announced */ 'Falta anunciarle el servicio al cliente; anúncielo y regístrelo.',
    /* photos-sent */ ({ unsent, missingShots }) => {
      const ids = asArray(unsent);
      const shots = textsOf(missingShots).map(quoted);
      const named = shots.length === 0 ? '' : and(shots);
      if (ids.length === 0) {
        const list = named && `: ${named}`;
        return single(shots)
          ? `Falta una fotografía del lugar${list}; tómela y envíela por la aplicación.`
          : `Faltan fotografías del lugar${list}; tómelas y envíelas por la aplicación.`;
      }
      const missing = named && `; ${single(shots) ? 'falta la' : 'faltan las'} de ${named}`;
      const send = single(ids) && named === '' ? 'Envíela' : 'Envíelas todas';
      return `Fotografías sin enviar: ${ids.length}${missing}. ${send} por la aplicación.`;
    },
    /* work-explained */ 'Falta explicarle al cliente el trabajo y los materiales; explíquelos y regístrelo.',
    /* materials-settled */ status(
      'Falta resolver los materiales; acéptelos o explique que no hacen falta.',
      '',
      unsettled,
    ),
    /* tools-shown */ 'Falta mostrarle las herramientas al cliente; muéstrelas y regístrelo.',
    /* area-cleared */ 'Falta despejar el área; despéjela y regístrelo.',
    /* start-reported */ callMade,
    /* notice-given */ byReader(
      (_, clause) => `Falta el aviso de ${clause === '1.1-49' ? 'reingreso' : 'salida'}`,
      'déselo al Centro de Contacto y regístrelo',
      'regístrelo cuando lo reciba',
    ),
    /* on-break */ 'No consta una pausa; siga con el trabajo o registre el reingreso.',
    /* away */ 'No consta un reingreso pendiente; siga con la visita o registre el fin de la pausa.',
    /* tested-with-client */ 'Las pruebas se hacen junto con el cliente; hágalas así y regístrelo.',
    /* tests-passed */ ({ tests }) =>
      tests === 'failed'
        ? 'Las pruebas constan como fallidas; repítalas con el cliente.'
        : 'Faltan las pruebas de calidad; hágalas con el cliente y regístrelo.',
    /* tests-stand */ 'Faltan las pruebas de calidad; hágalas primero con el cliente.',
    /* started */ 'El trabajo no ha iniciado; registre primero el inicio.',
    /* structure-preserved */ 'Falta confirmar que el lugar conserva su estructura; déjela como estaba y regístrelo.',
    /* started-or-closing */ 'Las pertenencias se muestran con el trabajo iniciado o la visita por cerrarse; espere.',
    /* confirmation-said */ 'Falta decir si el cliente confirmó las pertenencias; pregúntele e indíquelo.',
    /* conformity */ 'Falta la conformidad del cliente; pregúntele y regístrela.',
    /* case-number-named */ ({ named, assigned }) => {
      const number = textOf(named);
      const wrong = number === '' ? 'Falta el número de expediente' : `El expediente ${number} no es el de esta visita`;
      return `${wrong}; mencione el ${textOf(assigned) || 'asignado'} en la llamada de conclusión.`;
    },
    /* not-on-break */ 'El trabajo sigue en pausa; registre primero el fin de la pausa.',
    /* not-awaiting-materials */ status('Acéptelos o explique que no hacen falta.', 'El trabajo espera materiales. '),
    /* handed-over */ 'Falta entregarle el trabajo al cliente; entrégueselo y regístrelo.',
    /* belongings-checked */ 'Falta mostrarle las pertenencias al cliente; muéstrelas y regístrelo.',
    /* belongings-confirmed */ 'Falta que el cliente confirme las pertenencias; aclárelo y muéstrelas de nuevo.',
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
export const esCR: Messages = {
  clauses,
  names,
  rules: /* @__PURE__ */ rules(),
  waivable,
  unmet: 'Falta cumplir un requisito del protocolo',
};
