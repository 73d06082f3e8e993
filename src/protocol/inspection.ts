import type { Telling } from './clause.ts';

/** Chapter 1.1, second part: the area inspected, photographs taken, sent and documented. */
export const inspection: readonly Telling[] = [
  // 1.1-16
  [
    'provider',
    'El proveedor avisa que revisará el área con el cliente y que tomará las fotografías que le solicitan.',
    'The provider says that they will inspect the area with the client and take the photographs asked for.',
  ],
  // 1.1-17
  [
    'provider',
    'El proveedor inspecciona el área de trabajo en compañía del cliente.',
    'The provider inspects the work area in the company of the client.',
  ],
  // 1.1-18
  ['provider', 'El proveedor fotografía el lugar del trabajo.', 'The provider photographs the work site.'],
  // 1.1-19
  [
    'provider',
    'El proveedor envía las fotografías enseguida, y siempre antes de empezar el trabajo.',
    'The provider sends the photographs promptly, and always before the work begins.',
  ],
  // 1.1-20
  [
    'provider',
    'El proveedor envía las fotografías por la aplicación Aliados INS Servicios.',
    'The provider sends the photographs by the Aliados INS Servicios app.',
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
