import { currentInstant, pause, runtime } from '../util/runtime.ts';
import type { Policy } from '../visit/index.ts';
import { qualifyNames } from './projections/projection.ts';
import type { ServiceOptions } from './service-options.ts';
import type { Codec } from './shared/codec.ts';
import { validatedClock, validatedIds } from './shared/option-validation.ts';
import type { PrivacyOfService } from './shared/privacy.ts';
import { createStateCache, type StateCache } from './shared/state-cache.ts';
import { guardObserver } from './shared/telemetry.ts';

type Resolved =
  | 'store'
  | 'sealed'
  | 'verify'
  | 'projections'
  | 'factRecorders'
  | 'streamName'
  | 'newId'
  | 'now'
  | 'onCommit'
  | 'observe';

/** The resolved options of a service, and its cache. */
export type Context = Readonly<
  Required<Pick<ServiceOptions, Resolved>> & {
    policy: Policy | undefined;
    codec: Codec | undefined;
    privacy: PrivacyOfService | undefined;
    cache: StateCache;
    /** The number of tries after the first. */
    maxRetries: number;
    /** Waits before the retry of that number, from 0. */
    pauseBefore: (retry: number) => Promise<void>;
  }
>;

/** The bounds of the first pause and of the longest, in milliseconds. */
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 500;

/** A random pause before the retry of that number, from 0, up to a bound that doubles, so that racing writers spread. */
export const delayMs = (retry: number, random: () => number): number =>
  random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** retry);

/** Makes the context of a service from its options, with the defaults. */
export function createContext({
  store,
  policy,
  codec,
  privacy,
  sealed = true,
  verify = sealed,
  projections = [],
  namespace,
  cacheSize = codec === undefined ? 1000 : 0,
  factRecorders = [],
  streamName = (visitId) => `visit-${visitId}`,
  newId,
  now,
  retry: { maxRetries = 10 } = {},
  onCommit = () => undefined,
  observe,
}: ServiceOptions): Context {
  if (!Number.isSafeInteger(maxRetries) || maxRetries < 0) throw new RangeError('maxRetries is a whole number from 0');
  return {
    store,
    policy,
    codec,
    privacy,
    sealed,
    projections: projections.map((projection) => qualifyNames(projection, namespace)),
    // Rows need whole visits, so a cache would never be used. A store that only checks versions may have another visit
    // at that version. A negative size is refused in either case.
    cache: createStateCache(
      projections.length > 0 || store.checksLastEventId !== true ? Math.min(cacheSize, 0) : cacheSize,
    ),
    verify,
    factRecorders,
    streamName,
    newId: newId === undefined ? () => runtime.randomId() : validatedIds(newId),
    now: now === undefined ? currentInstant : validatedClock(now),
    maxRetries,
    pauseBefore: (retry) => pause(delayMs(retry, runtime.random)),
    onCommit,
    observe: guardObserver(observe),
  };
}
