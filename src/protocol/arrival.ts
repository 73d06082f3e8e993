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
  [
    'provider',
    'El proveedor se presenta como proveedor del INS.',
    'The provider introduces themselves as a provider of INS.',
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
    'El proveedor llama al cliente don o doña, por su nombre, y le pregunta cómo está.',
    'The provider calls the client don or doña, by name, and asks how they are.',
  ],
  // 1.1-05
  ['client', 'El cliente corresponde al saludo.', 'The client returns the greeting.'],
  // 1.1-06
  [
    'provider',
    'El proveedor responde que está bien y lo agradece.',
    'The provider answers that they are well, and gives thanks.',
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
    'El proveedor valida la identidad del cliente con su nombre y su identificación.',
    'The provider validates the identity of the client by name and identity document.',
  ],
  // 1.1-09
  [
    'provider',
    'Si el cliente no está, el proveedor llama al Centro de Contacto y pide instrucciones.',
    'If the client is not there, the provider calls the contact center for instructions.',
  ],
  // 1.1-10
  [
    'contact-center',
    'El Centro de Contacto da instrucciones sobre cómo proceder.',
    'The contact center gives instructions on how to proceed.',
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
    'El Centro de Contacto le indica al proveedor qué servicio debe realizar.',
    'The contact center instructs the provider which service to do.',
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
