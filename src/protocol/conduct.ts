import type { Telling } from './clause.ts';

/** Chapter 2: how the provider treats the client. */
export const conduct: readonly Telling[] = [
  // 2-00
  ['provider', 'El trato al cliente tiene pautas propias.', 'The treatment of the client has its own guidance.'],
  // 2.1-01
  ['provider', 'El proveedor trata al cliente con cortesía.', 'The provider is courteous to the client.'],
  // 2.1-02
  ['provider', 'El proveedor puede usar ciertas frases.', 'The provider may use certain phrases.'],
  // 2.1-03
  [
    'provider',
    'El proveedor puede llamar al cliente don o doña, por su nombre.',
    'The provider may call the client don or doña, by name.',
  ],
  // 2.1-04
  [
    'provider',
    'Si necesita tiempo, el proveedor puede pedir un momento.',
    'If time is needed, the provider may ask for a moment.',
  ],
  // 2.1-05
  [
    'provider',
    'El proveedor puede preguntarle al cliente cómo le va.',
    'The provider may ask how the client is doing.',
  ],
  // 2.1-06
  ['provider', 'El proveedor puede darle las gracias al cliente.', 'The provider may thank the client.'],
  // 2.1-07
  [
    'provider',
    'El proveedor puede responder que lo hace con gusto.',
    'The provider may answer that they are glad to help.',
  ],
  // 2.1-08
  ['provider', 'El proveedor puede ponerse a la orden del cliente.', 'The provider may offer to be of service.'],
  // 2.2-00
  [
    'provider',
    'El proveedor responde por los once deberes que siguen.',
    'The provider answers for the eleven duties that follow.',
  ],
  // 2.2-01
  [
    'provider',
    'El proveedor procura que el cliente quede satisfecho con el servicio.',
    'The provider seeks to keep the client satisfied with the service.',
  ],
  // 2.2-02
  ['provider', 'El proveedor ayuda al cliente en su situación.', 'The provider helps the client in their situation.'],
  // 2.2-03
  [
    'provider',
    'El proveedor atiende con calor humano y comprensión, y hace justo lo que se le pidió.',
    'The provider works with warmth and understanding, and does exactly what was requested.',
  ],
  // 2.2-04
  [
    'provider',
    'El proveedor presta toda su atención a lo que el cliente cuenta.',
    'The provider gives full attention to what the client says.',
  ],
  // 2.2-05
  ['provider', 'El proveedor se dirige al cliente por su nombre.', 'The provider addresses the client by name.'],
  // 2.2-06
  [
    'provider',
    'El proveedor procura que el cliente se sienta acompañado.',
    'The provider seeks to let the client feel that they are not alone.',
  ],
  // 2.2-07
  [
    'provider',
    'El cliente encuentra en el proveedor comprensión y respaldo.',
    'The client finds understanding and support in the provider.',
  ],
  // 2.2-08
  [
    'provider',
    'El proveedor escala al Centro de Contacto, sin demora, lo que afecte al cliente.',
    'The provider escalates what affects the client to the contact center without delay.',
  ],
  // 2.2-09
  [
    'provider',
    'El proveedor le avisa al Centro de Contacto de todo inconveniente en el traslado.',
    'The provider lets the contact center know of every issue on the way.',
  ],
  // 2.2-10
  [
    'provider',
    'El proveedor conversa con el cliente con amabilidad y atención.',
    'The provider speaks with the client kindly and attentively.',
  ],
  // 2.2-11
  [
    'provider',
    'El proveedor no bebe alcohol, no consume drogas y no fuma durante el servicio.',
    'The provider does not drink alcohol, take drugs or smoke during the service.',
  ],
];
