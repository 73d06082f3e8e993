import { type Each, keyed } from '../keyed.ts';
import { type Catalogue, type Phrase, phraseKeys } from './phrase.ts';

/** The phrases of a language, listed in the order of the keys: always the same, or by the facts. */
export function catalogueOf(phrases: Each<typeof phraseKeys, string | Phrase>): Catalogue {
  return keyed(
    phraseKeys,
    phrases.map((phrase) => (typeof phrase === 'string' ? () => phrase : phrase)) as unknown as Each<
      typeof phraseKeys,
      Phrase
    >,
  );
}
