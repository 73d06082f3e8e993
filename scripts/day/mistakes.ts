import {
  afterwards,
  annulled,
  offline,
  promised,
  providers,
  type Story,
  settled,
  startCorrected,
  story,
  visit,
} from './scenario.ts';
import {
  arrived,
  assigned,
  attended,
  completed,
  explained,
  finished,
  inspected,
  ready,
  started,
  tested,
} from './steps.ts';

/**
 * The start was recorded late, and the center corrects its time. The visit is completed by mistake, before the lamp outside was
 * tried: the completion is annulled, and the visit is completed once more.
 */
function lampOutside(): Story {
  const v = visit('31', {
    caseNumber: 'EXP-2026-004572',
    client: { name: 'Ligia María Alfaro Soto', title: 'doña' },
    provider: providers.wendy,
    operator: 'op-04',
    service: 'Electricidad',
    place: 'Grecia, San Isidro, de la escuela 300 metros al oeste, casa con corredor',
    arriveBy: '14:30',
    tools: ['probador de tensión', 'alicate', 'destornillador plano'],
  });
  return story(
    v,
    assigned(v, '12:40'),
    attended(v, '14:06'),
    inspected(v, '14:13', {
      where: 'Corredor, apagador doble',
      shots: ['apagador', 'caja de conexiones'],
      diagnosis: 'Un retorno flojo en el apagador.',
    }),
    explained(v, '14:25', 'Se corta la corriente, se rehace el empalme y se prueba cada lámpara.'),
    ready(v, '14:28', ['macetas']),
    v.p('14:43', 'startWork'),
    v.c('14:45', 'documentStart', { reference: 'INI-004572' }),
    startCorrected(v, '14:48', '14:35', 'La proveedora lo anotó tarde: empezó a las 14:35.'),
    finished(v, '14:58', ['Lámpara del corredor enciende']),
    annulled(v, '15:16', 'Completed', 'Se dio por concluida sin probar la lámpara de afuera.'),
    v.p('15:24', 'testQuality', { withClient: true, tests: [{ name: 'Lámpara de afuera enciende', passed: true }] }),
    v.p('15:26', 'recordConformity'),
    completed(v, '15:29'),
  );
}

/** Work goes on without a signal, while the center gives an instruction by mistake; the acts are taken on record later. */
function noSignalAtTheMountain(): Story {
  const v = visit('32', {
    caseNumber: 'EXP-2026-004573',
    client: { name: 'Rosendo Picado Fonseca', title: 'don' },
    provider: providers.jafet,
    operator: 'op-05',
    service: 'Fontanería',
    place: 'Turrialba, Santa Cruz, de la entrada al volcán 2 kilómetros al este, lechería con techo rojo',
    arriveBy: '16:30',
    tools: ['llave de cañería', 'teflón', 'sierra para PVC'],
  });
  return story(
    v,
    assigned(v, '14:50'),
    attended(v, '16:08'),
    inspected(v, '16:15', {
      where: 'Lavadero, tubo de abasto',
      shots: ['tubo', 'unión'],
      diagnosis: 'La unión del tubo está rajada.',
    }),
    explained(v, '16:27', 'Se corta el tramo, se pega una unión nueva y se prueba con presión.'),
    started(v, '16:30', ['baldes']),
    v.c('17:20', 'giveInstruction', {
      about: 'visit',
      decision: 'reschedule',
      text: 'Llamaron de la casa para dejarlo para mañana.',
    }),
    offline(
      tested(v, '17:02', ['Media hora con presión y la unión seca']),
      v.p('17:09', 'handOverSite', { structuralConditionPreserved: true, tidy: true }),
      v.p('17:11', 'showBelongings', { items: v.tools, clientConfirmed: true }),
    ),
    settled(v, '18:40', 'all', 'Se habló con don Rosendo: la llamada era de otra casa.'),
    afterwards(
      v.c('18:44', 'giveInstruction', { about: 'visit', decision: 'proceed', text: 'Quedó listo; puede concluir.' }),
      completed(v, '18:47'),
    ),
  );
}

/** A break that both recorded, and a resumption on a visit that the center had closed: it is left in the report. */
function closedMeanwhile(): Story {
  const v = visit('33', {
    caseNumber: 'EXP-2026-004574',
    client: { name: 'Nuria Elena Vargas Calvo', title: 'doña' },
    provider: providers.carlos,
    operator: 'op-06',
    service: 'Electricidad',
    place: 'Pérez Zeledón, Rivas, del puente colgante 500 metros al norte, casa de madera verde',
    arriveBy: '16:00',
    tools: ['probador de tensión', 'alicate', 'pelacables'],
  });
  return story(
    v,
    assigned(v, '14:05'),
    attended(v, '15:31'),
    inspected(v, '15:38', {
      where: 'Cocina, centro de carga',
      shots: ['centro de carga', 'disyuntor'],
      diagnosis: 'Un disyuntor que se dispara sin carga.',
    }),
    explained(v, '15:50', 'Se cambia el disyuntor y se prueba con carga.'),
    started(v, '15:53', ['banco']),
    v.c('16:31', 'pauseWork', { kind: 'break' }),
    v.c('17:05', 'giveInstruction', { about: 'visit', decision: 'cancel', text: 'Doña Nuria pidió dejarlo así.' }),
    v.c('17:08', 'closeVisit', { reason: 'La clienta canceló por teléfono.' }),
    offline(v.p('16:29', 'pauseWork', { kind: 'break' }), v.p('17:01', 'resumeWork', { kind: 'break' })),
    settled(v, '18:52', 'none', 'Doña Nuria confirma que ya no se hizo nada después de la pausa.'),
  );
}

export const mistakes = [lampOutside(), noSignalAtTheMountain(), closedMeanwhile()];

/** The client is absent, and the instruction is still pending when the file ends. */
function stillWaiting(): Story {
  const v = visit('29', {
    caseNumber: 'EXP-2026-004570',
    client: { name: 'Yorleny Cascante Madrigal', title: 'doña' },
    provider: providers.gerardo,
    operator: 'op-06',
    service: 'Vidriería',
    place: 'Belén, La Ribera, de la Firestone 1 kilómetro al oeste, residencial Joaquín Chaves, casa 55',
    arriveBy: '20:30',
    tools: ['ventosas', 'cortador de vidrio'],
  });
  return story(
    v,
    assigned(v, '18:42'),
    arrived(v, '20:19'),
    v.p('20:26', 'reportClientAbsence', { call: v.contact('20:25') }),
  );
}

/** A breakdown in the evening: the client was notified, and the center is still looking for a provider. */
function nobodyFree(): Story {
  const v = visit('30', {
    caseNumber: 'EXP-2026-004571',
    client: { name: 'Fabián Alonso Arguedas Núñez', title: 'don' },
    provider: providers.yendry,
    operator: 'op-02',
    service: 'Electricidad',
    place: 'Vázquez de Coronado, San Rafael, del cementerio 2 kilómetros al norte, lechería Los Arguedas',
    arriveBy: '21:00',
    tools: ['multímetro', 'linterna de cabeza'],
  });
  return story(
    v,
    assigned(v, '19:15'),
    v.p('20:08', 'reportTransitIssue', {
      issue: 'breakdown',
      resolvable: false,
      expectedArrival: promised('23:30'),
      detail: 'Me quedé sin batería en Ipís y no hay quien me pase corriente.',
    }),
    v.c('20:10', 'acknowledgeTransitIssue'),
    v.c('20:16', 'notifyClient', { about: ['provider-change'], reached: true, channel: 'teléfono' }),
  );
}

export const evening = [stillWaiting(), nobodyFree()];
