/**
 * How long a Lambda takes from the start of its process to the answer to its first command, over a process that loads an empty
 * module. The Lambda is bundled by esbuild, minified, as a host would; its store is in memory.
 *
 *   npx tsx scripts/bench-cold-start.ts [--runs 40]
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type BuildOptions, build } from 'esbuild';

/** Milliseconds since the process began, and those for which it kept a processor busy, which a busy machine changes less. */
type Taken = { readonly wall: number; readonly busy: number };

const told = `const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ wall: performance.now(), busy: (user + system) / 1000 }));`;

const assign = {
  type: 'AssignVisit',
  data: {
    visitId: 'v-1',
    at: '2026-03-17T14:00:00.000Z',
    caseNumber: 'EXP-1',
    client: { name: 'Ana Rojas' },
    provider: { id: 'p-1', name: 'Luis Mora' },
    service: 'fontanería',
    place: 'Barva, Heredia',
    arriveBy: '2026-03-17T15:00:00.000Z',
  },
};
const sender = { role: 'operator', sub: 'op-1' };
const httpEvent = {
  rawPath: '/visits/v-1/commands',
  rawQueryString: '',
  headers: { 'content-type': 'application/json' },
  isBase64Encoded: false,
  body: JSON.stringify(assign),
  requestContext: { http: { method: 'POST' }, stage: '$default', authorizer: { jwt: { claims: sender } } },
};
const attributes = Object.fromEntries(Object.entries(sender).map(([name, stringValue]) => [name, { stringValue }]));
const queueEvent = { Records: [{ messageId: 'm-1', body: JSON.stringify(assign), messageAttributes: attributes }] };

/** What each process does before it tells its time. */
const programs: Readonly<Record<string, string>> = {
  'an empty module': `await import('./empty.mjs');`,
  'all of the library, first command decided': `const { decide, initialState, parseCommand } = await import('./library.mjs');
const parsed = parseCommand(${JSON.stringify({ ...assign, metadata: { actor: { role: 'contact-center', id: 'op-1' } } })});
if (!parsed.ok || !decide(parsed.value, initialState()).ok) throw new Error('it is refused');`,
  'the Lambda, loaded': `await import('./index.mjs');`,
  'the Lambda, first command over HTTP': `const { http } = await import('./index.mjs');
const { statusCode } = await http(${JSON.stringify(httpEvent)});
if (statusCode !== 200) throw new Error(String(statusCode));`,
  'the Lambda, first command from the queue': `const { queue } = await import('./index.mjs');
console.log = ((log) => (text) => { if (text.includes('wall')) log(text); })(console.log);
const { batchItemFailures } = await queue(${JSON.stringify(queueEvent)});
if (batchItemFailures.length > 0) throw new Error('it comes again');`,
  'an empty module, and a Request and a Response': `await import('./empty.mjs');
const request = new Request('https://host.test/', { method: 'POST', body: '{}' });
new Response(await request.text(), { headers: { a: 'b' } });`,
};

function runsAsked(): number {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '40' } } });
  const runs = Number(values.runs);
  if (!Number.isSafeInteger(runs) || runs < 1) throw new RangeError('--runs is a whole number from 1');
  return runs;
}

/** The entries that a handler of commands may use, whole. */
const library = ['auxilio', 'auxilio/wire', 'auxilio/service', 'auxilio/memory', 'auxilio/chain'];

/** Bundles the Lambda and, apart, the library; answers the bytes of the Lambda. */
async function bundled(folder: string): Promise<number> {
  const options = {
    bundle: true,
    minify: true,
    splitting: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    external: ['better-sqlite3', 'pg'],
    logLevel: 'error',
    tsconfig: 'tsconfig.json',
  } satisfies BuildOptions;
  await build({ ...options, entryPoints: ['examples/04-lambda/index.ts'] });
  const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  const source = join(folder, 'library.ts');
  writeFileSync(source, library.map((entry) => `export * from '${entry}';`).join('\n'));
  await build({ ...options, entryPoints: [source] });
  return bytes;
}

const run = promisify(execFile);

async function taken(folder: string, file: string): Promise<Taken> {
  const { stdout } = await run(process.execPath, [join(folder, file)], { env: { PATH: process.env.PATH } });
  return JSON.parse(stdout);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2;
}

function print(all: ReadonlyMap<string, readonly Taken[]>): void {
  const measured = [...all].map(([name, times]) => {
    const walls = times.map(({ wall }) => wall);
    return { name, wall: median(walls), least: Math.min(...walls), busy: median(times.map(({ busy }) => busy)) };
  });
  const [empty = { wall: 0, least: 0, busy: 0 }] = measured;
  const columns = ['median', 'over', 'ratio', 'least', 'over', 'cpu', 'over'];
  console.log('ms from the start of the process'.padEnd(48) + columns.map((column) => column.padStart(8)).join(''));
  for (const { name, wall, least, busy } of measured) {
    const over = [wall - empty.wall, wall / empty.wall, least, least - empty.least, busy, busy - empty.busy];
    console.log(name.padEnd(48) + [wall, ...over].map((figure) => figure.toFixed(1).padStart(8)).join(''));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'auxilio-cold-'));
try {
  const runs = runsAsked();
  const bytes = await bundled(folder);
  writeFileSync(join(folder, 'empty.mjs'), '');
  const files = Object.entries(programs).map(([name, program], place) => {
    writeFileSync(join(folder, `run-${place}.mjs`), `${program}\n${told}\n`);
    return { name, file: `run-${place}.mjs` };
  });
  const all = new Map<string, Taken[]>(files.map(({ name }) => [name, []]));
  for (const { file } of files) await taken(folder, file); // the files are in the cache of the system then
  for (let round = 0; round < runs; round += 1) {
    for (const { name, file } of files) all.get(name)?.push(await taken(folder, file));
  }
  const load = loadavg().map((average) => average.toFixed(1));
  console.log(`${runs} runs each, interleaved; bundle ${(bytes / 1000).toFixed(0)} kB`);
  console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${load.join(' ')}`);
  print(all);
} finally {
  rmSync(folder, { recursive: true });
}
