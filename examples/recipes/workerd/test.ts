import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { check } from '../check.ts';

/** The path of its binary. */
const { default: workerd } = createRequire(import.meta.url)('workerd') as { default: string };

// It writes on which port it listens.
const server = spawn(workerd, ['serve', 'config.capnp', '--control-fd=1'], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  let port = 0;
  for await (const line of server.stdout) {
    port = JSON.parse(String(line)).port;
    break;
  }
  assert.ok(port > 0, 'workerd did not listen');
  await check(`http://127.0.0.1:${port}`);
} finally {
  server.kill();
  if (server.exitCode === null) await once(server, 'exit');
}
