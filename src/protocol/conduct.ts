import type { Clause } from './clause.ts';

/** Chapter 2: how the provider treats the client. */
export const conduct: readonly Clause[] = [
  {
    id: '2-00',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'El trato que el proveedor le da al cliente tiene sus propias pautas.',
      en: 'How the provider treats the client has guidance of its own.',
    },
  },
  {
    id: '2.1-01',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor trata al cliente con cortesía en todo momento.',
      en: 'The provider is courteous to the client at all times.',
    },
  },
  {
    id: '2.1-02',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'Hay frases que el proveedor puede usar si lo desea; ninguna es obligatoria.',
      en: 'There are phrases that the provider may use at will; none is required.',
    },
  },
  {
    id: '2.1-03',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor puede dirigirse al cliente como don o doña, seguido de su nombre.',
      en: 'The provider may address the client as don or doña, followed by the name.',
    },
  },
  {
    id: '2.1-04',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor puede pedir unos instantes cuando necesite tiempo para atender algo.',
      en: 'The provider may ask for a moment when time is needed to see to something.',
    },
  },
  {
    id: '2.1-05',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor puede preguntarle al cliente cómo le va.',
      en: 'The provider may ask how the client is doing.',
    },
  },
  {
    id: '2.1-06',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor puede darle las gracias al cliente.',
      en: 'The provider may thank the client.',
    },
  },
  {
    id: '2.1-07',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor puede responder que atiende de buena gana lo que se le pide.',
      en: 'The provider may answer that they are glad to do what is asked.',
    },
  },
  {
    id: '2.1-08',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor puede ponerse a la orden del cliente.',
      en: 'The provider may say that they are at the service of the client.',
    },
  },
  {
    id: '2.2-00',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor responde por los once deberes de conducta que siguen.',
      en: 'The provider answers for the eleven duties of conduct that follow.',
    },
  },
  {
    id: '2.2-01',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor procura que el cliente esté contento con la atención de principio a fin.',
      en: 'The provider seeks to keep the client pleased with the service from start to finish.',
    },
  },
  {
    id: '2.2-02',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor ayuda al cliente en el apuro por el que pasa.',
      en: 'The provider helps the client with the trouble at hand.',
    },
  },
  {
    id: '2.2-03',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR':
        'El proveedor atiende con calor humano, se pone en el lugar del cliente y hace justo lo que se le pidió.',
      en: 'The provider works with warmth and understanding, and does exactly what was requested.',
    },
  },
  {
    id: '2.2-04',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'Cuando el cliente cuenta algo, el proveedor le presta toda su atención.',
      en: 'When the client has something to say, the provider gives it full attention.',
    },
  },
  {
    id: '2.2-05',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor llama al cliente por su nombre, y ninguna frase se muestra con el nombre en blanco.',
      en: 'The provider calls the client by name, and no phrase is ever shown with the name left blank.',
    },
  },
  {
    id: '2.2-06',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor hace sentir al cliente que no está solo ante lo ocurrido.',
      en: 'The provider lets the client feel that they are not alone in what happened.',
    },
  },
  {
    id: '2.2-07',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El cliente encuentra en el proveedor comprensión y respaldo.',
      en: 'The client finds understanding and support in the provider.',
    },
  },
  {
    id: '2.2-08',
    level: 'D',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor hace llegar al Centro de Contacto, sin demora, toda situación que afecte al cliente.',
      en: 'The provider brings every situation that affects the client to the contact center without delay.',
    },
  },
  {
    id: '2.2-09',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor hace saber al Centro de Contacto todo contratiempo del camino, sea cual sea.',
      en: 'The provider lets the contact center know of every setback on the way, whatever it is.',
    },
  },
  {
    id: '2.2-10',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'De principio a fin, el proveedor conversa con el cliente con amabilidad y atención.',
      en: 'From start to finish, the provider speaks with the client kindly and attentively.',
    },
  },
  {
    id: '2.2-11',
    level: 'A',
    actor: 'provider',
    text: {
      'es-CR': 'Mientras dura el servicio, el proveedor no bebe alcohol, no consume drogas y no fuma.',
      en: 'While the service lasts, the provider does not drink alcohol, take drugs or smoke.',
    },
  },
];
