/** `auxilio/testing`: the same seed makes the same visits everywhere, and the laws of the core hold. */
import { coreLaws, offlineMix, simulate, walks } from 'auxilio/testing';
import * as fc from 'fast-check';
import { digest } from './support.ts';

export async function check(): Promise<string> {
  const visits = [...simulate({ visits: 300, seed: 38, mix: offlineMix })];
  const laws = coreLaws();
  for (const { run } of laws) run({ numRuns: 15, seed: 38 });
  const walked = fc.sample(walks(), { numRuns: 30, seed: 38 }).map(({ events }) => events);
  return `300 visits, ${laws.length} laws: ${await digest([visits, walked])}`;
}
