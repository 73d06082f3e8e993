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

/** Photographs by e-mail, first without saying why, and one of them recorded twice. */
function appDown(): Story {
  const v = visit('16', {
    caseNumber: 'EXP-2026-004546',
    client: { name: 'Adrián Mauricio Porras Rodríguez', title: 'don' },
    provider: providers.gerardo,
    operator: 'op-05',
    service: 'Vidriería',
    place: 'Santa Ana, Pozos, del Fórum 1 kilómetro al oeste, condominio Río Oro, casa 22',
    arriveBy: '12:00',
    tools: ['espátula', 'pistola de silicón', 'ventosas'],
  });
  const byEmail = { photoIds: v.photoIds(1, 2, 3), channel: 'email' };
  return story(
    v,
    assigned(v, '10:31'),
    attended(v, '11:48'),
    v.p('11:55', 'locateFault', { where: 'Puerta corrediza del baño' }),
    v.p('11:57', 'inspectArea', { clientPresent: true, clientConsented: true }),
    v.p('11:59', 'takePhotos', { photos: v.photos('11:58', 1, ['puerta', 'riel']) }),
    refused(v.p('12:02', 'takePhotos', { photos: v.photos('12:01', 2, ['riel', 'rodines']) }), 'photos-new'),
    v.p('12:03', 'takePhotos', { photos: v.photos('12:01', 3, ['rodines']) }),
    refused(v.p('12:09', 'submitPhotos', byEmail), 'email-justified'),
    sentAgain(
      v.p('12:11', 'submitPhotos', {
        ...byEmail,
        appUnavailableReason: 'La aplicación se cierra sola desde la actualización de anoche.',
      }),
      5,
    ),
    v.p('12:13', 'assessService', { diagnosis: 'Rodines gastados; la puerta está fuera del riel.' }),
    explained(v, '12:15', 'Se monta la puerta, se ajustan los rodines y se sella la orilla.'),
    started(v, '12:18', ['cesto de ropa']),
    v.c('12:35', 'documentPhotos', { photoIds: v.photoIds(1, 2) }),
    v.c('12:37', 'documentPhotos', { photoIds: v.photoIds(3) }),
    finished(v, '12:59', ['La puerta corre suave', 'No gotea con la ducha abierta']),
  );
}

/** No signal at all: the start goes on without photographs, by a waiver. They are sent in the evening, from home. */
function noSignal(): Story {
  const v = visit('17', {
    caseNumber: 'EXP-2026-004547',
    client: { name: 'Hilda Morales Sánchez', title: 'doña' },
    provider: providers.jafet,
    operator: 'op-06',
    service: 'Fontanería',
    place: 'Talamanca, Bribri, de la escuela de Suretka 1,5 kilómetros hacia el río, casa sobre pilotes',
    arriveBy: '16:30',
    instructions: 'En la zona no hay señal de datos; llame desde el teléfono fijo del puesto de salud.',
    tools: ['llave de cañería', 'segueta', 'teflón', 'cubeta'],
  });
  return story(
    v,
    assigned(v, '13:50'),
    attended(v, '16:12'),
    v.p('16:19', 'locateFault', { where: 'Tanque de captación, salida de abajo' }),
    v.p('16:21', 'inspectArea', { clientPresent: true, clientConsented: true }),
    v.p('16:24', 'takePhotos', { photos: v.photos('16:23', 1, ['tanque', 'válvula de salida']) }),
    v.p('16:28', 'assessService', { diagnosis: 'La válvula de salida gotea por la rosca.' }),
    explained(v, '16:31', 'Se desmonta la válvula, se renueva el teflón y se vuelve a montar.'),
    v.c('16:40', 'giveInstruction', {
      about: 'visit',
      decision: 'proceed',
      text: 'Sin señal no puede enviar las fotografías. Guárdelas, empiece y envíelas cuando llegue a Bribri.',
      waives: ['photos-sent'],
    }),
    ready(v, '16:43', ['leña', 'baldes']),
    v.p('16:49', 'startWork'),
    v.c('16:55', 'documentStart', { reference: 'INI-004547' }),
    tested(v, '17:26', ['Válvula seca con el tanque lleno']),
    handedOver(v, '17:32'),
    completed(v, '17:37'),
    v.p('19:48', 'submitPhotos', { photoIds: v.photoIds(1, 2), channel: 'app' }),
  );
}

export const photos = [appDown(), noSignal()];

/** A break before anything was begun is refused; a real one for lunch, and a second visit when the mortar has set. */
function wetMortar(): Story {
  const v = visit('22', {
    caseNumber: 'EXP-2026-004555',
    client: { name: 'Guillermo Enrique Sancho Víquez', title: 'don' },
    provider: providers.denis,
    operator: 'op-05',
    service: 'Techos y canoas',
    place: 'Santa Cruz, Lagunilla, del salón comunal 200 metros al este, casa con palo de mango al frente',
    arriveBy: '11:00',
    tools: ['cuchara de albañil', 'nivel', 'taladro', 'escalera de extensión'],
  });
  const materials = [
    { item: 'Mortero de reparación', quantity: 25, unit: 'kilogramos' },
    { item: 'Canoa galvanizada', quantity: 3.66, unit: 'metros' },
  ];
  return story(
    v,
    assigned(v, '09:02'),
    attended(v, '10:36'),
    inspected(v, '10:43', {
      where: 'Alero del corredor',
      shots: ['canoa', 'alero', 'pared del corredor'],
      diagnosis: 'Canoa perforada y repello del alero reventado por la humedad.',
    }),
    explained(v, '10:55', 'Hoy se repara el repello; cuando seque se monta la canoa nueva.', materials),
    refused(v.p('10:58', 'pauseWork', { kind: 'break' }), 'running'),
    supplied(v, '11:20', materials),
    started(v, '11:25', ['hamaca', 'mecedoras']),
    v.p('12:32', 'pauseWork', { kind: 'break', returnExpected: promised('13:15') }),
    v.p('13:14', 'resumeWork', { kind: 'break' }),
    sentAgain(
      v.p('14:52', 'pauseWork', {
        kind: 'second-visit',
        notice: v.contact('14:51'),
        returnExpected: promised('19 08:00'),
      }),
      7,
    ),
    v.p('19 08:06', 'recordArrival'),
    v.p('19 08:10', 'resumeWork', { kind: 'second-visit', notice: v.contact('19 08:09') }),
    finished(v, '19 10:31', ['Agua con manguera por toda la canoa', 'Repello firme al golpe']),
  );
}

/**
 * On the way back to a second visit the vehicle breaks down: another provider resumes, and the start is not repeated.
 * The client cannot be reached about it, and that is still owed.
 */
function wayBack(): Story {
  const v = visit('23', {
    caseNumber: 'EXP-2026-004556',
    client: { name: 'Cristina Ugalde Barrantes', title: 'doña' },
    provider: providers.olman,
    operator: 'op-06',
    service: 'Cerrajería',
    place: 'Grecia, San Roque, de la ermita 350 metros al noreste, portón de hierro con el número 118',
    arriveBy: '15:00',
    tools: ['taladro', 'lima', 'aceite'],
  });
  const w = v.with({ provider: providers.marisela, tools: ['lima', 'prensa', 'taladro'] });
  return story(
    v,
    assigned(v, '13:05'),
    attended(v, '14:41'),
    inspected(v, '14:48', {
      where: 'Portón principal',
      shots: ['picaporte', 'bisagras'],
      diagnosis: 'El picaporte no alinea porque el portón se descolgó.',
    }),
    explained(v, '15:00', 'Se alinean las bisagras hoy y mañana se ajusta el picaporte con el soldado frío.'),
    started(v, '15:03', ['basurero']),
    v.p('16:20', 'pauseWork', {
      kind: 'second-visit',
      notice: v.contact('16:19'),
      returnExpected: promised('18 09:00'),
    }),
    v.p('18 08:12', 'reportTransitIssue', {
      issue: 'breakdown',
      resolvable: false,
      detail: 'La moto no arranca y el mecánico llega hasta la tarde.',
    }),
    v.c('18 08:14', 'acknowledgeTransitIssue'),
    v.c('18 08:31', 'reassignProvider', { provider: providers.marisela, arriveBy: promised('18 10:30') }),
    v.c('18 08:35', 'notifyClient', { about: ['provider-change'], reached: false, channel: 'teléfono' }),
    arrived(w, '18 10:14'),
    identified(w, '18 10:18'),
    w.p('18 10:19', 'showTools', { tools: w.tools }),
    w.c('18 10:22', 'resumeWork', { kind: 'second-visit', notice: w.contact('18 10:21') }),
    finished(w, '18 11:09', ['El portón cierra sin empujarlo', 'El picaporte entra completo']),
  );
}

/**
 * The client reports that the provider smokes in the house: the center removes the provider, and another one continues
 * at once.
 */
function smoking(): Story {
  const v = visit('24', {
    caseNumber: 'EXP-2026-004559',
    client: { name: 'Lucrecia Castro Monge', title: 'doña' },
    provider: providers.delroy,
    operator: 'op-01',
    service: 'Electricidad',
    place: 'Tibás, San Juan, del Estadio Ricardo Saprissa 300 metros al este, edificio gris, apartamento 2-B',
    arriveBy: '15:00',
    tools: ['multímetro', 'alicate'],
  });
  const w = v.with({ provider: providers.yendry, tools: ['probador de tensión', 'alicate', 'pelacables'] });
  return story(
    v,
    assigned(v, '12:40'),
    attended(v, '14:48'),
    inspected(v, '14:55', {
      where: 'Cocina, tomacorriente de la refrigeradora',
      shots: ['tomacorriente', 'extensión'],
      diagnosis: 'Tomacorriente flojo en la caja.',
    }),
    explained(v, '15:07', 'Se fija la caja y se vuelve a conectar el tomacorriente.'),
    started(v, '15:10', ['refrigeradora']),
    v.k('15:27', 'reportConductBreach', {
      kind: 'smoking',
      detail: 'Está fumando en la cocina y se lo pedí dos veces.',
    }),
    v.c('15:32', 'giveInstruction', {
      about: 'visit',
      decision: 'reassign',
      text: 'Se retira del servicio. Deje todo seguro; doña Yendry está a diez minutos y continúa ella.',
    }),
    v.c('15:35', 'notifyClient', { about: ['provider-change'], reached: true, channel: 'teléfono' }),
    v.c('15:36', 'reassignProvider', { provider: providers.yendry, arriveBy: promised('16:00') }),
    arrived(w, '15:52'),
    identified(w, '15:55'),
    w.p('15:57', 'showTools', { tools: w.tools }),
    w.p('15:59', 'resumeWork', { kind: 'second-visit', notice: w.contact('15:58') }),
    tested(w, '16:16', ['Tomacorriente firme', 'La refrigeradora enciende']),
    handedOver(w, '16:22'),
    completed(w, '16:26'),
  );
}

export const work = [wetMortar(), wayBack(), smoking()];
