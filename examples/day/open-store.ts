import type { Locale } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import { isStoreError, sqliteStore } from 'auxilio/sqlite';
import type { Options } from './options.ts';

/** The file that was asked for cannot be the store. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}

const notADatabase = {
  'es-CR': (file: string) => `${file} no es una base de datos de SQLite, o está dañada.`,
  en: (file: string) => `${file} is not a SQLite database, or it is damaged.`,
};

const cannotBeOpened = {
  'es-CR': (file: string, why: string) => `No se puede usar ${file} (${why}).`,
  en: (file: string, why: string) => `${file} cannot be used (${why}).`,
};

const reasons = {
  'es-CR': new Map([
    ['unavailable', 'la carpeta no existe, o es una carpeta'],
    ['read-only', 'solo se puede leer'],
  ]),
  en: new Map([
    ['unavailable', 'there is no such folder, or it is one'],
    ['read-only', 'it can only be read'],
  ]),
};

/** The requested store, and a function that closes it. */
export function openStore({ store, file, locale }: Options) {
  if (store === 'memory') return { store: memoryStore(), close: async () => undefined };
  try {
    const opened = sqliteStore({ file });
    return { store: opened, close: opened.close };
  } catch (cause) {
    if (isStoreError(cause)) throw new StoreUnusable(explained(cause, file, locale), { cause });
    throw cause;
  }
}

function explained({ kind }: { readonly kind: string }, file: string, locale: Locale): string {
  return kind === 'corrupt'
    ? notADatabase[locale](file)
    : cannotBeOpened[locale](file, reasons[locale].get(kind) ?? kind);
}
