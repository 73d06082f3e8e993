/** Names of 0.4, kept for one minor. */
import type { VisitHistory } from './arbitraries/histories.ts';
import type { StateReport } from './explore/index.ts';
import { actors } from './fixtures.ts';
import { SpecificationError } from './given.ts';
import { defaultMix } from './simulate/mix.ts';
import { describeCapability } from './store/capability.ts';

/** @deprecated since 0.5.0: {@link SpecificationError} is its name. */
export const StoryError: typeof SpecificationError = SpecificationError;
/** @deprecated since 0.5.0: {@link SpecificationError} is its name. */
export type StoryError = SpecificationError;
/** @deprecated since 0.5.0: {@link actors} is its name. */
export const cast: typeof actors = actors;
/** @deprecated since 0.5.0: {@link defaultMix} is its name. */
export const usualMix: typeof defaultMix = defaultMix;
/** @deprecated since 0.5.0: {@link describeCapability} is its name. */
export const capabilitySays: typeof describeCapability = describeCapability;
/** @deprecated since 0.5.0: {@link StateReport} is its name. */
export type Finding = StateReport;
/** @deprecated since 0.5.0: {@link VisitHistory} is its name. */
export type History = VisitHistory;
