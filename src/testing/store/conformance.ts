import { mustBe, mustKnow, mustKnowKeys } from '../../kernel/known.ts';
import { mustHave, type SuiteCase, suiteCase } from '../assert.ts';
import { aggregate } from './cases/aggregate.ts';
import { append, positions } from './cases/append.ts';
import { consumers } from './cases/consumers.ts';
import { crash, reopen } from './cases/durability.ts';
import { effects, transactions } from './cases/effects.ts';
import { conflictDetails, expectations } from './cases/expectations.ts';
import { feed } from './cases/feed.ts';
import { fidelity } from './cases/fidelity.ts';
import { generations, rebuilding } from './cases/generations.ts';
import { handles } from './cases/handles.ts';
import { copies, histories } from './cases/histories.ts';
import { idempotency } from './cases/idempotency.ts';
import { feedIsolation, immutability, isolation, storedIsolation } from './cases/isolation.ts';
import { lastEvent } from './cases/last-event.ts';
import { listening } from './cases/listening.ts';
import { names, storedNames } from './cases/names.ts';
import { processes } from './cases/processes.ts';
import { racing, reading } from './cases/racing.ts';
import { backwards, ranges, storedRanges } from './cases/ranges.ts';
import { refusals, unbound } from './cases/refusals.ts';
import { lag, retrying, streamFeed } from './cases/retrying.ts';
import { rows } from './cases/rows.ts';
import { stored } from './cases/stored.ts';
import { held } from './cases/uncommitted-appends.ts';
import { type Case, onStage } from './stage/case.ts';
import { hookOf, type OpenedParts, type StoreCapability, type StoreHost, storeCapabilities } from './stage/host.ts';

/** A case of {@link storeConformance}, which opens a store. @since 0.4.0 */
export type StoreCase = SuiteCase & { readonly capability: StoreCapability };

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
 *   option that is not known
 * @since 0.4.0
 */
export function storeConformance<Opened extends OpenedParts>(host: StoreHost<Opened>): StoreConformance {
  mustKnowKeys('storeConformance', host, known);
  mustHave('storeConformance', host, ['open']);
  checkClaims(host);
  const claimed = new Set<StoreCapability>(['append', ...host.capabilities]);
  const cases = allCases.map((one): StoreCase => {
    const lacking = needed(one).filter((capability) => !claimed.has(capability));
    const skip = lacking.length > 0 && `not claimed: ${lacking.join(', ')}`;
    return { ...suiteCase(one.name, skip, () => onStage(host, one.run)), capability: one.capability };
  });
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
  copy: 0,
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

const namesNeeding = (capability: StoreCapability) =>
  allCases.filter((one) => needed(one).includes(capability)).map(({ name }) => name);

/** The cases of the suite by capability. */
const allCases: readonly Case[] = [
  ...[append, expectations, conflictDetails, lastEvent, racing, reading],
  ...[ranges, backwards, positions, aggregate, names, fidelity, isolation, refusals, unbound],
  ...[idempotency, stored, storedRanges, storedNames, storedIsolation],
  ...[feed, feedIsolation, held, rows, consumers, rebuilding, streamFeed, histories, copies, listening],
  ...[lag, retrying, generations],
  ...[effects, transactions, handles, reopen, crash, processes, immutability],
].flat();
