import { inSpanish } from '../../words/nouns.ts';
import type { ReceiptWords } from './en-receipt.ts';

const { count, number } = inSpanish;

export const receiptEsCR: ReceiptWords = {
  sound: (withLog) =>
    withLog ? 'El recibo está en orden, y el registro sigue diciendo lo mismo' : 'El recibo por sí solo está en orden',
  unsound: (faults) => `El recibo no se sostiene: ${count(faults, 'hallazgo')}`,
  line: (version) => `acto ${number(version)}`,
  key: (kid) => `llave del aparato del cliente: ${kid}`,
  alone: 'Sin --log: lo que el recibo no muestra no se comparó con el registro.',
  faults: {
    order: 'falta, está dos veces o no sigue al anterior',
    head: 'no es el del último acto',
    changed: 'fue cambiado, o es de otra visita',
    signature: 'tiene una firma que no prueba de quién es la palabra',
    word: 'los actos no dicen eso, o no muestran de quién es la palabra',
    key: 'no son las que firmaron los actos',
    log: 'el registro tiene ahí otro acto, o ninguno',
    withheld: 'el registro dice otra cosa, o el recibo calla algo que dijo el cliente',
  },
  atDoor: 'lo dice el servicio, que la verificó al recibirla',
  statuses: {
    valid: 'palabra del cliente, firmada por su aparato',
    unsigned: 'palabra del cliente, sin firma',
    malformed: 'su firma no se puede leer',
    'unknown-key': 'firmado con una llave que no está en el recibo',
    'other-owner': 'firmado con la llave de otra persona',
    invalid: 'su firma es de otra cosa',
    'other-log': 'firmado sobre otro registro',
  },
};
