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
    'El proveedor dice al Centro de Contacto qué inconveniente tuvo.',
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
    'El proveedor dice también si se pasará del tiempo de respuesta.',
    'The provider also says whether the response time will be exceeded.',
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
    'Si va atrasado, el proveedor avisa que llegará más tarde.',
    'If delayed, the provider says that they will arrive later.',
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
    'El Centro de Contacto comunica al proveedor que otro se hará cargo del servicio.',
    'The contact center tells the provider that another will take over the service.',
  ],
  // 1.2-12
  [
    'contact-center',
    'Si el proveedor no puede seguir, el Centro de Contacto pasa el servicio a otro, único que actúa en adelante.',
    'If the provider cannot go on, the contact center gives the service to another, who alone acts from then on.',
  ],
  // 1.2-13
  [
    'contact-center',
    'El Centro de Contacto informa al cliente que vendrá otro proveedor.',
    'The contact center tells the client that another provider is coming.',
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
    'Cuando el proveedor va atrasado, el Centro de Contacto siempre avisa al cliente.',
    'When the provider is delayed, the contact center always tells the client.',
  ],
];
