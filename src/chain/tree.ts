import type { Link } from './links.ts';

/** What an entry follows: the entry at a place, a predecessor that is not here, or nothing, at the beginning. */
type Stem = number | string | undefined;

/** The entries that follow each stem, in the order of the log. */
type Tree = ReadonlyMap<Stem, readonly number[]>;

/** The order that the hashes of a log prove, as far as they do. */
export type Chain = Readonly<{
  /** The places of its entries. */
  order: readonly number[];
  /** Those of them whose predecessor is not here. */
  orphans: ReadonlySet<number>;
}>;

/**
 * The chain of a log, whatever was done to it. Each entry is put on the one that it names. Where several are on one, the chain
 * goes on with the branch that leads to the head, or else with the heaviest.
 */
export function chainIn(links: readonly Link[], head?: string): Chain {
  const places = placesIn(links);
  const tree = treeOf(stemsIn(links, places));
  const weights = weightsIn(links, tree, head === undefined ? undefined : places.get(head));
  const order: number[] = [];
  const orphans = new Set<number>();
  for (const [stem, branches] of tree) {
    if (typeof stem === 'number') continue;
    let next = heaviest(branches, weights);
    if (stem !== undefined && next !== undefined) orphans.add(next);
    for (; next !== undefined; next = heaviest(tree.get(next), weights)) order.push(next);
  }
  return { order, orphans };
}

/** Where the event of a hash is. Of copies one is kept: the one that follows its predecessor, else the first. */
function placesIn(links: readonly Link[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  links.forEach(({ hash }, index) => {
    if (hash === undefined) return;
    const kept = places.get(hash);
    if (kept === undefined || (!isFollower(links, kept) && isFollower(links, index))) places.set(hash, index);
  });
  links.forEach(({ aliases }, index) => {
    for (const alias of aliases) {
      if (!places.has(alias)) places.set(alias, index);
    }
  });
  return places;
}

/** Whether an entry stands right after the one that it names. */
function isFollower(links: readonly Link[], index: number): boolean {
  const before = links[index - 1];
  const previous = links[index]?.previous;
  if (before === undefined || previous === undefined) return before === previous;
  return previous === before.hash || before.aliases.includes(previous);
}

/**
 * What each entry follows, copies left out. One that is not sound proves nothing of that, and follows the one before it. If
 * nobody names it, and the next one names somebody who is not here, it is what became of that one.
 */
function stemsIn(links: readonly Link[], places: ReadonlyMap<string, number>): ReadonlyMap<number, Stem> {
  const stems = new Map<number, Stem>();
  const named = new Set<Stem>();
  let before: number | undefined;
  links.forEach(({ hash, previous }, index) => {
    if (hash !== undefined && places.get(hash) !== index) return;
    const stem = previous === undefined ? undefined : (places.get(previous) ?? previous);
    if (hash !== undefined) named.add(stem);
    stems.set(index, hash === undefined ? before : stem);
    before = index;
  });
  before = undefined;
  for (const [index, stem] of stems) {
    const isHeir = before !== undefined && links[before]?.hash === undefined && !named.has(before);
    if (typeof stem === 'string' && isHeir) stems.set(index, before);
    before = index;
  }
  return stems;
}

function treeOf(stems: ReadonlyMap<number, Stem>): Tree {
  const tree = new Map<Stem, number[]>([[undefined, []]]);
  for (const [index, stem] of stems) {
    const branches = tree.get(stem);
    if (branches === undefined) tree.set(stem, [index]);
    else branches.push(index);
  }
  return tree;
}

/** How many sound entries hang on each place, itself counted; where the head is among them, more than on any other. */
function weightsIn(links: readonly Link[], tree: Tree, head: number | undefined): ReadonlyMap<number, number> {
  const order = [...tree].flatMap(([stem, branches]) => (typeof stem === 'number' ? [] : branches));
  for (const place of order) {
    for (const next of tree.get(place) ?? []) order.push(next);
  }
  const weights = new Map<number, number>();
  for (const place of order.reverse()) {
    let weight = place === head ? links.length : 0;
    if (links[place]?.hash !== undefined) weight += 1;
    for (const next of tree.get(place) ?? []) weight += weights.get(next) ?? 0;
    weights.set(place, weight);
  }
  return weights;
}

/** The heaviest of some branches, the earlier of equal ones. */
function heaviest(branches: readonly number[] = [], weights: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const place of branches) {
    if (best === undefined || (weights.get(place) ?? 0) > (weights.get(best) ?? 0)) best = place;
  }
  return best;
}
