import { gateRules, generalRules } from '../../visit/gate-rules.ts';
import { invariants } from '../../visit/invariants/index.ts';
import { ruleIds } from '../../visit/rules.ts';
import { phases } from '../../visit/state.ts';
import { actOfCommand, commandTypes } from '../../visit/table.ts';
import { replay } from '../../visit/visit.ts';
import { findNamedStates } from './named.ts';
import { findPathTo } from './paths.ts';
import type { Arrow, Broken, Exploration, Overreach, Path, StateReport } from './result.ts';
import { listTakenFacts } from './samples.ts';
import type { Plan } from './search.ts';
import type { Found } from './search-graph.ts';

/** The number of paths in a report. */
const shown = 5;

/** Reports a search in terms of the protocol. */
export function report(found: Found, plan: Plan, paths: number): Exploration {
  const { states, transitions, corrected, depth, complete } = found;
  const tried = new Set(plan.inputs.map(({ command }) => command));
  return {
    states: states.count(),
    transitions: transitions + corrected,
    depth,
    complete,
    stuck: reportStates(found.stuck, found, plan),
    ...findEndings(found, plan),
    neverFired: neverFired(found, plan),
    ...checkInvariants(found, plan, paths),
    unauthorizedAccepted: findOverreach(found, plan),
    leftOut: commandTypes.filter((command) => !tried.has(command)),
    named: findNamedStates(found, plan.layout).map(([name, id]) => ({ name, path: findPath(id, found, plan) })),
    arrows: [...found.arrows].map(parseArrow).sort(byPhase),
  };
}

const findPath = (id: number, found: Found, plan: Plan): Path => findPathTo(id, found, plan.inputs, plan);

function reportStates(ids: readonly number[], found: Found, plan: Plan): StateReport {
  return { total: ids.length, paths: ids.slice(0, shown).map((id) => findPath(id, found, plan)) };
}

const completed = phases.indexOf('completed');
const closed = phases.indexOf('closed');

/** Finds states from which a goal cannot be reached. A state that was not expanded may lead anywhere. */
function findEndings(found: Found, plan: Plan): Pick<Exploration, 'cannotEnd' | 'cannotComplete'> {
  const ended = (id: number) => found.phases[id] === completed || found.phases[id] === closed;
  const unknown = (id: number) => id >= found.expanded;
  const canEnd = markReaching(found, (id) => ended(id) || unknown(id));
  const canComplete = markReaching(found, (id) => found.phases[id] === completed || unknown(id));
  const without = (can: Uint8Array) => {
    const ids: number[] = [];
    for (let id = 0; id < can.length; id++) if (can[id] !== 1 && !ended(id)) ids.push(id);
    return reportStates(ids, found, plan);
  };
  return { cannotEnd: without(canEnd), cannotComplete: without(canComplete) };
}

function neverFired({ accepted, refusing }: Found, { inputs }: Plan): Exploration['neverFired'] {
  const tried = new Set(inputs.map(({ command }) => command));
  const fired = new Set([...accepted.keys()].map((index) => inputs[index]?.command));
  const asked = new Set<string>([...gateRules, ...generalRules].map(({ id }) => id));
  for (const command of tried) for (const { id } of actOfCommand(command)?.needs ?? []) asked.add(id);
  return {
    acts: commandTypes.filter((command) => tried.has(command) && !fired.has(command)),
    rules: ruleIds.filter((id) => asked.has(id) && !refusing.has(id)),
  };
}

function findOverreach(found: Found, plan: Plan): readonly Overreach[] {
  return [...found.accepted].flatMap(([index, id]) => {
    const input = plan.inputs[index];
    if (input === undefined || input.recorder === 'allowed') return [];
    const { command, variant, role, recorder } = input;
    return [{ command, variant, role, recorder, path: findPath(id, found, plan) }];
  });
}

/** The invariants, after the shortest path to states that lie evenly among all that were found; they do not speak of acts that were taken. */
function checkInvariants(found: Found, plan: Plan, paths: number): Pick<Exploration, 'broken' | 'pathsChecked'> {
  const broken = new Map<string, Broken>();
  const step = Math.max(1, Math.ceil(found.states.count() / Math.max(1, paths)));
  let pathsChecked = 0;
  for (let id = 0; id < found.states.count() && paths > 0; id += step) {
    const path = findPath(id, found, plan);
    if (path.events.some((event) => listTakenFacts(event).length > 0)) continue;
    for (const invariant of brokenAfter(path, plan)) {
      const known = broken.get(invariant);
      broken.set(invariant, { invariant, total: (known?.total ?? 0) + 1, path: known?.path ?? path });
    }
    pathsChecked += 1;
  }
  return { broken: [...broken.values()], pathsChecked };
}

function brokenAfter({ events }: Path, { policy }: Plan): readonly string[] {
  const state = replay(events);
  return invariants.filter(({ holds }) => !holds(state, events, policy)).map(({ id }) => id);
}

function parseArrow(arrow: string): Arrow {
  const [, from, to, event] = /^([a-z-]+) > ([a-z-]+): (\w+)$/.exec(arrow) ?? [];
  return { from, to, event } as Arrow;
}

function byPhase(one: Arrow, other: Arrow): number {
  return (
    phases.indexOf(one.from) - phases.indexOf(other.from) ||
    phases.indexOf(one.to) - phases.indexOf(other.to) ||
    (one.event < other.event ? -1 : 1)
  );
}

/** Marks every state from which one of the marked can be reached: 1 where it can. */
function markReaching(found: Found, marked: (id: number) => boolean): Uint8Array {
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
  const { sources, offsets } = reverseEdges(found);
  for (let done = 0; done < end; done++) {
    const id = queue[done] ?? 0;
    for (let edge = offsets[id] ?? 0; edge < (offsets[id + 1] ?? 0); edge++) mark(sources[edge] ?? 0);
  }
  return can;
}

/** The predecessors of state `n` are `sources[offsets[n]]` up to `sources[offsets[n + 1]]`. */
function reverseEdges({ states, edges, offsets, expanded, transitions }: Found) {
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
