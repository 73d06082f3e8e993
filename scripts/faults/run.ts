import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Campaign, Result } from './campaign.ts';
import { chance } from './support.ts';

/** Runs a campaign in a directory of its own, which is gone afterwards. */
export async function runCampaign(campaign: Campaign, rounds: number, seed: number): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'auxilio-faults-'));
  try {
    return await campaign.run({ rounds, directory, random: chance(seed) });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
