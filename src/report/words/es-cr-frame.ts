import { inSpanish } from '../../words/nouns.ts';
import type { FrameWords } from './en-frame.ts';

const { agree, count, number } = inSpanish;
const of = (file: string) => (file === '' ? 'l archivo' : ` ${file}`);

export const frame: FrameWords = {
  found: {
    none: 'Sin hallazgos: el registro es exactamente el que pide el protocolo.',
    more: (findings) => `Y ${number(findings)} más; cada uno está anotado en su acto.`,
    breach: 'Falta de conducta',
    escalation: 'Escalamiento',
    denial: 'El cliente lo niega',
    breaches: (breaches) => count(breaches, 'falta de conducta'),
    escalations: (escalations) => count(escalations, 'escalamiento'),
    denials: (denials) => count(denials, 'hecho negado'),
    without: {
      violation: 'Actos que una regla rechaza',
      late: 'Actos de un proveedor anterior',
      'other-visit': 'Actos de otra visita',
      'unknown-event': 'Actos que esta versión no conoce',
      unreadable: 'Entradas que no se pueden leer',
      'id-reused': 'Identificadores que ya tiene otro acto',
      chain: 'Lugares donde el sello está roto',
    },
    place: { sheet: 'hoja', row: 'fila', line: 'línea' },
  },
  payment: {
    conditions: {
      completed: 'la conclusión',
      started: 'el inicio del trabajo',
      'start-reported': 'la llamada de inicio',
      'start-documented': 'la documentación del inicio',
      'completion-reported': 'la llamada de conclusión con el número de expediente',
      'discrepancy-open': 'la resolución de una discrepancia',
    },
    unmet: (conditions) => `No es pagable. Falta: ${conditions}.`,
    flaws: (clauses) => `Pagable, con reparos en ${clauses}.`,
  },
  index: {
    search: 'Buscar',
    show: 'Mostrar',
    all: 'Todas las visitas',
    facets: {
      unclean: 'Con hallazgos',
      unpayable: 'No pagables o con reparos',
      conduct: 'Con faltas de conducta, escalamientos o negaciones',
      ongoing: 'En curso',
      owing: 'Con pendientes sin resolver',
    },
    sort: 'Ordenar por',
    given: 'Orden de los archivos',
    orders: {
      case: 'Expediente',
      provider: 'Proveedor',
      worked: 'Tiempo trabajado, de mayor a menor',
      findings: 'Hallazgos, de más a menos',
      debts: 'Pendientes sin resolver, de más a menos',
    },
    pick: 'Elegir',
    pickAll: 'Elegir las que se muestran',
    print: 'Imprimir las elegidas',
    count: 'Se muestran {shown} de {all} visitas; elegidas: {picked}',
    loading: 'Abriendo…',
    failed: 'Este navegador no puede abrir los detalles.',
    noScript:
      'Los detalles de cada visita los abre el script de esta página, que no se ejecutó; la lista se lee sin él.',
  },
  integrity: {
    verified: 'verificada',
    unverified: 'no se ha revisado',
    places: {
      place: (act) => `el acto ${act}`,
      line: (line) => `la línea ${line}`,
      row: (row) => `la fila ${row}`,
    },
    faults: {
      changed: (place) => `sello roto en ${place}`,
      dropped: (place) => `sello roto en ${place}: falta lo que estaba antes`,
      swapped: (place) => `sello roto en ${place}: está fuera de orden`,
      inserted: (place) => `sello roto en ${place}: es ajeno a la cadena`,
      unsealed: (place) => `sello roto en ${place}: no tiene sello`,
      cut: () => 'sello roto: faltan actos al final',
      unreadable: (place) => `no se puede leer ${place}`,
      'unknown-event': (place) => `hay algo que esta versión no conoce en ${place}`,
      unattributed: () => 'en el archivo hay entradas de visita desconocida, que pueden ser de esta',
    },
    hold: (fault) => `no pagar hasta revisar: ${fault}`,
  },
  seals: {
    unverified: 'No se verificó ningún sello',
    withoutSeals: (visits) => `${count(visits, 'visita')} sin sello: no se ha revisado la integridad`,
    sealed: (visits) =>
      `${count(visits, 'visita')} ${agree(visits, 'visita', 'sellad')}, ${agree(visits, 'visita', 'íntegr')}`,
    broken: (visits) => `${count(visits, 'visita')} con el sello roto`,
  },
  running: { seal: 'sello', file: 'archivo', broken: 'sello roto', none: 'sin sello' },
  decision: {
    choices: ['Se paga', 'No se paga', 'Se pide una aclaración'],
    reasons: 'Motivos',
    name: 'Nombre',
    signature: 'Firma',
    date: 'Fecha',
  },
  numbering: {
    place: 'Los números son los lugares en el registro, desde 1.',
    line: (file) => `Los números son las líneas de${of(file)}.`,
    row: (file) => `Los números son las filas de${of(file)}.`,
  },
};
