import type { CliWords } from './en.ts';

export const helpEsCR: CliWords['help'] = {
  about: 'Lee registros de visitas de auxilio domiciliar y dice, cláusula por cláusula, si siguieron el protocolo.',
  headings: {
    usage: 'Uso:',
    arguments: 'Argumentos:',
    options: 'Opciones:',
    everywhere: 'Opciones de todos los comandos:',
    commands: 'Comandos:',
    examples: 'Ejemplos:',
  },
  placeholders: { options: 'opciones', command: 'comando' },
  commands: {
    audit: {
      summary: 'audita visita por visita un registro, o una hoja ajena con --map',
      details:
        'Lee NDJSON: un evento por línea, con las visitas seguidas o intercaladas. Cada archivo es un registro aparte. ' +
        'Un archivo se lee dos veces, y la memoria no crece con su tamaño; la entrada estándar se lee una sola vez y se ' +
        'guarda hasta el final.\n\n' +
        'Termina con 0 si todo está limpio, con 1 si hay hallazgos o líneas que no se pudieron leer, ' +
        'con 2 si un archivo no se pudo leer o no trae eventos, o si el comando se escribió mal.',
    },
    show: { summary: 'muestra los actos de cada visita, en hora local, con sus hallazgos' },
    guide: { summary: 'dice qué puede hacer ahora una persona en la visita, qué decir, y por qué lo demás no' },
    dossier: { summary: 'muestra qué prueba el registro de cada visita, cláusula por cláusula' },
    payments: {
      summary: 'escribe una hoja de pagos: una fila por visita y los totales por proveedor',
      details:
        'Cada fila trae el expediente, el proveedor, los minutos trabajados, el resultado de cada cláusula de pago, las ' +
        'visitas al lugar, las llegadas sin servicio, si es pagable y por qué no. Sale como tabla si no se indica otra cosa; ' +
        '--json escribe una línea por visita y una con los totales. Lo que una hoja de cálculo tomaría por fórmula se hace ' +
        'texto.\n\nTermina con 0 si se escribió, con 1 si hay un sello roto, falta una visita que tiene cabeza, quedaron líneas fuera o una visita está en dos archivos, con 2 si no se pudo hacer.',
    },
    report: { summary: 'escribe un informe en HTML, de una visita o de varias' },
    schema: { summary: 'escribe el JSON Schema de los mensajes' },
    clauses: { summary: 'dice las cláusulas del protocolo con palabras propias' },
    explain: {
      summary: 'dice en palabras un rechazo, uno de sus incumplimientos o un hallazgo, en JSON',
      details:
        'Toma lo que devuelve decide cuando rechaza, uno de sus incumplimientos, o lo que escribe audit --json: un hallazgo, una línea o todo.',
    },
    simulate: { summary: 'escribe los eventos de visitas simuladas, siempre iguales con la misma semilla' },
    explore: {
      summary: 'busca en todos los estados de una visita lo que esté mal en una política',
      details: 'La búsqueda reducida tarda cerca de un minuto; la completa, varios.',
    },
    sheet: {
      summary: 'propone el mapa de una hoja ajena (sheet guess)',
      details:
        'Se guía por los encabezados, en español o en inglés, y por las celdas: el separador, el orden de día y mes, y qué ' +
        'significa cada palabra del acto. Siempre escribe un borrador del mapa, para --map: en "ignored" van las columnas que no lee, ' +
        'y en "act.undecided" las palabras que no conoce o que pueden ser varios actos. Por la salida de errores dice lo que queda ' +
        'por decidir y lo que aún les falta a los eventos. Revíselo antes de usarlo.\n\n' +
        'Termina con 0 si no queda nada por decidir, con 1 si algo queda, con 2 si el archivo no es una hoja.',
    },
    store: {
      summary: 'copia un almacén de SQLite mientras otros escriben en él (store backup)',
      details:
        'La copia es un solo archivo con todo lo confirmado hasta que empezó; se revisa entera antes de recibir su nombre. ' +
        'Un archivo que ya existe no se toca. Hace falta better-sqlite3, ' +
        'o Node 24.18.1, 26.5.1 o posterior.\n\n' +
        'Termina con 0 si la copia se hizo, con 2 si no.',
    },
    privacy: {
      summary: 'informa, borra, elimina y retiene los datos personales de un almacén',
      details:
        'El almacén y las llaves son archivos de SQLite o direcciones postgres:. Lo que borra dice qué hará y pregunta; sin una terminal ' +
        'no hace nada si no se da --yes. report: los actos de una visita con sus textos, en JSON. erase: la llave de una persona en una ' +
        'visita, la del cliente si --subject no nombra otra. due: cuándo se puede eliminar cada visita, según --table. dispose: las llaves ' +
        'de todas las personas de una visita; la constancia es JSON, y con --page un acta para firmar. hold: nada de una visita se borra hasta --release. rotate: envuelve de nuevo todas las ' +
        'llaves, y los respaldos viejos ya no abren nada.\n\n' +
        'Sale con 0 si lo hizo o solo lo dijo, con 2 si se rechaza o no se pudo leer.',
    },
    verify: {
      summary: 'comprueba el recibo de un cliente (verify receipt)',
      details:
        'Vuelve a calcular los sellos de sus líneas y comprueba las firmas de lo que dijo el cliente. Con --log dice además si el registro ' +
        'todavía tiene esas líneas y esos hechos; sin él, una línea de la que el recibo solo tiene el sello puede ser cualquiera.\n\n' +
        'Termina con 0 si el recibo está en orden, con 1 si no lo está, con 2 si el archivo no es un recibo o no se pudo leer.',
    },
    completion: {
      summary: 'escribe el guion con que bash, zsh o fish completan los comandos',
      details:
        'Completa comandos, opciones, valores y archivos. En bash: source <(auxilio completion bash) en ~/.bashrc; en zsh: guárdelo ' +
        'como _auxilio en una carpeta de fpath; en fish: guárdelo como ~/.config/fish/completions/auxilio.fish.',
    },
  },
  options: {
    json: 'escribe JSON (una línea por visita, donde son varias), para otros programas',
    locale: 'idioma: es-CR, si no se indica otro, o en',
    quiet: 'no escribe más que errores; el resultado es el código de salida',
    help: 'muestra esta ayuda',
    version: 'muestra la versión',
    log: 'el registro con que se compara el recibo; de varias visitas, se toma la del recibo',
    map: 'el archivo es una hoja; este JSON dice cómo se lee',
    sort: 'lee las filas de la hoja de la más antigua a la más reciente',
    policy: 'la política que juzgó las visitas, en JSON',
    head: 'una cabeza exportada: el registro debe llegar todavía a ella; de varias visitas, una por línea con su visitId',
    holdings: 'las fotografías que hay, una por línea ({"sha256","since","mediaType","bytes"}): muestra las que faltan',
    all: 'muestra también las visitas limpias, las medidas y las dispensas',
    workers: 'cuántos hilos se reparten un registro; 1 si no se indica. Lo que se dice no cambia',
    visit: 'solo esta visita',
    role: 'quién pregunta: provider, contact-center o client',
    actor: 'su id; el del proveedor asignado, si no se indica',
    now: 'qué hora es, para el saludo (2026-03-17T08:00:00-06:00)',
    until: 'hasta cuándo se cuenta lo que sigue abierto (2026-03-17T18:00:00-06:00)',
    output: 'dónde se escribe; - es la salida estándar',
    force: 'reemplaza un archivo que ya existe',
    photoUrl: 'enlaza las fotografías; {photoId} y {sha256} son los de cada una',
    newOutput: 'dónde se escribe; un archivo que ya existe no se toca',
    csv: 'escribe CSV (UTF-8, con comas)',
    findingsCsv: 'escribe una tabla CSV (UTF-8, con comas), un hallazgo por fila; con --all, también las observaciones',
    xlsx: 'escribe un libro de Excel, con una hoja de visitas y una de proveedores',
    totals: 'solo los totales por proveedor',
    title: 'el título del informe',
    commandType: 'solo el de este comando (StartWork)',
    eventType: 'solo el de este evento (WorkStarted)',
    visits: 'cuántas visitas',
    seed: 'la semilla; 1, si no se indica otra',
    offline: 'teléfonos sin señal por ratos, hechos contados dos veces y errores que se corrigen',
    full: 'la búsqueda completa, no la reducida',
    keys: 'el almacén de las llaves',
    wrapping: 'la ruta de los archivos de las llaves maestras, sin .epoch-1',
    subject: 'client, representative, provider/ID u operator/ID',
    table: 'la tabla de plazos, en JSON',
    by: 'el identificador del operador que lo hace',
    reason: 'la razón, en palabras; se guarda sin cifrar y se conserva: no nombre a ninguna persona',
    askedBy: 'el identificador del operador que pidió la eliminación',
    page: 'dónde se escribe el acta de una eliminación, una página para firmar; un archivo que ya existe no se toca',
    release: 'levanta la retención',
    yes: 'lo hace sin preguntar',
    limit: 'cuántos estados, más o menos, se miran a lo sumo',
  },
  arguments: {
    files: 'registros; - o nada es la entrada estándar',
    file: 'un registro; - o nada es la entrada estándar',
    clause: 'una cláusula, como 1.1-19; sin ella, todas',
    refusal: 'un archivo con el rechazo; - o nada es la entrada estándar',
    sheetAction: 'guess: proponer un mapa',
    sheetFile: 'la hoja: CSV, u objetos JSON',
    verifyAction: 'receipt: comprobar el recibo de un cliente',
    verifyFile: 'el recibo; - es la entrada estándar',
    privacyAction: 'report, erase, due, dispose, hold o rotate',
    privacyStore: 'el almacén de las visitas',
    storeAction: 'backup: hacer una copia de respaldo',
    storeSource: 'el archivo del almacén',
    shell: 'bash, zsh o fish',
    storeTarget: 'el archivo nuevo de la copia',
  },
  helpCommand: 'muestra la ayuda de un comando',
  required: (description) => `${description} (obligatoria)`,
};
