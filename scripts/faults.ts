/**
 * The fault campaigns: `npm run faults -- [NAME...] [--long] [--rounds N] [--seed N]`. Prints a line of JSON for each, and
 * ends with 1 if anything was lost.
 */
import { parseArgs } from 'node:util';
import { runCampaign } from './faults/campaign.ts';
import { campaigns } from './faults/campaigns.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { long: { type: 'boolean' }, rounds: { type: 'string' }, seed: { type: 'string' } },
});
const unknown = positionals.filter((name) => !campaigns.some((campaign) => campaign.name === name));
if (unknown.length > 0) {
  console.error(`No such campaign: ${unknown.join(', ')}. There are ${campaigns.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130)); // which ends their servers
for (const campaign of campaigns) {
  if (positionals.length > 0 ? !positionals.includes(campaign.name) : campaign.byNameOnly) continue;
  const rounds = Number(values.rounds ?? (values.long ? campaign.long : campaign.short));
  const startedAt = performance.now();
  const { faults, figures } = await runCampaign(campaign, rounds, Number(values.seed ?? 1));
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  console.log(JSON.stringify({ campaign: campaign.name, ...figures, seconds, faults: faults.length }));
  for (const fault of faults.slice(0, 20)) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
