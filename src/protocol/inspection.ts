import type { Clause } from './clause.ts';

/** Chapter 1.1, second part: the area inspected, photographs taken, sent and documented. */
export const inspection: readonly Clause[] = [
  {
    id: '1.1-16',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor avisa que verá el sitio junto con el cliente y que hará las fotografías pedidas.',
      en: 'The provider says that both will look over the place and that the photographs asked for will be taken.',
    },
  },
  {
    id: '1.1-17',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor inspecciona el sitio de la reparación en compañía del cliente.',
      en: 'The provider inspects the place of the repair in the company of the client.',
    },
  },
  {
    id: '1.1-18',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor fotografía el sitio tal como está antes del trabajo.',
      en: 'The provider photographs the place as it is before the work.',
    },
  },
  {
    id: '1.1-19',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor envía las fotografías enseguida, y siempre antes de empezar el trabajo.',
      en: 'The provider sends the photographs promptly, and always before the work begins.',
    },
  },
  {
    id: '1.1-20',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'La vía principal para enviar las fotografías es la aplicación Aliados INS Servicios.',
      en: 'The main channel for sending the photographs is the Aliados INS Servicios app.',
    },
  },
  {
    id: '1.1-21',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Si la aplicación no se puede usar, las fotografías van por correo electrónico y se anota el motivo.',
      en: 'If the app cannot be used, the photographs go by e-mail and the reason is noted.',
    },
  },
  {
    id: '1.1-22',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR': 'Las fotografías se envían para dejarlas documentadas, lo cual queda pendiente hasta que se haga.',
      en: 'The photographs are sent in order to be documented, which stays pending until it is done.',
    },
  },
  {
    id: '1.1-23',
    level: 'A',
    actor: 'client',
    text: {
      'es-CR': 'El cliente da su consentimiento para la inspección y las fotografías.',
      en: 'The client consents to the inspection and to the photographs.',
    },
  },
];
