import type { Clause } from './clause.ts';

/** Chapter 1.1, third part: assessment, start call, explanation, materials, tools and a cleared area. */
export const materials: readonly Clause[] = [
  {
    id: '1.1-24',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Una vez visto el sitio, el proveedor valora qué servicio necesita el asegurado.',
      en: 'Having seen the place, the provider assesses what service the insured needs.',
    },
  },
  {
    id: '1.1-25',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'Antes de empezar, el proveedor le informa al asegurado qué trabajo hará falta y con qué materiales.',
      en: 'Before starting, the provider tells the insured what work it will take and with which materials.',
    },
  },
  {
    id: '1.1-26',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR':
        'El proveedor llama al Centro de Contacto cuando el trabajo va a empezar, sea cual sea el orden de la página.',
      en: 'The provider calls the contact center when the work is about to begin, whatever the order of the page.',
    },
  },
  {
    id: '1.1-27',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR': 'El Centro de Contacto deja constancia de cuándo inició el servicio, dato que sirve para el pago.',
      en: 'The contact center records when the service began, which serves for payment.',
    },
  },
  {
    id: '1.1-28',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor explica de qué manera hará la reparación.',
      en: 'The provider explains how the repair will be done.',
    },
  },
  {
    id: '1.1-29',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor indica qué materiales hacen falta, según lo que valoró.',
      en: 'The provider says which materials are needed, going by the assessment made.',
    },
  },
  {
    id: '1.1-30',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor hace únicamente lo que el contrato describe, y declina con cortesía todo lo demás.',
      en: 'The provider does only what the contract describes, and politely declines everything else.',
    },
  },
  {
    id: '1.1-31',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR':
        'Comprar materiales es un ejemplo de gestión fuera de contrato: los aporta el cliente y no el proveedor.',
      en: 'Buying materials is an example of an act outside the contract: the client supplies them, not the provider.',
    },
  },
  {
    id: '1.1-32',
    level: 'D',
    actor: 'client',
    text: {
      'es-CR': 'El cliente se encarga de conseguir pronto los materiales solicitados.',
      en: 'The client undertakes to get the requested materials soon.',
    },
  },
  {
    id: '1.1-33',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor revisa que los materiales del cliente alcancen y tengan la calidad que se pidió.',
      en: 'The provider checks that the materials from the client are enough and of the quality requested.',
    },
  },
  {
    id: '1.1-34',
    level: 'G',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor le confirma al cliente que los materiales sirven y se lo agradece.',
      en: 'The provider tells the client that the materials are right, and says thank you.',
    },
  },
  {
    id: '1.1-35',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR':
        'Si los materiales difieren de lo pedido en cantidad, tipo o calidad, no se aceptan y se señala el porqué.',
      en: 'Materials that differ from the request in quantity, kind or quality are not accepted, and it is said why.',
    },
  },
  {
    id: '1.1-36',
    level: 'D',
    actor: 'provider',
    text: {
      'es-CR':
        'El proveedor acuerda con el cliente el cambio de los materiales, para que llegue lo que se había pedido.',
      en: 'The provider arranges the change of materials with the client, so that what was requested arrives.',
    },
  },
  {
    id: '1.1-37',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR':
        'Si el cliente no acepta cambiar los materiales, hay un desacuerdo que el proveedor no resuelve por sí solo.',
      en: 'If the client will not change the materials, there is a disagreement the provider does not settle alone.',
    },
  },
  {
    id: '1.1-38',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor informa al Centro de Contacto que el cliente no quiso cambiar los materiales.',
      en: 'The provider reports to the contact center that the client would not change the materials.',
    },
  },
  {
    id: '1.1-39',
    level: 'D',
    actor: 'contact-center',
    text: {
      'es-CR': 'El Centro de Contacto trata el asunto de los materiales directamente con el cliente.',
      en: 'The contact center takes up the matter of the materials directly with the client.',
    },
  },
  {
    id: '1.1-40',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR': 'El proveedor enseña al cliente las herramientas que usará.',
      en: 'The provider shows the client the tools to be used.',
    },
  },
  {
    id: '1.1-41',
    level: 'H',
    actor: 'provider',
    text: {
      'es-CR':
        'El proveedor aparta lo que pudiera dañarse con la reparación, o deja dicho que no hay nada que apartar.',
      en: 'The provider moves away whatever the repair might damage, or records that there is nothing to move.',
    },
  },
  {
    id: '1.1-42',
    level: 'G',
    actor: 'client',
    text: {
      'es-CR': 'El cliente da el visto bueno a los preparativos; no se registra nada.',
      en: 'The client agrees to the preparations; nothing is recorded.',
    },
  },
];
