import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findPlanted } from './find-planted.ts';
import { plantedErrors } from './planted.ts';
import { shrink } from './shrink.ts';

/** The seeds that are tried for an error of the table in the docs, from the one in its row on. */
const MOST_SEEDS = 100;
const page = readFileSync('docs/how-it-is-tested.md', 'utf8');
const shown = Object.entries(plantedErrors).flatMap(([name, options]) => {
  const [, seed] = page.split(`| ${name} | `)[1]?.match(/^(\d+) \|/) ?? [];
  return seed === undefined ? [] : [{ name, options, from: Number(seed) }];
});

describe('the world finds that', () => {
  it('at least twenty errors are found', () => expect(shown.length).toBeGreaterThanOrEqual(20));

  it.each(shown)('$name', async ({ options, from }) => {
    const found = await findPlanted(options, MOST_SEEDS, from);
    expect(found?.outcome.failures[0]?.check).toBeDefined();
  });

  it('makes a failing seed a story of a few decisions', async () => {
    const options = plantedErrors['an append is answered before it is written'] ?? {};
    const found = await findPlanted(options, MOST_SEEDS);
    if (found === undefined) throw new Error('It is not found');
    const { outcome, check } = await shrink({ ...options, seed: found.seed }, found.outcome);
    expect(outcome.failures.map((failure) => failure.check)).toContain(check);
    expect(outcome.decisions.size).toBeLessThanOrEqual(15);
  });
});
