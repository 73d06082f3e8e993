import type { Link } from './entries.ts';

/** The predecessor of an entry: the entry at an index, an absent one, or none at the beginning. */
type Parent = number | string | undefined;

/** The entries that follow each parent, in the order of the log. */
type Tree = ReadonlyMap<Parent, readonly number[]>;

/** The order that the hashes of a log prove, as far as they do. */
export type Chain = Readonly<{
  /** The places of its entries. */
  order: readonly number[];
  /** Those of them whose predecessor is missing. */
  orphans: ReadonlySet<number>;
}>;

/**
 * Reconstructs the chain of a log, whatever was done to it. Each entry is placed after the one that it names. If several follow
 * one, the chain continues with the branch that leads to the head, or else with the heaviest. Entries whose predecessor is
 * missing begin a part of their own, and the parts follow one another. A part that lies between linked entries of others is not
 * of this chain, unless it is heavier than the beginning.
 */
export function reconstructChain(links: readonly Link[], head?: string): Chain {
  const places = indexHashes(links);
  const parents = findParents(links, places);
  const tree = buildTree(parents);
  const weights = weighBranches(links, tree, head === undefined ? undefined : places.get(head));
  const [beginning = [], ...parts] = findMainLines(tree, weights);
  const foreign = findInterlopers([beginning, ...parts], parents);
  const weightOf = ([first = -1]: readonly number[]) => weights.get(first) ?? 0;
  const own = parts.filter(
    (part) => weightOf(part) > weightOf(beginning) || !part.every((place) => foreign.has(place)),
  );
  return { order: [...beginning, ...own.flat()], orphans: new Set(own.map(([first = -1]) => first)) };
}

/** The main line of each part of a log; first that of its beginning. */
function findMainLines(tree: Tree, weights: ReadonlyMap<number, number>): number[][] {
  const parts: number[][] = [];
  for (const [parent, branches] of tree) {
    if (typeof parent === 'number') continue;
    const part: number[] = [];
    for (
      let next = heaviestBranch(branches, weights);
      next !== undefined;
      next = heaviestBranch(tree.get(next), weights)
    ) {
      part.push(next);
    }
    parts.push(part);
  }
  return parts;
}

/** The places between two linked entries that are neighbours in their part, or before the first entry of all. */
function findInterlopers(
  parts: readonly (readonly number[])[],
  parents: ReadonlyMap<number, Parent>,
): ReadonlySet<number> {
  const partOf = new Map(parts.flatMap((part, index) => part.map((place) => [place, index])));
  const last = new Map<number, number>([[0, -1]]);
  const links = new Map<number, number>();
  for (const [place, parent = -1] of parents) {
    const part = partOf.get(place);
    if (part === undefined) continue;
    if (last.get(part) === parent) links.set(parent, place);
    last.set(part, place);
  }
  const found = new Set<number>();
  let reach = links.get(-1) ?? -1;
  for (const place of parents.keys()) {
    if (place < reach) found.add(place);
    reach = Math.max(reach, links.get(place) ?? -1);
  }
  return found;
}

/** Maps each hash to the index of its event: of several copies, the one that follows its predecessor, else the first. */
function indexHashes(links: readonly Link[]): ReadonlyMap<string, number> {
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

/** True if an entry stands right after the one that it names. */
function isFollower(links: readonly Link[], index: number): boolean {
  return links[index]?.previous === links[index - 1]?.hash;
}

/**
 * Finds the predecessor of each entry, without copies. An entry that is not sound proves nothing about it: it follows the one
 * that it names if that is before it and nothing else follows that, else the one right before it. If no entry names it, and the
 * next one names a missing entry, it is taken for that missing one.
 */
function findParents(links: readonly Link[], places: ReadonlyMap<string, number>): ReadonlyMap<number, Parent> {
  const isSound = (index: number | undefined) => index !== undefined && links[index]?.hash !== undefined;
  const parentOf = (index: number): Parent => {
    const previous = links[index]?.previous;
    return previous === undefined ? undefined : (places.get(previous) ?? previous);
  };
  const kept = links.flatMap(({ hash }, index) => (hash === undefined || places.get(hash) === index ? [index] : []));
  const named = new Set(kept.filter(isSound).map(parentOf));
  const parents = new Map<number, Parent>();
  let before: number | undefined;
  for (const index of kept) {
    const parent = parentOf(index);
    if (isSound(index)) {
      const isHeir = typeof parent === 'string' && before !== undefined && !isSound(before) && !named.has(before);
      parents.set(index, isHeir ? before : parent);
    } else {
      const isLikely = typeof parent === 'number' && parent < index && !named.has(parent);
      parents.set(index, isLikely ? parent : before);
    }
    before = index;
  }
  return parents;
}

function buildTree(parents: ReadonlyMap<number, Parent>): Tree {
  const tree = new Map<Parent, number[]>([[undefined, []]]);
  for (const [index, parent] of parents) {
    const branches = tree.get(parent);
    if (branches === undefined) tree.set(parent, [index]);
    else branches.push(index);
  }
  return tree;
}

/** Counts the sound entries that descend from each entry, itself included; a branch with the head outweighs all others. */
function weighBranches(links: readonly Link[], tree: Tree, head: number | undefined): ReadonlyMap<number, number> {
  const order = [...tree].flatMap(([parent, branches]) => (typeof parent === 'number' ? [] : branches));
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
function heaviestBranch(branches: readonly number[] = [], weights: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const place of branches) {
    if (best === undefined || (weights.get(place) ?? 0) > (weights.get(best) ?? 0)) best = place;
  }
  return best;
}
