import { mustKnow, mustKnowKeys } from '../../kernel/known.ts';
import type { CommandType, Role } from '../../messages/index.ts';
import type { Locale } from '../../protocol/index.ts';
import type { VisitState } from '../../visit/index.ts';
import { localeOf, roles } from '../../visit/known.ts';
import { lookup } from '../explain/text.ts';
import { center } from './center.ts';
import { client } from './client.ts';
import { VisitFacts } from './facts.ts';
import { type CommandField, fieldsAsked } from './fields.ts';
import type { By, Line, Part, Parts } from './lines.ts';
import type { Catalogue, PhraseKey, ScriptOptions, SpeechKey } from './phrase.ts';
import { provider } from './provider.ts';

/**
 * The phrases to say, in order, and the data to ask for or collect for the record, in words. A sentence that is not for everybody
 * or not for every case begins with its cue in brackets: `(Al Centro de Contacto) Buenos días…`.
 *
 * @since 0.3.0
 */
export type ScriptLines = {
  say: string[];
  ask: string[];
  /** The fields of the command's data that each of `ask` is for, in the same order. @since 0.5.0 */
  fields: (readonly CommandField[])[];
};

export const parts: Readonly<Record<Role, Parts>> = { provider, 'contact-center': center, client };

/** What fits anywhere (2.1-02..08, 2.2-01..07). */
export const generalPhrases: Readonly<Record<Role, readonly SpeechKey[]>> = {
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

type Speaker = {
  readonly phrase: (key: PhraseKey) => string;
  readonly lines: (command: CommandType) => ScriptLines;
};

/** Says many things of one visit in the words of a catalogue, and works out its facts once. */
export function speakerOf(
  catalogues: Readonly<Record<Locale, Catalogue>>,
  visit: VisitState,
  options: ScriptOptions,
): Speaker {
  const locale = localeOf(options.locale);
  mustKnow('role', options.role, roles);
  const { role, policy = {}, phrases } = options;
  const own = phrases?.[locale];
  const catalogue = catalogues[locale];
  mustKnowKeys('phrases', phrases ?? {}, catalogues);
  mustKnowKeys('phrases', own ?? {}, catalogue);
  const facts = new VisitFacts(visit, options);
  const phrase = (key: PhraseKey) => {
    const say = own?.[key] ?? catalogue[key];
    if (typeof say !== 'function') throw new TypeError(`The phrase ${key} is no function`);
    return say(facts);
  };
  const told = (line: Line) => {
    if (typeof line === 'string') return phrase(line);
    const [cue, said] = [phrase(line[0]), phrase(line[1])];
    return cue && said ? `(${cue}) ${said}` : said;
  };
  const picked = <T>(by: By<T>) => (typeof by === 'function' ? by(visit, policy) : by);
  const acts = lookup<Parts>(parts, role, {});
  return {
    phrase,
    lines: (command) => {
      const { say = [], ask = [] } = lookup<Part>(acts, command, {});
      const asked = picked(ask).map((one) => {
        const [key, fields] = typeof one === 'string' ? [one, fieldsAsked[one]] : [one[0], [one[1]]];
        return { text: phrase(key), fields };
      });
      const kept = asked.filter(({ text }) => text);
      return {
        say: picked(say).map(told).filter(Boolean),
        ask: kept.map(({ text }) => text),
        fields: kept.map(({ fields }) => fields),
      };
    },
  };
}
