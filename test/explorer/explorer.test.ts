import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { pagesOf } from '../../scripts/explore.ts';
import { guide } from '../../src/index.ts';
import { missing } from '../../src/reading/shortest-path.ts';
import { witnessed } from '../../src/testing/arbitraries/from-witnesses.ts';
import { report } from '../../src/testing/explore/analysis.ts';
import { viewState } from '../../src/testing/explore/draft.ts';
import { answerInput } from '../../src/testing/explore/evaluate.ts';
import type { Exploration } from '../../src/testing/explore/result.ts';
import type { Plan } from '../../src/testing/explore/search.ts';
import type { Found } from '../../src/testing/explore/search-graph.ts';
import { shortestHistories } from '../../src/testing/explore/tables.ts';
import { decide, initialState, phases, replay } from '../../src/visit/index.ts';
import { searched, valuesOf } from './support.ts';

let plan: Plan;
let found: Found;
beforeAll(async () => {
  ({ plan, found } = await searched({}));
});

describe('the protocol, by the reduced search of every state', () => {
  let exploration: Exploration;
  beforeAll(() => {
    exploration = report(found, plan, 2_000);
  });

  it('has some hundred thousand states, and all were searched', () => {
    expect(exploration.complete).toBe(true);
    expect(exploration.states).toBeGreaterThan(100_000);
    expect(exploration.transitions).toBeGreaterThan(exploration.states);
    expect(exploration.depth).toBeGreaterThan(24);
  });

  it('is never stuck: an end, and completion, can be reached from everywhere', () => {
    expect(exploration.stuck).toEqual({ total: 0, paths: [] });
    expect(exploration.cannotEnd).toEqual({ total: 0, paths: [] });
    expect(exploration.cannotComplete).toEqual({ total: 0, paths: [] });
  });

  it('fires every act but the one that the default policy never allows, and every rule', () => {
    expect(exploration.neverFired).toEqual({ acts: ['PerformOffContractAct'], rules: [] });
    expect(exploration.leftOut).toEqual([
      'AcknowledgeTransitIssue',
      'NotifyClient',
      'DocumentPhotos',
      'DocumentStart',
      'ReportDiscrepancy',
      'SettleDiscrepancy',
    ]);
  });

  it('breaks no invariant on some two thousand paths', () => {
    expect(exploration.broken).toEqual([]);
    expect(exploration.pathsChecked).toBeGreaterThan(1_500);
  });

  it('lets nobody overreach', () => {
    expect(exploration.unauthorizedAccepted).toEqual([]);
  });

  it('has a shortest history to every phase, which decide accepts anew', () => {
    const histories = shortestHistories(exploration);
    expect(Object.keys(histories).sort()).toEqual([...phases].sort());
    for (const [phase, path] of Object.entries(histories)) {
      let events = path.events.slice(0, 0);
      for (const command of path.commands) {
        const decision = decide(command, events.length === 0 ? initialState() : replay(events));
        events = [...events, ...(decision.ok ? decision.events : [])];
      }
      expect(events).toEqual(path.events);
      expect(replay(events).phase).toBe(phase);
    }
  });

  it('names a state ready to start in which the start is accepted: src/testing/explore/named.ts says which facts', () => {
    const ready = replay(exploration.named.find(({ name }) => name === 'ready-to-start')?.path.events ?? []);
    const starts = witnessed('StartWork', ready, '2026-03-17T18:00:00.000Z', {});
    expect(starts.map((start) => decide(start, ready).ok)).toContain(true);
  });

  it('answers in plain JSON', () => {
    expect(JSON.parse(JSON.stringify(exploration))).toEqual(exploration);
  });

  it('is told as it is by the pages that are made from it', () => {
    for (const [path, text] of Object.entries(pagesOf(exploration))) expect(readFileSync(path, 'utf8')).toBe(text);
  });
});

/** The distance of each state from a completed visit, by the edges of the search; -1 if there is no path. */
function distances({ states, edges, offsets, expanded, phases: phaseOf }: Found): Int32Array {
  const count = states.count();
  const far = new Int32Array(count).fill(-1);
  for (let id = 0; id < count; id++) if (phases[phaseOf[id] ?? 0] === 'completed') far[id] = 0;
  for (let changed = true, round = 1; changed; round++) {
    changed = false;
    for (let from = 0; from < expanded; from++) {
      if (far[from] !== -1) continue;
      for (let edge = offsets[from] ?? 0; edge < (offsets[from + 1] ?? 0); edge++) {
        if (far[edges[edge] ?? 0] !== round - 1) continue;
        far[from] = round;
        changed = true;
        break;
      }
    }
  }
  return far;
}

describe('the readers, held against every reachable state', () => {
  let far: Int32Array;
  const every = (step: number) => Array.from({ length: Math.floor(found.states.count() / step) }, (_, at) => at * step);

  beforeAll(() => {
    far = distances(found);
  });

  it('what is missing has as many acts as the shortest way through the explored states', () => {
    const wrong = every(1_499).flatMap((id) => {
      const answer = missing(viewState(valuesOf(id, found, plan)));
      const length = answer.found ? answer.acts.length : -1;
      return length === far[id] ? [] : [{ id, length, shortest: far[id], answer }];
    });
    expect(wrong).toEqual([]);
  });

  it.each(['provider', 'contact-center', 'client'] as const)(
    'the guide opens to the %s the acts that decide accepts from them with some data, and no others',
    (role) => {
      const inputs = plan.inputs.filter((input) => input.role === role && input.recorder === 'allowed');
      for (const id of every(499)) {
        const visit = viewState(valuesOf(id, found, plan));
        const accepted = inputs.filter((input) => answerInput(decide, input, visit, plan.policy).event !== null);
        const explored = new Set(plan.inputs.map(({ command }) => command));
        const { open } = guide(visit, { role, policy: plan.policy });
        const opened = open.map(({ command }) => command).filter((command) => explored.has(command));
        expect(new Set(opened), `state ${id}`).toEqual(new Set(accepted.map(({ command }) => command)));
      }
    },
  );
});
