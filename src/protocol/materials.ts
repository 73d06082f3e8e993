import type { Telling } from './clause.ts';

/** Chapter 1.1, third part: assessment, start call, explanation, materials, tools and a cleared area. */
export const materials: readonly Telling[] = [
  // 1.1-24
  [
    'provider',
    'Una vez visto el sitio, el proveedor valora qué servicio necesita el asegurado.',
    'Having seen the place, the provider assesses what service the insured needs.',
  ],
  // 1.1-25
  [
    'provider',
    'Antes de empezar, el proveedor le informa al asegurado qué trabajo hará falta y con qué materiales.',
    'Before starting, the provider tells the insured what work it will take and with which materials.',
  ],
  // 1.1-26
  [
    'provider',
    'El proveedor llama al Centro de Contacto cuando el trabajo va a empezar, sea cual sea el orden de la página.',
    'The provider calls the contact center when the work is about to begin, whatever the order of the page.',
  ],
  // 1.1-27
  [
    'contact-center',
    'El Centro de Contacto deja constancia de cuándo inició el servicio, dato que sirve para el pago.',
    'The contact center records when the service began, which serves for payment.',
  ],
  // 1.1-28
  [
    'provider',
    'El proveedor explica de qué manera hará la reparación.',
    'The provider explains how the repair will be done.',
  ],
  // 1.1-29
  [
    'provider',
    'El proveedor indica qué materiales hacen falta, según lo que valoró.',
    'The provider says which materials are needed, going by the assessment made.',
  ],
  // 1.1-30
  [
    'provider',
    'El proveedor hace únicamente lo que el contrato describe, y declina con cortesía todo lo demás.',
    'The provider does only what the contract describes, and politely declines everything else.',
  ],
  // 1.1-31
  [
    'provider',
    'Comprar materiales es un ejemplo de gestión fuera de contrato: los aporta el cliente y no el proveedor.',
    'Buying materials is an example of an act outside the contract: the client supplies them, not the provider.',
  ],
  // 1.1-32
  [
    'client',
    'El cliente se encarga de conseguir pronto los materiales solicitados.',
    'The client undertakes to get the requested materials soon.',
  ],
  // 1.1-33
  [
    'provider',
    'El proveedor revisa que los materiales del cliente alcancen y tengan la calidad que se pidió.',
    'The provider checks that the materials from the client are enough and of the quality requested.',
  ],
  // 1.1-34
  [
    'provider',
    'El proveedor le confirma al cliente que los materiales sirven y se lo agradece.',
    'The provider tells the client that the materials are right, and says thank you.',
  ],
  // 1.1-35
  [
    'provider',
    'Si los materiales difieren de lo pedido en cantidad, tipo o calidad, no se aceptan y se señala el porqué.',
    'Materials that differ from the request in quantity, kind or quality are not accepted, and it is said why.',
  ],
  // 1.1-36
  [
    'provider',
    'El proveedor acuerda con el cliente el cambio de los materiales, para que llegue lo que se había pedido.',
    'The provider arranges the change of materials with the client, so that what was requested arrives.',
  ],
  // 1.1-37
  [
    'provider',
    'Si el cliente no acepta cambiar los materiales, hay un desacuerdo que el proveedor no resuelve por sí solo.',
    'If the client will not change the materials, there is a disagreement the provider does not settle alone.',
  ],
  // 1.1-38
  [
    'provider',
    'El proveedor informa al Centro de Contacto que el cliente no quiso cambiar los materiales.',
    'The provider reports to the contact center that the client would not change the materials.',
  ],
  // 1.1-39
  [
    'contact-center',
    'El Centro de Contacto trata el asunto de los materiales directamente con el cliente.',
    'The contact center takes up the matter of the materials directly with the client.',
  ],
  // 1.1-40
  [
    'provider',
    'El proveedor enseña al cliente las herramientas que usará.',
    'The provider shows the client the tools to be used.',
  ],
  // 1.1-41
  [
    'provider',
    'El proveedor aparta lo que pudiera dañarse con la reparación, o deja dicho que no hay nada que apartar.',
    'The provider moves away whatever the repair might damage, or records that there is nothing to move.',
  ],
  // 1.1-42
  [
    'client',
    'El cliente da el visto bueno a los preparativos; no se registra nada.',
    'The client agrees to the preparations; nothing is recorded.',
  ],
];
