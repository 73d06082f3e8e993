import { storeConformance } from 'auxilio/testing';
import type { EventStore } from '../../../src/stores/event-store.ts';
import { alsoKills } from './extra-kills.ts';
import { memoryHost } from './memory-host.ts';
import { saboteurs } from './saboteurs/index.ts';

/** Each fault, and a case that notices it; each case notices one of them. */
export const kills: readonly { readonly fault: string; readonly killedBy: string }[] = [
  ...saboteurs.map(({ fault, killedBy }) => ({ fault, killedBy })),
  ...Object.entries(alsoKills).map(([killedBy, fault]) => ({ fault, killedBy })),
];

/** Runs one case on a store with that fault: one in memory, or another one that is spoilt. */
export async function runOn(fault: string, name: string, newBase?: () => EventStore<never>): Promise<void> {
  const saboteur = saboteurs.find((one) => one.fault === fault);
  if (saboteur === undefined) throw new Error(`no saboteur: ${fault}`);
  const found = storeConformance(memoryHost(saboteur, newBase)).cases.find((one) => one.name === name);
  if (found === undefined) return;
  await found.run();
}
