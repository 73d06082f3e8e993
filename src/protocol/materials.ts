import type { Telling } from './clause.ts';

/** Chapter 1.1, third part: assessment, start call, explanation, materials, tools and a cleared area. */
export const materials: readonly Telling[] = [
  // 1.1-24
  [
    'provider',
    'El proveedor valora el servicio que el cliente requiere.',
    'The provider assesses the service that the client needs.',
  ],
  // 1.1-25
  [
    'provider',
    'El proveedor le dice al cliente qué trabajo y qué materiales requiere la reparación.',
    'The provider tells the client which work and which materials the repair needs.',
  ],
  // 1.1-26
  [
    'provider',
    'El proveedor llama al Centro de Contacto cuando va a iniciar el trabajo.',
    'The provider calls the contact center when the work is about to begin.',
  ],
  // 1.1-27
  [
    'contact-center',
    'El inicio del servicio queda documentado, para el pago.',
    'The start of the service is documented, for payment.',
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
    'El proveedor no compra materiales: eso queda fuera del contrato.',
    'The provider does not buy materials: that is outside the contract.',
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
    'Los materiales deben corresponder a lo pedido en cantidad, en tipo y en calidad.',
    'The materials have to be as requested in quantity, kind and quality.',
  ],
  // 1.1-36
  [
    'provider',
    'Si los materiales no corresponden, el proveedor coordina con el cliente que se suplan bien.',
    'If the materials are not right, the provider coordinates with the client so that the right ones are supplied.',
  ],
  // 1.1-37
  [
    'provider',
    'Si el cliente no quiere cambiar los materiales, el caso se reporta.',
    'If the client will not change the materials, the case is reported.',
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
    'El proveedor aparta lo que se pueda dañar durante la reparación.',
    'The provider moves away what might be damaged during the repair.',
  ],
  // 1.1-42
  ['client', 'El cliente está de acuerdo con los preparativos.', 'The client agrees to the preparations.'],
];
