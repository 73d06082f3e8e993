import type { Telling } from './clause.ts';

/** Chapter 1.1, second part: the area inspected, photographs taken, sent and documented. */
export const inspection: readonly Telling[] = [
  // 1.1-16
  [
    'provider',
    'El proveedor avisa que verá el sitio junto con el cliente y que hará las fotografías pedidas.',
    'The provider says that both will look over the place and that the photographs asked for will be taken.',
  ],
  // 1.1-17
  [
    'provider',
    'El proveedor inspecciona el sitio de la reparación en compañía del cliente.',
    'The provider inspects the place of the repair in the company of the client.',
  ],
  // 1.1-18
  [
    'provider',
    'El proveedor fotografía el sitio tal como está antes del trabajo.',
    'The provider photographs the place as it is before the work.',
  ],
  // 1.1-19
  [
    'provider',
    'El proveedor envía las fotografías enseguida, y siempre antes de empezar el trabajo.',
    'The provider sends the photographs promptly, and always before the work begins.',
  ],
  // 1.1-20
  [
    'provider',
    'La vía principal para enviar las fotografías es la aplicación Aliados INS Servicios.',
    'The main channel for sending the photographs is the Aliados INS Servicios app.',
  ],
  // 1.1-21
  [
    'provider',
    'Si la aplicación no se puede usar, las fotografías van por correo electrónico y se anota el motivo.',
    'If the app cannot be used, the photographs go by e-mail and the reason is noted.',
  ],
  // 1.1-22
  [
    'contact-center',
    'Las fotografías se envían para dejarlas documentadas, lo cual queda pendiente hasta que se haga.',
    'The photographs are sent in order to be documented, which stays pending until it is done.',
  ],
  // 1.1-23
  [
    'client',
    'El cliente da su consentimiento para la inspección y las fotografías.',
    'The client consents to the inspection and to the photographs.',
  ],
];
