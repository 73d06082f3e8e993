import type { CommandType, VisitEvent } from '../../messages/index.ts';
import { runtime } from '../../util/runtime.ts';
import { acts as attestationActs } from '../../visit/attestation.ts';
import { acts as correctionActs } from '../../visit/corrections.ts';
import type { RuleId } from '../../visit/rules.ts';
import { derivePhase, hasEnded, phases } from '../../visit/state.ts';
import { growArray } from './bit-packing.ts';
import { viewState } from './draft.ts';
import { type Answer, createJudge, type Judging } from './evaluate.ts';
import { type FactGroup, factNames, type Values } from './facts.ts';
import type { Input } from './inputs.ts';
import { memoize } from './memo.ts';
import { type Apply, applyMove, createMoves, type Move } from './moves.ts';
import { createFound, type Found, keepArrow, keepEdges, measureProgress, none, type Progress } from './search-graph.ts';

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
  const { found, expand, start } = createSearch(plan);
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
    onProgress?.(measureProgress(found));
    await pause();
  }
  onProgress?.(measureProgress(found));
  return found;
}

/** Lets whatever else waits go on: a page stays alive. */
export const pause = (): Promise<void> => new Promise((resolve) => void runtime.setTimer(resolve, 0));

/** The effect of an act in a state: the events of accepted inputs, and the rules that refuse the plain one. */
type Outcome = { readonly events: readonly Accepted[]; readonly rules: readonly RuleId[] };

type Accepted = { readonly via: number; readonly event: VisitEvent; readonly moveIn: (values: Values) => Move };

type ActJudge = { readonly command: CommandType; readonly judge: (values: Values) => Outcome };

const nobody: ReadonlySet<CommandType> = new Set();

/** The acts that lead to states of their own, and that nothing may rely on to leave a state. */
const corrections: readonly CommandType[] = [...correctionActs, ...attestationActs].map(({ command }) => command);

function createSearch(plan: Plan) {
  const { layout } = plan;
  const found = createFound(layout.words);
  const key = new Uint32Array(layout.words);
  const nextKey = new Uint32Array(layout.words);
  const values = new Uint8Array(factNames.length);
  const nextValues = new Uint8Array(factNames.length);
  const readStanding = memoize(layout, (known) => {
    const visit = viewState(known);
    return { phase: phases.indexOf(derivePhase(visit)), ended: hasEnded(visit) };
  });
  let now = none;

  const judges = createJudges(plan, found, () => now);
  const heldIn = createHolding(plan.chains, judges);

  /** The number of the state with `nextKey`; a new one is entered. */
  const enter = (via: number): number => {
    const known = found.states.count();
    const id = found.states.add(nextKey, now, via);
    if (id < known) return id;
    layout.unpack(nextKey, nextValues);
    found.phases = growArray(found.phases, id + 1);
    found.phases[id] = readStanding(nextValues).phase;
    return id;
  };

  /** The successor states by accepted acts, except for the delayed acts; those of corrections apart. */
  const successors = (held: ReadonlySet<CommandType>) => {
    const next: number[] = [];
    const corrected: number[] = [];
    for (const { command, judge } of judges) {
      const { events } = judge(values);
      // A corrected time changes no fact.
      if (events.length === 0 || held.has(command) || command === 'CorrectTime') continue;
      for (const { via, event, moveIn } of events) {
        applyMove(key, moveIn(values), nextKey);
        const to = enter(via);
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
    const held = heldIn(values);
    const { next, corrected } = successors(held);
    keepEdges(found, id, next);
    found.corrected += corrected;
    if (next.length > 0 || readStanding(values).ended) return;
    if (held.size === 0 || successors(nobody).next.length === 0) found.stuck.push(id);
  };

  return { found, expand, start: () => enter(0) };
}

/** An evaluator for each tried act; the first acceptance of an act and the first refusal by a rule are recorded. */
function createJudges(plan: Plan, found: Found, now: () => number): readonly ActJudge[] {
  const commands = [...new Set(plan.inputs.map(({ command }) => command))];
  const moveOf = createMoves(plan.apply, plan.layout);
  const moves = new Map<string, Accepted['moveIn']>();
  /** The same for events that differ only in who did and who recorded the act: they do the same to a state. */
  const moveIn = (event: VisitEvent) => {
    const content = JSON.stringify([event.type, { ...event.data, by: null, recordedBy: null }]);
    const known = moves.get(content) ?? moveOf(event);
    moves.set(content, known);
    return known;
  };
  return commands.map((command) => {
    const first = plan.inputs.findIndex((input) => input.command === command);
    const inputs = plan.inputs.filter((input) => input.command === command);
    const digest = (answers: readonly Answer[]): Outcome => {
      answers.forEach(({ event, rules }, index) => {
        if (event !== null && !found.accepted.has(first + index)) found.accepted.set(first + index, now());
        for (const rule of rules) found.refusing.add(rule);
      });
      const events = answers.flatMap(({ event }, index) =>
        event === null || inputs[index]?.recorder !== 'allowed'
          ? []
          : [{ via: first + index, event, moveIn: moveIn(event) }],
      );
      return { events: dropRepeats(events), rules: answers[0]?.rules ?? [] };
    };
    return { command, judge: createJudge(plan, inputs, digest) };
  });
}

/** Of events that do the same to every state, the first. */
function dropRepeats(events: readonly Accepted[]): readonly Accepted[] {
  const moves = events.map((event) => event.moveIn);
  return events.filter(({ moveIn }, index) => moves.indexOf(moveIn) === index);
}

/** The acts that are held back in a state: all of a chain but the one that is taken now. */
function createHolding(
  chains: readonly Chain[],
  judges: readonly ActJudge[],
): (values: Values) => ReadonlySet<CommandType> {
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

/** Acts that one later act alone asks for, each by a rule of its own, in the one order in which they are taken. */
type Chain = {
  readonly before: CommandType;
  readonly acts: readonly { readonly command: CommandType; readonly rule: RuleId; readonly unless?: FactGroup }[];
};

/**
 * The acts that a reduced search delays: it takes them only when the act that requires them lacks nothing else, and
 * then in this order. They commute with every act, forbid none and enable no other; they are accepted wherever that act
 * lacks only them. So a state of the full search differs from one of the reduced search at most in some of their facts,
 * and everything possible in the reduced state is possible in it.
 */
export const chains: readonly Chain[] = [
  {
    before: 'StartWork',
    acts: [
      { command: 'AnnounceService', rule: 'service-announced' },
      { command: 'ClearArea', rule: 'area-cleared' },
      { command: 'ReportStart', rule: 'start-reported', unless: 'receipts' },
    ],
  },
  {
    before: 'CompleteVisit',
    acts: [
      { command: 'HandOverSite', rule: 'handed-over' },
      { command: 'ReportCompletion', rule: 'completion-reported' },
    ],
  },
];

/** The chains that hold while these facts are looked at: a start call that opens a debt is not held back. */
export function chainsFor(groups: ReadonlySet<FactGroup>): readonly Chain[] {
  return chains.map(({ before, acts }) => ({
    before,
    acts: acts.filter(({ unless }) => unless === undefined || !groups.has(unless)),
  }));
}

/** The one act of a chain that is taken now, given the rules that refuse the act that asks for them; if any. */
function nextInChain({ acts }: Chain, refusing: readonly RuleId[]): CommandType | null {
  const missing = acts.filter(({ rule }) => refusing.includes(rule));
  return missing.length === refusing.length ? (missing[0]?.command ?? null) : null;
}
