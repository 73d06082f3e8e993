import type { CommandType, VisitEvent } from '../../messages/index.ts';
import type { RuleId } from '../../visit/rules.ts';
import { hasEnded, phaseOf, phases, type VisitDraft, type VisitState } from '../../visit/state.ts';
import { growArray } from './arrays.ts';
import { copyOf, stateOf } from './decode.ts';
import { type Answer, type Judging, judgeOf } from './evaluate.ts';
import { factNames, type Values } from './facts.ts';
import type { Input } from './inputs.ts';
import { type Chain, nextInChain } from './reduction.ts';
import { type Found, keepArrow, keepEdges, nothingFound, type Progress, progressOf } from './search-graph.ts';
import { none } from './states.ts';

/** Folds an event; it may mutate its state, which is private. */
export type Apply = (state: VisitDraft, event: VisitEvent) => VisitState;

/** The subject and the options of a search. */
export type Plan = Judging & {
  readonly inputs: readonly Input[];
  readonly apply: Apply;
  readonly chains: readonly Chain[];
  /** At most about so many states. */
  readonly limit: number;
};

/** The number of states between two reports, and between two pauses. */
const stride = 4096;

/** Breadth first from the initial state, over everything that is asked. */
export async function search(plan: Plan, onProgress?: (progress: Progress) => void): Promise<Found> {
  const { found, expand, start } = searchOf(plan);
  start();
  let levelEnd = found.states.count();
  while (found.expanded < found.states.count()) {
    if (found.states.count() > plan.limit) {
      found.complete = false;
      break;
    }
    if (found.expanded === levelEnd) {
      found.depth += 1;
      levelEnd = found.states.count();
    }
    expand(found.expanded);
    found.expanded += 1;
    if (found.expanded % stride > 0) continue;
    onProgress?.(progressOf(found));
    await pause();
  }
  onProgress?.(progressOf(found));
  return found;
}

/** Lets whatever else waits go on: a page stays alive. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** The effect of an act in a state: the events of accepted inputs, and the rules that refuse the plain one. */
type Outcome = { readonly events: readonly Accepted[]; readonly rules: readonly RuleId[] };

type Accepted = { readonly via: number; readonly event: VisitEvent };

type ActJudge = { readonly command: CommandType; readonly judge: (values: Values) => Outcome };

const nobody: ReadonlySet<CommandType> = new Set();

/** The acts that lead to states of their own, and that nothing may rely on to leave a state. */
const corrections: readonly CommandType[] = ['AnnulAct', 'CorrectTime', 'ReportDiscrepancy', 'SettleDiscrepancy'];

function searchOf(plan: Plan) {
  const { layout, apply } = plan;
  const found = nothingFound(layout.words);
  const key = new Uint32Array(layout.words);
  const values = new Uint8Array(factNames.length);
  let now = none;

  const judges = judgesOf(plan, found, () => now);
  const heldIn = heldBy(plan.chains, judges);

  /** The number of a state; a new one is entered. */
  const enter = (state: VisitState, via: number): number => {
    layout.encode(state, key);
    const known = found.states.count();
    const id = found.states.add(key, now, via);
    if (id < known) return id;
    found.phases = growArray(found.phases, id + 1);
    found.phases[id] = phases.indexOf(phaseOf(state));
    return id;
  };

  /** The successor states by accepted acts, except for the delayed acts; those of corrections apart. */
  const successors = (base: VisitDraft, held: ReadonlySet<CommandType>) => {
    const next: number[] = [];
    const corrected: number[] = [];
    for (const { command, judge } of judges) {
      const { events } = judge(values);
      // A corrected time changes no fact.
      if (events.length === 0 || held.has(command) || command === 'CorrectTime') continue;
      for (const { via, event } of events) {
        const to = enter(apply(copyOf(base), event), via);
        const known = corrections.includes(command) ? corrected : next;
        if (to === now || known.includes(to)) continue;
        known.push(to);
        keepArrow(found, now, to, event);
      }
    }
    return { next, corrected: corrected.length };
  };

  const expand = (id: number): void => {
    now = id;
    found.states.read(id, key);
    layout.unpack(key, values);
    const base = stateOf(values);
    const held = heldIn(values);
    const { next, corrected } = successors(base, held);
    keepEdges(found, id, next);
    found.corrected += corrected;
    if (next.length > 0 || hasEnded(base)) return;
    if (held.size === 0 || successors(base, nobody).next.length === 0) found.stuck.push(id);
  };

  return { found, expand, start: () => enter(stateOf(values), 0) };
}

/** An evaluator for each tried act; the first acceptance of an act and the first refusal by a rule are recorded. */
function judgesOf(plan: Plan, found: Found, now: () => number): readonly ActJudge[] {
  const commands = [...new Set(plan.inputs.map(({ command }) => command))];
  return commands.map((command) => {
    const first = plan.inputs.findIndex((input) => input.command === command);
    const inputs = plan.inputs.filter((input) => input.command === command);
    const digest = (answers: readonly Answer[]): Outcome => {
      answers.forEach(({ event, rules }, index) => {
        if (event !== null && !found.accepted.has(first + index)) found.accepted.set(first + index, now());
        for (const rule of rules) found.refusing.add(rule);
      });
      const events = answers.flatMap(({ event }, index) =>
        event === null || inputs[index]?.recorder !== 'allowed' ? [] : [{ via: first + index, event }],
      );
      return { events: onceEach(events), rules: answers[0]?.rules ?? [] };
    };
    return { command, judge: judgeOf(plan, inputs, digest) };
  });
}

/** Of events that differ only in who did and who recorded the act, the first: they do the same to a state. */
function onceEach(events: readonly Accepted[]): readonly Accepted[] {
  const contents = events.map(({ event: { data } }) => JSON.stringify({ ...data, by: null, recordedBy: null }));
  return events.filter((_, index) => contents.indexOf(contents[index] ?? '') === index);
}

/** The acts that are held back in a state: all of a chain but the one that is taken now. */
function heldBy(chains: readonly Chain[], judges: readonly ActJudge[]): (values: Values) => ReadonlySet<CommandType> {
  const active = chains.flatMap((chain) => {
    const judge = judges.find(({ command }) => command === chain.before)?.judge;
    return judge === undefined ? [] : [{ chain, judge }];
  });
  if (active.length === 0) return () => nobody;
  return (values) => {
    const held = new Set<CommandType>();
    for (const { chain, judge } of active) {
      const taken = nextInChain(chain, judge(values).rules);
      for (const { command } of chain.acts) if (command !== taken) held.add(command);
    }
    return held;
  };
}
