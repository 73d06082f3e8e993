import type { FormHost } from '../../../../examples/field/ui/host.ts';
import { type Catalogues, words } from '../language.ts';

type FieldTexts = FormHost['texts'];

const catalogues: Catalogues<FieldTexts> = {
  'es-CR': {
    choose: 'Elegir',
    other: 'Otra cosa',
    addRow: 'Agregar',
    remove: 'Quitar',
    onePerLine: 'Una por línea.',
    callNow: 'Llamar',
    now: 'Ahora',
    day: 'día',
    hour: 'hora',
    photoOf: (place) => `Fotografía ${place}`,
  },
  en: {
    choose: 'Choose',
    other: 'Something else',
    addRow: 'Add',
    remove: 'Remove',
    onePerLine: 'One a line.',
    callNow: 'Call',
    now: 'Now',
    day: 'day',
    hour: 'time',
    photoOf: (place) => `Photo ${place}`,
  },
};

export const fieldTexts = (): FieldTexts => words(catalogues);
