import { providers } from './actors.ts';
import { refused, type Story, sentAgain, story, visit } from './scenario.ts';
import { assigned, attended, completed, explained, finished, handedOver, ready, started, tested } from './steps.ts';

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
