import * as z from 'zod/mini';
import { plainAct } from './act.ts';
import { saying } from './messages.ts';
import { lazy } from './reader.ts';
import { fieldMetadata, flag, instant, oneOf, optional, record, someOf, text } from './text.ts';

const factWord = lazy(() =>
  record({
    fact: oneOf([
      'arrival',
      'absence',
      'identity',
      'inspection',
      'explanation',
      'supply',
      'acceptance',
      'tools',
      'start',
      'tests',
      'conformity',
      'handover',
      'belongings',
      'end',
    ]),
    recorded: instant(),
    agrees: flag(),
    what: optional(text()),
  }).register(fieldMetadata, { id: 'FactWord' }),
);

type Named = { readonly fact: string; readonly recorded: string };

const isNamedOnce = (words: readonly Named[]) =>
  new Set(words.map(({ fact, recorded }) => `${fact} ${recorded}`)).size === words.length;

export const attestation = {
  AttestFacts: plainAct('AttestFacts', 'FactsAttested', () => ({
    facts: someOf(factWord()).check(z.refine(isNamedOnce, saying('repeated'))),
  })),
};

/** Descriptions of the messages and their fields: made of their docstrings by `npm run reference`. */
export const descriptions = {
  AttestFacts: {
    self: "Gives the client's own word on facts of the record. The client's alone: no other person records it for them (1.1-50). No act waits for it.",
    facts: "The facts and the client's word on each: at least one, and none of a fact and a time twice.",
  },
  FactsAttested: {
    self: 'The client gave their word on facts of the record.',
  },
};
