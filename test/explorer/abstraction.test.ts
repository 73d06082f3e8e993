import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Walk, walks } from '../../src/testing/arbitraries/walks.ts';
import { decodeState } from '../../src/testing/explore/decode.ts';
import { viewState } from '../../src/testing/explore/draft.ts';
import { answerInput, createJudge } from '../../src/testing/explore/evaluate.ts';
import { planSearch } from '../../src/testing/explore/explore.ts';
import { type FactGroup, factGroups, factNames, facts } from '../../src/testing/explore/facts.ts';
import { applyMove, createMoves } from '../../src/testing/explore/moves.ts';
import { earlier, requiredShot } from '../../src/testing/explore/samples.ts';
import { decide, evolve, type VisitState, waivableRules } from '../../src/visit/index.ts';
import { explored, folded, keyOf, plainActs, searched, valuesOf } from './support.ts';

const groups: readonly FactGroup[] = factGroups;

/** Everything that can be looked at. */
const whole = planSearch(explored, { facts: groups, waivers: waivableRules });

function abstractOf(visit: VisitState): Uint8Array {
  const key = new Uint32Array(whole.layout.words);
  const values = new Uint8Array(factNames.length);
  whole.layout.encode(visit, key);
  whole.layout.unpack(key, values);
  return values;
}

/** The decisions on all tried commands in a state, and the abstract states that follow. */
function verdicts(visit: VisitState): string[] {
  return whole.inputs.map((input) => {
    const { event, rules } = answerInput(decide, input, visit, whole.policy);
    const then = event === null ? rules.join(' ') : keyOf(evolve(visit, event), whole);
    return `${input.command} ${input.variant} ${input.role} ${input.recorder}: ${then}`;
  });
}

/** The one discrepancy of the abstraction, or none; the walks' own has one act. */
const isAbstracted = ({ requiredShots, discrepancies }: VisitState) =>
  requiredShots.every((shot) => shot === requiredShot) &&
  discrepancies.every(({ discrepancyId, acts }) => discrepancyId === 'd-1' && acts.length === 1) &&
  discrepancies.every(({ acts }) => acts.every(({ type }) => type === 'ToolsShown')) &&
  discrepancies.length < 2;

/** Instants are no facts: a walk in which one was corrected may have intervals that run backwards. */
const isTimely = ({ events }: Walk) => events.every(({ type }) => type !== 'TimeCorrected');

describe('the abstraction', () => {
  // What is refused leaves the state that it was asked in: each is taken once.
  const sampled = [
    ...new Set(
      fc
        .sample(walks(), { numRuns: 130, seed: 20260317 })
        .filter(isTimely)
        .flatMap(({ asked, state }) => [...asked.map(({ before }) => before), state])
        .filter(isAbstracted),
    ),
  ];

  it('has more than one fact of each group, a value for what holds, and room for each', () => {
    expect(new Set(factNames.map((name) => facts[name].group))).toEqual(new Set([undefined, 'waivers', ...groups]));
    expect(whole.layout.facts).toEqual(factNames);
    for (const visit of sampled.slice(0, 500)) {
      const values = factNames.map((name) => facts[name].of(visit));
      expect([...abstractOf(visit)]).toEqual(values);
      expect(factNames.filter((name, index) => facts[name].values[values[index] ?? -1] === undefined)).toEqual([]);
    }
  });

  it('is published, fact by fact', () => {
    const page = readFileSync('docs/explorer.md', 'utf8');
    for (const name of factNames) expect(page).toContain(name.startsWith('waived ') ? '`waived …`' : `\`${name}\``);
    for (const group of groups) expect(page).toContain(`\`${group}\``);
  });

  it('is its own image: a state made from values has those values', () => {
    for (const visit of sampled) {
      const values = abstractOf(visit);
      expect(abstractOf(decodeState(values) as VisitState)).toEqual(values);
    }
  });

  it('lets real states that share an abstract one do the same, with what follows the same', () => {
    const known = new Map<string, string[]>();
    let shared = 0;
    for (const visit of sampled) {
      const key = keyOf(visit, whole);
      const now = verdicts(visit);
      if (known.has(key)) shared += 1;
      expect(now).toEqual(known.get(key) ?? verdicts(decodeState(abstractOf(visit)) as VisitState));
      known.set(key, now);
    }
    expect(known.size).toBeGreaterThan(300);
    expect(shared).toBeGreaterThan(200);
  });
});

describe('the judge', () => {
  it('answers as decide does on every state that was found', async () => {
    const { plan, found } = await searched({ acts: [...plainActs, 'ReportClientAbsence', 'RecordClientReturn'] });
    const judges = plan.inputs.map((input) => ({ input, judge: createJudge(plan, [input], ([answer]) => answer) }));
    const wrong: unknown[] = [];
    for (let id = 0; id < found.states.count(); id += 3) {
      const values = valuesOf(id, found, plan);
      const visit = decodeState(values) as VisitState;
      expect(viewState(values)).toEqual(visit);
      for (const { input, judge } of judges) {
        const [answer, decided] = [judge(values), answerInput(decide, input, visit, plan.policy)];
        if (!isDeepStrictEqual(answer, decided)) wrong.push({ id, input, answer, decided });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('moves to the state that an event is folded into, from every state that was found', async () => {
    const { plan, found } = await searched({
      acts: [...plainActs, 'GiveInstruction', 'RejectIdentity', 'CloseVisit', 'AnnulAct'],
      facts: ['debts'],
      limit: 5_000,
    });
    const moveOf = createMoves(plan.apply, plan.layout);
    const moves = new Map<string, ReturnType<typeof moveOf>>();
    const [key, then] = [new Uint32Array(plan.layout.words), new Uint32Array(plan.layout.words)];
    const wrong: unknown[] = [];
    for (let id = 0; id < found.states.count(); id += 23) {
      const values = valuesOf(id, found, plan);
      found.states.read(id, key);
      for (const input of plan.inputs) {
        const { event } = answerInput(decide, input, viewState(values), plan.policy);
        if (event === null) continue;
        const content = JSON.stringify(event);
        const move = moves.get(content) ?? moveOf(event);
        moves.set(content, move);
        applyMove(key, move(values), then);
        if (then.join() !== keyOf(folded(values, event), plan)) wrong.push({ id, event });
      }
    }
    expect(wrong).toEqual([]);
    expect(moves.size).toBeGreaterThan(50);
  });

  it('may take one event for another that differs in who did and who recorded it', () => {
    for (const visit of fc.sample(walks(), { numRuns: 60, seed: 3 }).map(({ state }) => state)) {
      const seen = new Map<string, string>();
      for (const input of whole.inputs) {
        const event = input.recorder === 'allowed' ? answerInput(decide, input, visit, whole.policy).event : null;
        if (event === null) continue;
        const content = JSON.stringify({ ...event, data: { ...event.data, by: null, recordedBy: null } });
        const after = keyOf(evolve(visit, event), whole);
        expect(seen.get(content) ?? after).toBe(after);
        seen.set(content, after);
      }
    }
    expect(earlier).toMatch(/Z$/);
  });
});
