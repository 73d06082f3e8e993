import { assertNoPoisoning } from '@fast-check/poisoning';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyEvent, badLines } from '../../src/testing.ts';
import { decide, evolve, initialState } from '../../src/visit/index.ts';
import { parseCommand, parseEvent } from './bare.ts';

it('touches no global, whatever is parsed and folded', () => {
  for (const line of fc.sample(badLines, { numRuns: 2_000, seed: 6 })) {
    const [event, command] = [parseEvent(line), parseCommand(line)];
    if (event.ok) evolve(initialState(), event.value);
    if (command.ok) decide(command.value, initialState());
  }
  for (const event of fc.sample(anyEvent, { numRuns: 500, seed: 6 })) evolve(initialState(), event);
  expect(() => assertNoPoisoning({ ignoredRootRegex: /^__|^AbortController$/ })).not.toThrow();
});

it('would see a global that was touched', () => {
  const { includes } = Array.prototype;
  Array.prototype.includes = () => true;
  try {
    expect(() => assertNoPoisoning()).toThrow();
  } finally {
    Array.prototype.includes = includes;
  }
});
