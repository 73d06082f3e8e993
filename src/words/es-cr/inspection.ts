import type { Facts } from '../../kernel/decision.ts';
import { asArray } from '../../util/json.ts';
import type {
  ActNames,
  ChapterPhrases,
  EventNames,
  FieldLabels,
  FieldNames,
  Findings,
  Refusals,
  Requirements,
} from '../chapter.ts';
import { inSpanish } from '../nouns.ts';
import { cleanText, cleanTexts } from '../text.ts';
import { and, asTheyStood, listed, quoted, single } from './shared.ts';

/** The acts, as infinitives. */
export const acts = {
  LocateFault: 'ubicar la falla',
  InspectArea: 'revisar el área',
  TakePhotos: 'tomar fotografías',
  SubmitPhotos: 'enviar fotografías',
  DocumentPhotos: 'documentar fotografías',
  AssessService: 'valorar el servicio',
  ExplainWork: 'explicar el trabajo',
} satisfies ActNames;

/** The phrases and questions of each act. */
export const phrases = {
  locate: '¿Me enseña dónde está la falla, por favor?',
  inspect: '¿Me acompaña a revisar el área{, $addressee}? Con permiso, también voy a tomar unas fotos.',
  photograph: 'Con permiso, tomo las fotos y las envío.',
  assess: 'Voy a valorar qué hace falta.',
  'explain-work': 'Le explico cómo voy a hacer la reparación{, $addressee}.',
  'materials-list': 'Vamos a ocupar {$materials|unos materiales}.',
  'materials-none': 'No hacen falta materiales.',
  'op-photos': 'Ya quedaron las fotos en el expediente{, $addressee}.',
  'ask-where': 'Dónde está la falla',
  'ask-consent': 'Si el cliente está presente y de acuerdo',
  'ask-photos': 'Fotografías{: $shots}',
  'ask-channel': 'Por la aplicación, o por correo electrónico y por qué',
  'ask-diagnosis': 'Qué se encontró',
  'ask-method': 'Cómo se hará la reparación',
  'ask-materials': 'Materiales: cantidad, unidad, tipo y calidad',
} as const satisfies ChapterPhrases;

/** Refusals: what is missing, and what to do. */
export const refusals = {
  'client-here': 'El cliente consta como ausente; registre su regreso o consulte al Centro de Contacto.',
  'client-present': 'Revise el área con el cliente presente.',
  'photos-listed': 'Indique al menos una fotografía del lugar.',
  'photos-new': 'Registre cada fotografía una sola vez{ ($repeated)}.',
  'photos-taken':
    '{Registre cada fotografía como tomada antes de enviarla ($notTaken)|Tome e indique al menos una fotografía}.',
  'channel-allowed': 'Envíe las fotografías por la aplicación o, si no, por correo electrónico{ (no por $channel)}.',
  'email-justified': 'Indique por qué no se usó la aplicación.',
  'photos-to-document': 'Documente fotografías ya enviadas, una sola vez{ ($refused)}.',
  'list-before-start': 'Ya se inició el trabajo; pida materiales adicionales.',
  'no-round-underway': '{$materials|Falta aceptar o rechazar los materiales.}',
  'photos-sent':
    'Falta enviar fotografías del lugar por la aplicación{, entre ellas: $missingShots}{; sin enviar: $#unsent}.',
} satisfies Refusals;

/** The requirements of the waivable rules. */
export const requirements = {
  'client-here': 'la presencia del cliente',
  'client-present': 'la revisión con el cliente',
  'photos-sent': 'el envío de las fotografías',
} satisfies Requirements;

/** The events, as headings. */
export const events = {
  FaultLocated: 'Falla ubicada',
  AreaInspected: 'Área revisada',
  PhotosTaken: 'Fotografías tomadas',
  PhotosSubmitted: 'Fotografías enviadas',
  PhotosDocumented: 'Fotografías documentadas',
  ServiceAssessed: 'Servicio valorado',
  WorkExplained: 'Trabajo explicado',
} satisfies EventNames;

/** The fields of their data. */
export const fields = {
  where: 'Ubicación',
  clientPresent: 'Cliente presente',
  clientConsented: 'Cliente de acuerdo',
  photos: 'Fotografías',
  photoIds: 'Fotografías',
  appUnavailableReason: 'Por qué no se usó la aplicación',
  diagnosis: 'Valoración',
  method: 'Método',
} satisfies FieldNames;

/** The labels of the fields of a form. */
export const labels = {
  LocateFault: { where: '¿Dónde está la falla?' },
  InspectArea: {
    clientPresent: '¿Estaba presente el cliente?',
    clientConsented: '¿Aceptó la revisión y las fotografías?',
  },
  TakePhotos: { photos: 'Fotografías' },
  SubmitPhotos: {
    photoIds: '¿Cuáles fotografías envió?',
    channel: '¿Por dónde las envió?',
    appUnavailableReason: '¿Por qué no se pudo usar la aplicación?',
  },
  DocumentPhotos: { photoIds: '¿Cuáles fotografías quedan en el expediente?' },
  AssessService: { diagnosis: ['Valoración', 'Qué encontró y qué hace falta.'] },
  ExplainWork: {
    method: '¿Cómo va a hacer el trabajo?',
    materials: ['Materiales que le pide al cliente', '', 'No hacen falta materiales'],
  },
} satisfies FieldLabels;

function photosTaken({ notTaken }: Facts): string {
  const ids = cleanTexts(notTaken);
  if (ids.length === 0) return 'No se indicó qué fotografías se enviaron.';
  return single(ids)
    ? `Esta fotografía no constaba como tomada${listed(ids)}.`
    : `Estas fotografías no constaban como tomadas${listed(ids)}.`;
}

function channelAllowed({ channel }: Facts): string {
  const name = cleanText(channel);
  if (name === '') return 'No se indicó por qué medio se enviaron las fotografías.';
  return `Las fotografías se enviaron por ${quoted(name)}, un medio que no está permitido.`;
}

function photosToDocument({ refused }: Facts): string {
  const ids = cleanTexts(refused);
  if (ids.length === 0) return 'No se indicó qué fotografías se documentaron.';
  return single(ids)
    ? `Esta fotografía no se podía documentar${listed(ids)}.`
    : `Estas fotografías no se podían documentar${listed(ids)}.`;
}

function photosSent({ unsent, missingShots }: Facts): string {
  const ids = asArray(unsent);
  const shots = cleanTexts(missingShots).map(quoted);
  if (ids.length === 0) {
    return single(shots)
      ? `No constaba una fotografía del lugar${listed(shots)}.`
      : `No constaban fotografías del lugar${listed(shots)}.`;
  }
  const rest = shots.length === 0 ? '' : `, y ${single(shots) ? 'faltaba la' : 'faltaban las'} de ${and(shots)}`;
  return `Había ${inSpanish.count(ids.length, 'fotografía')} sin enviar${rest}.`;
}

/** Findings: what was not as it should be. */
export const findings = {
  'fault-located': 'No constaba que se hubiera ubicado la falla.',
  'client-here': 'El cliente constaba como ausente.',
  'client-present': 'La revisión no se hizo con el cliente.',
  'photos-listed': 'No se indicó ninguna fotografía.',
  'photos-new': ({ repeated }) =>
    `Había ${single(cleanTexts(repeated)) ? 'una fotografía repetida' : 'fotografías repetidas'}${listed(cleanTexts(repeated))}.`,
  'photos-taken': photosTaken,
  'channel-allowed': channelAllowed,
  'email-justified': 'No se indicó por qué no se usó la aplicación.',
  'photos-to-document': photosToDocument,
  'area-inspected': 'No constaba la revisión del área.',
  'service-assessed': 'No constaba la valoración del servicio.',
  'list-before-start': 'El trabajo ya se había iniciado.',
  'no-round-underway': (facts) =>
    `La lista de materiales no se podía cambiar. ${asTheyStood(facts, 'Había una entrega en curso.')}`,
  'photos-sent': photosSent,
  'work-explained': 'No constaba que se le hubieran explicado al cliente el trabajo y los materiales.',
} satisfies Findings;
