import type { Telling } from './clause.ts';

/** Chapter 1.2: issues on the way to the place of the service. */
export const transit: readonly Telling[] = [
  // 1.2-01
  [
    'provider',
    'El proveedor reporta los inconvenientes que tiene de camino.',
    'The provider reports the issues met on the way.',
  ],
  // 1.2-02
  [
    'provider',
    'El proveedor le dice al Centro de Contacto qué inconveniente tiene.',
    'The provider tells the contact center what the issue is.',
  ],
  // 1.2-03
  [
    'provider',
    'Si una avería le impide llegar, el proveedor dice si puede resolverla ahí mismo.',
    'If a breakdown prevents arrival, the provider says whether it can be solved on the spot.',
  ],
  // 1.2-04
  [
    'provider',
    'Si la avería tiene arreglo, el proveedor dice que la atenderá y seguirá su camino.',
    'If the breakdown can be solved, the provider says they will see to it and go on.',
  ],
  // 1.2-05
  [
    'provider',
    'El proveedor informa si se va a pasar del tiempo de respuesta.',
    'The provider says whether the response time will be exceeded.',
  ],
  // 1.2-06
  [
    'provider',
    'Si la avería no tiene arreglo, el proveedor lo dice y se disculpa.',
    'If the breakdown cannot be solved, the provider says so and apologizes.',
  ],
  // 1.2-07
  [
    'provider',
    'Si tiene un atraso, el proveedor avisa que no llegará a tiempo.',
    'If delayed, the provider says that they will not arrive on time.',
  ],
  // 1.2-08
  [
    'contact-center',
    'Si la avería tiene arreglo, el Centro de Contacto agradece el aviso.',
    'If the breakdown can be solved, the contact center gives thanks for the notice.',
  ],
  // 1.2-09
  [
    'provider',
    'El proveedor reporta también cualquier otro inconveniente que surja.',
    'The provider also reports any other issue that comes up.',
  ],
  // 1.2-10
  [
    'contact-center',
    'El Centro de Contacto avisa al cliente si por la avería se va a exceder el tiempo de respuesta.',
    'The contact center tells the client if the breakdown means exceeding the response time.',
  ],
  // 1.2-11
  [
    'contact-center',
    'El Centro de Contacto le comunica al proveedor que otro se hará cargo del servicio.',
    'The contact center tells the provider that another will take over the service.',
  ],
  // 1.2-12
  [
    'contact-center',
    'Si el proveedor no puede llegar, el Centro de Contacto pasa el servicio a otro.',
    'If the provider cannot get there, the contact center gives the service to another.',
  ],
  // 1.2-13
  [
    'contact-center',
    'El Centro de Contacto le informa al cliente que llegará otro proveedor.',
    'The contact center tells the client that another provider will come.',
  ],
  // 1.2-14
  [
    'contact-center',
    'Ante un atraso, el Centro de Contacto agradece el aviso y pide avisar si surge algo más.',
    'On a delay, the contact center gives thanks for the notice and asks to hear of anything further.',
  ],
  // 1.2-15
  [
    'contact-center',
    'Cuando hay un atraso, el Centro de Contacto se lo avisa al cliente.',
    'When there is a delay, the contact center tells the client.',
  ],
];
