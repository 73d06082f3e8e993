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
  clientPage: 'El cliente no tiene su página',
  clientPageHint:
    'El cliente la abre en su propio teléfono, con la cámara o con la dirección. La página le pide un código: el cliente llama al centro y lo pide. Usted no necesita saberlo.',
  qr: 'Código QR de la página del cliente',
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
    'This phone does not have the codes of this visit yet: it needs a signal once. Without one, call the center.',
  clientPage: 'The client does not have their page',
  clientPageHint:
    'The client opens it on their own phone, with the camera or by the address. The page asks for a code: the client calls the center and asks for it. You do not need to know it.',
  qr: 'QR code of the page of the client',
  later: 'This visit does not need these codes any more.',
};

export type DoorTexts = typeof esCR;

export const doorTexts = (locale: Locale | undefined): DoorTexts => (locale === 'en' ? en : esCR);
