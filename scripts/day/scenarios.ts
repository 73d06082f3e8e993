import { arrivals, calledOffs } from './arrival.ts';
import { closing } from './closing.ts';
import { materials } from './materials.ts';
import { evening, mistakes } from './mistakes.ts';
import { plain } from './plain.ts';
import type { Story } from './scenario.ts';
import { transit } from './transit.ts';
import { photos, work } from './work.ts';

/** The visits of the day, by their numbers. */
export const stories: readonly Story[] = [
  ...plain,
  ...arrivals,
  ...calledOffs,
  ...transit,
  ...photos,
  ...materials,
  ...work,
  ...closing,
  ...evening,
  ...mistakes,
];
