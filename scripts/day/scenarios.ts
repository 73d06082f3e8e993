import { arrivals } from './arrival.ts';
import { calledOffs } from './called-off.ts';
import { closing } from './closing.ts';
import { evening } from './evening.ts';
import { materials } from './materials.ts';
import { mistakes } from './mistakes.ts';
import { photos } from './photos.ts';
import { plain } from './plain.ts';
import type { Story } from './scenario.ts';
import { transit } from './transit.ts';
import { work } from './work.ts';

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
