import { mustKnowKeys } from '../../kernel/known.ts';
import { defaultMix, type Mix } from './mix.ts';
import { dice } from './prng.ts';
import { tell } from './scenario.ts';
import type { SimulatedVisit } from './visit-recorder.ts';

/** The number of visits, the seed, and the frequency of each branch (`usual` where absent). @since 0.2.0 */
export type Simulation = { readonly visits: number; readonly seed?: number; readonly mix?: Partial<Mix> };

/**
 * A stream of realistic visits: working hours in Costa Rica, travel times, waits for materials, second visits days
 * later, and each branch of the protocol at its rate; with `mix: offlineMix`, phones that are offline for stretches, facts
 * told twice, and mistakes that are corrected. The same seed and mix make the same visits. One visit at a time is in
 * memory, so that a million of them need no more than one. A `RangeError` for invalid options: `visits` is a whole
 * number or `Infinity`, `seed` a whole number, a rate of the mix a number from 0 to 1. A `TypeError` for an option or a
 * rate that is not known.
 * @since 0.2.0
 */
export function simulate(simulation: Simulation): Generator<SimulatedVisit> {
  mustKnowKeys('simulate', simulation, { visits: 0, seed: 0, mix: 0 });
  const { visits, seed = 1, mix = {} } = simulation;
  if (visits !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(visits) && visits >= 0))
    throw new RangeError('visits is a whole number from 0, or Infinity');
  if (!Number.isSafeInteger(seed)) throw new RangeError('seed is a whole number');
  mustKnowKeys('mix', mix, defaultMix);
  for (const [name, rate] of Object.entries(mix))
    if (!isRate(rate)) throw new RangeError(`The rate ${name} is a number from 0 to 1`);
  return tellAll(visits, seed, { ...defaultMix, ...mix });
}

const isRate = (rate: unknown) => typeof rate === 'number' && rate >= 0 && rate <= 1;

function* tellAll(visits: number, seed: number, mix: Mix): Generator<SimulatedVisit> {
  for (let index = 0; index < visits; index += 1) yield tell(index, dice(seed, index), mix);
}
