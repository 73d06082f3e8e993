import { growArray, type Layout } from './bit-packing.ts';
import { factNames, facts, type Values } from './facts.ts';

/**
 * Caches a function of the facts. It reads only a few of them and is a function of those, so it is called once for each
 * combination of them, on values that record the reads. The results are kept in a tree.
 */
export function memoize<Result>(layout: Layout, compute: (values: Values) => Result): (values: Values) => Result {
  const results: Result[] = [];
  const tree = createTree();
  return (values) => {
    const known = tree.find(values);
    if (known !== none) return results[known] as Result;
    const looked: number[] = [];
    const result = compute(recordReads(values, layout, looked));
    tree.add(values, looked, results.length);
    results.push(result);
    return result;
  };
}

/** The values; the explored facts that are read are listed in the order of their first read. */
export function recordReads(values: Values, layout: Layout, looked: number[]): Values {
  return new Proxy(values, {
    get: (own, key) => {
      const index = Number(key);
      if (layout.looksAt(index) && !looked.includes(index)) looked.push(index);
      return own[index];
    },
  });
}

const none = -1;

/**
 * Numbers by the values of the facts that they depend on: a node is a fact and what follows each of its values, namely
 * the place of a node, the complement of a number, or 0 for nothing. The root follows place 0.
 */
function createTree() {
  let nodes = new Int32Array(16);
  let length = 1;

  const find = (values: Values): number => {
    let at = nodes[0] ?? 0;
    while (at > 0) at = nodes[at + 1 + (values[nodes[at] ?? 0] ?? 0)] ?? 0;
    return ~at;
  };

  const addNode = (fact: number): number => {
    const node = length;
    length += 1 + countValues(fact);
    nodes = growArray(nodes, length);
    nodes[node] = fact;
    return node;
  };

  const add = (values: Values, looked: readonly number[], number: number): void => {
    let from = 0;
    for (const fact of looked) {
      const node = nodes[from] || addNode(fact);
      if (nodes[node] !== fact) throw new Error(`what is explored is no function of the state: ${factNames[fact]}`);
      nodes[from] = node;
      from = node + 1 + (values[fact] ?? 0);
    }
    nodes[from] = ~number;
  };

  return { find, add };
}

/** The number of values of the fact at a place. */
export function countValues(fact: number): number {
  const name = factNames[fact];
  return name === undefined ? 0 : facts[name].values.length;
}
