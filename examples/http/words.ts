import type { Locale } from 'auxilio';
import type { ProblemCode } from './problem.ts';

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
  },
} as const;

/** The titles of the problems. */
export const titles: Readonly<Record<Locale, Readonly<Record<ProblemCode, string>>>> = {
  'es-CR': {
    malformed: 'La solicitud no se puede leer',
    unauthenticated: 'Falta un token válido',
    'no-role': 'Su token no le da ningún rol en las visitas',
    'not-yours': 'Eso no le corresponde a usted',
    'other-actor': 'El cuerpo nombra a otra persona',
    'not-permitted': 'Ese registro no le corresponde a usted',
    'not-assigned': 'Esa visita no está asignada',
    'no-such-path': 'No hay nada en esa dirección',
    'method-not-allowed': 'Ese método no se usa en esa dirección',
    'not-acceptable': 'No se ofrece en ese formato',
    'body-timeout': 'El cuerpo tardó demasiado en llegar',
    refused: 'El protocolo no lo permite ahora',
    'id-reused': 'Ese identificador es de otro comando de la visita',
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
    'not-assigned': 'There is no such visit assigned',
    'no-such-path': 'There is nothing at that address',
    'method-not-allowed': 'That method is not used at that address',
    'not-acceptable': 'It is not offered in that format',
    'body-timeout': 'The body took too long to arrive',
    refused: 'The protocol does not allow it now',
    'id-reused': 'That id belongs to another command of the visit',
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
