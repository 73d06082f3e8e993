import { inSpanish } from '../../words/nouns.ts';
import type { CliWords } from './en.ts';
import { helpEsCR } from './es-cr-help.ts';
import { privacyEsCR } from './es-cr-privacy.ts';
import { problemsEsCR } from './es-cr-problems.ts';
import { receiptEsCR } from './es-cr-receipt.ts';

const { agree, count, number, verb } = inSpanish;
const entries = (number: number, isSheet: boolean) => (isSheet ? count(number, 'fila') : count(number, 'línea'));
const and = new Intl.ListFormat('es-CR', { type: 'conjunction' });
/** All of some places, or the first of them, and that there are more. */
const atPlaces = (one: string, many: string, places: readonly string[], more: number) =>
  more > 0
    ? `${many} ${places.join(', ')} y ${number(more)} más; todas, con --json`
    : `${places.length === 1 ? one : many} ${and.format(places)}`;
const listed = (items: readonly string[]) => items.join(', ');

/** Spanish of Costa Rica: of usted. */
export const esCR: CliWords = {
  locale: 'es-CR',
  help: helpEsCR,
  ...problemsEsCR,
  usage: {
    unknownCommand: (name) => `no existe el comando ${name}`,
    unknownOption: (name) => `no existe la opción ${name}`,
    missingArgument: (name) => `falta ${name}`,
    missingValue: (option) => `a la opción ${option} le falta su valor`,
    missingOption: (option) => `falta la opción ${option}`,
    tooMany: 'sobran argumentos',
    conflict: (one, other) => `${one} y ${other} no van juntas`,
    invalidValue: (option, allowed) => `el valor de ${option} no sirve; puede ser: ${allowed}`,
    suggestion: (names) => `¿quiso decir ${names}?`,
    hint: (command) => `Ayuda: ${command} --help`,
  },
  failures: {
    noSuchFile: (file) => `${file}: no existe ese archivo`,
    isDirectory: (file) => `${file}: es una carpeta, no un archivo`,
    isDevice: (file) => `${file}: es un dispositivo, no un archivo`,
    notPermitted: (file) => `${file}: no hay permiso para leerlo`,
    notRead: (file, code) => `${file}: no se pudo leer (${code})`,
    shortened: (file) =>
      `${file}: lo acortaron o lo reemplazaron mientras se leía; vuelva a leerlo cuando esté completo`,
    isInput: (file) => `${file}: es uno de los archivos que se leen; indique otro con --output`,
    notWritten: (file, code) =>
      code === 'ENOSPC' ? `${file}: no queda espacio para escribir` : `${file}: no se pudo escribir (${code})`,
    wouldReplace: (file) => `${file}: ya existe; con --force se reemplaza`,
    exists: (file) => `${file}: ya existe; indique un archivo nuevo`,
    workbookToTerminal: 'un libro de Excel no es texto para una terminal; indique un archivo con --output',
    empty: (file) => `${file}: está vacío`,
    noInput: 'indique un archivo, o páselo por la entrada estándar',
    notJson: (file) => `${file}: no es JSON`,
    notUtf8: (file, line) => `${file}: la línea ${line} no es UTF-8; guarde el archivo como UTF-8 (¿es Windows-1252?)`,
    gzip: (file) => `${file}: viene en gzip; descomprima el archivo primero`,
    zip: (file) => `${file}: es un ZIP o un libro de Excel; si es una hoja, guárdela como CSV UTF-8`,
    decoded: (file, encoding) => `${file}: viene en ${encoding} y así se leyó`,
    utf16: (file) => `${file}: viene en UTF-16; guarde el archivo como UTF-8`,
    nothingReadable: (file) => `${file}: no hay ningún evento que se pueda leer`,
    oversized: (file, line) =>
      `${file}: la línea ${line} es más larga que cualquier evento, y no hay ningún evento que se pueda leer`,
    tooLarge: (file, megabytes) => `${file}: es demasiado grande; se leen ${number(megabytes)} MB a lo sumo`,
    maybeStore:
      'los eventos son objetos con "type" y "data": uno por línea, una lista de ellos, o lo que devuelve readStream de un almacén, en JSON',
    noColumns: (file, columns) => `${file}: en la primera fila no están estas columnas del mapa: ${listed(columns)}`,
    columnsFound: (columns) => `trae: ${listed(columns)}`,
    otherDelimiter: (mark) => `las celdas parecen separarse de otro modo: ponga "delimiter": "${mark}" en el mapa`,
    newestFirst: (file) =>
      `${file}: las filas van de la más reciente a la más antigua: léalas con --sort, u ordene la hoja`,
    noSheet: (file) => `${file}: no es una hoja: se espera un CSV con una fila de encabezados, u objetos JSON`,
    sortWithoutMap: '--sort es para hojas, y --map dice cómo se leen',
    maybeSheet: 'si es una hoja, indique con --map cómo se lee',
    badMapping: (file) => `${file}: el mapa no sirve`,
    badPolicy: (file) => `${file}: la política no sirve`,
    badHead: (file) =>
      `${file}: no es la cabeza de un registro; se espera {"count","hash"}, como la escribe exportHead, o una por visita con su "visitId"`,
    badHoldings: (file) =>
      `${file}: no dice qué fotografías hay; se espera {"sha256","since","mediaType","bytes"} de cada una, una por línea`,
    headWithoutVisit:
      'la cabeza no dice de cuál visita es, y el registro trae varias: indíquela con --visit, o en el archivo de cabezas',
    lostVisits: (ids) => `hay cabezas guardadas de visitas que aquí no aparecen: ${ids}`,
    brokenSeal: (visit, places) =>
      `el sello de la visita ${visit} está roto en ${count(places, 'lugar')}; revise con auxilio audit`,
    heldVisit: (visit, fault) =>
      `no pague la visita ${visit} hasta revisarla: ${fault}; vea el detalle con auxilio audit`,
    heldFile: (file) =>
      `no pague ninguna visita de ${file} hasta revisarlo: hay entradas de visita desconocida, que pueden ser de cualquiera`,
    visitTwice: (visit, file, other) =>
      `la visita ${visit} está en ${file} y otra vez en ${other}: tiene dos filas, y los totales cuentan las dos`,
    noSuchVisit: (id) => `no se encontró la visita ${id}`,
    leftOut: (file, lines, isSheet, places) =>
      `${file}: ${entries(lines, isSheet)} de visita desconocida ${verb(lines, 'quedó', 'quedaron')} fuera (${places}); vea el detalle con auxilio audit`,
    unread: (file, lines, isSheet, places) =>
      `${file}: no se ${verb(lines, 'pudo', 'pudieron')} leer ${entries(lines, isSheet)} de esta visita (${places}): lo que sigue no cuenta con lo que se hizo ahí; antes de repetir un acto, revise con auxilio show`,
    whichVisit: (ids) => `hay varias visitas; indique con --visit una de ellas: ${ids}`,
    noSuchClause: (id) => `no existe la cláusula ${id}`,
    noSuchType: (type) => `no existe el mensaje ${type}`,
    noRefusal:
      'no es un rechazo: se espera {"rule","clause","facts"}, {"violations":[…]}, o lo que escribió audit --json',
    oneWorker: (file) => `${file} se lee una sola vez, de principio a fin: se audita con un solo hilo`,
    noReceipt: (file, reason, at) =>
      ({
        'not-a-receipt': `${file}: no es un recibo${at === '' ? '' : ` (${at})`}`,
        'newer-version': `${file}: es un recibo de una versión más nueva`,
        'too-large': `${file}: es más grande que cualquier recibo`,
      })[reason],
    noBackup: (file, what) => `${file}: no se pudo hacer la copia (${what})`,
    backupExists: (file) => `${file}: ya existe; indique un archivo nuevo para la copia`,
    unexpected: (message) => `error inesperado: ${message}`,
    stdout: 'la salida estándar',
    stdin: 'la entrada estándar',
  },
  output: {
    kinds: {
      file: 'un archivo',
      count: 'un número entero desde 1',
      boundedCount: 'un número entero de 1 a 64',
      photoUrl: 'una dirección https, http o relativa con {photoId} o {sha256}, como https://fotos.example/{photoId}',
      instant: 'una fecha y hora con su zona, como 2026-03-17T08:00:00-06:00',
    },
    lines: (first, last) => (first === last ? `línea ${first}` : `líneas ${first} a ${last}`),
    rows: (first, last) => (first === last ? `fila ${first}` : `filas ${first} a ${last}`),
    visit: (id) => `Visita ${id}`,
    noVisit: 'Sin visita',
    clean: 'limpia',
    continued: 'continuación',
    more: (more) => `y ${number(more)} más; todo, con --json`,
    atLines: (lines, more) => atPlaces('línea', 'líneas', lines, more),
    atRows: (rows, more) => atPlaces('fila', 'filas', rows, more),
    issue: (place, what) => (place === '' ? what : `${place}: ${what}`),
    command: 'es un comando, no un evento',
    summary: (visits, clean, findings) =>
      findings === 0
        ? `${count(visits, 'visita')}, ${verb(visits, '', 'todas ')}${agree(visits, 'visita', 'limpi')}`
        : `${count(visits, 'visita')}: ${clean === 0 ? 'ninguna limpia' : `${number(clean)} ${agree(clean, 'visita', 'limpi')}`}, ${number(visits - clean)} con hallazgos; ${count(findings, 'hallazgo')} en total`,
    notes: (notes) => `${count(notes, 'observación')} de tiempos y dispensas; se ${verb(notes, 've', 'ven')} con --all`,
    unplaced: (lines, isSheet) => `${entries(lines, isSheet)} de visita desconocida`,
    progress: { counting: 'Contando', auditing: 'Auditando', exploring: 'Explorando' },
    suggested: (act) => `Sigue: ${act}`,
    nothingSuggested: 'El protocolo no señala un próximo paso.',
    open: 'Puede',
    closed: 'Todavía no puede',
    say: 'diga',
    ask: 'anote',
    remedy: (acts) => `antes: ${acts}`,
    waiver: (requirements, isCenter) =>
      isCenter
        ? `con una instrucción de proceder puede dispensar: ${requirements}`
        : `el Centro de Contacto puede dispensar: ${requirements}`,
    owed: 'Pendientes',
    nothingOwed: 'No hay nada pendiente.',
    seal: {
      intact: 'Sello íntegro',
      confirmed: 'Sello íntegro y conforme con la cabeza exportada',
      from: (act) => `sellado desde el acto ${number(act)}`,
      broken: (places) => `Sello roto en ${count(places, 'lugar')}`,
      none: 'Sin sello: nada muestra si el registro se alteró',
      head: (events, hash) => `${count(events, 'acto')}, cabeza ${hash}`,
      summary: ({ visits, sealed, broken, sealedLate }) =>
        sealed === 0
          ? 'Sin sello: nada muestra si el registro se alteró'
          : `Sellos: ${number(sealed - broken)} ${agree(sealed - broken, 'sello', 'íntegr')}, ${number(broken)} ${agree(broken, 'sello', 'rot')}${visits > sealed ? `, ${count(visits - sealed, 'visita')} sin sello` : ''}${sealedLate > 0 ? `, ${count(sealedLate, 'visita')} sin sello en sus primeros actos` : ''}`,
    },
    findings: 'Hallazgos',
    deviations: 'Desviaciones',
    remarks: 'Observaciones',
    conduct: 'Faltas de conducta, escalamientos y negaciones',
    breach: (kind) => `Falta de conducta: ${kind}`,
    escalated: (what) => `Escalamiento: ${what}`,
    brackets: { lines: 'Entre corchetes, las líneas.', rows: 'Entre corchetes, las filas.' },
    unpayable: {
      ended: 'Terminó, y lo que falta para que sea pagable ya no se puede registrar.',
      'no-way': 'Ningún acto la haría pagable.',
      'discrepancy-open': 'Hay una discrepancia sin resolver.',
      limit: 'No se determinó qué falta para que sea pagable.',
    },
    recordedBy: (who) => `anotó ${who}`,
    actor: (role, id) => `${role} ${id}`,
    receipt: receiptEsCR,
    privacy: privacyEsCR,
    backedUp: (file, events, streams) => `${file}: ${count(events, 'acto')}, ${count(streams, 'visita')}`,
    written: (file, visits) => `${file}: ${count(visits, 'visita')}`,
    levels: { H: 'obligatoria', D: 'seguimiento', A: 'constancia', G: 'guía' },
  },
  guess: {
    needs: { visitId: 'la visita', at: 'la fecha y hora', act: 'el acto', by: 'el proveedor o el operador' },
    read: (events, rows) =>
      `con este mapa, ${number(events)} de ${count(rows, 'fila')} ${verb(events, 'es un evento', 'son eventos')}`,
    columns: (columns) => `sin leer, en "ignored": ${listed(columns)}`,
    missing: (needs) => `no se encontró columna para: ${listed(needs)}; escriba su nombre en el mapa`,
    place: (need) => `(escriba aquí la columna: ${need})`,
    ignored: 'ningún dato de los actos sale de esta columna; si alguno sale, indíquelo en "data" de su acto',
    word: (word, rows) =>
      `no se conoce un acto llamado «${word}» (${count(rows, 'fila')}): agréguelo en act.words, o null para pasarlo por alto`,
    unclear: (word, rows, all) =>
      `«${word}» puede ser más de un acto (${count(rows, 'fila')}): ${listed(all)}; elija uno en act.words`,
    unclearDate: (date, order) =>
      `no se sabe si ${date} empieza por el día o por el mes; el mapa dice "dates": "${order}": confírmelo`,
    complete: 'no queda nada por decidir',
    problem: (problem, rows) => `${problem} (${count(rows, 'fila')})`,
  },
  findings: {
    columns: {
      file: 'Archivo',
      line: 'Línea',
      row: 'Fila',
      visit: 'Visita',
      caseNumber: 'Expediente',
      index: 'Índice',
      eventId: 'Id del evento',
      type: 'Tipo de evento',
      act: 'Acto',
      class: 'Clase',
      kind: 'Asunto',
      code: 'Código',
      rule: 'Regla',
      clause: 'Cláusula',
      text: 'Texto',
      at: 'Fecha y hora',
      role: 'Rol',
      by: 'Persona',
      recorderRole: 'Rol de quien anotó',
      recordedBy: 'Quién anotó',
    },
    finding: 'Hallazgo',
    observation: 'Observación',
    kinds: {
      violation: 'Regla incumplida',
      late: 'Acto de un proveedor anterior',
      'other-visit': 'Acto de otra visita',
      'unknown-event': 'Acto desconocido',
      unreadable: 'No se puede leer',
      chain: 'Sello roto',
      'id-reused': 'Identificador repetido',
      repeated: 'Acto repetido',
      measure: 'Medición',
      deviation: 'Desviación',
      signature: 'Firma inválida',
      correction: 'Corrección',
    },
  },
  payments: {
    columns: {
      visit: 'Visita',
      caseNumber: 'Expediente',
      client: 'Cliente',
      service: 'Servicio',
      provider: 'Proveedor',
      name: 'Nombre',
      phase: 'Estado',
      started: 'Inicio del trabajo',
      ended: 'Fin de la visita',
      completionCall: 'Llamada de conclusión',
      minutes: 'Minutos trabajados',
      minutesShort: 'Minutos',
      visits: 'Visitas al lugar',
      visitsShort: 'Visitas',
      wasted: 'Llegadas sin servicio',
      wastedShort: 'Sin servicio',
      payable: 'Pagable',
      why: 'Por qué no',
      corrections: 'Correcciones',
      words: 'De quién es la palabra',
      findings: 'Hallazgos',
      integrity: 'Integridad',
    },
    totals: {
      visits: 'Visitas',
      payable: 'Pagables',
      held: 'Por revisar',
      unverified: 'Sin verificar',
      minutes: 'Minutos trabajados',
      payableMinutes: 'Minutos pagables',
      wasted: 'Llegadas sin servicio',
    },
    sheets: { visits: 'Visitas', providers: 'Proveedores' },
    byProvider: 'Por proveedor',
    total: 'Total',
    yes: 'sí',
    no: 'no',
    unmet: {
      completed: 'la visita no está concluida',
      started: 'no hay un inicio vigente del trabajo',
      'start-reported': 'falta la llamada de inicio',
      'start-documented': 'falta documentar la llamada de inicio',
      'completion-reported': 'falta una llamada de conclusión vigente con el número de expediente',
      'discrepancy-open': 'hay una discrepancia sin resolver',
    },
  },
  explore: {
    searched: (states, transitions, depth) =>
      `${count(states, 'estado')}, ${count(transitions, 'transición')}, hasta ${count(depth, 'acto')} de profundidad.`,
    incomplete: 'La búsqueda se detuvo en su límite: lo que sigue vale para lo que se vio.',
    stuck: (total) => (total === 0 ? 'Nadie se queda sin salida.' : `${count(total, 'estado')} sin salida.`),
    cannotEnd: (total) =>
      total === 0 ? 'Toda visita puede terminar.' : `Desde ${count(total, 'estado')} la visita ya no puede terminar.`,
    cannotComplete: (total) =>
      total === 0
        ? 'Toda visita que sigue abierta se puede concluir.'
        : `Desde ${count(total, 'estado')} la visita ya no se puede concluir.`,
    overreach: (total) =>
      total === 0
        ? 'Nadie hace lo que no le corresponde.'
        : `${count(total, 'acto')} de alguien a quien no le ${verb(total, 'corresponde', 'corresponden')}.`,
    broken: (invariants, paths) =>
      invariants.length === 0
        ? `Las invariantes se cumplen en ${count(paths, 'camino')}.`
        : `No se cumplen: ${listed(invariants)}.`,
    neverActs: (acts) =>
      acts.length === 0
        ? 'Todo acto puede ocurrir.'
        : `Nunca ${verb(acts.length, 'ocurre', 'ocurren')}: ${listed(acts)}.`,
    neverRules: (rules) =>
      rules.length === 0
        ? 'Toda regla rechaza algo alguna vez.'
        : `Nunca ${verb(rules.length, 'rechaza', 'rechazan')} nada: ${listed(rules)}.`,
    path: (steps) => `por ejemplo: ${steps}`,
    phases: 'De fase en fase',
    progress: (states, depth) => `${count(states, 'estado')}, profundidad ${number(depth)}`,
  },
};
