import type { VisitCommand, VisitEvent } from '../../src/messages/index.ts';
import {
  type Debt,
  decide,
  evolve,
  initialState,
  isWaivable,
  type Policy,
  type VisitState,
} from '../../src/visit/index.ts';
import { parseCommand } from '../../src/wire.ts';
import {
  compare,
  compareFacts,
  type Difference,
  reportedIn,
  type Since,
  sinceOf,
  sinceWords,
  sorted,
} from './facts.ts';
import type { ModelCommand, ModelStep, Trace } from './itf.ts';
import { acts, translate } from './translate.ts';

/** The first divergence of the library and the model in a trace. */
export type Divergence = Difference & {
  readonly trace: string;
  readonly step: number;
  readonly command: ModelCommand;
  /** The accepted acts before it, in order. */
  readonly before: readonly string[];
};

/** The counts of a replay, or their sums over several. */
export type Tally = {
  traces: number;
  steps: number;
  accepted: number;
  /** The number of traces that ended in each phase. */
  readonly ends: Map<string, number>;
  /** The number of times that each act was accepted. */
  readonly acts: Map<string, number>;
  /** The number of refusals that cite each clause. */
  readonly clauses: Map<string, number>;
};

export function newTally(): Tally {
  return { traces: 0, steps: 0, accepted: 0, ends: new Map(), acts: new Map(), clauses: new Map() };
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function policyOf({ host }: Trace): Policy {
  return {
    allow: host.purchase ? ['material-purchase'] : [],
    waive: host.waive.filter(isWaivable).map((rule) => ({ rule, reason: 'for every visit' })),
  };
}

/** An answer in the model's words: the clauses in order, with the rule's name where PROTOCOL.md gives it one. */
function verdictOf(decision: ReturnType<typeof decide>): string[] {
  if (decision.ok) return [];
  return decision.rejection.violations.map(({ rule, clause }) => (isWaivable(rule) ? `${clause}:${rule}` : clause));
}

const said = ({ kind, about, clause, since }: Debt) =>
  [kind, ...(about === undefined ? [] : [about]), clause, 'since', since].join(' ');

/** The debts that are open, and those that lapsed: each has been there since it was opened. */
function compareDebts(owed: Since, { visit }: ModelStep, { debts, closing }: VisitState): Difference | undefined {
  const sinceEach = (words: readonly string[]) =>
    sorted(sinceWords(new Map([...owed].filter(([word]) => words.includes(word)))));
  const strangers = debts.filter(({ kind, debtor }) => (kind === 'supply-materials') !== (debtor === 'client'));
  return (
    compare('debts', sinceEach(visit.debts), sorted(debts.map(said))) ??
    compare('lapsed', sinceEach(visit.lapsed), sorted(closing.lapsed.map(said))) ??
    compare('debtors', [], strangers)
  );
}

function compareWaivers(waived: Since, { waivers }: VisitState): Difference | undefined {
  const got = waivers.map(({ rule, at }) => `${rule} since ${at}`);
  return compare('waivers', sorted(sinceWords(waived)), sorted(got));
}

function compareStates(step: ModelStep, owed: Since, waived: Since, state: VisitState) {
  const { phase, visit } = step;
  return (
    compareDebts(owed, step, state) ??
    compare('phase', phase, state.phase) ??
    compareWaivers(waived, state) ??
    (visit.assigned ? compareFacts(visit, state) : undefined)
  );
}

function compareVerdicts(expected: readonly string[], decision: ReturnType<typeof decide>): Difference | undefined {
  const got = verdictOf(decision);
  return compare('verdict', sorted(expected), sorted(got)) ?? compare('order of the verdict', expected, got);
}

/** The client's words that a settlement takes, as it puts them on record. */
function brought(command: VisitCommand, reports: readonly VisitCommand[]): VisitEvent[] {
  if (command.type !== 'SettleDiscrepancy') return [];
  const { discrepancyId, taken } = command.data;
  const acts = reports.flatMap((report) =>
    report.type === 'ReportDiscrepancy' && report.data.discrepancyId === discrepancyId ? report.data.acts : [],
  );
  return acts
    .filter(({ type }, position) => type === 'FactsAttested' && taken.includes(position))
    .map(({ type, data }) => ({ type, data: { ...data, recordedBy: command.metadata.actor } }) as VisitEvent);
}

/** Does to the library what the model did, and compares each answer; stops where they part. */
export function replayTrace(trace: Trace, tally: Tally): Divergence | undefined {
  const policy = policyOf(trace);
  const before: string[] = [];
  const reports: VisitCommand[] = [];
  let state = initialState();
  let owed: Since = new Map();
  let waived: Since = new Map();
  tally.traces += 1;
  for (const [index, step] of trace.steps.entries()) {
    const number = index + 1;
    const command = translate(step.command, number);
    const parsed = parseCommand(command);
    const decision = decide(command, state, policy);
    if (decision.ok) {
      for (const event of [...brought(command, reports), ...decision.events]) state = evolve(state, event);
      if (command.type === 'ReportDiscrepancy') reports.push(command);
    }
    owed = sinceOf(owed, [...step.visit.debts, ...step.visit.lapsed], reportedIn(number, step));
    waived = sinceOf(waived, step.visit.waivers, number);
    const different =
      (parsed.ok ? undefined : compare('schema', [], parsed.issues)) ??
      compareVerdicts(step.verdict, decision) ??
      compareStates(step, owed, waived, state);
    tally.steps += 1;
    if (different !== undefined) {
      return { trace: trace.name, step: number, command: step.command, ...different, before };
    }
    for (const clause of step.verdict) count(tally.clauses, clause);
    if (!decision.ok) continue;
    tally.accepted += 1;
    count(tally.acts, step.command.act);
    before.push([step.command.act, step.command.kind, step.command.about].filter(Boolean).join(' '));
  }
  count(tally.ends, state.phase);
  return undefined;
}

/** The acts that no trace saw accepted. */
export function uncovered(tally: Tally): string[] {
  return acts.filter((act) => !tally.acts.has(act));
}

/** A divergence as a person reads it. */
export function describeDivergence({ trace, step, command, what, expected, got, before }: Divergence): string {
  const used = Object.entries(command).filter(([, value]) => value !== '' && value !== false && value !== 0);
  return [
    `${trace}, step ${step}: ${what}`,
    `  command   ${JSON.stringify(Object.fromEntries(used))}`,
    `  expected  ${JSON.stringify(expected)}`,
    `  got       ${JSON.stringify(got)}`,
    `  after     ${before.join(', ') || 'nothing'}`,
  ].join('\n');
}
