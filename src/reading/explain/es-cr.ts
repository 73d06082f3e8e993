import { names } from './es-cr-names.ts';
import * as told from './es-cr-tellings.ts';
import type { Wording } from './wording.ts';

/** Spanish of Costa Rica: of usted. */
export const esCR: Wording = {
  locale: 'es-CR',
  names,
  unknownRule: told.unknownRule,
  waivable: told.waivable,
  rules: {
    'assigned-first': told.assignedFirst,
    'same-visit': told.sameVisit,
    'not-ended': told.notEnded,
    role: told.role,
    'assigned-provider': told.assignedProvider,
    'not-frozen':
      'La visita espera a otro proveedor; no continúe hasta que el Centro de Contacto la reasigne o le indique seguir.',
    'not-closing': told.notClosing,
    'something-amended':
      'La corrección no cambia nada; indique al menos un dato nuevo, como el servicio, el lugar o la hora de llegada.',
    'not-arrived': told.notArrived,
    'issue-named': 'Falta decir qué pasó en el camino; indique si fue una falla o un atraso, o describa qué fue.',
    'resolvable-said': 'Falta decir si el inconveniente se puede resolver ahí mismo; indique sí o no.',
    'excess-said':
      'Falta decir si se pasará del tiempo de respuesta; indíquelo, para avisarle al cliente si hace falta.',
    'issue-reported': 'No hay un inconveniente de traslado reportado; registre primero el reporte del proveedor.',
    'reassignment-due':
      'No consta por qué cambiar de proveedor; registre un inconveniente sin solución o la instrucción de reasignar.',
    'another-provider': told.anotherProvider,
    arrived: 'Falta la llegada del proveedor al lugar; regístrela primero.',
    'absence-answered':
      'La ausencia del cliente espera la instrucción del Centro de Contacto; pídala, o registre que el cliente volvió.',
    'call-made': told.callMade,
    'absence-open': 'No hay una ausencia del cliente reportada; siga con la visita o repórtela si el cliente no está.',
    'question-open': told.questionOpen,
    'waiver-proceeds': told.waiverProceeds,
    'credential-shown': 'Falta mostrarle el carné al cliente; muéstrelo y regístrelo.',
    'client-answers':
      'El cliente está reportado como ausente y esto depende de él; registre su regreso o valide a un representante.',
    'representative-allowed':
      'Falta autorización para que atienda un representante; pida esa instrucción al Centro de Contacto.',
    identified: told.identified,
    'not-away': 'La visita está suspendida; registre la llegada y el reingreso, con aviso al Centro de Contacto.',
    'identity-valid': 'Falta validar la identidad de quien atiende; valídela antes de seguir.',
    'service-as-assigned': told.serviceAsAssigned,
    'fault-located': 'Falta ubicar la falla; pregúntele al cliente dónde está y regístrelo.',
    'client-here':
      'El cliente está reportado como ausente; registre su regreso, o pida instrucciones al Centro de Contacto.',
    'client-present': 'Falta que el cliente acompañe la revisión; revise el área con él e indique que estuvo presente.',
    'photos-listed': 'El registro no trae fotografías; tome al menos una del lugar e inclúyala.',
    'photos-new': told.photosNew,
    'photos-taken': told.photosTaken,
    'channel-allowed': told.channelAllowed,
    'email-justified': 'Falta decir por qué no se usó la aplicación; indíquelo al enviar fotografías por correo.',
    'photos-to-document': told.photosToDocument,
    'area-inspected': 'Falta revisar el área; revísela con el cliente antes de valorar el servicio.',
    'service-assessed': 'Falta valorar el servicio; registre la valoración antes de explicar el trabajo.',
    'list-before-start': 'El trabajo ya empezó y su lista no se cambia; pida lo que falte como materiales adicionales.',
    'no-round-underway': told.noRoundUnderway,
    'materials-wanted': told.materialsWanted,
    'supplier-allowed': told.supplierAllowed,
    'materials-supplied': told.materialsSupplied,
    'enough-supplied': told.enoughSupplied,
    'mismatch-reasons': told.mismatchReasons,
    'materials-refusable': told.materialsRefusable,
    'dispute-open':
      'No hay un desacuerdo por materiales que coordinar; registre primero que el cliente no acepta cambiarlos.',
    running: told.running,
    'materials-listed': 'La lista de materiales adicionales está vacía; indique al menos uno.',
    'start-undocumented': 'No hay una llamada de inicio por documentar; regístrela primero.',
    'not-started': 'El trabajo ya inició, y se inicia una sola vez; continúe con él.',
    'service-announced': 'Falta anunciarle el servicio al cliente; anúncielo antes de iniciar.',
    'photos-sent': told.photosSent,
    'work-explained': 'Falta explicarle al cliente el trabajo y los materiales; explíquelos antes de iniciar.',
    'materials-settled': told.materialsSettled,
    'tools-shown': 'Falta mostrarle las herramientas al cliente; muéstrelas y regístrelas.',
    'area-cleared': 'Falta despejar el área; aparte lo que se pueda dañar, o registre que no hay nada que apartar.',
    'start-reported': 'Falta la llamada de inicio; avise al Centro de Contacto que va a empezar y regístrela.',
    'notice-given': told.noticeGiven,
    'on-break': 'No hay una pausa que terminar; siga con el trabajo, o registre el reingreso si es la segunda visita.',
    away: 'No hay un reingreso pendiente; siga con la visita, o registre el fin de la pausa si la hubo.',
    'tested-with-client': 'Las pruebas se hacen con el cliente; hágalas con él e indíquelo.',
    'tests-passed': told.testsPassed,
    'tests-stand': 'Faltan las pruebas de calidad; hágalas con el cliente antes de registrar su objeción.',
    started: 'El trabajo no ha iniciado; registre primero el inicio.',
    'structure-preserved':
      'Falta confirmar que el lugar conserva su estructura; corrija lo que se haya alterado y confírmelo al entregar.',
    'started-or-closing':
      'Las pertenencias se revisan con el trabajo ya iniciado o la visita por cerrarse; espere a que sea así.',
    'confirmation-said': 'Falta decir si el cliente confirmó que lo que sale es del proveedor; pregúntele e indíquelo.',
    conformity: 'Falta la conformidad del cliente; pregúntele si todo quedó bien y registre su respuesta.',
    'case-number-named': told.caseNumberNamed,
    'not-on-break': 'El trabajo sigue en pausa; registre que la termina antes de concluir.',
    'not-awaiting-materials': told.notAwaitingMaterials,
    'handed-over': 'Falta entregarle el lugar al cliente; entréguelo en orden y regístrelo.',
    'belongings-checked': 'Falta que el cliente vea lo que el proveedor se lleva; muéstreselo y regístrelo.',
    'belongings-confirmed':
      'El cliente no está de acuerdo con lo que el proveedor se lleva; aclárelo con él y muéstreselo de nuevo.',
    'completion-reported':
      'Falta la llamada de conclusión; avísele al Centro de Contacto que terminó, mencione el expediente y regístrela.',
    'ending-instructed':
      'No hay instrucción de cancelar ni de reprogramar; pídala al Centro de Contacto antes de cerrar la visita.',
    'activity-allowed': told.activityAllowed,
  },
};
