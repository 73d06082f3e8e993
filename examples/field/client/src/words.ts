/** The texts of the client's page in the Spanish of Costa Rica, with which it opens; those in English are loaded for who chose them. */
import type { AttestedFact, Locale } from 'auxilio';
import type { Shape } from '../../ui/words.ts';

const esCR = {
  title: 'Su visita',
  loading: 'Un momento…',
  otherLanguage: 'English',
  darkTheme: 'Fondo oscuro',
  lightTheme: 'Fondo claro',
  back: 'Volver',
  call: (number: string) => `Llamar al centro: ${number}`,
  tryAgain: 'Intentar de nuevo',

  badLink: (reason: string) =>
    ({
      used: 'Este enlace ya se abrió en otro teléfono. Si no fue usted, dígaselo al centro.',
      expired: 'Este enlace ya venció.',
      revoked: 'El centro anuló este enlace.',
      'wrong-link': 'Este enlace no sirve. Puede que esté incompleto.',
    })[reason] ?? 'Este enlace no sirve.',
  newLink: 'Llame y pida uno nuevo.',
  noLink: 'Abra el enlace que el centro le mandó por mensaje. Si no lo tiene, llame al centro.',
  forgotten:
    'Los datos de su visita se borraron, también los de este aparato. Lo que se concluyó de ella sigue constando, sin sus datos.',
  goOn: 'Seguir con la visita de antes',
  noSignal: 'No hay internet en este momento. Intente de nuevo cuando haya.',
  tooMany: 'Hubo demasiados intentos. Espere unos minutos, o llame al centro.',
  sessionOver: 'Este teléfono ya no puede mandar sus respuestas. Siguen guardadas aquí. Llame al centro.',

  askCode: 'Ponga el código que el centro le dice',
  askCodeHow: 'Llame al centro y pida el código de su visita: son seis números. No se lo pida a quien le visita.',
  code: 'Los seis números',
  enter: 'Entrar',
  wrongCode: 'Ese código no es. Revíselo, o llame al centro.',

  whoComes: 'Quién viene',
  whoCame: 'Quién vino',
  nobodyYet: 'El centro todavía no ha dicho quién viene.',
  photoOf: (name: string) => `Fotografía de ${name}`,
  card: (number: string) => `Carné ${number}`,
  expected: (time: string) => `Llega antes de ${time}`,
  delayed: 'Viene con atraso.',
  delayedUntil: (time: string) => `Viene con atraso: llega cerca de ${time}`,
  atDoor: 'Ya está en la puerta',
  atDoorHint: 'Antes de abrir, compruebe que es la persona que el centro mandó.',

  yourCode: 'Su código',
  yourCodeHint: 'Dígaselo a quien está en la puerta. En su teléfono debe decir que es el correcto.',
  theirCode: '¿Qué código le dice la otra persona?',
  check: 'Comprobar',
  rightPerson: 'El código es correcto. Es la persona que el centro mandó.',
  wrongPerson: 'Ese código no es. No abra la puerta. Pídalo otra vez; si sigue igual, llame al centro.',
  sixDigits: 'Son seis números.',
  noCodes: 'Para comprobar en la puerta hace falta internet una vez. Llame al centro.',

  happening: 'Lo que ha pasado',
  nothingYet: 'Todavía no ha pasado nada.',
  wasItSo: '¿Fue así?',
  yes: 'Sí, así fue',
  no: 'No fue así',
  allYes: (count: number) => (count === 2 ? 'Sí a las dos cosas' : `Sí a las ${count} cosas`),
  more: (count: number) =>
    count === 1 ? 'Falta 1 cosa más por contestar.' : `Faltan ${count} cosas más por contestar.`,
  answerAll: 'Ver y contestar todo',
  answered: 'Ya contestó todo. Gracias.',
  saidYes: 'Usted dijo: sí, así fue.',
  saidNo: 'Usted dijo: no fue así.',
  change: 'Cambiar mi respuesta',
  whatHappened: '¿Qué pasó? (si quiere contarlo)',
  saveNo: 'Guardar: no fue así',
  cancel: 'No, dejarlo',

  fact: (fact: AttestedFact) =>
    ({
      arrival: 'Llegó la persona que hace el trabajo.',
      absence: 'Usted no estaba cuando llegaron.',
      identity: 'Usted mostró su cédula.',
      inspection: 'Revisaron el lugar junto con usted.',
      explanation: 'Le explicaron el trabajo y los materiales.',
      supply: 'Usted dio los materiales.',
      acceptance: 'Dijeron que los materiales sirven.',
      tools: 'Le mostraron las herramientas.',
      start: 'Empezaron el trabajo.',
      tests: 'Hicieron las pruebas junto con usted.',
      conformity: 'Usted dijo que la reparación quedó bien.',
      handover: 'Le entregaron el lugar como estaba.',
      belongings: 'Le mostraron que solo se llevan lo propio.',
      end: 'Terminó la visita.',
    })[fact],

  bring: 'Materiales que le pidieron',
  bringHint: 'El contrato no cubre los materiales: los consigue usted.',
  owed: 'Lo que puede esperar',
  owedList:
    'Que le saluden y le muestren el carné.\nQue le expliquen el trabajo antes de empezar.\nQue usted esté presente en la revisión y en las pruebas.\nQue solo hagan lo que dice el contrato: no tienen que venderle nada.\nQue traten bien su casa y la dejen como estaba.\nQue le traten con cortesía, y nadie fume ni tome licor.\nQue el centro le avise si hay atraso o viene otra persona.\nQue le muestren lo que se llevan.',

  trouble: 'Algo salió mal',
  nobody: 'Nadie vino',
  nobodyDenies: (time: string) => `Está anotado que llegaron a ${time}. ¿No vino nadie?`,
  nobodySave: 'Guardar: nadie vino',
  nobodyCall: 'No hay ninguna llegada anotada. Llame al centro y cuénteles.',
  damaged: 'Dañó algo',
  discourteous: 'Se comportó mal',
  tell: 'Cuente qué pasó',
  tellNeeded: 'Escriba qué pasó.',
  send: 'Guardar y enviar',

  waiting: (count: number) => (count === 1 ? 'Hay 1 respuesta por enviar' : `Hay ${count} respuestas por enviar`),
  waitingHint: 'Está guardado en este teléfono. Se envía solo cuando haya internet.',
  sent: 'Todo lo que dijo llegó al centro',
  refused: 'Algo de lo que dijo no se pudo anotar',
  offline: 'Sin internet: ve lo último que llegó',
  whyRefused: (rule: string) =>
    rule === 'facts-stand'
      ? 'Eso ya no está anotado así. Vea de nuevo lo que ha pasado, y conteste otra vez.'
      : 'Una persona del centro lo va a revisar.',
  yourWords: 'Lo que usted dijo',
  nothingSaid: 'Todavía no ha dicho nada.',
  stateWaiting: 'Por enviar',
  stateSent: 'Recibido',
  stateRefused: 'No se anotó',
  saidOn: (text: string, isYes: boolean) => `${text} ${isYes ? 'Sí, así fue.' : 'No fue así.'}`,
  sendNow: 'Enviar ahora',
  notKept: 'No se guardó: este teléfono no deja guardar. Llame al centro.',

  receipt: 'Mi comprobante',
  receiptWaits: 'Lo que usted dijo todavía no ha llegado al centro: el comprobante no lo tiene.',
  caseNumber: (text: string) => `Expediente ${text}`,
  saveReceipt: 'Guardar el archivo',
  receiptFile: (visit: string) => `comprobante-${visit}.json`,
  notSaved: 'No se pudo guardar. Intente de nuevo cuando haya internet.',
  print: 'Imprimir',
  word: (word: string) =>
    ({
      denied: 'Usted lo negó',
      client: 'Lo dijo usted',
      both: 'Lo dijeron ellos, y usted está de acuerdo',
      provider: 'Solo lo dice quien hizo el trabajo',
      'contact-center': 'Solo lo dice el centro',
    })[word] ?? '',
  fingerprint: 'Huella del registro',
};

export type ClientTexts = Shape<typeof esCR>;

const loaded: { 'es-CR': ClientTexts; en?: ClientTexts } = { 'es-CR': esCR };

/** Loads the texts of a language. */
export async function loadTexts(locale: Locale): Promise<void> {
  if (locale === 'en') loaded.en ??= (await import('./words-en.ts')).en;
}

/** The texts of a language; the Spanish ones until they are loaded. */
export const texts = (locale: Locale): ClientTexts => loaded[locale] ?? loaded['es-CR'];
