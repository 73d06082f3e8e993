import type { Telling } from './clause.ts';

/** Chapter 1.1, second part: the area inspected, photographs taken, sent and documented. */
export const inspection: readonly Telling[] = [
  // 1.1-16
  [
    'provider',
    'El proveedor avisa que revisará el sitio con el cliente y hará fotografías.',
    'The provider says that the place will be looked over together and photographed.',
  ],
  // 1.1-17
  [
    'provider',
    'El proveedor inspecciona el sitio en compañía del cliente.',
    'The provider inspects the place in the company of the client.',
  ],
  // 1.1-18
  [
    'provider',
    'El proveedor fotografía el sitio antes del trabajo.',
    'The provider photographs the place before the work.',
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
    'La vía principal para las fotografías es la aplicación Aliados INS Servicios.',
    'The main channel for the photographs is the Aliados INS Servicios app.',
  ],
  // 1.1-21
  [
    'provider',
    'Si la aplicación no se puede usar, las fotografías van por correo electrónico, con el motivo.',
    'If the app cannot be used, the photographs go by e-mail, with the reason.',
  ],
  // 1.1-22
  [
    'contact-center',
    'El Centro de Contacto documenta las fotografías.',
    'The contact center documents the photographs.',
  ],
  // 1.1-23
  [
    'client',
    'El cliente consiente la inspección y las fotografías.',
    'The client consents to the inspection and to the photographs.',
  ],
];
