import type { CommandType } from '../messages/index.ts';
import type { VisitState } from '../visit/index.ts';
import { VisitFacts } from './facts.ts';
import type { ScriptLines, ScriptPart, Speaker, SpeechOptions } from './language.ts';
import { speech } from './speech/acts.ts';
import { general } from './speech/general.ts';
import type { ActSpeech, By, CommandField, Line, Question } from './speech/lines.ts';
import type { PhraseKey } from './speech/phrase.ts';
import { lookup } from './text.ts';
import type { Vocabulary } from './vocabulary.ts';

const acts: Readonly<Record<CommandType, ActSpeech>> = speech;

/** Speaks of a visit in the words of a language. */
export function speakerOf(words: Vocabulary, visit: VisitState, options: SpeechOptions): Speaker {
  const { role, policy = {}, phrases: own } = options;
  const facts = new VisitFacts(visit, options, words);
  const phrase = (key: string) => {
    if (!Object.hasOwn(words.phrases, key)) return '';
    const say = own?.[key as PhraseKey] ?? words.phrases[key as PhraseKey];
    if (typeof say !== 'function') throw new TypeError(`The phrase ${key} is no function`);
    return say(facts);
  };
  const told = (line: Line) => {
    if (typeof line === 'string') return phrase(line);
    const [cue, said] = [phrase(line[0]), phrase(line[1])];
    return cue && said ? `(${cue}) ${said}` : said;
  };
  const picked = <T>(by: By<T>) => (typeof by === 'function' ? by(visit, policy) : by);
  const lines = (command: CommandType): ScriptLines => {
    const { [role]: said, ask } = lookup<ActSpeech>(acts, command, {});
    const asked = picked<Question>((said && ask) ?? [])
      .map((one) => ({ text: phrase(one[0]), fields: one.slice(1) as CommandField[] }))
      .filter(({ text }) => text);
    return {
      say: picked(said ?? [])
        .map(told)
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
