import type { Telling } from './clause.ts';

/** Chapter 1.1, second part: the area inspected, photographs taken, sent and documented. */
export const inspection: readonly Telling[] = [
  // 1.1-16
  [
    'provider',
    'El proveedor avisa que revisará el área con el cliente y que tomará las fotografías que le solicitan.',
    'The provider says that they will inspect the area with the client and take the photos asked for.',
  ],
  // 1.1-17
  [
    'provider',
    'El proveedor revisa, en presencia del cliente, el área de la reparación.',
    'The provider inspects the area of the repair in the presence of the client.',
  ],
  // 1.1-18
  ['provider', 'El proveedor fotografía el lugar del trabajo.', 'The provider takes photos of the work site.'],
  // 1.1-19
  [
    'provider',
    'El proveedor envía las fotografías en seguida, y antes de iniciar el trabajo.',
    'The provider sends the photos promptly, and before the work begins.',
  ],
  // 1.1-20
  [
    'provider',
    'El proveedor envía las fotografías por la aplicación Aliados INS Servicios.',
    'The provider sends the photos by the Aliados INS Servicios app.',
  ],
  // 1.1-21
  [
    'provider',
    'Si no se puede por la aplicación, el proveedor envía las fotografías por correo electrónico.',
    'If the app cannot be used, the provider sends the photos by e-mail.',
  ],
  // 1.1-22
  ['contact-center', 'Las fotografías quedan documentadas.', 'The photos are documented.'],
  // 1.1-23
  [
    'client',
    'El cliente está de acuerdo con la revisión y con las fotografías.',
    'The client agrees to the inspection and to the photos.',
  ],
];
