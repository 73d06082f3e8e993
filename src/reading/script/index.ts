import type { CommandType } from '../../messages/index.ts';
import type { Locale } from '../../protocol/index.ts';
import { commandTypes, type VisitState } from '../../visit/index.ts';
import { mustBeState } from '../../visit/known.ts';
import { lookup } from '../explain/text.ts';
import { mustKnowOptions } from '../known-options.ts';
import type { Parts } from './lines.ts';
import type { Catalogue, PhraseKey, ScriptOptions, SpeechKey } from './phrase.ts';
import { generalPhrases, parts, type ScriptLines, speakerOf } from './script-renderer.ts';

// The words come after the code that says them: next to its like, each takes less room where it is sent.

import { phrases as en } from '../words/en.ts';
import { phrases as esCR } from '../words/es-cr.ts';

export type { CommandField } from './fields.ts';
export type { Catalogue, Phrase, PhraseFacts, PhraseKey, Phrases, ScriptOptions } from './phrase.ts';
export type { ScriptLines } from './script-renderer.ts';

/**
 * All phrases of the script, in words of our own: Spanish of Costa Rica (of usted) and English.
 *
 * @since 0.3.0
 */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { 'es-CR': esCR, en };

/** The phrases around one act; `command` is null for the phrases of courtesy that fit anywhere. @since 0.3.0 */
export type ScriptPart = ScriptLines & { command: CommandType | null };

const known = { role: 0, locale: 0, now: 0, policy: 0, phrases: 0, operator: 0 } as const satisfies Record<
  keyof ScriptOptions,
  0
>;

/** As `speaker`, for what is looked at first. */
function scripted(visit: VisitState, options: ScriptOptions) {
  mustBeState('script', visit);
  mustKnowOptions('script', options, known);
  return speaker(visit, options);
}

/** Says many things of one visit. */
export const speaker = (visit: VisitState, options: ScriptOptions) => speakerOf(catalogues, visit, options);

/**
 * Lists the phrases and questions of a role around one act, as the visit stands: the names it knows, what is owed, the materials.
 * An act that the role may not record has no lines. Whether the act is open is not judged here: that is `decide`.
 *
 * - Who attends is called by name (2.2-05), until it may be another than the client; a name that lacks is left out and
 *   the sentence is built otherwise. `don` and `doña` only where the title is known.
 * - The greeting follows `now` in the policy's time zone (1.1-01); without it, or where it is no instant, one is
 *   used that fits any hour. A zone or a cut-off that does not exist is the default one.
 * - Texts of the visit are cut when long and freed of control and direction marks, not escaped: plain text, not HTML.
 *
 * Throws a `TypeError` without a state or for a role, a locale, an option or a rule of the policy that is not known, and for
 * a phrase
 * of the host's own that is invalid, with its key; else nothing but what such a phrase throws.
 *
 * @since 0.3.0
 */
export function lines(command: CommandType, visit: VisitState, options: ScriptOptions): ScriptLines {
  return scripted(visit, options).lines(command);
}

/**
 * One phrase, as the visit stands. `''` for a key that this release does not know.
 *
 * @since 0.3.0
 */
export function phrase(key: PhraseKey, visit: VisitState, options: ScriptOptions): string {
  return Object.hasOwn(esCR, key) ? scripted(visit, options).phrase(key) : '';
}

/**
 * The whole script of a role: its acts in the order of the protocol, and last, without a command, the phrases of
 * courtesy. Of a visit that is not assigned yet (`initialState()`) it is a card to train with: no names, and every
 * case with its cue.
 *
 * @since 0.3.0
 */
export function script(visit: VisitState, options: ScriptOptions): ScriptPart[] {
  const { lines, phrase } = scripted(visit, options);
  const acts = lookup<Parts>(parts, options.role, {});
  const card: ScriptPart[] = commandTypes
    .filter((command) => Object.hasOwn(acts, command))
    .map((command) => ({ command, ...lines(command) }));
  const say = lookup<readonly SpeechKey[]>(generalPhrases, options.role, []).map(phrase).filter(Boolean);
  return say.length === 0 ? card : [...card, { command: null, say, ask: [], fields: [] }];
}
