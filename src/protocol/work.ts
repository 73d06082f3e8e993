import type { Telling } from './clause.ts';

/** Chapter 1.1, fourth part: the work, its tests, second visits, conformity and belongings. */
export const work: readonly Telling[] = [
  // 1.1-43
  ['provider', 'El proveedor inicia y realiza el trabajo.', 'The provider starts and carries out the work.'],
  // 1.1-44
  [
    'provider',
    'El proveedor procura cuanto orden y limpieza permita la tarea.',
    'The provider keeps things as tidy and clean as the task allows.',
  ],
  // 1.1-45
  [
    'provider',
    'El proveedor entrega el trabajo con la estructura tal como la encontró.',
    'The provider hands over the work with the structure as it was found.',
  ],
  // 1.1-46
  [
    'provider',
    'El proveedor anuncia y hace las pruebas del servicio.',
    'The provider announces and runs the tests of the service.',
  ],
  // 1.1-47
  [
    'provider',
    'Las pruebas se hacen con el cliente y deben aprobarse.',
    'The tests are run with the client and have to pass.',
  ],
  // 1.1-48
  [
    'provider',
    'Si hace falta una segunda visita, el proveedor avisa al Centro de Contacto que se va.',
    'If a second visit is needed, the provider notifies the contact center of leaving.',
  ],
  // 1.1-49
  [
    'provider',
    'Al volver, el proveedor avisa al Centro de Contacto de su reingreso.',
    'On coming back, the provider notifies the contact center of the re-entry.',
  ],
  // 1.1-50
  [
    'client',
    'El cliente dice si la reparación quedó bien; no se pide firma.',
    'The client says whether the repair is right; no signature is asked for.',
  ],
  // 1.1-51
  [
    'provider',
    'Antes de irse, el proveedor muestra al cliente que solo se lleva herramientas propias.',
    'Before leaving, the provider shows the client that they take only tools of their own.',
  ],
  // 1.1-52
  [
    'provider',
    'El proveedor hace ver al cliente que no se lleva nada ajeno.',
    'The provider lets the client see that nothing taken belongs to others.',
  ],
  // 1.1-53
  [
    'client',
    'El cliente confirma que lo que sale es del proveedor, o lo disputa.',
    'The client confirms that what leaves belongs to the provider, or disputes it.',
  ],
];
