import type { Catalogue, Phrase, PhraseKey } from './phrase.ts';

/** The phrases of a language as functions: some are always the same, some go by the facts. */
export function catalogueOf(phrases: Readonly<Record<PhraseKey, string | Phrase>>): Catalogue {
  const said = Object.entries(phrases).map(([key, phrase]) => [
    key,
    typeof phrase === 'string' ? () => phrase : phrase,
  ]);
  return Object.fromEntries(said) as Record<PhraseKey, Phrase>;
}
