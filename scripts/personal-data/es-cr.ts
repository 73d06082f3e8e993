import { acts } from '../../src/report/words/es-cr-acts.ts';
import type { PageWords } from './words.ts';

export const spanish: PageWords = {
  beginning: `# Los datos personales de una visita

Hecha a partir de las decisiones del programa, por \`npm run reference\`; una prueba falla si no está al día.

Esta página dice, dato por dato, qué datos personales se anotan en una visita, de quién son, para qué se anotan, quién necesita verlos y
qué queda en su lugar. Es para quien responde por los datos: la institución, su asesoría legal y quien audita. Vale para un servicio que usa
\`auxilio/privacy\`, desde el primer acto que anota con él. Ningún campo de texto libre queda fuera de la lista: si falta la decisión sobre uno, el programa no compila.

## Las palabras

| palabra | qué es |
|---|---|
| sustituto | sesenta y cuatro letras que ocupan el lugar de un texto en el registro; en inglés, *token*. Se calculan del texto con una llave. Dos textos iguales de la misma persona, en la misma visita, tienen sustitutos iguales, y por eso las reglas, la auditoría y el dossier juzgan igual que con los textos. Sin la llave, de un sustituto no se obtiene el texto, ni probando textos posibles |
| sobre | los textos de un acto, cifrados y guardados junto a sus sustitutos. Solo se abre con la llave, y solo en el acto y la visita para los que se hizo |
| llave | un número secreto, al azar, uno por persona y visita. Está en una base de datos aparte de la de los registros, cifrado con la llave de una época |
| época | el tiempo en que rige una de las llaves que cifran a las demás. Una rotación empieza otra época, cifra de nuevo las llaves que quedan y destruye la llave de la época anterior |
| sello | la huella de cada acto, encadenada con la del anterior. Cubre los sustitutos y los sobres tal como están guardados, así que un borrado no rompe el sello |
| borrado | la destrucción de la llave de una persona en una visita. Los actos quedan; sus textos ya no se pueden leer |

## De quién, para qué y quién lo ve

La columna *de quién* dice con la llave de qué persona se cierra el sobre. Si un texto es de dos personas, hacen falta las dos llaves: el
borrado de cualquiera de las dos lo alcanza. El texto de una instrucción es también del representante solo si la instrucción nombra a uno; lo
que es *de quien lo anotó* es del cliente, si lo anotó el cliente.

La columna *quién lo ve* dice quién lo necesita, además de la persona misma; *todos* son el
proveedor, el Centro de Contacto, el cliente y la auditoría. El programa no da ni quita permisos de acceso: eso lo decide y lo vigila la institución.

## Cuánto tiempo

Un dato personal se conserva hasta que ocurra lo primero de estas dos cosas:

1. su borrado, cuando la institución acepta la solicitud de la persona;
2. la eliminación de los documentos de la visita, en la fecha que resulta de la tabla de plazos de la institución (para INS Servicios, la del
   CISED). El programa no trae plazos: sin tabla, la fecha de eliminación es desconocida y la eliminación se rechaza.

Lo que *se queda* no se borra con la llave: es lo que prueba qué se hizo y cuándo.

## Qué alcanza un borrado

| lugar | después del borrado |
|---|---|
| los registros, sus exportaciones con sustitutos y sus respaldos | los textos de la persona en esa visita no se pueden leer |
| los respaldos de la base de las llaves | las llaves borradas no sirven, una vez que se rotó la época en que se hizo el respaldo y se destruyó su llave. Hasta entonces el borrado dice que espera (\`waitsFor\`) y no está confirmado |
| una visita que no ha terminado | el borrado espera: se anota, y se ejecuta cuando la visita termina |
| una visita retenida (\`hold\`), por ejemplo por un juicio | ni se borra ni se elimina, hasta que se libera |
| lo que se anote después del borrado | recibe sustitutos hechos con una llave que se desecha de inmediato; el texto no se guarda |
| las copias que la institución declaró (\`copies\`) | a cada una se le pide olvidar; el borrado dice cuáles ya lo hicieron y cuáles no, y no está confirmado mientras falte una |
| los sustitutos | quedan. Dicen cuáles textos de la persona en esa visita eran iguales, o iguales salvo por las mayúsculas, y nada más del texto |
| los sobres | quedan, cerrados. Se ve su tamaño, redondeado a 64 bytes |

No alcanza:

- lo que en esta página *se queda*: horas, códigos del personal y de los mensajes, palabras fijas, pruebas;
- lo que no está en la lista, porque no es un texto libre: cantidades, respuestas de sí o no y palabras de una lista fija, como el tratamiento
  de *don* o *doña*, la clase de documento que se mostró o la decisión de una instrucción;
- los actos que se guardaron antes de usar \`auxilio/privacy\`;
- los archivos de las fotografías, que no están en el registro: solo está su huella;
- lo que salió con los textos a la vista y nadie declaró: reportes impresos o enviados, exportaciones abiertas, teléfonos que no se han
  comunicado, anotaciones de otros sistemas.

Un borrado no se deshace. Si después hay que anotar de nuevo datos de la misma persona en la misma visita, la institución puede darle una llave nueva (\`revive\`): lo
anterior sigue borrado.

## Las leyes

Esta página da la información que suelen pedir estas leyes. Qué exigen en cada caso lo dice la asesoría legal, no el programa.

- Ley de Protección de la Persona frente al Tratamiento de sus Datos Personales, n.º 8968.
- Ley del Sistema Nacional de Archivos, n.º 7202.`,
  columns: ['dato', 'de quién', 'para qué', 'quién lo ve', 'qué queda en su lugar'],
  headings: { every: 'En todos los actos', metadata: 'Lo que acompaña a cada acto' },
  notes: {
    every: 'Los cuatro datos que tiene cada acto, cualquiera que sea.',
    metadata: 'Lo que el programa y los aparatos agregan a un acto. No se juzga con ello.',
  },
  onlyCommon: 'Solo los datos de todos los actos.',
  events: acts.events,
  holders: {
    client: 'el cliente',
    representative: 'el representante',
    provider: 'el proveedor',
    recorder: 'quien lo anotó',
  },
  purposes: {
    identify: 'saber de quién se trata',
    locate: 'llegar al lugar',
    serve: 'hacer el trabajo pedido',
    communicate: 'comunicarse',
    prove: 'probar qué pasó',
    supervise: 'supervisar el servicio',
  },
  readers: {
    provider: 'proveedor',
    'contact-center': 'Centro de Contacto',
    client: 'cliente',
    auditor: 'auditoría',
  },
  everyone: 'todos',
  reasons: {
    'identifier-of-the-host': [
      'código de la institución',
      'lo asigna la institución a una visita o a una fotografía, y sin sus otros sistemas no dice nada de una persona',
    ],
    'identifier-of-staff': ['código del personal', 'dice quién responde por el acto'],
    'identifier-of-a-message': ['código de un mensaje', 'por él se reconoce lo que llega repetido'],
    time: ['hora', 'las reglas, los plazos y el orden de los actos dependen de ella'],
    'word-of-the-protocol': [
      'palabra del protocolo',
      'es el nombre de una regla o de una cláusula, igual para todas las visitas',
    ],
    'word-of-the-policy': ['nombre de una política', 'es de la institución, igual para muchas visitas'],
    proof: ['huella', 'prueba qué edición o qué contenido rige, y el sello depende de ella'],
  },
  kept: { heading: 'Lo que se queda, y por qué', columns: ['lo que se queda', 'por qué'] },
  stored: {
    'text-token': 'un sustituto',
    'hash-token': 'un sustituto de la huella',
    nothing: 'nada',
  },
  stays: (reason) => `se queda: ${reason}`,
  except: (remains, words) => `${remains}; se quedan, por ser palabras fijas: ${words}`,
  clientAlone: (remains, words, reason) =>
    `si es del cliente, ${remains}, salvo la palabra ${words}; si es del personal, se queda: ${reason}`,
  policy: 'las gestiones que la política permite',
  and: ' y ',
  fields: {
    visitId: 'código de la visita',
    at: 'hora del acto',
    'by/id': 'código de quien lo hizo',
    'recordedBy/id': 'código de quien lo anotó, si es distinto',
    caseNumber: 'número de expediente',
    'client/name': 'nombre del cliente',
    'provider/id': 'código del proveedor',
    'provider/name': 'nombre del proveedor',
    service: 'servicio pedido',
    instructions: 'indicaciones para el proveedor',
    place: 'dirección',
    arriveBy: 'hora límite de llegada',
    requiredShots: 'fotografías pedidas, por nombre',
    edition: 'edición del protocolo',
    policyId: 'política',
    expectedArrival: 'hora esperada de llegada',
    detail: 'detalle',
    channel: 'medio por el que se avisó o se envió',
    position: 'posición del aparato',
    credentialId: 'número de carné',
    'call/at': 'hora de la llamada',
    'call/reference': 'referencia de la llamada',
    'call/operatorId': 'código de quien atendió la llamada',
    text: 'texto de la decisión',
    'representative/name': 'nombre del representante',
    where: 'ubicación de la falla',
    'photos/photoId': 'código de cada fotografía',
    'photos/sha256': 'huella de cada fotografía',
    'photos/takenAt': 'hora de cada fotografía',
    'photos/mediaType': 'formato de cada fotografía',
    'photos/shot': 'nombre de cada toma',
    photoIds: 'códigos de las fotografías',
    appUnavailableReason: 'por qué no se usó la aplicación',
    diagnosis: 'valoración del servicio',
    method: 'método del trabajo',
    'materials/item': 'nombre de cada material',
    'materials/unit': 'unidad de cada material',
    'materials/kind': 'tipo de cada material',
    'materials/quality': 'calidad de cada material',
    'items/item': 'nombre de cada material entregado',
    'items/unit': 'unidad de cada material entregado',
    'mismatches/item': 'material que no calza',
    'mismatches/reasons': 'en qué no calza',
    'mismatches/note': 'nota sobre lo que no calza',
    reason: 'motivo',
    tools: 'herramientas mostradas',
    moved: 'objetos que se apartaron',
    reference: 'referencia del registro de la llamada',
    'notice/at': 'hora del aviso',
    'notice/reference': 'referencia del aviso',
    'notice/operatorId': 'código de quien recibió el aviso',
    returnExpected: 'hora esperada de regreso',
    'tests/name': 'nombre de cada prueba',
    what: 'relato de lo que pasó',
    items: 'pertenencias mostradas',
    disputed: 'pertenencias en disputa',
    noticedAt: 'hora en que se notó',
    activity: 'gestión adicional que se hizo',
    recorded: 'hora registrada',
    corrected: 'hora correcta',
    discrepancyId: 'código de la discrepancia',
    'acts/commandId': 'código de cada acto reportado',
    'acts/violations/rule': 'regla que rechazó cada acto',
    'acts/violations/clause': 'cláusula de esa regla',
    'acts/despite': 'permiso por teléfono para cada acto',
    'acts/device': 'aparato en que se anotó cada acto',
    'acts/enteredAt': 'hora en que se digitó cada acto',
    'acts/signature': 'firma de cada acto',
    'facts/recorded': 'hora del hecho del que habla',
    'facts/what': 'lo que el cliente niega, en sus palabras',
    'metadata/eventId': 'código del acto guardado',
    'metadata/commandId': 'código de la solicitud',
    'metadata/commandHash': 'huella de la solicitud, en registros antiguos',
    'metadata/recordedAt': 'hora en que se guardó',
    'metadata/previousHash': 'huella del acto anterior',
    'metadata/hash': 'huella del acto',
    'metadata/despite': 'permiso por teléfono: de quién y por qué',
    'metadata/device': 'aparato en que se anotó',
    'metadata/enteredAt': 'hora en que se digitó',
    'metadata/signature': 'firma del acto',
    'metadata/recorder/id': 'código de quien lo envió',
    'metadata/source': 'lo que otro sistema traía junto al acto',
  },
  end: `## Los actos dentro de una discrepancia

Un reporte de discrepancia contiene actos completos. Cada dato de ellos se trata como el del acto de su tipo en esta página, con la llave de
las mismas personas.

## Constancia

Leí esta página, y las decisiones que contiene son las de la institución.

| | |
|---|---|
| institución | |
| nombre | |
| cargo | |
| fecha | |
| firma | |
`,
};
