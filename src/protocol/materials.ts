import type { Telling } from './clause.ts';

/** Chapter 1.1, third part: assessment, start call, explanation, materials, tools and a cleared area. */
export const materials: readonly Telling[] = [
  // 1.1-24
  ['provider', 'El proveedor valora qué servicio hace falta.', 'The provider assesses what service is needed.'],
  // 1.1-25
  [
    'provider',
    'El proveedor le dice al cliente qué trabajo y qué materiales requiere la reparación.',
    'The provider tells the client which work and which materials the repair needs.',
  ],
  // 1.1-26
  [
    'provider',
    'El proveedor llama al Centro de Contacto cuando el trabajo va a empezar.',
    'The provider calls the contact center when the work is about to begin.',
  ],
  // 1.1-27
  [
    'contact-center',
    'El Centro de Contacto anota cuándo inició el servicio, para el pago.',
    'The contact center records when the service began, for payment.',
  ],
  // 1.1-28
  ['provider', 'El proveedor explica cómo hará la reparación.', 'The provider explains how the repair will be done.'],
  // 1.1-29
  [
    'provider',
    'El proveedor indica qué materiales hacen falta, según su valoración.',
    'The provider says which materials are needed, as assessed.',
  ],
  // 1.1-30
  [
    'provider',
    'El proveedor se limita a lo que describe el contrato.',
    'The provider keeps to what the contract describes.',
  ],
  // 1.1-31
  [
    'provider',
    'Comprar materiales queda fuera del contrato: los aporta el cliente.',
    'Buying materials is outside the contract: the client supplies them.',
  ],
  // 1.1-32
  [
    'client',
    'El cliente se encarga de conseguir pronto los materiales.',
    'The client undertakes to get the materials soon.',
  ],
  // 1.1-33
  [
    'provider',
    'El proveedor revisa que los materiales alcancen y tengan la calidad que se pidió.',
    'The provider checks that the materials are enough and of the quality requested.',
  ],
  // 1.1-34
  [
    'provider',
    'El proveedor confirma que los materiales sirven y lo agradece.',
    'The provider confirms that the materials are right, and gives thanks.',
  ],
  // 1.1-35
  [
    'provider',
    'Los materiales que difieren de lo pedido en cantidad, tipo o calidad no se aceptan, y se dice por qué.',
    'Materials that differ from the request in quantity, kind or quality are not accepted, and it is said why.',
  ],
  // 1.1-36
  [
    'provider',
    'El proveedor acuerda con el cliente el cambio de los materiales.',
    'The provider arranges the change of materials with the client.',
  ],
  // 1.1-37
  [
    'provider',
    'Si el cliente no acepta cambiar los materiales, el proveedor no resuelve el desacuerdo por sí solo.',
    'If the client will not change the materials, the provider does not settle the disagreement alone.',
  ],
  // 1.1-38
  [
    'provider',
    'El proveedor reporta al Centro de Contacto el desacuerdo por los materiales.',
    'The provider reports the disagreement about the materials to the contact center.',
  ],
  // 1.1-39
  [
    'contact-center',
    'El Centro de Contacto coordina los materiales con el cliente.',
    'The contact center coordinates the materials with the client.',
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
    'El proveedor aparta lo que pudiera dañarse, si lo hay.',
    'The provider moves away what might be damaged, if anything.',
  ],
  // 1.1-42
  [
    'client',
    'El cliente da el visto bueno a los preparativos; no se registra nada.',
    'The client agrees to the preparations; nothing is recorded.',
  ],
];
