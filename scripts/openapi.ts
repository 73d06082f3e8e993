/**
 * Makes `examples/data/openapi.json`. Run: `npm run openapi`; with `--check` it is only compared.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { openapi } from './openapi/document.ts';

const file = new URL('../examples/data/openapi.json', import.meta.url);
const text = `${JSON.stringify(openapi(), null, 1)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('examples/data/openapi.json is stale: run npm run openapi');
  process.exitCode = 1;
}
