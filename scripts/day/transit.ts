import { promised, providers, refused, type Story, sentAgain, story, visit } from './scenario.ts';
import {
  arrived,
  assigned,
  attended,
  completed,
  explained,
  finished,
  handedOver,
  identified,
  inspected,
  ready,
  started,
  supplied,
  tested,
} from './steps.ts';

/** A flat tyre, changed in time: no notice is needed. The first report does not say whether it can be solved. */
function flatTyre(): Story {
  const v = visit('11', {
    caseNumber: 'EXP-2026-004536',
    client: { name: 'Nuria Hernández Camacho', title: 'doña' },
    provider: providers.kattia,
    operator: 'op-06',
    service: 'Fontanería',
    place: 'Turrialba, La Suiza, de la Guardia Rural 100 metros al sur, casa con techo de zinc verde',
    arriveBy: '12:30',
    tools: ['llave de cañería', 'llave francesa', 'teflón'],
  });
  return story(
    v,
    assigned(v, '10:05'),
    refused(
      v.p('11:02', 'reportTransitIssue', { issue: 'breakdown', detail: 'Se estalló una llanta.' }),
      'resolvable-said',
    ),
    v.p('11:04', 'reportTransitIssue', {
      issue: 'breakdown',
      resolvable: true,
      exceedsResponseTime: false,
      expectedArrival: promised('12:15'),
      detail: 'Se estalló una llanta; llevo repuesto.',
    }),
    v.c('11:06', 'acknowledgeTransitIssue'),
    attended(v, '12:11'),
    inspected(v, '12:18', {
      where: 'Baño, tanque del inodoro',
      shots: ['tanque', 'llave de paso'],
      diagnosis: 'La boya no cierra; está desajustada.',
    }),
    explained(v, '12:29', 'Se regula la boya y se limpia el asiento.'),
    started(v, '12:32', ['alfombra']),
    finished(v, '13:01', ['El tanque llena y corta', 'No hay fuga a la taza']),
  );
}

/**
 * A breakdown that takes too long: the client is reached at the second attempt. The first start call was never made.
 */
function overheatedEngine(): Story {
  const v = visit('12', {
    caseNumber: 'EXP-2026-004537',
    client: { name: 'Óscar Mario Badilla Umaña', title: 'don' },
    provider: providers.esteban,
    operator: 'op-02',
    service: 'Electricidad',
    place: 'San Ramón, barrio San Juan, del Hogar de Ancianos 75 metros al norte',
    arriveBy: '13:30',
    tools: ['multímetro', 'destornilladores aislados', 'linterna de cabeza'],
  });
  return story(
    v,
    assigned(v, '11:20'),
    v.c('12:40', 'reportTransitIssue', {
      issue: 'breakdown',
      resolvable: true,
      exceedsResponseTime: true,
      expectedArrival: promised('14:15'),
      detail: 'Se recalentó el carro en la cuesta de Cambronero; está esperando que enfríe.',
    }),
    v.c('12:41', 'acknowledgeTransitIssue'),
    v.c('12:45', 'notifyClient', { about: ['delay'], reached: false, channel: 'teléfono' }),
    v.c('12:53', 'notifyClient', { about: ['delay'], reached: true, channel: 'WhatsApp' }),
    attended(v, '14:09'),
    inspected(v, '14:16', {
      where: 'Caja de disyuntores, cuarto de pilas',
      shots: ['caja abierta', 'disyuntor de la cocina'],
      diagnosis: 'El disyuntor de la cocina quedó mal encajado en la barra.',
    }),
    explained(v, '14:28', 'Se encaja de nuevo el disyuntor y se mide la carga de la cocina.'),
    v.p('14:31', 'showTools', { tools: v.tools }),
    v.p('14:33', 'clearArea', { moved: ['tendedero'] }),
    refused(v.p('14:35', 'reportStart'), 'call-made'),
    v.p('14:38', 'reportStart', { call: v.contact('14:37') }),
    v.p('14:39', 'startWork'),
    v.c('14:44', 'documentStart', { reference: 'INI-004537' }),
    finished(v, '15:10', ['La cocina calienta', 'El disyuntor no se dispara en quince minutos']),
  );
}

/** A breakdown with no way out: another provider, and the first one who records an arrival all the same. */
function brokenGearbox(): Story {
  const v = visit('13', {
    caseNumber: 'EXP-2026-004540',
    client: { name: 'Flor de María Guzmán Baltodano', title: 'doña' },
    provider: providers.wilber,
    operator: 'op-03',
    service: 'Fontanería',
    place: 'Liberia, barrio Los Ángeles, de la esquina sureste del parque Mario Cañas 200 metros al sur y 100 al oeste',
    arriveBy: '10:00',
    tools: ['llave de cañería', 'tarraja', 'segueta'],
  });
  const w = v.with({ provider: providers.wendy });
  const materials = [
    { item: 'Tubo PVC SDR 17', quantity: 1.5, unit: 'metros', kind: '½ pulgada' },
    { item: 'Codo liso PVC', quantity: 2, unit: 'unidades', kind: '½ pulgada, 90 grados' },
    { item: 'Pegamento para PVC', quantity: 0.118, unit: 'litros' },
  ];
  return story(
    v,
    assigned(v, '08:15'),
    v.p('09:03', 'reportTransitIssue', {
      issue: 'breakdown',
      resolvable: false,
      detail: 'Se dañó la caja de cambios cerca de Cañas; viene la grúa.',
    }),
    v.c('09:05', 'acknowledgeTransitIssue'),
    v.c('09:09', 'notifyClient', { about: ['provider-change'], reached: true, channel: 'teléfono' }),
    v.c('09:17', 'reassignProvider', { provider: providers.wendy, arriveBy: promised('11:30') }),
    refused(v.p('10:44', 'recordArrival'), 'assigned-provider'),
    attended(w, '11:18'),
    inspected(w, '11:25', {
      where: 'Patio, tubería a la vista junto al lavadero',
      shots: ['tubería rota', 'llave de paso'],
      diagnosis: 'Tubo rajado por el sol en dos puntos.',
    }),
    explained(w, '11:37', 'Se corta el tramo dañado y se reemplaza con tubo y codos nuevos.', materials),
    supplied(w, '12:21', materials),
    started(w, '12:26', ['macetas', 'manguera']),
    finished(w, '13:34', ['Presión completa media hora sin goteo']),
  );
}

/**
 * A delay, acknowledged; the client is not reached, and that is still owed at the end of the day. A small favour that
 * the contract allows.
 */
function roadClosed(): Story {
  const v = visit('14', {
    caseNumber: 'EXP-2026-004541',
    client: { name: 'Elizabeth Conejo Fonseca', title: 'doña' },
    provider: providers.yendry,
    operator: 'op-04',
    service: 'Electricidad',
    place: 'Paraíso, Orosi, del balneario 600 metros al este, cabina de madera a mano izquierda',
    arriveBy: '12:00',
    tools: ['probador de tensión', 'alicate', 'escalera de tijera'],
  });
  return story(
    v,
    assigned(v, '10:12'),
    v.p('11:31', 'reportTransitIssue', {
      issue: 'delay',
      expectedArrival: promised('12:50'),
      detail: 'Cierre de la vía por un derrumbe en la cuesta.',
    }),
    v.c('11:33', 'acknowledgeTransitIssue'),
    v.c('11:40', 'notifyClient', { about: ['delay'], reached: false, channel: 'teléfono' }),
    attended(v, '12:46'),
    inspected(v, '12:53', {
      where: 'Corredor, timbre y lámpara de la entrada',
      shots: ['timbre', 'lámpara de la entrada'],
      diagnosis: 'Corto en el cable del timbre por humedad.',
    }),
    explained(v, '13:05', 'Se aísla el cable del timbre y se rehace el empalme.'),
    started(v, '13:08', ['mecedora']),
    v.p('13:31', 'performOffContractAct', {
      activity: 'cambio-de-bombillo',
      detail: 'El bombillo lo tenía la señora.',
    }),
    finished(v, '13:39', ['El timbre suena', 'La lámpara enciende']),
  );
}

/**
 * Something else on the way, without a solution: the reassignment is called off, and the same provider goes on. A wait
 * for the ferry after that is an issue that can be solved.
 */
function roadBlocked(): Story {
  const v = visit('15', {
    caseNumber: 'EXP-2026-004544',
    client: { name: 'Klaus Richter' },
    provider: providers.randall,
    operator: 'op-01',
    service: 'Vidriería',
    place: 'Paquera, del muelle 2 kilómetros al este, casa con portón de madera y rótulo azul',
    arriveBy: '17:00',
    tools: ['cortador de vidrio', 'ventosas', 'cinta métrica', 'guantes anticorte'],
  });
  const materials = [{ item: 'Vidrio claro de 5 mm', quantity: 0.84, unit: 'metros cuadrados', kind: '120 × 70 cm' }];
  return story(
    v,
    assigned(v, '12:22'),
    v.p('14:05', 'reportTransitIssue', {
      issue: 'other',
      resolvable: false,
      detail: 'Bloqueo de pescadores en Barranca; nadie pasa.',
    }),
    v.c('14:07', 'acknowledgeTransitIssue'),
    v.c('14:38', 'giveInstruction', {
      about: 'visit',
      decision: 'proceed',
      text: 'Levantaron el bloqueo y el cliente prefiere esperarlo a usted. Siga su camino.',
    }),
    v.p('15:20', 'reportTransitIssue', {
      issue: 'other',
      resolvable: true,
      exceedsResponseTime: false,
      detail: 'Fila para el ferry; salgo en el de las 15:45.',
    }),
    v.c('15:22', 'acknowledgeTransitIssue'),
    arrived(v, '16:52'),
    identified(v, '16:55', 'passport'),
    v.p('16:56', 'announceService', { service: v.service }),
    inspected(v, '16:59', {
      where: 'Sala, ventanal que da al mar',
      shots: ['ventanal', 'marco'],
      diagnosis: 'Paño inferior reventado; el marco está bueno.',
    }),
    explained(v, '17:10', 'Se saca el paño roto y se monta el que el cliente ya compró a la medida.', materials),
    supplied(v, '17:13', materials),
    ready(v, '17:18', ['sofá', 'mesa de centro', 'alfombra']),
    v.p('17:24', 'startWork'),
    sentAgain(v.c('17:27', 'documentStart', { reference: 'INI-004544' }), 2),
    tested(v, '18:14', ['Paño firme', 'No entra aire por las orillas']),
    handedOver(v, '18:21'),
    completed(v, '18:26'),
  );
}

export const transit = [flatTyre(), overheatedEngine(), brokenGearbox(), roadClosed(), roadBlocked()];
