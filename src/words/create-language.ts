import type { Language } from './language.ts';
import { sentences } from './message-templates.ts';
import { speakerOf } from './speaker.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Creates a language of its words. */
export function createLanguage(words: Vocabulary): Language {
  return {
    locale: words.messages.locale,
    names: words.messages.names,
    phrases: words.phrases,
    refuse: (violations, ...others) => sentences(violations, words.messages, ...others),
    speaker: (visit, options) => speakerOf(words, visit, options),
  };
}
