import type { Bench, Found } from './bench.ts';
import { type Bytes, bundled, entries } from './size/entries.ts';

const kB = (bytes: number) => (bytes / 1000).toFixed(1);

const cells = ({ gzip, brotli }: Bytes) => [kB(gzip), kB(brotli)];

async function run(): Promise<Found> {
  const folded = "export { decide, evolve, replay } from 'auxilio';";
  const alone = await bundled(folded, true);
  const rows = [['`decide`, `evolve`, `replay`', ...cells(alone), ...cells(await bundled(folded, false))]];
  const whole = new Map<string, Bytes>();
  for (const entry of entries) {
    const all = `export * from '${entry}';`;
    const own = await bundled(all, true);
    whole.set(entry, own);
    rows.push([`\`${entry}\``, ...cells(own), ...cells(await bundled(all, false))]);
  }
  const core = whole.get('auxilio')?.gzip ?? Number.NaN;
  return {
    tables: [{ head: ['kB', 'gzip', 'brotli', 'gzip, with dependencies', 'brotli, with dependencies'], rows }],
    bars: [
      { what: '`decide`, `evolve`, `replay`, gzip', figure: alone.gzip / 1000, unit: ' kB', bar: 12, is: 'at most' },
      { what: 'the whole core, gzip', figure: core / 1000, unit: ' kB', bar: 40, is: 'at most' },
    ],
  };
}

export const size: Bench = {
  name: 'size',
  title: 'Size',
  says:
    'The size that each entry adds to an application that uses all of it: bundled and minified by esbuild from the\n' +
    'built package, without and with immer, zod and @noble/hashes. Drivers and fast-check, which are peers, are not\n' +
    'counted.',
  run,
};
