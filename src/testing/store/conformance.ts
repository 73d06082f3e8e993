import { mustBe, mustKnow, mustKnowKeys } from '../../kernel/known.ts';
import { mustHave, skipped } from '../assert.ts';
import { aggregate, aggregateBackwards, aggregateRanges } from './cases/aggregate.ts';
import { append } from './cases/append.ts';
import { consumers, consumersAlone } from './cases/consumers.ts';
import {
  crash,
  crashFeed,
  crashMoves,
  crashRepeats,
  reopen,
  reopenFeed,
  reopenJudged,
  reopenRepeats,
  reopenWaiting,
} from './cases/durability.ts';
import { effects, transactions } from './cases/effects.ts';
import { conflictDetails, expectations, rangeExpectations } from './cases/expectations.ts';
import { feed, feedOfRefusals, feedOfRepeats } from './cases/feed.ts';
import { fidelity } from './cases/fidelity.ts';
import { generations, rebuilding } from './cases/generations.ts';
import {
  handles,
  handlesFeed,
  handlesLastEvent,
  handlesMove,
  handlesRace,
  handlesRepeat,
  handlesStored,
} from './cases/handles.ts';
import { idempotency, racingRepeats, repeatsOfAnyName } from './cases/idempotency.ts';
import { feedIsolation, immutability, isolation, storedIsolation } from './cases/isolation.ts';
import { lastEvent, lastEventRepeats, lastEventRows } from './cases/last-event.ts';
import { names, storedNames } from './cases/names.ts';
import { positions } from './cases/positions.ts';
import { processes, processesRepeat } from './cases/processes.ts';
import { racing } from './cases/racing.ts';
import { backwards, ranges, storedRanges } from './cases/ranges.ts';
import { reading } from './cases/reading.ts';
import {
  besideRefusals,
  feedRefusals,
  moveRefusals,
  rangeRefusals,
  refusals,
  storedRefusals,
  unbound,
  unboundBeside,
} from './cases/refusals.ts';
import { lag, lagHeld, retrying, streamFeed, streamFeedNames } from './cases/retrying.ts';
import { rows, rowsAlone, rowsOfRefusals, rowsOfRepeats } from './cases/rows.ts';
import { stored, storedRepeats } from './cases/stored.ts';
import { held } from './cases/uncommitted-appends.ts';
import { type Case, onStage } from './stage/case.ts';
import { hookOf, type OpenedParts, type StoreCapability, type StoreHost, storeCapabilities } from './stage/host.ts';

/** A case of the suite, for a test of its own. @since 0.4.0 */
export type StoreCase = {
  /** Unique in the suite: the capability, then what must hold. */
  readonly name: string;
  readonly capability: StoreCapability;
  /** Why it does not run, as `not claimed: feed`; false when it runs. */
  readonly skip: false | string;
  /**
   * Opens a store, tests it, and discards it. Rejects with the expected and the actual result.
   *
   * A case that does not run is skipped through the context that vitest and node:test hand to a test. Elsewhere it
   * rejects, so that it never counts as passed: check `skip` first.
   */
  readonly run: (context?: unknown) => Promise<void>;
};

/** The suite over one store. @since 0.4.0 */
export type StoreConformance = {
  /** All cases, those that do not run too. */
  readonly cases: readonly StoreCase[];
  /** The capabilities that the store does not claim, and the names of the skipped cases. */
  readonly unclaimed: readonly { readonly capability: StoreCapability; readonly cases: readonly string[] }[];
};

/**
 * The conformance cases of event stores, to run under any test runner:
 * `for (const { name, run } of storeConformance({ open, capabilities }).cases) test(name, run)`.
 *
 * A case that needs a capability that is not claimed does not run, and says so.
 *
 * @throws TypeError without `open`, when a capability is unknown, or claimed without the hook that it needs, or for an
 * option that
 *   is not known
 * @since 0.4.0
 */
export function storeConformance<Opened extends OpenedParts>(host: StoreHost<Opened>): StoreConformance {
  mustKnowKeys('storeConformance', host, known);
  mustHave('storeConformance', host, ['open']);
  checkClaims(host);
  const claimed = new Set<StoreCapability>(['append', ...host.capabilities]);
  const cases = allCases.map((one) => caseOf(host, one, missing(one, claimed)));
  const unclaimed = storeCapabilities
    .filter((capability) => !claimed.has(capability))
    .map((capability) => ({ capability, cases: namesNeeding(capability) }));
  return { cases, unclaimed };
}

const known: Readonly<Record<keyof StoreHost, 0>> = {
  capabilities: 0,
  open: 0,
  discard: 0,
  texts: 0,
  second: 0,
  reopen: 0,
  crash: 0,
  hold: 0,
  notes: 0,
  process: 0,
  tamper: 0,
};

function checkClaims<Opened extends OpenedParts>(host: StoreHost<Opened>): void {
  mustBe(Array.isArray(host.capabilities), 'storeConformance takes { capabilities } as a list', host.capabilities);
  for (const capability of host.capabilities) {
    mustKnow('capability', capability, storeCapabilities);
    const hook = hookOf(capability);
    if (hook !== undefined && host[hook] === undefined) {
      throw new TypeError(`To claim ${capability}, the suite needs the hook ${hook}`);
    }
  }
}

const needed = ({ capability, needs }: Case) => [capability, ...needs];

function missing(one: Case, claimed: ReadonlySet<StoreCapability>): readonly StoreCapability[] {
  return needed(one).filter((capability) => !claimed.has(capability));
}

const namesNeeding = (capability: StoreCapability) =>
  allCases.filter((one) => needed(one).includes(capability)).map(({ name }) => name);

function caseOf<Opened extends OpenedParts>(
  host: StoreHost<Opened>,
  { name, capability, run }: Case,
  lacking: readonly StoreCapability[],
): StoreCase {
  const skip = lacking.length > 0 && `not claimed: ${lacking.join(', ')}`;
  return {
    name,
    capability,
    skip,
    // Without a parameter of its own, since a runner may take one for a callback that it must wait for.
    run: async (...[context]: readonly unknown[]) => (skip === false ? onStage(host, run) : skipped(skip, context)),
  };
}

/** The cases of the suite by capability. */
const allCases: readonly Case[] = [
  ...append,
  ...[...expectations, ...rangeExpectations, ...conflictDetails],
  ...[...lastEvent, ...lastEventRepeats, ...lastEventRows],
  ...[...racing, ...reading],
  ...[...ranges, ...backwards, ...positions, ...aggregate, ...aggregateRanges, ...aggregateBackwards],
  ...[...names, ...fidelity, ...isolation],
  ...[
    ...refusals,
    ...rangeRefusals,
    ...storedRefusals,
    ...feedRefusals,
    ...besideRefusals,
    ...moveRefusals,
    ...unbound,
    ...unboundBeside,
  ],
  ...[...idempotency, ...repeatsOfAnyName, ...racingRepeats],
  ...[...stored, ...storedRanges, ...storedNames, ...storedIsolation, ...storedRepeats],
  ...[...feed, ...feedOfRefusals, ...feedOfRepeats, ...feedIsolation, ...held],
  ...[...rows, ...rowsAlone, ...rowsOfRefusals, ...rowsOfRepeats],
  ...[...consumers, ...consumersAlone, ...rebuilding],
  ...[...streamFeed, ...streamFeedNames, ...lag, ...lagHeld, ...retrying, ...generations],
  ...[...effects, ...transactions],
  ...[
    ...handles,
    ...handlesRace,
    ...handlesLastEvent,
    ...handlesStored,
    ...handlesRepeat,
    ...handlesFeed,
    ...handlesMove,
  ],
  ...[...reopen, ...reopenJudged, ...reopenRepeats, ...reopenFeed, ...reopenWaiting],
  ...[...crash, ...crashRepeats, ...crashFeed, ...crashMoves],
  ...[...processes, ...processesRepeat],
  ...immutability,
];
