import { mustBe, mustKnow, mustKnowKeys } from '../kernel/known.ts';
import type { Id, Instant, Role, VisitCommand } from '../messages/index.ts';
import type { ExpectedStreamVersion } from '../stores/event-store.ts';
import type { Policy, VisitState } from '../visit/index.ts';
import { roles } from '../visit/known.ts';
import { mustBePolicy } from '../visit/policy-check.ts';
import { checkNamespace, checkProjection, type VisitProjection } from './projections/projection.ts';
import type { Commit } from './results.ts';
import { type Codec, mustCodeBothWays } from './shared/codec.ts';
import { mustBeFunction } from './shared/option-validation.ts';
import type { PrivacyOfService } from './shared/privacy.ts';
import type { ServiceStore } from './shared/stream.ts';
import type { Observer } from './shared/telemetry.ts';

/**
 * Options of {@link createService}.
 *
 * @since 0.1.0
 */
export type ServiceOptions = {
  /** The store of the visits. */
  store: ServiceStore;
  /** The policy of the host for all its visits; `defaultPolicy` by default. */
  policy?: Policy;
  /** The name of a visit's stream, unique to the visit; `visit-` and the id by default. */
  streamName?: (visitId: Id) => string;
  /** The id of a command that has none; a random UUID by default. An invalid id is a TypeError. */
  newId?: () => Id;
  /**
   * The time for `recordedAt`: RFC 3339, UTC `Z`, milliseconds; anything else is a TypeError. The clock of the machine by
   * default.
   */
  now?: () => Instant;
  /** The retries of conflicts. */
  retry?: RetryOptions;
  /** The codec of the stored `data` and personal metadata; they are stored as they are by default. @since 0.4.0 */
  codec?: Codec;
  /**
   * Keeps personal texts under keys: they are replaced by tokens before a command is judged, and stored encrypted beside them
   * (`createPrivacy` of `auxilio/privacy`). States and events that the service answers have tokens: open them to show them. Not with a
   * `codec`. @since 0.11.0
   */
  privacy?: PrivacyOfService;
  /** Links events by their hashes (`auxilio/chain`), as it does by default. @since 0.4.0 */
  sealed?: boolean;
  /**
   * Verifies the seals of a visit before a command is stored on it; by default if events are `sealed`. A visit is verified whole
   * each time that it is read whole; after a cached visit, its new events are. Events before the first sealed one pass. With a broken seal,
   * commands are refused with {@link ChainBrokenError}; reading, and {@link VisitService.record}, still work.
   *
   * @since 0.5.0
   */
  verify?: boolean;
  /** Read models whose rows are written with the events, in one transaction. @since 0.4.0 */
  projections?: readonly VisitProjection[];
  /** Keeps the rows of `projections` apart from those of other services on the store. @since 0.5.0 */
  namespace?: string;
  /**
   * The number of visits whose state is cached after an append, so that the next command reads only new events: 0 or more.
   * 1,000 by default, but 0 with a `codec`, since decoded data would outlive its key. A cached state is never trusted to be
   * current. With `projections`, or over a store that does not declare `checksLastEventId`, visits are read whole.
   * @since 0.4.0
   */
  cacheSize?: number;
  /** The roles that may {@link VisitService.record}; none by default. @since 0.4.0 */
  factRecorders?: readonly Role[];
  /**
   * Called and awaited after each commit. Its errors are reported to `observe` and undo nothing. It is not called again if the
   * process ends first: use a subscription for what must happen. @since 0.4.0
   */
  onCommit?: (commit: Commit) => unknown;
  /** Receives the signals of the service. @since 0.4.0 */
  observe?: Observer;
};

/**
 * The retries after a conflict, after random pauses whose bound doubles up to half a second.
 *
 * @since 0.1.0
 */
export type RetryOptions = {
  /** The number of tries after the first, a whole number of 0 or more; 10 by default. */
  maxRetries?: number;
};

/**
 * Decides whether the sender may see a visit, by its state. It is called before anything that depends on the visit is disclosed:
 * its version, that an id was used in it, the rules that refuse a command. Any answer but `true` is a {@link NotAuthorizedError}.
 *
 * - A missing visit has the initial state, so that the error does not disclose whether a visit exists.
 * - Of a visit with an unreadable event it gets the state before that event.
 * - If nothing can be read, since the codec cannot decode it or the store is corrupt, it gets the initial state: a sender who may
 *   see that gets the error of the read, any other a {@link NotAuthorizedError}.
 * - It is not called for the repeat of an accepted command by its own recorder, who gets the first answer again, unless the repeat
 *   is recognised by its id alone.
 *
 * It must be synchronous and without effects, and may be called several times.
 *
 * @since 0.5.0
 */
export type Authorize = (state: VisitState) => boolean;

/**
 * Options of {@link VisitService.handle}.
 *
 * @since 0.4.0
 */
export type HandleOptions = {
  /**
   * The version that the sender expects: the command is judged at that version or not at all. The repeat of an accepted command
   * is answered at any version.
   */
  expectedVersion?: ExpectedStreamVersion;
  /** Decides whether the sender may see the visit; by default they may. @since 0.5.0 */
  authorize?: Authorize;
};

/**
 * Options of {@link VisitService.handleBatch}.
 *
 * @since 0.5.0
 */
export type BatchOptions = {
  /** As {@link Authorize}, called for each command. */
  authorize?: (state: VisitState, command: VisitCommand) => boolean;
};

/**
 * Options of {@link VisitService.load}.
 *
 * @since 0.5.0
 */
export type LoadOptions = {
  /** Decides whether the reader may see the visit; by default they may. */
  authorize?: Authorize;
  /** Ends the call at once: it is refused with the reason of the signal. @since 0.5.0 */
  signal?: AbortSignal;
  /**
   * Verifies the seals before the answer, in slices of time, so that `integrity` is known then; by default they are verified, in one
   * piece, when it is first asked for. @since 0.5.0
   */
  verify?: boolean;
};

/**
 * Options of {@link VisitService.sync}.
 *
 * @since 0.5.0
 */
export type SyncOptions = {
  /**
   * Decides whether the sender may see the visit; by default they may. The answer to a batch has the events that they lack, so it
   * is called for repeats too.
   */
  authorize?: Authorize;
};

const serviceOptions: Readonly<Record<keyof ServiceOptions, 0>> = {
  store: 0,
  policy: 0,
  streamName: 0,
  newId: 0,
  now: 0,
  retry: 0,
  codec: 0,
  privacy: 0,
  sealed: 0,
  projections: 0,
  verify: 0,
  namespace: 0,
  cacheSize: 0,
  factRecorders: 0,
  onCommit: 0,
  observe: 0,
};

export const handleOptions: Readonly<Record<keyof HandleOptions, 0>> = { expectedVersion: 0, authorize: 0 };
export const batchOptions: Readonly<Record<keyof BatchOptions, 0>> = { authorize: 0 };
export const syncOptions: Readonly<Record<keyof SyncOptions, 0>> = { authorize: 0 };
export const loadOptions: Readonly<Record<keyof LoadOptions, 0>> = { authorize: 0, signal: 0, verify: 0 };
const retryOptions: Readonly<Record<keyof RetryOptions, 0>> = { maxRetries: 0 };

function isStore(value: unknown): boolean {
  const { readStream, appendToStream } = Object(value);
  return typeof readStream === 'function' && typeof appendToStream === 'function';
}

/** Refuses invalid options of a service. */
export function checkServiceOptions(options: ServiceOptions): void {
  if (isStore(options)) throw new TypeError('createService takes { store }; got a store');
  mustKnowKeys('createService', options ?? {}, serviceOptions);
  const { store, codec, factRecorders = [], projections = [] } = options ?? {};
  mustBe(isStore(store), 'createService takes { store } with readStream and appendToStream', store);
  if (!Array.isArray(projections)) throw new TypeError('createService takes { projections } as a list');
  for (const projection of projections) checkProjection(projection);
  checkNamespace(options.namespace);
  if (projections.length > 0 && !('readRows' in store)) {
    throw new TypeError('createService takes { projections } with a store that keeps rows');
  }
  if (new Set(projections.map(({ name }) => name)).size < projections.length) {
    throw new TypeError('createService takes { projections } of different names');
  }
  if (codec !== undefined && (typeof codec?.encode !== 'function' || typeof codec.decode !== 'function')) {
    throw new TypeError('createService takes { codec } with encode and decode');
  }
  if (codec !== undefined) mustCodeBothWays(codec);
  if (options.privacy !== undefined) {
    mustBeFunction('sealTexts of privacy is', options.privacy?.sealTexts);
    if (codec !== undefined) throw new TypeError('createService takes { codec } or { privacy }, not both');
  }
  if (options.verify === true && options.sealed === false) {
    throw new TypeError('createService takes { verify } where events are sealed');
  }
  if (!Array.isArray(factRecorders)) throw new TypeError('createService takes { factRecorders } as a list of roles');
  mustKnowKeys('retry', options.retry ?? {}, retryOptions);
  for (const name of ['streamName', 'newId', 'now', 'onCommit', 'observe'] as const) {
    mustBeFunction(`createService takes { ${name} } as`, options[name]);
  }
  for (const name of ['sealed', 'verify'] as const) {
    const given = options[name];
    mustBe(typeof (given ?? true) === 'boolean', `createService takes { ${name} } as true or false`, given);
  }
  for (const role of factRecorders) mustKnow('role', role, roles);
  if (options.policy !== undefined) mustBePolicy(options.policy);
}
