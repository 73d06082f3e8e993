import { describe, expect, it } from 'vitest';
import { decide, evolve, initialState, type VisitState } from '../../src/visit/index.ts';
import { plain } from '../scenarios/commands.ts';

/**
 * The number of lawful orders of these commands, counted by states with the same acts done, whose futures are the same.
 */
function lawfulOrders(commands: typeof plain): number {
  let layer = new Map<number, { state: VisitState; orders: number }>([[0, { state: initialState(), orders: 1 }]]);
  for (let depth = 0; depth < commands.length; depth++) {
    const next = new Map<number, { state: VisitState; orders: number }>();
    for (const [done, { state, orders }] of layer) {
      commands.forEach((command, index) => {
        if (done & (1 << index)) return;
        const decision = decide(command, state);
        const event = decision.ok ? decision.events[0] : undefined;
        if (event === undefined) return;
        const reached = next.get(done | (1 << index));
        if (reached !== undefined) reached.orders += orders;
        else next.set(done | (1 << index), { state: evolve(state, event), orders });
      });
    }
    layer = next;
  }
  return [...layer.values()].reduce((sum, { orders }) => sum + orders, 0);
}

describe('strict orders with a lot of freedom between them', () => {
  it('a plain visit, one round of materials, no farewell, has 8,255,520 lawful orders', () => {
    expect(
      lawfulOrders(plain.filter(({ type }) => type !== 'GiveFarewell')),
      'if the protocol gained an act or a rule, count by hand what it changes, and write the number here and in ARCHITECTURE.md',
    ).toBe(8_255_520);
  });
});
