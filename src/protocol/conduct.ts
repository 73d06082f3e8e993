import type { Telling } from './clause.ts';

/** Chapter 2: how the provider treats the client. */
export const conduct: readonly Telling[] = [
  // 2-00
  [
    'provider',
    'El trato que el proveedor le da al cliente tiene sus propias pautas.',
    'How the provider treats the client has guidance of its own.',
  ],
  // 2.1-01
  [
    'provider',
    'El proveedor trata al cliente con cortesía en todo momento.',
    'The provider is courteous to the client at all times.',
  ],
  // 2.1-02
  [
    'provider',
    'Hay frases que el proveedor puede usar si lo desea; ninguna es obligatoria.',
    'There are phrases that the provider may use at will; none is required.',
  ],
  // 2.1-03
  [
    'provider',
    'El proveedor puede dirigirse al cliente como don o doña, seguido de su nombre.',
    'The provider may address the client as don or doña, followed by the name.',
  ],
  // 2.1-04
  [
    'provider',
    'El proveedor puede pedir unos instantes cuando necesite tiempo para atender algo.',
    'The provider may ask for a moment when time is needed to see to something.',
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
    'El proveedor puede responder que atiende de buena gana lo que se le pide.',
    'The provider may answer that they are glad to do what is asked.',
  ],
  // 2.1-08
  [
    'provider',
    'El proveedor puede ponerse a la orden del cliente.',
    'The provider may say that they are at the service of the client.',
  ],
  // 2.2-00
  [
    'provider',
    'El proveedor responde por los once deberes de conducta que siguen.',
    'The provider answers for the eleven duties of conduct that follow.',
  ],
  // 2.2-01
  [
    'provider',
    'El proveedor procura que el cliente esté contento con la atención de principio a fin.',
    'The provider seeks to keep the client pleased with the service from start to finish.',
  ],
  // 2.2-02
  [
    'provider',
    'El proveedor ayuda al cliente en el apuro por el que pasa.',
    'The provider helps the client with the trouble at hand.',
  ],
  // 2.2-03
  [
    'provider',
    'El proveedor atiende con calor humano, se pone en el lugar del cliente y hace justo lo que se le pidió.',
    'The provider works with warmth and understanding, and does exactly what was requested.',
  ],
  // 2.2-04
  [
    'provider',
    'Cuando el cliente cuenta algo, el proveedor le presta toda su atención.',
    'When the client has something to say, the provider gives it full attention.',
  ],
  // 2.2-05
  [
    'provider',
    'El proveedor llama al cliente por su nombre, y ninguna frase se muestra con el nombre en blanco.',
    'The provider calls the client by name, and no phrase is ever shown with the name left blank.',
  ],
  // 2.2-06
  [
    'provider',
    'El proveedor hace sentir al cliente que no está solo ante lo ocurrido.',
    'The provider lets the client feel that they are not alone in what happened.',
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
    'El proveedor hace llegar al Centro de Contacto, sin demora, toda situación que afecte al cliente.',
    'The provider brings every situation that affects the client to the contact center without delay.',
  ],
  // 2.2-09
  [
    'provider',
    'El proveedor hace saber al Centro de Contacto todo contratiempo del camino, sea cual sea.',
    'The provider lets the contact center know of every setback on the way, whatever it is.',
  ],
  // 2.2-10
  [
    'provider',
    'De principio a fin, el proveedor conversa con el cliente con amabilidad y atención.',
    'From start to finish, the provider speaks with the client kindly and attentively.',
  ],
  // 2.2-11
  [
    'provider',
    'Mientras dura el servicio, el proveedor no bebe alcohol, no consume drogas y no fuma.',
    'While the service lasts, the provider does not drink alcohol, take drugs or smoke.',
  ],
];
