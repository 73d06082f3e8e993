import type { Telling } from './clause.ts';

/** Chapter 1.1, first part: greeting, identity, the service announced and the fault located. */
export const arrival: readonly Telling[] = [
  // 1.1-01
  [
    'provider',
    'Al llegar, el proveedor saluda según la hora y da su nombre.',
    'On arriving, the provider greets by the time of day and gives their name.',
  ],
  // 1.1-02
  ['provider', 'El proveedor dice que viene de parte del INS.', 'The provider says they come on behalf of INS.'],
  // 1.1-03
  [
    'provider',
    'El proveedor enseña el carné que lo acredita.',
    'The provider shows the credential that proves who they are.',
  ],
  // 1.1-04
  [
    'provider',
    'El proveedor pregunta al cliente cómo está, por su nombre y como don o doña.',
    'The provider asks how the client is, by name and as don or doña.',
  ],
  // 1.1-05
  [
    'client',
    'El cliente corresponde al saludo; no se registra nada.',
    'The client returns the greeting; nothing is recorded.',
  ],
  // 1.1-06
  [
    'provider',
    'El proveedor agradece el saludo y responde con amabilidad.',
    'The provider gives thanks for the greeting and answers in kind.',
  ],
  // 1.1-07
  [
    'provider',
    'El proveedor pide con cortesía el nombre completo y un documento de identidad.',
    'The provider politely asks for the full name and an identity document.',
  ],
  // 1.1-08
  [
    'provider',
    'Con esos datos, el proveedor valida la identidad del cliente.',
    'With these, the provider validates the identity of the client.',
  ],
  // 1.1-09
  [
    'provider',
    'Si el cliente no está, el proveedor llama al Centro de Contacto y pide indicaciones.',
    'If the client is not there, the provider calls the contact center for instructions.',
  ],
  // 1.1-10
  [
    'contact-center',
    'El Centro de Contacto indica cómo seguir, y la visita se ajusta a ello.',
    'The contact center says how to go on, and the visit follows that.',
  ],
  // 1.1-11
  ['client', 'El cliente presenta su documento de identidad.', 'The client shows their identity document.'],
  // 1.1-12
  [
    'provider',
    'El proveedor anuncia qué servicio va a realizar.',
    'The provider announces which service will be done.',
  ],
  // 1.1-13
  [
    'contact-center',
    'El Centro de Contacto asigna la visita y su servicio, a lo que se atiene el proveedor.',
    'The contact center assigns the visit and its service, and the provider keeps to that.',
  ],
  // 1.1-14
  [
    'provider',
    'El proveedor pregunta con amabilidad dónde está la falla.',
    'The provider kindly asks where the fault is.',
  ],
  // 1.1-15
  ['client', 'El cliente lleva al proveedor hasta la falla.', 'The client leads the provider to the fault.'],
];
