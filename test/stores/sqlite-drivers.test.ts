import { describe, expect, it } from 'vitest';
import { sqliteReplicaStore, sqliteStore } from '../../src/sqlite.ts';
import { readCode } from '../../src/stores/sqlite/adapters.ts';
import { isFixedNode, refuseUnfitBinary } from '../../src/stores/sqlite/driver.ts';
import { events, idsOf } from './cases.ts';
import { opened, temporaryFile } from './files.ts';

/* `npm run runtimes` runs the suites by each driver, on the runtimes that have it. */

describe('the driver of a file', () => {
  it('is found without being named, and may be named', async () => {
    const file = temporaryFile();
    await opened({ file }).appendToStream('a', events(1));
    expect(await idsOf(opened({ file, driver: 'better-sqlite3' }), 'a')).toEqual(['event-1']);
  });

  it.each([sqliteStore, sqliteReplicaStore])('is refused where the runtime does not have it: $name', (open) => {
    const missing = (message: string) => expect.objectContaining({ code: 'store-invalid', message });
    const runtime = `this is Node ${process.versions.node}`;
    expect(() => open({ file: temporaryFile(), driver: 'bun:sqlite' })).toThrow(
      missing(`auxilio/sqlite finds bun:sqlite in Bun; ${runtime}`),
    );
    if (isFixedNode(process.versions.node)) return;
    expect(() => open({ file: temporaryFile(), driver: 'node:sqlite' })).toThrow(
      missing(`auxilio/sqlite finds node:sqlite in Node 24.18.1, 26.5.1 or later, or Deno 2.2 or later; ${runtime}`),
    );
  });

  it.each([sqliteStore, sqliteReplicaStore])('is refused if there is none of that name: $name', (open) => {
    for (const driver of ['sqlite3', 'toString', null, 7])
      expect(() => open({ file: ':memory:', driver } as never)).toThrow(
        `The driver of ${open.name} is 'better-sqlite3', 'node:sqlite' or 'bun:sqlite'; got ${JSON.stringify(driver)}`,
      );
    const database = { prepare: () => 0, exec: () => 0, close: () => 0, pragma: () => 0 };
    expect(() => open({ database, driver: 'node:sqlite' } as never)).toThrow('takes a driver with { file } alone');
  });

  it('is no better-sqlite3 13 on Node 20, whose process its binary would end', () => {
    for (const [version, node] of [
      ['12.11.1', '20.20.2'],
      ['13.2.0', '22.0.0'],
      ['13.2.0', '26.1.0'],
    ] as const)
      refuseUnfitBinary(version, node);
    const refused = () => refuseUnfitBinary('13.2.0', '20.20.2');
    expect(refused).toThrow('better-sqlite3 13.2.0 needs Node 22 or later: npm install better-sqlite3@12');
  });

  it('is node:sqlite only where Node has the fix of CVE-2026-58041', () => {
    const fixed = ['24.18.1', '24.19.0', '26.5.1', '26.12.1', '27.0.0', '28.1.0'];
    const unfixed = ['20.20.2', '22.23.5', '23.9.0', '24.18.0', '24.9.1', '25.9.9', '26.5.0', '26.4.9'];
    expect(fixed.filter(isFixedNode)).toEqual(fixed);
    expect(unfixed.filter(isFixedNode)).toEqual([]);
  });
});

describe('the code of an error of node:sqlite', () => {
  const failed = (errcode: number) => ({ code: 'ERR_SQLITE_ERROR', errcode });

  it.each([
    [5, 'SQLITE_BUSY'],
    [517, 'SQLITE_BUSY'], // SQLITE_BUSY_SNAPSHOT
    [13, 'SQLITE_FULL'],
    [779, 'SQLITE_CORRUPT'], // SQLITE_CORRUPT_INDEX
    [2067, 'SQLITE_CONSTRAINT'], // SQLITE_CONSTRAINT_UNIQUE
    [1811, 'SQLITE_CONSTRAINT_TRIGGER'],
  ])('%i is that of better-sqlite3: %s', (errcode, code) => {
    expect(readCode(failed(errcode))).toBe(code);
  });

  it('is missing for a number that the store does not tell apart, and for other errors', () => {
    expect([failed(9), { code: 'ERR_SQLITE_ERROR' }, new Error('x'), undefined, { code: 7 }].map(readCode)).toEqual(
      Array.from({ length: 5 }),
    );
    expect(readCode({ code: 'ENOENT' })).toBe('ENOENT');
    expect(readCode({ code: 'ERR_OUT_OF_RANGE' })).toBe('SQLITE_MISMATCH');
  });
});
