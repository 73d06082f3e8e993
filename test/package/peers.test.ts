import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PEERS } from '../../src/stores/errors.ts';
import { isFixedNode } from '../../src/stores/sqlite/driver.ts';
import { installed, run } from './packed.ts';

const { folder } = installed();
for (const peer of ['better-sqlite3', 'pg', 'fast-check']) rmSync(join(folder, 'node_modules', peer));

const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The end of the message about better-sqlite3. */
const otherwise = '; or run it on Node 24.18.1, 26.5.1 or later, Bun or Deno';

/** A program in a module system, whose call fails for want of a peer: prints the message. */
function said(system: string, entry: string, name: string, call: string): string {
  const load = system === 'ESM' ? `import { ${name} } from '${entry}';` : `const { ${name} } = require('${entry}');`;
  const file = `${name}.${system === 'ESM' ? 'mjs' : 'cjs'}`;
  writeFileSync(
    join(folder, file),
    `${load}\nPromise.resolve().then(() => ${call}).catch(({ name, kind, message }) => console.log(name, kind, message));`,
  );
  return run(folder, process.execPath, file);
}

/** The entries that a current Node runs without their peer: `npm run runtimes` opens files there. */
const doWithout = isFixedNode(process.versions.node) ? ['auxilio/sqlite'] : [];

describe.each(['ESM', 'CommonJS'])('a peer that is not installed, as %s', (system) => {
  const calls = [
    ['better-sqlite3', 'auxilio/sqlite', 'sqliteStore', "sqliteStore({ file: 'visits.sqlite' })"],
    ['better-sqlite3', 'auxilio/sqlite', 'sqliteReplicaStore', "sqliteReplicaStore({ file: 'visits.sqlite' })"],
    ['better-sqlite3', 'auxilio/sqlite', 'backupSqliteStore', "backupSqliteStore('visits.sqlite', 'copy.sqlite')"],
    [
      'pg',
      'auxilio/postgres',
      'postgresStore',
      "postgresStore({ connectionString: 'postgres://x' }).streamExists('a')",
    ],
  ] as const;
  const failing = calls.filter(([, entry]) => !doWithout.includes(entry));

  it.each(failing)('is named, with its range and the command: %s, %s %s', (peer, entry, name, call) => {
    const [major] = /\d+/.exec(peerDependencies[peer])!;
    expect(said(system, entry, name, call)).toBe(
      `StoreError invalid ${entry} needs ${peer} ${peerDependencies[peer]}, which is not installed: npm install ${peer}@${major}${peer === 'pg' ? '' : otherwise}\n`,
    );
  });

  it('hinders nothing that does without it', () => {
    const entry =
      system === 'ESM'
        ? "import * as postgres from 'auxilio/postgres';"
        : "const postgres = require('auxilio/postgres');";
    const file = `without.${system === 'ESM' ? 'mjs' : 'cjs'}`;
    writeFileSync(join(folder, file), `${entry}\nconsole.log(postgres.postgresMigrations().length > 0);`);
    expect(run(folder, process.execPath, file)).toBe('true\n');
  });

  it('is named by Node for auxilio/testing, as the page says', () => {
    const page = readFileSync('docs/test-your-handler.md', 'utf8');
    const words = system === 'ESM' ? "Cannot find package 'fast-check'" : "Cannot find module 'fast-check'";
    expect(page).toContain(words);
    expect(() => said(system, 'auxilio/testing', 'given', 'given()')).toThrow(words);
  });
});

it('the ranges are those of package.json', () => {
  const { 'fast-check': _, ...drivers } = peerDependencies;
  expect(PEERS).toEqual(drivers);
});
