type Hits = Record<string, number>;

type Coverage = { readonly static: Hits; readonly perTest: Record<string, Hits> };

/** The state of Stryker in a thread: the mutant that is active, the test that runs, and how often the mutant came by. */
type Stryker = {
  readonly activeMutant?: string;
  readonly currentTestId?: string;
  readonly hitLimit?: number;
  hitCount?: number;
  mutantCoverage?: Coverage;
};

const here = (): Stryker | undefined => (globalThis as { __stryker__?: Stryker }).__stryker__;

/** The mutant that is active in this thread, for another; undefined outside `npm run mutation`. */
export function activeMutation(): Stryker | undefined {
  const stryker = here();
  if (stryker === undefined) return undefined;
  const { activeMutant, currentTestId, hitLimit, hitCount } = stryker;
  return { activeMutant, currentTestId, hitLimit, hitCount } as Stryker;
}

/** The code of a function that activates a mutant in the other thread, once its modules are loaded. */
export const activate = '(mutation) => void (mutation && Object.assign((globalThis.__stryker__ ??= {}), mutation))';

/** The code of a function that takes from the other thread what its mutants counted. */
export const takeHits = `() => {
  const stryker = globalThis.__stryker__;
  if (stryker === undefined) return undefined;
  const hits = structuredClone({ hitCount: stryker.hitCount, mutantCoverage: stryker.mutantCoverage });
  if (stryker.mutantCoverage) Object.assign(stryker.mutantCoverage, { static: {}, perTest: {} });
  return hits;
}`;

/** Counts in this thread what was counted in the other. */
export function addHits(hits: Pick<Stryker, 'hitCount' | 'mutantCoverage'> | undefined): void {
  const stryker = here();
  if (hits === undefined || stryker === undefined) return;
  if (hits.hitCount !== undefined) stryker.hitCount = hits.hitCount;
  const from = hits.mutantCoverage;
  if (from === undefined) return;
  stryker.mutantCoverage ??= { static: {}, perTest: {} };
  const { static: all, perTest } = stryker.mutantCoverage;
  add(all, from.static);
  for (const [test, counted] of Object.entries(from.perTest)) {
    perTest[test] ??= {};
    add(perTest[test], counted);
  }
}

function add(to: Hits, from: Hits): void {
  for (const [mutant, count] of Object.entries(from)) to[mutant] = (to[mutant] ?? 0) + count;
}
