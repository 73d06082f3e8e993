import type { CommandOf, CommandType } from '../../messages/index.ts';
import type { AskKey, CueKey } from './phrase.ts';

/** A field of a command's data, beside the visit and the time. @since 0.5.0 */
export type CommandField<T extends CommandType = CommandType> = T extends CommandType
  ? Exclude<keyof CommandOf<T>['data'], 'visitId' | 'at'>
  : never;

/** The fields that each thing to ask for is written in, whatever the act. Where an act has others, its part says so. */
export const fieldsAsked = {
  'ask-assignment': ['caseNumber', 'client', 'service', 'instructions', 'place', 'requiredShots'],
  'ask-amended': ['caseNumber', 'client', 'service', 'instructions', 'place', 'arriveBy', 'requiredShots'],
  'ask-provider': ['provider', 'arriveBy'],
  'ask-issue': ['issue', 'detail'],
  'if-solvable': ['resolvable'],
  'if-exceeded': ['exceedsResponseTime'],
  'ask-expected': ['expectedArrival'],
  'ask-reached': ['about', 'reached', 'channel'],
  'ask-call': ['call'],
  'ask-instruction': ['about', 'decision', 'text', 'waives'],
  'ask-representative': ['representative'],
  'ask-who': ['person'],
  'ask-name': ['fullNameGiven'],
  'ask-document': ['documentShown', 'documentKind'],
  'ask-where': ['where'],
  'ask-consent': ['clientPresent', 'clientConsented'],
  'ask-photos': ['photos'],
  'ask-channel': ['channel', 'appUnavailableReason'],
  'ask-diagnosis': ['diagnosis'],
  'ask-method': ['method'],
  'ask-materials': ['materials'],
  'ask-supplied': ['suppliedBy', 'items'],
  'ask-mismatch': ['mismatches'],
  'ask-reason': ['reason'],
  'ask-outcome': ['outcome'],
  'ask-tools': ['tools'],
  'ask-moved': ['moved'],
  'ask-pause': ['kind', 'returnExpected'],
  'ask-tests': ['withClient', 'tests'],
  'ask-conformity': [],
  'ask-objection': ['what'],
  'ask-structure': ['structuralConditionPreserved', 'tidy', 'detail'],
  'ask-belongings': ['items', 'clientConfirmed', 'disputed'],
  'ask-case-number': ['caseNumber'],
  'ask-what': ['what', 'noticedAt'],
  'ask-conduct': ['kind', 'detail'],
  'ask-request': ['activity', 'detail'],
  'ask-annulled': ['act', 'recorded', 'reason'],
  'ask-settled': ['discrepancyId', 'taken', 'text'],
  'ask-corrected': ['what', 'recorded', 'corrected', 'reason'],
} as const satisfies { readonly [K in AskKey | CueKey]?: readonly CommandField[] };

type Asked = keyof typeof fieldsAsked;

type Fitting<T extends CommandType, K extends Asked> = K extends Asked
  ? (typeof fieldsAsked)[K][number] extends CommandField<T>
    ? K
    : never
  : never;

/** A question of an act: one whose fields its data have, or one with the field that it is for. */
export type Ask<T extends CommandType> = Fitting<T, Asked> | readonly [Asked, CommandField<T>];

/** The same of any act. */
export type AnyAsk = Asked | readonly [Asked, CommandField];
