import { existsSync, readFileSync } from 'node:fs';
import {
  type OpenedStore,
  type StoreCapability,
  type StoreHost,
  storeCapabilities,
  storeConformance,
} from 'auxilio/testing';
import { it } from 'vitest';

const corpus = new URL('../../../shared/corpus/naughty-strings.json', import.meta.url);

/** Texts that have broken software elsewhere, where there are any. */
const naughtyTexts: readonly string[] = existsSync(corpus) ? JSON.parse(readFileSync(corpus, 'utf8')) : [];

/** All capabilities but those. */
export function allBut(...unclaimed: readonly StoreCapability[]): readonly StoreCapability[] {
  return storeCapabilities.filter((capability) => !unclaimed.includes(capability));
}

/** A test for each case of the suite. */
export function conforms<Opened extends OpenedStore>(host: StoreHost<Opened>): void {
  for (const { name, skip, run } of storeConformance({ texts: naughtyTexts, ...host }).cases)
    it.skipIf(skip)(name, run);
}
