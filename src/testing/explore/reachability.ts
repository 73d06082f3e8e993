import type { Found } from './search-graph.ts';

/** Marks every state from which one of the marked can be reached: 1 where it can. */
export function reaching(found: Found, marked: (id: number) => boolean): Uint8Array {
  const count = found.states.count();
  const can = new Uint8Array(count);
  const queue = new Uint32Array(count);
  let end = 0;
  const mark = (id: number): void => {
    if (can[id] === 1) return;
    can[id] = 1;
    queue[end] = id;
    end += 1;
  };
  for (let id = 0; id < count; id++) if (marked(id)) mark(id);
  const { sources, offsets } = reversed(found);
  for (let done = 0; done < end; done++) {
    const id = queue[done] ?? 0;
    for (let edge = offsets[id] ?? 0; edge < (offsets[id + 1] ?? 0); edge++) mark(sources[edge] ?? 0);
  }
  return can;
}

/** The predecessors of state `n` are `sources[offsets[n]]` up to `sources[offsets[n + 1]]`. */
function reversed({ states, edges, offsets, expanded, transitions }: Found) {
  const starts = new Uint32Array(states.count() + 2);
  for (let edge = 0; edge < transitions; edge++) {
    const to = (edges[edge] ?? 0) + 2;
    starts[to] = (starts[to] ?? 0) + 1;
  }
  for (let id = 1; id < starts.length; id++) starts[id] = (starts[id] ?? 0) + (starts[id - 1] ?? 0);
  const sources = new Uint32Array(transitions);
  for (let from = 0; from < expanded; from++) {
    for (let edge = offsets[from] ?? 0; edge < (offsets[from + 1] ?? 0); edge++) {
      const to = (edges[edge] ?? 0) + 1;
      const at = starts[to] ?? 0;
      sources[at] = from;
      starts[to] = at + 1;
    }
  }
  return { sources, offsets: starts };
}
