import type { Clause } from './clause.ts';

/** Chapter 1.1, fourth part: the work, its tests, second visits, conformity and belongings. */
export const work: readonly Clause[] = [
  {
    id: '1.1-43',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor inicia el trabajo y lo lleva adelante, ya en el sitio y con lo previo resuelto.',
      en: 'The provider starts the work and carries it through, on site and with what comes first settled.',
    },
  },
  {
    id: '1.1-44',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'Mientras trabaja, el proveedor procura cuanto orden y limpieza permita la tarea.',
      en: 'While working, the provider keeps things as tidy and clean as the task allows.',
    },
  },
  {
    id: '1.1-45',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor entrega el trabajo con la estructura tal como la encontró antes de empezar.',
      en: 'The provider hands over the work with the structure as it was found before the start.',
    },
  },
  {
    id: '1.1-46',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor anuncia y hace las pruebas que muestren si el servicio quedó bien.',
      en: 'The provider announces and runs the tests that show whether the service was done well.',
    },
  },
  {
    id: '1.1-47',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Las pruebas se hacen en compañía del cliente, y el servicio debe superarlas.',
      en: 'The tests are run together with the client, and the service has to pass them.',
    },
  },
  {
    id: '1.1-48',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Si hace falta una segunda visita para terminar, el proveedor avisa al Centro de Contacto que se va.',
      en: 'If a second visit is needed to finish, the provider notifies the contact center of leaving.',
    },
  },
  {
    id: '1.1-49',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Al volver para terminar, el proveedor avisa al Centro de Contacto de su reingreso.',
      en: 'On coming back to finish, the provider notifies the contact center of the re-entry.',
    },
  },
  {
    id: '1.1-50',
    level: 'H',
    actor: 'client',
    text: {
      'es-CR': 'El cliente dice si la reparación quedó bien; basta su palabra y no se le pide firma.',
      en: 'The client says whether the repair is right; their word is enough and no signature is asked for.',
    },
  },
  {
    id: '1.1-51',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Antes de irse, el proveedor repasa con el cliente las herramientas: solo se lleva las propias.',
      en: "Before leaving, the provider goes over the tools with the client: those taken away are the provider's own.",
    },
  },
  {
    id: '1.1-52',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor hace ver al cliente que no se lleva nada ajeno.',
      en: 'The provider lets the client see that nothing taken away belongs to anyone else.',
    },
  },
  {
    id: '1.1-53',
    level: 'H',
    actor: 'client',
    text: {
      'es-CR': 'El cliente confirma que lo que sale es del proveedor, o señala los objetos en disputa.',
      en: 'The client confirms that what leaves belongs to the provider, or names the items in dispute.',
    },
  },
];
