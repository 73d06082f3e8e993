import type { CommandType, Role } from '../../messages/index.ts';
import type { VisitState } from '../../visit/index.ts';
import type { ScriptLines, ScriptPart, Speaker, SpeechOptions } from '../language.ts';
import { lookup } from '../text.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { center } from './center.ts';
import { client } from './client.ts';
import { VisitFacts } from './facts.ts';
import type { By, Line, Lines } from './lines.ts';
import type { PhraseKey, SpeechKey } from './phrase.ts';
import { provider } from './provider.ts';
import { type CommandField, type Question, questions } from './questions.ts';

const linesOf: Readonly<Record<Role, Lines>> = { provider, 'contact-center': center, client };

/** Phrases for any moment (2.1-02..08, 2.2-01..07). */
const generalPhrases: Readonly<Record<Role, readonly SpeechKey[]>> = {
  provider: [
    'by-name',
    'how-are-you',
    'moment',
    'thanks',
    'gladly',
    'at-your-service',
    'listen',
    'support',
    'anything-else',
  ],
  'contact-center': ['by-name', 'moment', 'thanks', 'gladly', 'at-your-service'],
  client: [],
};

/** Speaks of a visit in the words of a language. */
export function speakerOf(words: Vocabulary, visit: VisitState, options: SpeechOptions): Speaker {
  const { role, policy = {}, phrases: own } = options;
  const facts = new VisitFacts(visit, options, words);
  const acts = lookup<Lines>(linesOf, role, {});
  const phrase = (key: PhraseKey) => {
    if (!Object.hasOwn(words.phrases, key)) return '';
    const say = own?.[key] ?? words.phrases[key];
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
    const said = lookup<By<Line> | null>(acts, command, null);
    if (said === null) return { say: [], ask: [], fields: [] };
    const asked = picked<Question>(questions[command] ?? [])
      .map((one) => ({ text: phrase(one[0]), fields: one.slice(1) as CommandField[] }))
      .filter(({ text }) => text);
    return {
      say: picked(said).map(told).filter(Boolean),
      ask: asked.map(({ text }) => text),
      fields: asked.map(({ fields }) => fields),
    };
  };
  const script = () => {
    const card: ScriptPart[] = (Object.keys(acts) as CommandType[]).map((command) => ({ command, ...lines(command) }));
    const say = generalPhrases[role].map(phrase).filter(Boolean);
    return say.length === 0 ? card : [...card, { command: null, say, ask: [], fields: [] }];
  };
  return { phrase, lines, script };
}
