import type { Telling } from './clause.ts';

/** Chapter 1.1, fourth part: the work, its tests, second visits, conformity and belongings. */
export const work: readonly Telling[] = [
  // 1.1-43
  [
    'provider',
    'El proveedor inicia el trabajo y lo lleva adelante, ya en el sitio y con lo previo resuelto.',
    'The provider starts the work and carries it through, on site and with what comes first settled.',
  ],
  // 1.1-44
  [
    'provider',
    'Mientras trabaja, el proveedor procura cuanto orden y limpieza permita la tarea.',
    'While working, the provider keeps things as tidy and clean as the task allows.',
  ],
  // 1.1-45
  [
    'provider',
    'El proveedor entrega el trabajo con la estructura tal como la encontró antes de empezar.',
    'The provider hands over the work with the structure as it was found before the start.',
  ],
  // 1.1-46
  [
    'provider',
    'El proveedor anuncia y hace las pruebas que muestren si el servicio quedó bien.',
    'The provider announces and runs the tests that show whether the service was done well.',
  ],
  // 1.1-47
  [
    'provider',
    'Las pruebas se hacen en compañía del cliente, y el servicio debe superarlas.',
    'The tests are run together with the client, and the service has to pass them.',
  ],
  // 1.1-48
  [
    'provider',
    'Si hace falta una segunda visita para terminar, el proveedor avisa al Centro de Contacto que se va.',
    'If a second visit is needed to finish, the provider notifies the contact center of leaving.',
  ],
  // 1.1-49
  [
    'provider',
    'Al volver para terminar, el proveedor avisa al Centro de Contacto de su reingreso.',
    'On coming back to finish, the provider notifies the contact center of the re-entry.',
  ],
  // 1.1-50
  [
    'client',
    'El cliente dice si la reparación quedó bien; basta su palabra y no se le pide firma.',
    'The client says whether the repair is right; their word is enough and no signature is asked for.',
  ],
  // 1.1-51
  [
    'provider',
    'Antes de irse, el proveedor repasa con el cliente las herramientas: solo se lleva las propias.',
    "Before leaving, the provider goes over the tools with the client: those taken away are the provider's own.",
  ],
  // 1.1-52
  [
    'provider',
    'El proveedor hace ver al cliente que no se lleva nada ajeno.',
    'The provider lets the client see that nothing taken away belongs to anyone else.',
  ],
  // 1.1-53
  [
    'client',
    'El cliente confirma que lo que sale es del proveedor, o señala los objetos en disputa.',
    'The client confirms that what leaves belongs to the provider, or names the items in dispute.',
  ],
];
