import type { Locale } from 'auxilio';
import type { ProblemCode } from './problem.ts';
import type { UnsentSignature } from './quarantine.ts';

/** Words for the problems of a request that the parser does not report. */
export type OwnIssueCode = keyof (typeof issueWords)['en'];

export const issueWords = {
  'es-CR': {
    'invalid-utf-8': 'El cuerpo debe ser texto en UTF-8.',
    'duplicate-key': 'Un objeto del cuerpo tiene dos veces el mismo campo; deje uno.',
    incomplete: 'El cuerpo llegó incompleto; envíelo de nuevo.',
    'other-than-path': 'data.visitId debe ser la visita de la dirección.',
    'other-than-body': 'Idempotency-Key debe ser el commandId del cuerpo; basta con uno de los dos.',
    'not-a-star-alone': 'If-None-Match debe ser * y venir sin If-Match.',
    'not-one-strong-version': 'If-Match debe ser una sola versión entre comillas, por ejemplo "7".',
    'not-a-version': 'after debe ser una versión: un número entero desde 0.',
    'not-unsent': 'Eso no es un archivo de lo que un teléfono no ha enviado.',
    'newer-version': 'El archivo es de una versión posterior.',
    'seal-broken': 'El archivo está incompleto o fue alterado.',
    'malformed-line': 'Esa línea del archivo no se puede leer.',
    'not-a-device': 'Un dispositivo se nombra con 1 a 200 caracteres.',
    'not-a-public-key': 'La llave debe ser pública, de ECDSA en P-256: su SPKI en base64.',
    'not-a-cursor': 'after debe ser el cursor de una respuesta anterior.',
    'not-a-hash': 'La fotografía se nombra por su SHA-256: 64 cifras hexadecimales en minúscula.',
    'not-a-range': 'Content-Range debe ser como bytes 0-99/200.',
    'other-length': 'El cuerpo no tiene el largo que dice su Content-Range.',
    'not-a-count': 'basedOn debe ser un número entero desde 0.',
  },
  en: {
    'invalid-utf-8': 'The body must be text in UTF-8.',
    'duplicate-key': 'An object of the body has one field twice; leave one.',
    incomplete: 'The body arrived incomplete; send it again.',
    'other-than-path': 'data.visitId must be the visit of the address.',
    'other-than-body': 'Idempotency-Key must be the commandId of the body; one of the two is enough.',
    'not-a-star-alone': 'If-None-Match must be *, without If-Match.',
    'not-one-strong-version': 'If-Match must be one version in quotation marks, such as "7".',
    'not-a-version': 'after must be a version: a whole number from 0.',
    'not-unsent': 'That is no file of what a phone has not sent.',
    'newer-version': 'The file is of a later release.',
    'seal-broken': 'The file is incomplete or was changed.',
    'malformed-line': 'That line of the file cannot be read.',
    'not-a-device': 'A device is named by 1 to 200 characters.',
    'not-a-public-key': 'The key must be a public one of ECDSA on P-256: its SPKI in base64.',
    'not-a-cursor': 'after must be the cursor of an earlier answer.',
    'not-a-hash': 'A photograph is named by its SHA-256: 64 hexadecimal digits in lower case.',
    'not-a-range': 'Content-Range must be like bytes 0-99/200.',
    'other-length': 'The body has not the length that its Content-Range says.',
    'not-a-count': 'basedOn must be a whole number from 0.',
  },
} as const;

/** Says to an operator who signed a file. */
export const signatureWords: Readonly<Record<Locale, (signature: UnsentSignature) => string>> = {
  'es-CR': ({ state, device, replacedAt }) => {
    if (state === 'signed' && replacedAt !== null) return `Firmado con una llave anterior del dispositivo ${device}.`;
    if (state === 'signed') return `Firmado por el dispositivo ${device}.`;
    if (state === 'mismatch')
      return `La firma no es la del dispositivo ${device}: el archivo fue alterado o lo escribió otro.`;
    if (state === 'missing') return `Sin firma, y el dispositivo ${device} firma sus archivos: pudo ser alterado.`;
    if (state === 'unknown-key')
      return `Firmado, pero el dispositivo ${device} no ha registrado ninguna llave: la firma no prueba nada.`;
    return 'Sin firma: nada prueba de qué dispositivo es.';
  },
  en: ({ state, device, replacedAt }) => {
    if (state === 'signed' && replacedAt !== null) return `Signed with an earlier key of device ${device}.`;
    if (state === 'signed') return `Signed by device ${device}.`;
    if (state === 'mismatch')
      return `The signature is not that of device ${device}: the file was changed, or another wrote it.`;
    if (state === 'missing') return `Unsigned, though device ${device} signs its files: it may have been changed.`;
    if (state === 'unknown-key')
      return `Signed, but device ${device} has registered no key: the signature proves nothing.`;
    return 'Unsigned: nothing proves which device it is from.';
  },
};

/** The titles of the problems. */
export const titles: Readonly<Record<Locale, Readonly<Record<ProblemCode, string>>>> = {
  'es-CR': {
    malformed: 'La solicitud no se puede leer',
    unauthenticated: 'Falta un token válido',
    'no-role': 'Su token no le da ningún rol en las visitas',
    'not-yours': 'Eso no le corresponde a usted',
    'other-actor': 'El cuerpo nombra a otra persona',
    'not-permitted': 'Ese registro no le corresponde a usted',
    'device-revoked': 'Ese dispositivo se dio de baja; lo que tenga por enviar lo revisa el Centro de Contacto',
    'other-device': 'Su token es de otro dispositivo',
    'not-assigned': 'Esa visita no está asignada',
    'no-such-path': 'No hay nada en esa dirección',
    'no-such-batch': 'No hay nada en cuarentena con ese identificador',
    'quarantine-full': 'Esperan demasiados envíos de esa persona; decida algunos y envíelo de nuevo',
    'already-decided': 'Ya se decidió otra cosa',
    'signature-invalid':
      'La firma del archivo no es la de ese dispositivo; confirme que lo envió la persona y dé fe de nuevo',
    'method-not-allowed': 'Ese método no se usa en esa dirección',
    'not-acceptable': 'No se ofrece en ese formato',
    'body-timeout': 'El cuerpo tardó demasiado en llegar',
    refused: 'El protocolo no lo permite ahora',
    'id-reused': 'Ese identificador es de otro comando de la visita',
    'batch-refused': 'Lo enviado no se puede conciliar con el registro de la visita',
    'photos-missing': 'Faltan los bytes de fotografías que se dicen enviadas; súbalas primero',
    'offset-mismatch': 'La fotografía va por otro byte; siga desde ahí o empiece de nuevo',
    'not-an-image': 'No es una fotografía en JPEG, PNG, WebP o HEIC',
    'hash-mismatch': 'Los bytes no tienen el SHA-256 de la dirección; súbalos de nuevo',
    diverged: 'El registro de la visita aquí no es la continuación del que usted tiene; pídalo de nuevo entero',
    'version-mismatch': 'La visita no está en la versión esperada',
    'too-large': 'El cuerpo es demasiado grande',
    'unsupported-media-type': 'El cuerpo debe ser application/json en UTF-8',
    contradiction: 'La solicitud se contradice',
    'too-many-streams': 'Ya tiene demasiados tableros abiertos; cierre alguno',
    failed: 'Algo falló de nuestro lado',
    'chain-broken': 'El registro de la visita está dañado; no se agrega nada hasta que alguien lo revise',
    unavailable: 'No se pudo en este momento; envíelo de nuevo con el mismo identificador',
    'in-doubt': 'No se sabe si quedó guardado; envíelo de nuevo con el mismo identificador',
    unreadable: 'Esta versión del servicio no puede leer la visita',
  },
  en: {
    malformed: 'The request cannot be read',
    unauthenticated: 'A valid token is missing',
    'no-role': 'Your token gives you no role in visits',
    'not-yours': 'That is not for you',
    'other-actor': 'The body names somebody else',
    'not-permitted': 'That record is not yours to make',
    'device-revoked': 'That device was revoked; the contact center reviews what it still sends',
    'other-device': 'Your token is of another device',
    'not-assigned': 'There is no such visit assigned',
    'no-such-path': 'There is nothing at that address',
    'no-such-batch': 'There is nothing in quarantine under that id',
    'quarantine-full': 'Too many batches of that person wait; decide on some, then send it again',
    'already-decided': 'Something else was decided before',
    'signature-invalid':
      'The signature of the file is not that of the device; confirm with the person who sent it, then vouch again',
    'method-not-allowed': 'That method is not used at that address',
    'not-acceptable': 'It is not offered in that format',
    'body-timeout': 'The body took too long to arrive',
    refused: 'The protocol does not allow it now',
    'id-reused': 'That id belongs to another command of the visit',
    'batch-refused': 'The batch cannot be reconciled with the log of the visit',
    'photos-missing': 'The bytes of photographs that are said to be sent are missing; upload them first',
    'offset-mismatch': 'The photograph stands at another byte; go on from there or begin again',
    'not-an-image': 'That is no photograph in JPEG, PNG, WebP or HEIC',
    'hash-mismatch': 'The bytes have not the SHA-256 of the address; upload them again',
    diverged: 'The log of the visit is here no continuation of the one that you have; fetch it whole',
    'version-mismatch': 'The visit is not at the expected version',
    'too-large': 'The body is too large',
    'unsupported-media-type': 'The body must be application/json in UTF-8',
    contradiction: 'The request contradicts itself',
    'too-many-streams': 'You have too many boards open; close one',
    failed: 'Something failed on our side',
    'chain-broken': 'The log of the visit is damaged; nothing is added until somebody has looked into it',
    unavailable: 'It could not be done now; send it again under the same id',
    'in-doubt': 'Whether it was stored is not known; send it again under the same id',
    unreadable: 'This release of the service cannot read the visit',
  },
};
