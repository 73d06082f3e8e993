/** The texts of the screen at the door, which are loaded with it. */
import type { Locale } from 'auxilio';

const esCR = {
  yourCode: 'Su código',
  yourCodeHint: 'Muéstreselo o dígaselo al cliente: con él, el cliente comprueba quién llega.',
  theirCode: '¿Qué código le dice el cliente?',
  check: 'Comprobar',
  right: 'El código es correcto. Es el cliente de esta visita. Esto no se guarda.',
  wrong:
    'Los códigos no coinciden. Cambian cada diez minutos: pídale al cliente el que ve ahora. Revise la hora de este teléfono. Si sigue igual, llame al centro.',
  sixDigits: 'Son seis números.',
  noCodes:
    'Este teléfono todavía no tiene los códigos de esta visita: hace falta señal una vez. Si no hay, llame al centro.',
  later: 'Estos códigos ya no hacen falta en esta visita.',
};

const en: typeof esCR = {
  yourCode: 'Your code',
  yourCodeHint: 'Show it or say it to the client: by it, the client checks who is coming.',
  theirCode: 'Which code does the client tell you?',
  check: 'Check',
  right: 'The code is right. It is the client of this visit. This is not kept.',
  wrong:
    'The codes do not match. They change every ten minutes: ask the client for the one they see now. Check the time of this phone. If it stays like this, call the center.',
  sixDigits: 'It has six digits.',
  noCodes:
    'This phone does not have the codes of this visit yet: it needs a signal once. If there is none, call the center.',
  later: 'This visit does not need these codes any more.',
};

export type DoorTexts = typeof esCR;

export const doorTexts = (locale: Locale | undefined): DoorTexts => (locale === 'en' ? en : esCR);
