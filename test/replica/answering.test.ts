import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, answers, runAnswer } from './answering.ts';
import { plantedAnswers } from './planted-answers.ts';

describe('an answer in the place of the server', () => {
  it('keeps nothing from the record that does not depend on it, and the status says what it keeps', async () => {
    const property = fc.asyncProperty(answers, async (answer) => {
      expect(await runAnswer(answer)).toEqual([]);
    });
    await fc.assert(property, { numRuns: 16, seed: 20261201 });
  });

  const of = (status: 413 | 422 | 500, body: 'none' | 'problem' | 'index' | 'quarantined') => ({
    status,
    body,
    wait: null,
  });
  it.each<[string, Answer]>([
    [
      'a 415 of a photograph',
      { place: 'photo', kind: { status: 415, body: 'problem', wait: null }, which: 1, isFull: false },
    ],
    ['a 413 of a proxy for all', { place: 'syncs', kind: of(413, 'none'), which: 0, isFull: false }],
    ['a 422 of each act of a visit', { place: 'visit', kind: of(422, 'index'), which: 0, isFull: false }],
    ['a 500 that says it keeps the batch', { place: 'visit', kind: of(500, 'quarantined'), which: 0, isFull: false }],
    ['a 500 of one act', { place: 'act', kind: of(500, 'problem'), which: 2, isFull: false }],
  ])('%s, as it was seen', async (_, answer) => {
    expect(await runAnswer(answer)).toEqual([]);
  });
});

describe('the law of answers finds that', () => {
  it.each(Object.entries(plantedAnswers))('%s', async (_, { planted, answer }) => {
    expect(await runAnswer(answer)).toEqual([]);
    expect(await runAnswer(answer, planted)).not.toEqual([]);
  });
});
