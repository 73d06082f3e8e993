import { appends } from './appends.ts';
import { beside } from './consumer-state.ts';
import { durable } from './durable.ts';
import { feeds } from './feeds.ts';
import { histories } from './histories.ts';
import { ids } from './ids.ts';
import { listening } from './listening.ts';
import { reads } from './reads.ts';
import type { Saboteur } from './saboteur.ts';
import { subscriptions } from './subscriptions.ts';
import { values } from './values.ts';

/** All of them, by what they spoil. */
export const saboteurs: readonly Saboteur[] = [
  ...appends,
  ...ids,
  ...reads,
  ...values,
  ...feeds,
  ...beside,
  ...subscriptions,
  ...durable,
  ...histories,
  ...listening,
];
