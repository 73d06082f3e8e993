import { describe, expect, it } from 'vitest';
import { histories, runHistory } from './histories.ts';
import { modelNodes } from './model-nodes.ts';

describe('in the model', () => {
  it.each(histories)('$name', async (history) => {
    expect(await runHistory(history, modelNodes())).toEqual(history.seen);
  });
});
