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
  const bar = (what: string, gzip: number | undefined, bar: number) =>
    ({ what: `${what}, gzip`, figure: (gzip ?? Number.NaN) / 1000, unit: ' kB', bar, is: 'at most' }) as const;
  return {
    tables: [{ head: ['kB', 'gzip', 'brotli', 'gzip, with dependencies', 'brotli, with dependencies'], rows }],
    bars: [
      bar('`decide`, `evolve`, `replay`', alone.gzip, 14),
      bar('`auxilio/core`', whole.get('auxilio/core')?.gzip, 33),
      bar('the main entry', whole.get('auxilio')?.gzip, 53),
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
