import type { Telling } from './clause.ts';

/** Chapter 1.3: farewell and completion call. */
export const farewell: readonly Telling[] = [
  // 1.3-01
  [
    'provider',
    'Al despedirse, el proveedor da las gracias al cliente por su nombre y dice que fue un gusto atenderlo.',
    'On leaving, the provider thanks the client by name and says it was a pleasure.',
  ],
  // 1.3-02
  [
    'provider',
    'Al concluir el servicio, el proveedor llama al Centro de Contacto.',
    'When the service is concluded, the provider calls the contact center.',
  ],
  // 1.3-03
  [
    'provider',
    'En la llamada de conclusión, el proveedor comunica que terminó el trabajo.',
    'In the completion call the provider says that the work is finished.',
  ],
  // 1.3-04
  [
    'provider',
    'En la llamada de conclusión, el proveedor dice el número de expediente.',
    'In the completion call the provider gives the case number.',
  ],
  // 1.3-05
  [
    'insurer',
    'La llamada de conclusión sirve para el pago del servicio.',
    'The completion call serves for the payment of the service.',
  ],
];
