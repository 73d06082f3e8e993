import type { CommandType } from '../messages/index.ts';
import type { ClauseId, ClauseIds } from '../protocol/clause.ts';
import { duties } from '../protocol/duties.ts';
import type { VisitState } from '../visit/index.ts';
import { VisitFacts } from './facts.ts';
import type { ClauseTexts, Language, ScriptLines, ScriptPart, Speaker, SpeechOptions, Vocabulary } from './language.ts';
import { wordRefusal } from './message-templates.ts';
import { fillSlots, type Slotted } from './slots.ts';
import { general, speech } from './speech/acts.ts';
import type { ActSpeech, By, CommandField, Line, Question } from './speech/lines.ts';
import type { Catalogue, Phrase, PhraseFacts, PhraseKey } from './speech/phrase.ts';
import { lookup } from './text.ts';

/** Creates a language of its words. */
export function createLanguage(words: Vocabulary): Language {
  return {
    locale: words.messages.locale,
    names: words.messages.names,
    phrases: words.phrases,
    refuse: (violations, ...others) => wordRefusal(violations, words.messages, ...others),
    speaker: (visit, options) => createSpeaker(words, visit, options),
  };
}

type Each<Keys extends readonly string[], T> = { readonly [Place in keyof Keys]: T };

/** The texts of the clauses by id, listed in the order of the document: one that is missing does not compile. */
export function createClauseTexts(texts: Each<ClauseIds, string>): ClauseTexts {
  return Object.fromEntries(duties.map(({ id }, place) => [id, texts[place]])) as Record<ClauseId, string>;
}

type Texts<T> = { readonly [K in keyof T]: Slotted<T[K] & string, keyof PhraseFacts> };

/** The phrases of a language as functions that fill the slots of its texts with the facts. */
export function createCatalogue<T extends Readonly<Record<PhraseKey, string>>>(texts: T & Texts<T>): Catalogue {
  const phrases = Object.entries<string>(texts).map(([key, text]): [string, Phrase] => [
    key,
    text.includes('{') ? (facts) => fillSlots(text, (fact) => `${facts[fact as keyof PhraseFacts] ?? ''}`) : () => text,
  ]);
  return Object.fromEntries(phrases) as Record<PhraseKey, Phrase>;
}

const acts: Readonly<Record<CommandType, ActSpeech>> = speech;

/** Speaks of a visit in the words of a language. */
function createSpeaker(words: Vocabulary, visit: VisitState, options: SpeechOptions): Speaker {
  const { role, policy = {}, phrases: own } = options;
  const facts = new VisitFacts(visit, options, words);
  const phrase = (key: string) => {
    if (!Object.hasOwn(words.phrases, key)) return '';
    const say = own?.[key as PhraseKey] ?? words.phrases[key as PhraseKey];
    if (typeof say !== 'function') throw new TypeError(`The phrase ${key} is no function`);
    return say(facts);
  };
  const formatLine = (line: Line) => {
    if (typeof line === 'string') return phrase(line);
    const [cue, said] = [phrase(line[0]), phrase(line[1])];
    return cue && said ? `(${cue}) ${said}` : said;
  };
  const choose = <T>(by: By<T>) => (typeof by === 'function' ? by(visit, policy) : by);
  const lines = (command: CommandType): ScriptLines => {
    const { [role]: said, ask } = lookup<ActSpeech>(acts, command, {});
    const asked = choose<Question>((said && ask) ?? [])
      .map((one) => ({ text: phrase(one[0]), fields: one.slice(1) as CommandField[] }))
      .filter(({ text }) => text);
    return {
      say: choose(said ?? [])
        .map(formatLine)
        .filter(Boolean),
      ask: asked.map(({ text }) => text),
      fields: asked.map(({ fields }) => fields),
    };
  };
  const script = () => {
    const card: ScriptPart[] = (Object.keys(acts) as CommandType[])
      .filter((command) => acts[command][role])
      .map((command) => ({ command, ...lines(command) }));
    const say = general[role].map(phrase).filter(Boolean);
    return say.length === 0 ? card : [...card, { command: null, say, ask: [], fields: [] }];
  };
  return { phrase, lines, script };
}
