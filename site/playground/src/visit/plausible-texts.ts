/** The texts of a day that might have been, in both languages. */
import type { Catalogues } from '../catalogues.ts';

const esCR = {
  service: 'fontanería',
  place: 'Barva, de la iglesia 200 m al sur, portón verde',
  instructions: 'Tocar el timbre dos veces.',
  amended: 'El portón verde está malo: entrar por el garaje.',
  delay: 'Presa en la Florencio del Castillo',
  telephone: 'teléfono',
  instruction: 'Proceda conforme a lo que conversamos por teléfono.',
  where: 'El sifón de la pila de la cocina',
  diagnosis: 'Sifón roto; gotea al abrir el tubo.',
  method: 'Se cambia el sifón y se prueba que no gotee.',
  material: { item: 'Sifón de PVC', unit: 'unidad' },
  extra: { item: 'Empaque de hule', unit: 'unidad' },
  thin: 'Es más delgado que el indicado.',
  refusal: 'Prefiere no comprar otro sifón.',
  tools: ['llave inglesa', 'prensa'],
  moved: ['balde', 'productos de limpieza'],
  test: 'fuga con el tubo abierto',
  objection: 'Todavía gotea un poco.',
  closing: 'Quedó para otro día.',
  impact: 'Hay agua cerca de un tomacorriente.',
  breach: 'Fumó en la cocina.',
  request: 'Que también le arregle la ducha',
  annulled: 'Se marcó por error.',
  corrected: 'Se anotó al salir, no en el momento.',
  settled: 'Se conversó con el proveedor y se revisaron las fotografías.',
};

export type Texts = typeof esCR;

const en: Texts = {
  service: 'plumbing',
  place: 'Barva, 200 m south of the church, green gate',
  instructions: 'Ring the bell twice.',
  amended: 'The green gate is broken: come in through the garage.',
  delay: 'Traffic jam on Florencio del Castillo',
  telephone: 'telephone',
  instruction: 'Proceed as we agreed on the telephone.',
  where: 'The trap of the kitchen sink',
  diagnosis: 'The trap is broken; it drips while the tap is open.',
  method: 'The trap is replaced, and tested for leaks.',
  material: { item: 'PVC trap', unit: 'unit' },
  extra: { item: 'Rubber gasket', unit: 'unit' },
  thin: 'It is thinner than the one asked for.',
  refusal: 'Would rather not buy another trap.',
  tools: ['wrench', 'vise grip'],
  moved: ['bucket', 'cleaning products'],
  test: 'leak with the tap open',
  objection: 'It still drips a little.',
  closing: 'It was left for another day.',
  impact: 'There is water near an outlet.',
  breach: 'Smoked in the kitchen.',
  request: 'To repair the shower, too',
  annulled: 'It was marked by mistake.',
  corrected: 'It was written down on leaving, not at the moment.',
  settled: 'It was discussed with the provider, and the photos were looked at.',
};

export const plausibleTexts: Catalogues<Texts> = { 'es-CR': esCR, en };
