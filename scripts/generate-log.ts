/**
 * Writes a log of simulated visits of about so many megabytes, forty of them always open at once:
 * `npx tsx scripts/generate-log.ts FILE SIZE_MB [SEED]`.
 */
import { writeLog } from './bench/log-of-visits.ts';

const [file, size = '50', seed = '1'] = process.argv.slice(2);

if (file === undefined) {
  process.stderr.write('usage: npx tsx scripts/generate-log.ts FILE SIZE_MB [SEED]\n');
  process.exitCode = 2;
} else void writeLog(file, Number(size) * 1_000_000, Number(seed));
