import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chance } from './support.ts';

/** The context of a campaign: its rounds, a folder to write to, and random numbers of the seed. */
type Setting = Readonly<{ rounds: number; directory: string; seed: number; random: () => number }>;

/** The result: the faults, if any, and figures for people. */
export type Result = Readonly<{ faults: readonly unknown[]; figures: Readonly<Record<string, number | string>> }>;

/** Something done to a store again and again, after which nothing may be lost. */
export type Campaign = Readonly<{
  name: string;
  says: string;
  /** The rounds in CI, and for the figures in docs/reliability.md. */
  short: number;
  long: number;
  /** It runs only if it is asked for: it installs packages, and takes long. */
  byNameOnly?: boolean;
  run: (setting: Setting) => Promise<Result>;
}>;

/** Runs a campaign in a directory of its own, which is gone afterwards. */
export async function runCampaign(campaign: Campaign, rounds: number, seed: number): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'auxilio-faults-'));
  try {
    return await campaign.run({ rounds, directory, seed, random: chance(seed) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
