import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { pagesOf } from '../../scripts/explore.ts';
import { type Exploration, explore, shortestHistories } from '../../src/testing/explore/index.ts';
import { decide, initialState, phases, replay } from '../../src/visit/index.ts';

describe('the protocol, by the reduced search of every state', () => {
  let exploration: Exploration;
  beforeAll(async () => {
    exploration = await explore();
  }, 300_000);

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
    expect(exploration.leftOut).toEqual(['AcknowledgeTransitIssue', 'NotifyClient', 'DocumentPhotos', 'DocumentStart']);
  });

  it('breaks no invariant on some two thousand paths', () => {
    expect(exploration.broken).toEqual([]);
    expect(exploration.pathsChecked).toBeGreaterThan(1_500);
  });

  it('lets nobody overreach', () => {
    expect(exploration.overreach).toEqual([]);
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

  it('answers in plain JSON', () => {
    expect(JSON.parse(JSON.stringify(exploration))).toEqual(exploration);
  });

  it('is told as it is by the pages that are made from it', () => {
    for (const [path, text] of Object.entries(pagesOf(exploration))) expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
