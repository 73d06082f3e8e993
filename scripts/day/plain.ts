import { attested, cutShort, providers, refused, type Story, sentAgain, story, visit } from './scenario.ts';
import { assigned, attended, completed, explained, finished, handedOver, inspected, started } from './steps.ts';

/** A plain visit that needs no materials. The provider tries to start before the photographs are sent. */
function leakUnderTheSink(): Story {
  const v = visit('01', {
    caseNumber: 'EXP-2026-004512',
    client: { name: 'Marta Eugenia Solano Brenes', title: 'doña' },
    provider: providers.minor,
    operator: 'op-01',
    service: 'Fontanería',
    place: 'Curridabat, Granadilla Norte, de la iglesia católica 200 metros al sur y 50 al este, casa color terracota',
    position: { latitude: 9.9098, longitude: -84.0216, accuracyMeters: 12 },
    arriveBy: '08:00',
    instructions: 'Fuga debajo del fregadero. La señora pide que toquen el timbre, hay perro.',
    tools: ['llave de cañería', 'llave francesa', 'teflón', 'linterna'],
  });
  return story(
    v,
    assigned(v, '06:41'),
    attended(v, '07:52'),
    v.p('07:59', 'locateFault', { where: 'Cocina, debajo del fregadero' }),
    v.p('08:01', 'inspectArea', { clientPresent: true, clientConsented: true }),
    v.p('08:04', 'takePhotos', { photos: v.photos('08:03', 1, ['mueble del fregadero', 'sifón']) }),
    v.p('08:07', 'assessService', {
      diagnosis: 'Tuerca del sifón floja y empaque mal asentado; no hay piezas quebradas.',
    }),
    explained(v, '08:10', 'Se desarma el sifón, se limpia la rosca y se vuelve a apretar con el mismo empaque.'),
    v.p('08:13', 'showTools', { tools: v.tools }),
    v.p('08:15', 'clearArea', { moved: ['productos de limpieza', 'basurero'] }),
    v.p('08:18', 'reportStart', { call: v.contact('08:17') }),
    refused(v.p('08:19', 'startWork'), 'photos-sent'),
    sentAgain(v.p('08:21', 'submitPhotos', { photoIds: v.photoIds(1, 2), channel: 'app' }), 3),
    v.p('08:22', 'startWork'),
    v.c('08:24', 'documentStart', { reference: 'INI-004512' }),
    v.c('08:29', 'documentPhotos', { photoIds: v.photoIds(1, 2) }),
    finished(v, '09:06', ['Agua abierta cinco minutos sin goteo', 'Sifón seco al tacto']),
  );
}

/** Materials that the client has at hand. The client's own app records the supply, the conformity, and their word. */
function burntSocket(): Story {
  const v = visit('02', {
    caseNumber: 'EXP-2026-004513',
    client: { name: 'Álvaro Cordero Umaña', title: 'don' },
    provider: providers.yendry,
    operator: 'op-02',
    service: 'Electricidad',
    place: 'Desamparados, San Rafael Abajo, del Ebais 75 metros al oeste, portón negro a mano derecha',
    arriveBy: '08:30',
    requiredShots: ['tomacorriente', 'caja de disyuntores'],
    tools: ['probador de tensión', 'destornilladores aislados', 'alicate', 'pelacables'],
  });
  const materials = [
    { item: 'Tomacorriente doble polarizado', quantity: 1, unit: 'unidad', kind: '15 A con tierra' },
    { item: 'Cable THHN calibre 12', quantity: 2.5, unit: 'metros', quality: 'certificado UL' },
  ];
  return story(
    v,
    assigned(v, '06:48'),
    attended(v, '08:21'),
    inspected(v, '08:27', {
      where: 'Sala, pared que da a la cochera',
      shots: ['tomacorriente', 'caja de disyuntores'],
      diagnosis: 'Tomacorriente quemado por una conexión floja; el cable tiene el forro derretido en la punta.',
    }),
    explained(
      v,
      '08:39',
      'Se corta la corriente, se cambia el tomacorriente y se repone el tramo de cable dañado.',
      materials,
    ),
    sentAgain(v.k('08:44', 'supplyMaterials', { suppliedBy: 'client', items: materials.map(bare) }), 2),
    v.p('08:47', 'acceptMaterials'),
    started(v, '08:50', ['sillón', 'lámpara de pie']),
    v.p('09:38', 'testQuality', {
      withClient: true,
      tests: [
        { name: 'Polaridad correcta', passed: true },
        { name: 'Tierra firme', passed: true },
        { name: 'Plancha conectada diez minutos', passed: true },
      ],
    }),
    v.k('09:42', 'recordConformity'),
    handedOver(v, '09:45'),
    completed(v, '09:50'),
    attested(
      v,
      '10:02',
      ['inspection', 'InspectArea'],
      ['tests', 'TestQuality'],
      ['handover', 'HandOverSite'],
      ['end', 'CompleteVisit'],
    ),
  );
}

const bare = ({ item, quantity, unit }: { item: string; quantity: number; unit: string }) => ({ item, quantity, unit });

/** A locksmith. One line breaks off and is sent whole; the center puts the start on record after the end. */
function brokenKey(): Story {
  const v = visit('03', {
    caseNumber: 'EXP-2026-004515',
    client: { name: 'Shirley Williams Gordon', title: 'doña' },
    provider: providers.olman,
    operator: 'op-03',
    service: 'Cerrajería',
    place: 'Limón, barrio Roosevelt, de la pulpería La Amistad 100 metros al norte, segunda planta',
    position: { latitude: 9.9886, longitude: -83.0391, accuracyMeters: 30 },
    arriveBy: '09:00',
    instructions: 'La llave se quebró dentro del llavín de la puerta principal.',
    tools: ['juego de ganzúas', 'extractor de llaves', 'grafito', 'destornillador de estrella'],
  });
  return story(
    v,
    assigned(v, '07:20'),
    attended(v, '08:47'),
    inspected(v, '08:54', {
      where: 'Puerta principal, llavín de arriba',
      shots: ['llavín', 'marco de la puerta'],
      diagnosis: 'Media llave atorada en el cilindro; el cilindro está bueno.',
    }),
    explained(v, '09:05', 'Se extrae el pedazo con el extractor y se lubrica el cilindro. No se cambia nada.'),
    v.p('09:10', 'showTools', { tools: v.tools }),
    v.p('09:11', 'clearArea', { moved: [] }),
    v.p('09:13', 'reportStart', { call: v.contact('09:12') }),
    cutShort(v.p('09:14', 'startWork'), 2),
    v.p('09:33', 'testQuality', { withClient: true, tests: [{ name: 'Abre y cierra con la copia', passed: true }] }),
    v.p('09:35', 'recordConformity'),
    handedOver(v, '09:37'),
    v.p('09:41', 'reportCompletion', { caseNumber: v.caseNumber, call: v.contact('09:40') }),
    v.p('09:43', 'completeVisit'),
    v.p('09:44', 'giveFarewell'),
    v.c('09:58', 'documentStart', { reference: 'INI-004515' }),
  );
}

export const plain = [leakUnderTheSink(), burntSocket(), brokenKey()];
