import type { Telling } from './clause.ts';

/** Chapter 1.1, fourth part: the work, its tests, second visits, conformity and belongings. */
export const work: readonly Telling[] = [
  // 1.1-43
  ['provider', 'El proveedor inicia y realiza el trabajo.', 'The provider starts and carries out the work.'],
  // 1.1-44
  [
    'provider',
    'Hasta donde se puede, el proveedor trabaja con orden y aseo.',
    'As far as possible, the provider works tidily and cleanly.',
  ],
  // 1.1-45
  [
    'provider',
    'El proveedor entrega el trabajo con la estructura del lugar tal como la encontró.',
    'The provider hands over the work with the structure of the site as it was found.',
  ],
  // 1.1-46
  [
    'provider',
    'El proveedor hace las pruebas de la calidad del servicio.',
    'The provider runs the tests of the quality of the service.',
  ],
  // 1.1-47
  ['provider', 'Las pruebas se hacen junto con el cliente.', 'The tests are run together with the client.'],
  // 1.1-48
  [
    'provider',
    'Si hace falta una segunda visita, el proveedor le avisa al Centro de Contacto que se va.',
    'If a second visit is needed, the provider notifies the contact center of leaving.',
  ],
  // 1.1-49
  [
    'provider',
    'Al volver para terminar, el proveedor le avisa al Centro de Contacto de su reingreso.',
    'On coming back to finish, the provider notifies the contact center of the re-entry.',
  ],
  // 1.1-50
  ['client', 'El cliente confirma que la reparación quedó bien.', 'The client confirms that the repair is right.'],
  // 1.1-51
  [
    'provider',
    'El proveedor revisa con el cliente que solo se lleva herramientas propias.',
    'The provider checks with the client that the tools taken away are their own.',
  ],
  // 1.1-52
  [
    'provider',
    'El proveedor le muestra al cliente que no se lleva nada ajeno.',
    'The provider shows the client that nothing taken away belongs to others.',
  ],
  // 1.1-53
  [
    'client',
    'El cliente confirma que el proveedor solo se lleva lo propio.',
    'The client confirms that the provider takes away only what is theirs.',
  ],
];
