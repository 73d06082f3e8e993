import type { Clause } from './clause.ts';

/** Chapter 1.1, first part: greeting, identity, the service announced and the fault located. */
export const arrival: readonly Clause[] = [
  {
    id: '1.1-01',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Al llegar, el proveedor saluda según la hora del día y da su nombre.',
      en: 'On arriving, the provider gives the greeting for the time of day and their own name.',
    },
  },
  {
    id: '1.1-02',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor dice que viene de parte del INS, para que el cliente sepa quién lo envía.',
      en: 'The provider says they come on behalf of INS, so that the client knows who sent them.',
    },
  },
  {
    id: '1.1-03',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor enseña el carné que lo acredita.',
      en: 'The provider shows the credential that proves who they are.',
    },
  },
  {
    id: '1.1-04',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor pregunta al cliente cómo está, por su nombre y con el trato de don o doña.',
      en: 'The provider asks how the client is, by name and with the courtesy of don or doña.',
    },
  },
  {
    id: '1.1-05',
    level: 'G',
    actor: 'client',
    text: {
      'es-CR': 'El cliente corresponde al saludo; es simple cortesía y no se registra nada.',
      en: 'The client returns the greeting; it is plain courtesy and nothing is recorded.',
    },
  },
  {
    id: '1.1-06',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor agradece el saludo y responde con la misma amabilidad.',
      en: 'The provider gives thanks for the greeting and answers in kind.',
    },
  },
  {
    id: '1.1-07',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR':
        'El proveedor pide con cortesía el nombre completo y un documento de identidad, cuyo número jamás se anota.',
      en: 'The provider politely asks for the full name and an identity document, whose number is never recorded.',
    },
  },
  {
    id: '1.1-08',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor valida la identidad de la persona; solo se guardan el resultado y la clase de documento.',
      en: 'The provider validates the identity of the person; only the outcome and the kind of document are kept.',
    },
  },
  {
    id: '1.1-09',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Si el cliente no está, el proveedor llama al Centro de Contacto y pide indicaciones.',
      en: 'If the client is not there, the provider calls the contact center and asks for instructions.',
    },
  },
  {
    id: '1.1-10',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR': 'El Centro de Contacto indica cómo seguir, y la visita se ajusta a esa instrucción.',
      en: 'The contact center says how to go on, and the visit follows that instruction.',
    },
  },
  {
    id: '1.1-11',
    level: 'A',
    actor: 'client',
    text: {
      'es-CR': 'El cliente presenta su documento de identidad.',
      en: 'The client shows their identity document.',
    },
  },
  {
    id: '1.1-12',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor le anuncia al cliente qué servicio va a realizar.',
      en: 'The provider tells the client which service is about to be done.',
    },
  },
  {
    id: '1.1-13',
    level: 'H',
    actor: 'contact-center',
    text: {
      'es-CR': 'El Centro de Contacto asigna la visita y su servicio, y a esa asignación se atiene el proveedor.',
      en: 'The contact center assigns the visit and its service, and the provider keeps to that assignment.',
    },
  },
  {
    id: '1.1-14',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor pregunta con amabilidad en qué lugar se encuentra la falla.',
      en: 'The provider kindly asks where the fault is.',
    },
  },
  {
    id: '1.1-15',
    level: 'H',
    actor: 'client',
    text: {
      'es-CR': 'El cliente lleva al proveedor hasta la falla, que así queda localizada.',
      en: 'The client leads the provider to the fault, which is thus located.',
    },
  },
];
