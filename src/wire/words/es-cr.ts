import type { IssueWords } from '../issues.ts';
import { LIMITS } from '../limits.ts';

const kinds: IssueWords['kinds'] = {
  id: 'un identificador: de 1 a 128 letras, dígitos o . _ : / @ + -, que empiece con letra o dígito, como visita-2026-0317',
  instant: 'una fecha con hora: RFC 3339, con su desfase, como 2026-03-17T14:40:00.000Z o 2026-03-17T08:40:00-06:00',
  sha256: 'un SHA-256: 64 dígitos hexadecimales en minúscula',
  quantity: 'una cantidad: un número mayor que 0 con tres decimales como máximo, como 2.5',
  zone: 'una zona horaria IANA, como America/Costa_Rica',
  'local-time': 'una hora local, HH:MM, como 12:00',
  text: 'un texto, como "Grifo de cocina"',
  number: 'un número, como 9.93',
  boolean: 'true o false',
  list: 'una lista, como ["a", "b"]',
  object: 'un objeto, como { "name": "Ana" }',
};

const among = (words: readonly string[] = []) => `uno de estos valores: ${words.join(', ')}`;
const meant = (word: string | undefined) => (word === undefined ? '' : ` ¿Quiso decir ${word}?`);

/** Spanish of Costa Rica. */
export const esCR: IssueWords = {
  message: 'El mensaje',
  kinds,
  sentences: {
    'too-large': ({ limit = LIMITS.eventBytes }, at) =>
      `${at}: es demasiado grande; se admiten ${limit} bytes como máximo.`,
    'invalid-json': (_, at) => `${at}: no es JSON o está incompleto.`,
    'not-json': (_, at) =>
      `${at}: hay un valor que no existe en JSON, como undefined, un Date o un bigint. Omita el campo que no tiene valor y escriba la hora así: 2026-03-17T14:40:00.000Z.`,
    'not-finite': (_, at) => `${at}: debe ser un número finito, como 2.5.`,
    cyclic: (_, at) => `${at}: se contiene a sí mismo.`,
    unreadable: (_, at) => `${at}: no se puede leer; al leerlo se produjo un error.`,
    'too-deep': ({ limit = LIMITS.depth }, at) => `${at}: tiene demasiados niveles; se admiten ${limit} como máximo.`,
    'too-many-nodes': ({ limit = LIMITS.nodes }, at) =>
      `${at}: tiene demasiados valores; se admiten ${limit} como máximo.`,
    'too-many-keys': ({ limit = LIMITS.keys }, at) =>
      `${at}: tiene demasiados campos; se admiten ${limit} como máximo.`,
    'too-many-items': ({ limit = LIMITS.items }, at) =>
      `${at}: tiene demasiados elementos; se admiten ${limit} como máximo.`,
    'too-few-items': (_, at) => `${at}: debe tener al menos un elemento.`,
    missing: ({ allowed, expected }, at) =>
      `${at}: falta; indique ${allowed ? among(allowed) : expected ? kinds[expected] : 'un valor'}.`,
    'unrecognized-key': ({ key, allowed, nearest }, at) =>
      `${at}: tiene un campo desconocido${key === undefined ? '' : `: ${key}`}.${meant(nearest)}${allowed ? ` Se admiten: ${allowed.join(', ')}.` : ''}`,
    'invalid-type': ({ expected }, at) => `${at}: debe ser ${expected ? kinds[expected] : 'de otro tipo'}.`,
    'invalid-value': ({ allowed, expected, nearest }, at) =>
      `${at}: debe ser ${expected ? kinds[expected] : among(allowed)}.${meant(nearest)}`,
    'unknown-type': ({ nearest }, at) =>
      `${at}: no hay ningún mensaje de ese tipo.${meant(nearest)} Los tipos se escriben como StartWork, un comando, o WorkStarted, su evento.`,
    'newer-version': ({ limit = 1 }, at) =>
      `${at}: es de una versión más reciente; esta conoce hasta la ${limit}. Conserve el evento y actualice auxilio.`,
    'invalid-id': (_, at) => `${at}: debe ser ${kinds.id}.`,
    'invalid-instant': (_, at) => `${at}: debe ser ${kinds.instant}; la fecha debe existir.`,
    'invalid-sha256': (_, at) => `${at}: debe ser ${kinds.sha256}.`,
    'invalid-signature': (_, at) => `${at}: debe ser un JWS compacto sin su contenido.`,
    'null-character': (_, at) => `${at}: contiene el carácter U+0000; quítelo.`,
    'control-character': (_, at) =>
      `${at}: contiene un carácter de control, como un salto de línea o un tabulador; escriba una sola línea.`,
    'bidi-character': (_, at) => `${at}: contiene un carácter que cambia la dirección de la escritura; quítelo.`,
    'lone-surrogate': (_, at) => `${at}: contiene medio carácter; el texto se cortó o se dañó.`,
    'too-many-marks': (_, at) => `${at}: tiene más de 30 marcas sobre una misma letra.`,
    blank: (_, at) => `${at}: está en blanco; escriba algo u omita el campo.`,
    'too-long': ({ limit = LIMITS.text }, at) =>
      `${at}: es demasiado largo; se admiten ${limit} caracteres como máximo.`,
    'too-small': ({ limit = 0, expected }, at) =>
      `${at}: debe ser ${expected === 'quantity' ? 'mayor que' : 'al menos'} ${limit}.`,
    'too-big': ({ limit = LIMITS.quantity }, at) => `${at}: debe ser ${limit} como máximo.`,
    'too-precise': (_, at) => `${at}: debe ser ${kinds.quantity}.`,
    'not-ascending': (_, at) => `${at}: debe estar en orden ascendente, cada número una sola vez, como [0, 2].`,
    repeated: (_, at) => `${at}: cada hecho, con su hora, va una sola vez.`,
    'too-many-issues': () => `Hay más problemas que los ${LIMITS.issues} que se informan.`,
  },
};
