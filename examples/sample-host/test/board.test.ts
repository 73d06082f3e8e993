import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { projectionLaws, visitAt } from 'auxilio/testing';
import { emptyBoard, onBoard } from '../src/board.ts';

describe('the board', () => {
  it('shows where a visit is', () => {
    const shown = (point: 'in-transit' | 'working' | 'completed') =>
      visitAt(point).events.reduce(onBoard, emptyBoard())['visit-1'];
    assert.deepEqual([shown('in-transit'), shown('working'), shown('completed')], ['on its way', 'working', 'over']);
  });

  for (const law of projectionLaws({ initialState: emptyBoard, evolve: onBoard })) {
    it(law.name, () => law.run({ numRuns: 100 }));
  }
});
