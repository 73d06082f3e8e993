import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { limits } from './test/support/limits.ts';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

export const alias = [
  { find: /^auxilio$/, replacement: source('index.ts') },
  { find: /^auxilio\/([\w-]+)$/, replacement: source('$1.ts') },
];

const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => join('test', path));

/** The tests that change what the runtime offers: modules keep what they found, so each file needs its own. */
const changing = tests.filter(
  (path) =>
    // These change the pages of a browser.
    !path.startsWith(join('test', 'browser')) &&
    /stubGlobal|vi\.(?:doM|m)ock\(|masked\.ts|\.prototype\./.test(readFileSync(path, 'utf8')),
);

/** The chapters, whose tests `npm run check` runs. */
const chapters = 'kernel,visit,protocol,reconciling,reading,report,messages,wire,forms,docs,bench,runtimes';
const isOfChapters = (path: string) => new RegExp(`^test.(?:${chapters.replaceAll(',', '|')})\\b`).test(path);

/** The tests of laws, of which `npm test` does a third of the runs, and `npm run test:long` all. */
const laws = tests.filter((path) => readFileSync(path, 'utf8').includes('/support/runs.ts'));

/**
 * What `npm test` leaves to `npm run test:long`, a step of CI: searches of the state space, second readings, tests of the suites and laws
 * that hosts run, sweeps of hostile texts and answers, lost connections, the packed package and the snippets of the docs. What they
 * find in the library, shorter tests nearly always find, too.
 */
export const longRuns = [
  'test/cli/{hostile-lines,hostile-lines-long,payments-memory,terminal,workers}.test.ts',
  'test/docs/{hover,snippets,tutorial}.test.ts',
  'test/examples/{demo,openapi}.test.ts',
  'test/examples/field/words-of-visits.test.ts',
  'test/explorer/{abstraction,commutation,explorer,facts,reduction}.test.ts',
  'test/laws/{mutants,naughty}.test.ts',
  'test/package/{jest-host,package,release,sample-host,simulate-memory}.test.ts',
  'test/replica/{answering,unsent-photos}.test.ts',
  'test/report/{day,naughty,stream,totality}.test.ts',
  'test/site/diagram-histories.test.ts',
  'test/spec/spec.test.ts',
  'test/stores/postgres-{cluster,connection-loss,copies,dns,doubt,failover,guards,limits,partition,pglite,push-burst,replicated,replicated-migration,replicated-push,rolling-upgrade,serializable,storm,tls}.test.ts',
  'test/stores/{replica-saboteurs,sqlite-bigints}.test.ts',
  'test/testing/{host-laws,laws,simulate-offline}.test.ts',
  'test/testing/{server,store}/saboteurs.test.ts',
  'test/testing/store/runners.test.ts',
  'test/world/planted.test.ts',
  'test/world/postgres/{histories,planted,real-sql,servers,statements,store}.test.ts',
];

type Settings = {
  readonly exclude?: string[];
  readonly isolate?: boolean;
  /** Runs once before all files. */
  readonly globalSetup?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Files of a project share their modules, and so their loading, unless it isolates them. */
const project = (name: string, include: string[], { exclude = [], isolate = false, ...settings }: Settings = {}) => ({
  resolve: { alias },
  // Titles show the whole name of a law.
  test: {
    chaiConfig: { truncateThreshold: 120 },
    name,
    include,
    exclude: [...exclude, ...(isolate ? [] : changing), ...(include === longRuns ? [] : longRuns)],
    testTimeout: limits.testMs,
    hookTimeout: limits.testMs,
    expect: { poll: { timeout: limits.waitMs, interval: 20 } },
    isolate,
    ...settings,
  },
});

/** Laws of reconciling, the report, the words and the wire, which take longer than a chapter may. */
const longLaws = [
  'test/reconciling/laws.test.ts',
  'test/reading/corrections-laws.test.ts',
  'test/reading/merges-judged.test.ts',
  'test/reading/script-laws.test.ts',
  'test/wire/laws.test.ts',
];

/** Files of chapters that take more than some seconds of a processor: `npm run check` leaves them to `npm test`. */
const sweeps = [
  'test/architecture/regexes.test.ts',
  'test/docs/{erasure,errors}.test.ts',
  'test/forms/laws.test.ts',
  'test/reconciling/{commuting,growth}.test.ts',
  'test/report/days.test.ts',
  'test/wire/{fuzz,json-schema,text}.test.ts',
];

/** The suites of stores in a browser: `npm run test:browser` runs them, the package in a browser, and all that is played on pages. */
const browserStores = ['test/browser/indexeddb{,-killed}.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: '100%',
    // So that a module is transformed once, and not once for each project.
    experimental: { fsModuleCache: true },
    projects: [
      project('chapters', [`test/{${chapters}}/**/*.test.ts`], { exclude: [...longLaws, ...sweeps] }),
      project('sweeps', sweeps),
      project('isolated', changing.filter(isOfChapters), { isolate: true }),
      project(
        'apart',
        changing.filter((path) => !isOfChapters(path)),
        { isolate: true },
      ),
      project('architecture', ['test/architecture/**/*.test.ts'], { exclude: sweeps }),
      project('laws', ['test/laws/**/*.test.ts', ...longLaws]),
      project('kit', ['test/{testing,explorer}/**/*.test.ts']),
      project('logs', ['test/{logs,compat}/**/*.test.ts']),
      project('cli', ['test/cli/**/*.test.ts'], { isolate: true, globalSetup: 'test/cli/build.ts' }),
      project('stores', ['test/{stores,chain}/**/*.test.ts']),
      project('world', ['test/world/**/*.test.ts']),
      project('service', ['test/{service,privacy}/**/*.test.ts']),
      project('replica', ['test/replica/**/*.test.ts']),
      project('examples', ['test/{examples,recipes}/**/*.test.ts']),
      project('site', ['test/site/**/*.test.ts']),
      project('package', ['test/package/**/*.test.ts'], { isolate: true }),
      // A hyphen in its name keeps a project out of `npm test`.
      project('long-runs', longRuns, { isolate: true, globalSetup: 'test/cli/build.ts' }),
      project('whole-laws', laws, { globalSetup: 'test/cli/build.ts', env: { WHOLE_LAWS: 'all' } }),
      project('browser-pages', ['test/browser/**/*.test.ts'], { exclude: browserStores }),
      project('browser-stores', browserStores),
    ],
    coverage: {
      // The invariants are proofs: the laws run each of them, and a planted error trips each.
      include: ['src/visit/*.ts', 'src/kernel/*.ts'],
      reporter: ['text'],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
