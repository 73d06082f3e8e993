import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { replay } from 'auxilio';
import { seal, verifyChain } from 'auxilio/chain';
import { memoryStore } from 'auxilio/memory';
import { reportHtml } from 'auxilio/report';
import { createService } from 'auxilio/service';
import { plainVisit } from 'auxilio/testing';
import { jsonSchema } from 'auxilio/wire';

// pnpm gives a package its own dependencies and peers alone: what another package brought along cannot be imported.
const require = createRequire(import.meta.url);
assert.ok(existsSync('node_modules/.pnpm'), 'installed by pnpm');
for (const phantom of ['immer', '@noble/hashes']) assert.throws(() => require.resolve(phantom), `${phantom} is hidden`);

const service = createService({ store: memoryStore() });
for (const command of plainVisit()) assert.ok((await service.handle(command)).ok, command.type);
const { events, state } = await service.load('visit-1');
assert.equal(state.phase, 'completed');
assert.deepEqual(replay(events), state);
assert.ok(reportHtml([events]).includes('</html>'));
assert.ok(Object.keys(jsonSchema()).length > 0);
assert.ok(typeof seal === 'function' && typeof verifyChain === 'function');

// A peer that is not installed is named, with what to do.
await assert.rejects(
  async () => (await import('auxilio/sqlite')).sqliteStore({ file: ':memory:' }),
  (error: Error) => /better-sqlite3/.test(error.message),
);
console.log(`${events.length} events under pnpm`);
