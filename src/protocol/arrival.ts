import type { Telling } from './clause.ts';

/** Chapter 1.1, first part: greeting, identity, the service announced and the fault located. */
export const arrival: readonly Telling[] = [
  // 1.1-01
  [
    'provider',
    'Al llegar, el proveedor saluda según la hora del día y da su nombre.',
    'On arriving, the provider gives the greeting for the time of day and their own name.',
  ],
  // 1.1-02
  [
    'provider',
    'El proveedor dice que viene de parte del INS, para que el cliente sepa quién lo envía.',
    'The provider says they come on behalf of INS, so that the client knows who sent them.',
  ],
  // 1.1-03
  [
    'provider',
    'El proveedor enseña el carné que lo acredita.',
    'The provider shows the credential that proves who they are.',
  ],
  // 1.1-04
  [
    'provider',
    'El proveedor pregunta al cliente cómo está, por su nombre y con el trato de don o doña.',
    'The provider asks how the client is, by name and with the courtesy of don or doña.',
  ],
  // 1.1-05
  [
    'client',
    'El cliente corresponde al saludo; es simple cortesía y no se registra nada.',
    'The client returns the greeting; it is plain courtesy and nothing is recorded.',
  ],
  // 1.1-06
  [
    'provider',
    'El proveedor agradece el saludo y responde con la misma amabilidad.',
    'The provider gives thanks for the greeting and answers in kind.',
  ],
  // 1.1-07
  [
    'provider',
    'El proveedor pide con cortesía el nombre completo y un documento de identidad, cuyo número jamás se anota.',
    'The provider politely asks for the full name and an identity document, whose number is never recorded.',
  ],
  // 1.1-08
  [
    'provider',
    'El proveedor valida la identidad de la persona; solo se guardan el resultado y la clase de documento.',
    'The provider validates the identity of the person; only the outcome and the kind of document are kept.',
  ],
  // 1.1-09
  [
    'provider',
    'Si el cliente no está, el proveedor llama al Centro de Contacto y pide indicaciones.',
    'If the client is not there, the provider calls the contact center and asks for instructions.',
  ],
  // 1.1-10
  [
    'contact-center',
    'El Centro de Contacto indica cómo seguir, y la visita se ajusta a esa instrucción.',
    'The contact center says how to go on, and the visit follows that instruction.',
  ],
  // 1.1-11
  ['client', 'El cliente presenta su documento de identidad.', 'The client shows their identity document.'],
  // 1.1-12
  [
    'provider',
    'El proveedor le anuncia al cliente qué servicio va a realizar.',
    'The provider tells the client which service is about to be done.',
  ],
  // 1.1-13
  [
    'contact-center',
    'El Centro de Contacto asigna la visita y su servicio, y a esa asignación se atiene el proveedor.',
    'The contact center assigns the visit and its service, and the provider keeps to that assignment.',
  ],
  // 1.1-14
  [
    'provider',
    'El proveedor pregunta con amabilidad en qué lugar se encuentra la falla.',
    'The provider kindly asks where the fault is.',
  ],
  // 1.1-15
  [
    'client',
    'El cliente lleva al proveedor hasta la falla, que así queda localizada.',
    'The client leads the provider to the fault, which is thus located.',
  ],
];
