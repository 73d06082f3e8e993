import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { check } from '../check.ts';

const server = spawn(
  process.execPath,
  ['node_modules/next/dist/bin/next', 'start', '--port', '0', '--hostname', '127.0.0.1'],
  {
    stdio: ['ignore', 'pipe', 'inherit'],
  },
);
try {
  let printed = '';
  for await (const chunk of server.stdout) {
    printed += chunk;
    const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(printed) ?? [];
    if (url === undefined || !printed.includes('Ready')) continue;
    await check(url);
    break;
  }
  assert.ok(printed.includes('Ready'), `The server did not start: ${printed}`);
} finally {
  server.kill();
  await once(server, 'exit');
}
