import { expect, it } from 'vitest';
import { campaigns } from '../../scripts/faults/campaigns.ts';
import { runCampaign } from '../../scripts/faults/run.ts';

/** The rounds of campaigns whose short form `.ci/run` makes in a step of its own, since it takes a minute. */
const fewer: Readonly<Record<string, number>> = { 'kill-phone': 6 };

it.each(campaigns)('$name: $says, and nothing is lost', async (campaign) => {
  const { faults, figures } = await runCampaign(campaign, fewer[campaign.name] ?? campaign.short, 1);
  expect(faults).toEqual([]);
  console.log(campaign.name, figures);
});
