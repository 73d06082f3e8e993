export { type NonEmpty, type Refusal, type Verdict, violationsOf } from './decision.ts';
export { evolveBy, frozen, type Recipe, replayBy, walkBy } from './fold.ts';
export type { Facts, Json, Rule, Unmet } from './rule.ts';
