import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { findHistories, path } from '../../scripts/milestones.ts';

it('the histories of the milestones are the shortest that the search finds; npx tsx scripts/milestones.ts --write', async () => {
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(await findHistories());
});
