import { mustBe, mustKnow, mustKnowKeys } from '../../kernel/known.ts';
import { mustHave } from '../known.ts';
import { skipped } from '../skipped.ts';
import { allCases } from './cases/index.ts';
import { hookOf, type StoreCapability, storeCapabilities } from './stage/capability.ts';
import type { Case } from './stage/case.ts';
import type { OpenedParts, StoreHost } from './stage/host.ts';
import { onStage } from './stage/test-context.ts';

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
