import { expect, it } from 'vitest';
import { campaigns } from '../../scripts/faults/campaigns.ts';
import { runCampaign } from '../../scripts/faults/run.ts';

it.each(campaigns)('$name: $says, and nothing is lost', async (campaign) => {
  const { faults, figures } = await runCampaign(campaign, campaign.short, 1);
  expect(faults).toEqual([]);
  console.log(campaign.name, figures);
});
