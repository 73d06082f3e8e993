import type { Clause } from './clause.ts';

/** Chapter 1.3: farewell and closing call. */
export const farewell: readonly Clause[] = [
  {
    id: '1.3-01',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR':
        'Al despedirse, el proveedor da las gracias al cliente por su nombre y expresa el gusto de haberlo atendido.',
      en: 'On leaving, the provider thanks the client by name and says what a pleasure it was to help.',
    },
  },
  {
    id: '1.3-02',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Al concluir el servicio, el proveedor llama al Centro de Contacto.',
      en: 'When the service is concluded, the provider calls the contact center.',
    },
  },
  {
    id: '1.3-03',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'En la llamada de cierre, el proveedor comunica que terminó el trabajo.',
      en: 'In the closing call the provider says that the work is finished.',
    },
  },
  {
    id: '1.3-04',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'En la llamada de cierre, el proveedor dice el número de expediente asignado.',
      en: 'In the closing call the provider gives the assigned case number.',
    },
  },
  {
    id: '1.3-05',
    level: 'A',
    actor: 'insurer',
    text: {
      'es-CR': 'La llamada de cierre sirve para el pago; quien paga decide con lo que consta.',
      en: 'The closing call serves for payment; the payer decides on what is on record.',
    },
  },
];
