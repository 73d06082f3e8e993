import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadScreens, page, playOnScreens, said } from './told-on-screens.ts';

for (const [name, value] of Object.entries(page)) vi.stubGlobal(name, value);
afterAll(() => vi.unstubAllGlobals());
beforeAll(loadScreens);

describe('what both screens say of a visit', () => {
  it('is what its log says, in 1,000 simulated visits, each sentence more than a few times', () => {
    playOnScreens(1_000);
    expect([...said].filter(([, count]) => count < 5)).toEqual([]);
    expect(said.size).toBeGreaterThan(26);
  });
});
