import type { Locale } from 'auxilio';
import type { Reply } from '../../http/call.ts';

/** Why this host refuses a request, besides what the API of the visits refuses; the status of each. */
const statuses = {
  'bad-request': 400,
  'wrong-login': 401,
  'wrong-link': 401,
  'wrong-code': 401,
  'cross-site': 403,
  'not-yours': 403,
  'device-revoked': 403,
  'no-such-path': 404,
  'method-not-allowed': 405,
  'claimed-by-other': 409,
  'not-payable': 409,
  'already-playing': 409,
  'no-client-number': 409,
  'number-of-provider': 409,
  'begun-in-clear': 409,
  erased: 409,
  held: 409,
  used: 410,
  expired: 410,
  revoked: 410,
  'too-large': 413,
  'too-many-photos': 429,
  'too-many-tries': 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof statuses;

const titles: Readonly<Record<Locale, Readonly<Record<RefusalCode, string>>>> = {
  'es-CR': {
    'bad-request': 'La solicitud no se puede leer',
    'wrong-login': 'El usuario o la contraseña no coinciden',
    'wrong-link': 'Ese enlace no abre nada; ábralo desde el mensaje que recibió, o llame al Centro de Contacto',
    'wrong-code': 'Ese código no es; revíselo con el Centro de Contacto',
    'cross-site': 'La solicitud viene de otra página',
    'not-yours': 'Eso no le corresponde a usted',
    'device-revoked': 'Ese teléfono se dio de baja; llame al Centro de Contacto',
    'no-such-path': 'No hay nada en esa dirección',
    'method-not-allowed': 'Ese método no se usa en esa dirección',
    'claimed-by-other': 'Otra persona atiende la visita',
    'not-payable': 'Esa visita no se puede pagar, o ya se pagó',
    'already-playing': 'Ya se está simulando una mañana',
    'no-client-number': 'Falta el teléfono del cliente; anótelo primero',
    'number-of-provider': 'Ese teléfono es de un proveedor; anote el del cliente',
    'begun-in-clear': 'Los datos de este servidor comenzaron sin claves: no se pueden borrar',
    erased: 'Los datos del cliente de esa visita se borraron: no se anota nada más de él',
    held: 'La visita está retenida; libérela primero',
    used: 'Ya se abrió una vez, en este aparato o en otro; si no fue usted, llame al Centro de Contacto. Ahí le dan otro',
    expired: 'Ya venció; pida otro al Centro de Contacto',
    revoked: 'Ya no vale; use el último que recibió, o pida otro al Centro de Contacto',
    'too-large': 'Lo enviado es demasiado grande',
    'too-many-photos': 'Por hoy no se reciben más fotografías de usted; llame al Centro de Contacto',
    'too-many-tries': 'Demasiados intentos; espere un momento',
    unavailable: 'No se pudo en este momento; inténtelo de nuevo',
  },
  en: {
    'bad-request': 'The request cannot be read',
    'wrong-login': 'The user or the password is wrong',
    'wrong-link': 'That link opens nothing; open it from the message that you received, or call the contact center',
    'wrong-code': 'That is not the code; check it with the contact center',
    'cross-site': 'The request comes from another site',
    'not-yours': 'That is not for you',
    'device-revoked': 'That phone was revoked; call the contact center',
    'no-such-path': 'There is nothing at that address',
    'method-not-allowed': 'That method is not used at that address',
    'claimed-by-other': 'Another person has claimed it',
    'not-payable': 'That visit is not payable, or was paid before',
    'already-playing': 'A morning is being played already',
    'no-client-number': 'The telephone of the client is missing; note it first',
    'number-of-provider': 'That telephone is a provider’s; note the client’s',
    'begun-in-clear': 'The data of this server were begun without keys: they cannot be erased',
    erased: 'The data of the client of that visit were erased: nothing more is noted of them',
    held: 'The visit is on hold; release it first',
    used: 'It was opened before, on this device or another; if it was not you, call the contact center. They give you another one',
    expired: 'It has expired; ask the contact center for another one',
    revoked: 'It is no longer valid; use the last one that you received, or ask the contact center for another one',
    'too-large': 'What was sent is too large',
    'too-many-photos': 'No more photos of yours are received today; call the contact center',
    'too-many-tries': 'Too many attempts; wait a moment',
    unavailable: 'It could not be done now; try again',
  },
};

/** Thrown where a request of this host ends early. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  /** Fields of the reply: the field of the body that is wrong, the one who holds a claim. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: RefusalCode,
    told: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(code);
    this.code = code;
    this.told = told;
    this.headers = headers;
  }
}

/** The refusal as a problem (RFC 9457) in the caller's language. */
export function refusalReply({ code, told, headers }: Refusal, locale: Locale): Reply {
  const status = statuses[code];
  const body = { type: `urn:auxilio:problem:${code}`, title: titles[locale][code], status, code, ...told };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': locale,
      'cache-control': 'no-store',
      ...headers,
    },
    body: JSON.stringify(body),
  };
}
