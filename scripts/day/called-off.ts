import { providers } from './actors.ts';
import { refused, type Story, sentAgain, story, visit } from './scenario.ts';
import { arrived, assigned } from './steps.ts';

/** The person at the door refuses to be identified: cancelled by the center, closed by the provider. */
function nobodyWillSay(): Story {
  const v = visit('07', {
    caseNumber: 'EXP-2026-004526',
    client: { name: 'Rafael Ángel Bolaños Trejos', title: 'don' },
    provider: providers.minor,
    operator: 'op-06',
    service: 'Fontanería',
    place: 'Goicoechea, Guadalupe, de la Cruz Roja 125 metros al norte, casa de dos plantas con verjas blancas',
    arriveBy: '11:00',
    tools: ['llave de cañería', 'teflón'],
  });
  return story(
    v,
    assigned(v, '09:12'),
    arrived(v, '10:33'),
    v.p('10:38', 'rejectIdentity', { reason: 'refused', call: v.contact('10:37') }),
    refused(v.p('10:41', 'closeVisit', { reason: 'No quiere dar el nombre.' }), 'ending-instructed'),
    v.c('10:49', 'giveInstruction', {
      about: 'identity',
      decision: 'cancel',
      text: 'No logramos contactar a don Rafael. Se cancela la visita; retírese, por favor.',
    }),
    v.p('10:52', 'closeVisit', { reason: 'La persona que atendió no quiso identificarse.' }),
  );
}

/** Absent, waited for, absent still: rescheduled, and closed by the center. */
function absentTwice(): Story {
  const v = visit('08', {
    caseNumber: 'EXP-2026-004529',
    client: { name: 'Kimberly Tatiana Araya Sibaja' },
    provider: providers.randall,
    operator: 'op-03',
    service: 'Vidriería',
    place: 'Alajuela, barrio San José, de la escuela 250 metros al oeste y 25 al norte, casa de ladrillo',
    arriveBy: '09:30',
    tools: ['ventosas', 'cinta métrica'],
  });
  return story(
    v,
    assigned(v, '07:40'),
    v.p('09:18', 'recordArrival'),
    v.p('09:25', 'reportClientAbsence', { call: v.contact('09:24') }),
    v.c('09:28', 'giveInstruction', { about: 'client-absence', decision: 'wait', text: 'Espere quince minutos.' }),
    v.p('09:47', 'reportClientAbsence', { call: v.contact('09:46') }),
    v.c('09:55', 'giveInstruction', {
      about: 'client-absence',
      decision: 'reschedule',
      text: 'La cliente no contesta. Reprogramamos para el jueves y cerramos nosotros.',
    }),
    v.c('09:58', 'closeVisit', { reason: 'Cliente ausente tras la espera.' }),
  );
}

/** The client phones: they found another solution. Cancelled before the provider arrives. */
function calledOff(): Story {
  const v = visit('10', {
    caseNumber: 'EXP-2026-004533',
    client: { name: 'Winston Downer Hall', title: 'don' },
    provider: providers.delroy,
    operator: 'op-05',
    service: 'Electricidad',
    place: 'Siquirres, barrio El Mangal, 200 metros al este de la línea del tren, casa verde con techo rojo',
    arriveBy: '12:00',
    tools: ['multímetro'],
  });
  return story(
    v,
    assigned(v, '09:50'),
    v.c('10:26', 'giveInstruction', {
      about: 'visit',
      decision: 'cancel',
      text: 'El cliente llamó: un vecino ya le arregló el problema. No se presente.',
    }),
    sentAgain(v.c('10:28', 'closeVisit', { reason: 'Cancelada por el cliente antes de la llegada.' }), 1),
  );
}

export const calledOffs = [nobodyWillSay(), absentTwice(), calledOff()];
