import type { Telling } from './clause.ts';

/** Chapter 2: how the provider treats the client. */
export const conduct: readonly Telling[] = [
  // 2-00
  ['provider', 'El trato al cliente tiene pautas propias.', 'The treatment of the client has its own guidance.'],
  // 2.1-01
  [
    'provider',
    'El proveedor trata al cliente con cortesía en todo momento.',
    'The provider is courteous to the client at all times.',
  ],
  // 2.1-02
  [
    'provider',
    'El proveedor puede usar ciertas frases; ninguna es obligatoria.',
    'The provider may use certain phrases; none is required.',
  ],
  // 2.1-03
  ['provider', 'El proveedor puede llamar al cliente don o doña.', 'The provider may call the client don or doña.'],
  // 2.1-04
  ['provider', 'El proveedor puede pedir unos instantes.', 'The provider may ask for a moment.'],
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
    'El proveedor puede responder que atiende de buena gana.',
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
  ['provider', 'El proveedor procura que el cliente esté contento.', 'The provider seeks to keep the client pleased.'],
  // 2.2-02
  ['provider', 'El proveedor ayuda al cliente en su apuro.', 'The provider helps the client with their trouble.'],
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
  [
    'provider',
    'El proveedor llama al cliente por su nombre, que nunca queda en blanco.',
    'The provider calls the client by name, which is never left blank.',
  ],
  // 2.2-06
  [
    'provider',
    'El proveedor hace sentir al cliente que no está solo.',
    'The provider lets the client feel that they are not alone.',
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
    'El proveedor hace llegar al Centro de Contacto, sin demora, todo lo que afecte al cliente.',
    'The provider brings all that affects the client to the contact center without delay.',
  ],
  // 2.2-09
  [
    'provider',
    'El proveedor hace saber al Centro de Contacto todo inconveniente del camino.',
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
