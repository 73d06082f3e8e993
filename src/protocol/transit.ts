import type { Clause } from './clause.ts';

/** Chapter 1.2: setbacks on the way to the place of the service. */
export const transit: readonly Clause[] = [
  {
    id: '1.2-01',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor reporta como de traslado los contratiempos que tiene de camino, antes de llegar.',
      en: 'The provider reports as transit issues those met on the way, before arriving.',
    },
  },
  {
    id: '1.2-02',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor se comunica con el Centro de Contacto y dice qué contratiempo tuvo.',
      en: 'The provider gets in touch with the contact center and says what the setback is.',
    },
  },
  {
    id: '1.2-03',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Si una avería le impide llegar, el proveedor la reporta y dice si puede resolverla ahí mismo.',
      en: 'If a breakdown prevents arrival, the provider reports it and says whether it can be solved on the spot.',
    },
  },
  {
    id: '1.2-04',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'Si la avería tiene arreglo inmediato, el proveedor dice que la atenderá y seguirá su camino.',
      en: 'If the breakdown can be fixed right away, the provider says they will see to it and carry on.',
    },
  },
  {
    id: '1.2-05',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor dice también si se pasará del tiempo de respuesta, de modo que el cliente pueda saberlo.',
      en: 'The provider also says whether the response time will be exceeded, so that the client can be told.',
    },
  },
  {
    id: '1.2-06',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'Si la avería no tiene arreglo por ahora, el proveedor lo dice y se disculpa.',
      en: 'If the breakdown cannot be solved for now, the provider says so and apologizes.',
    },
  },
  {
    id: '1.2-07',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'Si solo va atrasado, el proveedor avisa que llegará más tarde de lo previsto.',
      en: 'If it is only a delay, the provider says that they will arrive later than expected.',
    },
  },
  {
    id: '1.2-08',
    level: 'G',
    actor: 'contact-center',
    text: {
      'es-CR': 'Si la avería tiene arreglo, el Centro de Contacto agradece al proveedor el aviso.',
      en: 'If the breakdown can be solved, the contact center thanks the provider for the notice.',
    },
  },
  {
    id: '1.2-09',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor reporta también cualquier contratiempo que surja después, aunque sea de otra clase.',
      en: 'The provider also reports any setback that comes up afterwards, even one of another kind.',
    },
  },
  {
    id: '1.2-10',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR':
        'El Centro de Contacto avisa al cliente si la avería hace exceder el tiempo de respuesta, y solo en ese caso.',
      en: 'The contact center tells the client if the breakdown overruns the response time, and only in that case.',
    },
  },
  {
    id: '1.2-11',
    level: 'G',
    actor: 'contact-center',
    text: {
      'es-CR': 'El Centro de Contacto comunica al proveedor que otro se hará cargo del servicio.',
      en: 'The contact center tells the provider that another provider will take over the service.',
    },
  },
  {
    id: '1.2-12',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR':
        'Si el proveedor no puede seguir, el Centro de Contacto pasa el servicio a otro, único que actúa en adelante.',
      en: 'If the provider cannot go on, the contact center gives the service to another, who alone acts from then on.',
    },
  },
  {
    id: '1.2-13',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR': 'El Centro de Contacto informa al cliente que vendrá otro proveedor.',
      en: 'The contact center tells the client that another provider is coming.',
    },
  },
  {
    id: '1.2-14',
    level: 'G',
    actor: 'contact-center',
    text: {
      'es-CR': 'Ante un atraso, el Centro de Contacto agradece el aviso y pide que se reporte cualquier novedad.',
      en: 'On a delay, the contact center gives thanks for the notice and asks to hear of anything further.',
    },
  },
  {
    id: '1.2-15',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR': 'Cuando el proveedor va atrasado, el Centro de Contacto siempre pone al cliente al tanto.',
      en: 'When the provider is delayed, the contact center always lets the client know.',
    },
  },
];
