/**
 * Stages the package with npm, from where a maintainer approves it: `npm run release`, which the workflow `release.yml` runs for a tag.
 * Refuses what is not ready. `-- --dry-run` does all but the staging.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOfMaterials } from './release/bill-of-materials.ts';
import { findObstacles } from './release/obstacles.ts';

const output = (command: string, ...args: readonly string[]) =>
  execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const lines = (text: string) => text.split('\n').filter((line) => line !== '');
const isRehearsal = process.argv.includes('--dry-run');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

const obstacles = findObstacles({
  manifest,
  changelog: readFileSync('CHANGELOG.md', 'utf8'),
  changesets: readdirSync('.changeset').filter((file) => file.endsWith('.md') && file !== 'README.md'),
  tag: process.env.GITHUB_REF_TYPE === 'tag' ? process.env.GITHUB_REF_NAME : undefined,
  changed: lines(output('git', 'status', '--porcelain')),
});
if (obstacles.length > 0) {
  console.error(['Not released:', ...obstacles.map((obstacle) => `- ${obstacle}`)].join('\n'));
  process.exit(1);
}

const folder = join('.tmp', 'release');
mkdirSync(folder, { recursive: true });
execFileSync('npm', ['run', 'build'], { stdio: 'inherit' });
const [packed] = JSON.parse(output('npm', 'pack', '--json', '--pack-destination', folder));
const bill = join(folder, `auxilio-${manifest.version}.cdx.json`);
writeFileSync(bill, `${JSON.stringify(billOfMaterials(), null, 2)}\n`);
console.log(
  `${packed.filename}: ${packed.files.length} files, ${Math.round(packed.size / 1_000)} kB, ${packed.integrity}`,
);
console.log(`${bill}: the bill of materials`);

// With a trusted publisher npm adds the provenance itself; a maintainer's second factor makes the version public.
const stage = ['stage', 'publish', join(folder, packed.filename), '--access', 'public'];
if (isRehearsal) console.log(`Not staged: npm ${stage.join(' ')}`);
else execFileSync('npm', stage, { stdio: 'inherit' });
