import { promised, providers, refused, type Story, sentAgain, story, visit, withUnknownField } from './scenario.ts';
import {
  arrived,
  assigned,
  attended,
  completed,
  explained,
  finished,
  handedOver,
  inspected,
  started,
} from './steps.ts';

/** The client is out; a daughter stands in for her by instruction of the center. */
function daughterAtTheDoor(): Story {
  const v = visit('04', {
    caseNumber: 'EXP-2026-004520',
    client: { name: 'Xinia Matamoros Leiva', title: 'doña' },
    provider: providers.gerardo,
    operator: 'op-02',
    service: 'Vidriería',
    place: 'Heredia, San Joaquín de Flores, del cementerio 300 metros al oeste, condominio Las Dalias, casa 7',
    arriveBy: '09:00',
    tools: ['cortador de vidrio', 'ventosas', 'espátula', 'pistola de silicón'],
  });
  return story(
    v,
    assigned(v, '07:31'),
    arrived(v, '08:44'),
    v.p('08:49', 'reportClientAbsence', { call: v.contact('08:48') }),
    v.c('08:55', 'giveInstruction', {
      about: 'client-absence',
      decision: 'proceed-with-representative',
      text: 'Doña Xinia está en el hospital y autoriza a su hija, que es mayor de edad. Valide la identidad de ella.',
      representative: { name: 'Natalia Vargas Matamoros' },
    }),
    v.p('09:00', 'validateIdentity', {
      person: 'representative',
      fullNameGiven: true,
      documentShown: true,
      documentKind: 'cedula',
    }),
    v.p('09:01', 'announceService', { service: v.service }),
    inspected(v, '09:04', {
      where: 'Ventana del dormitorio principal',
      shots: ['ventana por dentro', 'ventana por fuera'],
      diagnosis: 'Vidrio corrido fuera del riel; está entero.',
    }),
    explained(v, '09:16', 'Se desmonta el vidrio, se limpia el riel y se vuelve a sellar con el silicón que queda.'),
    started(v, '09:20', ['cortinas', 'cama']),
    finished(v, '10:03', ['La ventana corre sin trabarse', 'Sello parejo']),
  );
}

/** The client is absent, then comes back; absent again in the middle of the work, they cannot confirm that they agree. */
function clientAtTheSchool(): Story {
  const v = visit('05', {
    caseNumber: 'EXP-2026-004521',
    client: { name: 'Luis Alberto Apuy Sánchez', title: 'don' },
    provider: providers.esteban,
    operator: 'op-05',
    service: 'Electricidad',
    place: 'Puntarenas, El Roble, de la estación de bomberos 150 metros al este, frente al parque infantil',
    arriveBy: '10:30',
    tools: ['multímetro', 'alicate', 'escalera de tijera', 'cinta aislante'],
  });
  return story(
    v,
    assigned(v, '08:10'),
    arrived(v, '10:12'),
    v.c('10:18', 'reportClientAbsence', { call: v.contact('10:17') }),
    v.c('10:21', 'giveInstruction', {
      about: 'client-absence',
      decision: 'wait',
      text: 'Don Luis fue a dejar a los chiquitos a la escuela. Espérelo veinte minutos, por favor.',
    }),
    v.p('10:36', 'recordClientReturn'),
    v.p('10:37', 'validateIdentity', {
      person: 'client',
      fullNameGiven: true,
      documentShown: true,
      documentKind: 'cedula',
    }),
    v.p('10:38', 'announceService', { service: v.service }),
    inspected(v, '10:41', {
      where: 'Pasillo, lámpara del cielo raso',
      shots: ['lámpara', 'apagador'],
      diagnosis: 'Falso contacto en el apagador; la lámpara está buena.',
    }),
    explained(v, '10:53', 'Se corta la corriente y se rehacen los empalmes del apagador.'),
    started(v, '10:57', ['mesita del pasillo']),
    v.p('11:24', 'testQuality', { withClient: true, tests: [{ name: 'Enciende y apaga veinte veces', passed: true }] }),
    v.p('11:27', 'reportClientAbsence', { call: v.contact('11:26') }),
    refused(v.p('11:28', 'recordConformity'), 'client-answers'),
    v.c('11:31', 'giveInstruction', {
      about: 'client-absence',
      decision: 'wait',
      text: 'Salió un momento, ya regresa.',
    }),
    v.p('11:43', 'recordClientReturn'),
    sentAgain(v.p('11:44', 'recordConformity'), 1, 6),
    handedOver(v, '11:46'),
    completed(v, '11:51'),
  );
}

/** The client's document was stolen: refused, rejected with a call, and let through by a waiver. */
function stolenDocument(): Story {
  const v = visit('06', {
    caseNumber: 'EXP-2026-004524',
    client: { name: 'Claudia Restrepo Vélez', title: 'doña' },
    provider: providers.marisela,
    operator: 'op-01',
    service: 'Cerrajería',
    place: 'Escazú, San Antonio, del antiguo Country 400 metros al sur, apartamentos Los Laureles, número 3',
    arriveBy: '11:00',
    tools: ['taladro', 'juego de ganzúas', 'destornilladores'],
  });
  const seen = { person: 'client', fullNameGiven: true } as const;
  return story(
    v,
    assigned(v, '09:05'),
    arrived(v, '10:40'),
    refused(v.p('10:43', 'validateIdentity', { ...seen, documentShown: false }), 'identified'),
    v.p('10:46', 'rejectIdentity', { reason: 'no-document', call: v.contact('10:45') }),
    v.c('10:54', 'giveInstruction', {
      about: 'identity',
      decision: 'proceed',
      text: 'Le robaron el bolso con el DIMEX. Confirmamos por teléfono sus datos y la denuncia; puede continuar.',
      waives: ['identified'],
    }),
    withUnknownField(
      v.p('10:55', 'validateIdentity', { ...seen, documentShown: false }),
      'documentNumber',
      '000000000000',
    ),
    v.p('10:56', 'validateIdentity', { ...seen, documentShown: false }),
    v.p('10:57', 'announceService', { service: v.service }),
    inspected(v, '11:00', {
      where: 'Puerta de entrada',
      shots: ['llavín', 'puerta completa'],
      diagnosis: 'Hay que cambiar la combinación del cilindro porque se llevaron las llaves.',
    }),
    explained(v, '11:12', 'Se desarma el cilindro y se cambian los pines para otra llave, con el mismo llavín.'),
    started(v, '11:15', []),
    finished(v, '11:58', ['La llave vieja ya no abre', 'La llave nueva abre y cierra']),
  );
}

/** The address was wrong: amended when the provider stands before another house, so they arrive again. */
function wrongHouse(): Story {
  const v = visit('09', {
    caseNumber: 'EXP-2026-004531',
    client: { name: 'Digna Rivera Torres', title: 'doña' },
    provider: providers.carlos,
    operator: 'op-04',
    service: 'Fontanería',
    place: 'Buenos Aires de Puntarenas, del parque central 300 metros al sur, casa celeste',
    arriveBy: '10:00',
    tools: ['llave de cañería', 'sierra para metal', 'pegamento de PVC'],
  });
  const amended = v.with({ service: 'Destaqueo de tuberías' });
  return story(
    v,
    assigned(v, '07:44'),
    v.p('09:31', 'recordArrival'),
    v.c('09:42', 'amendAssignment', {
      place: 'Buenos Aires de Puntarenas, Térraba, del salón comunal 500 metros al norte, casa de madera con corredor',
      arriveBy: promised('11:00'),
      instructions: 'La dirección estaba mal digitada. La señora espera en Térraba.',
    }),
    refused(
      v.c('10:20', 'declineOffContractRequest', { activity: 'other', detail: 'Pidió por teléfono revisar el tanque.' }),
      'role',
    ),
    attended(v, '10:28'),
    v.c('10:37', 'amendAssignment', { service: 'Destaqueo de tuberías' }),
    amended.p('10:39', 'announceService', { service: amended.service }),
    inspected(amended, '10:41', {
      where: 'Baño, desagüe del piso',
      shots: ['desagüe', 'caja de registro'],
      diagnosis: 'Raíces dentro de la tubería a un metro de la caja.',
    }),
    explained(amended, '10:53', 'Se abre la caja de registro y se sondea hasta sacar las raíces.'),
    started(amended, '10:57', ['macetas', 'alfombra del baño']),
    finished(amended, '12:04', ['El agua se va en menos de un minuto']),
  );
}

export const arrivals = [daughterAtTheDoor(), clientAtTheSchool(), stolenDocument(), wrongHouse()];

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
