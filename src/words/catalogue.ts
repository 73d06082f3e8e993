import { filled, type Slotted } from './slots.ts';
import type { Catalogue, Phrase, PhraseFacts, PhraseKey } from './speech/phrase.ts';

type Texts<T> = { readonly [K in keyof T]: Slotted<T[K] & string, keyof PhraseFacts> };

/** The phrases of a language as functions that fill the slots of its texts with the facts. */
export function catalogueOf<T extends Readonly<Record<PhraseKey, string>>>(texts: T & Texts<T>): Catalogue {
  const phrases = Object.entries<string>(texts).map(([key, text]): [string, Phrase] => [
    key,
    text.includes('{') ? (facts) => filled(text, (fact) => `${facts[fact as keyof PhraseFacts] ?? ''}`) : () => text,
  ]);
  return Object.fromEntries(phrases) as Record<PhraseKey, Phrase>;
}
