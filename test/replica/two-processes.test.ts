/** Two processes on one SQLite file: no message goes between them, the file is what they share. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { ActCommand } from '../../src/replica.ts';
import { sqliteReplicaStore } from '../../src/sqlite.ts';
import { actors } from '../../src/testing.ts';
import { assignVisit, own, world } from './device.ts';

const visitId = 'visit-1';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Two replicas over stores of their own on one file. Their channel is cut, as that of two processes is. */
async function twoProcesses() {
  const { BroadcastChannel } = globalThis;
  Object.assign(globalThis, { BroadcastChannel: undefined });
  ends.push(() => Object.assign(globalThis, { BroadcastChannel }));
  const folder = mkdtempSync(join(tmpdir(), 'replica-'));
  ends.push(() => rmSync(folder, { recursive: true }));
  const here = world();
  await here.server.service.handle(assignVisit);
  const open = () => {
    const store = sqliteReplicaStore({ file: join(folder, 'phone.db') });
    ends.push(() => store.close());
    return here.device(actors.provider, { store }).replica;
  };
  return { ...here, one: open(), other: open() };
}

it('what one records or fetches, the other reads without acting or syncing', async () => {
  const { one, other } = await twoProcesses();
  expect((await other.visit(visitId)).events).toEqual([]);
  expect(await other.visits()).toEqual([]);
  await one.sync();
  expect((await other.visit(visitId)).events).toHaveLength(1);
  expect(await other.visits()).toMatchObject([{ visitId, version: 1 }]);
  await one.act(own(['RecordArrival'])[0] as ActCommand);
  expect(await other.visit(visitId)).toMatchObject({ pending: [{ command: { type: 'RecordArrival' } }] });
  expect((await other.visits())[0]).toMatchObject({ waiting: 1 });
  expect(other.status.waiting).toBe(1);
});
